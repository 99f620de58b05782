"""What differs between a proposal and new values, in a form the journal can keep."""

from collections.abc import Mapping
from typing import Any

from proposals.content import plain
from proposals.models import Proposal


def differing(proposal: Proposal, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that are not what stands."""
    return {name: value for name, value in values.items() if plain(getattr(proposal, name)) != plain(value)}


def for_journal(proposal: Proposal, values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """`{field: [before, after]}`, ready for JSON."""
    return {name: [plain(getattr(proposal, name)), plain(value)] for name, value in values.items()}

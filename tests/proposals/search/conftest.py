"""Searching as the page does: titles found, in their order."""

from collections.abc import Callable

import pytest

from proposals.filters import ProposalFilter
from proposals.lists import Listing
from proposals.models import Proposal
from tests.cast import Cast


@pytest.fixture
def titles(people: Cast) -> Callable[..., list[str]]:
    """`titles("jembatan", region="61.12")`: the titles found, best match first."""

    def found(words: str = "", **query: object) -> list[str]:
        filters = ProposalFilter({"q": words, **query}, queryset=Proposal.objects.public()).or_refuse()
        return [row.title for row in Listing(filters).rows]

    return found

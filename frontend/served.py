"""Who raised a proposal and whom it serves, in the words of a page."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from proposals.models import Proposal


@dataclass(frozen=True)
class Served:
    """`raised` are words; `counts` are (word, count), told with `{% people %}` so that small groups stay unnamed."""

    raised: list[str]
    counts: list[tuple[str, int]]

    def __bool__(self) -> bool:
        return bool(self.raised or self.counts)


def served_by(proposal: Proposal) -> Served:
    """The marks of the pre-meeting and the beneficiaries that were written down."""
    raised: list[tuple[Any, str]] = [
        (proposal.raised_by_women, _("women")),
        (proposal.raised_by_youth, _("young people")),
        (proposal.raised_by_disabled, _("people with disabilities")),
        (proposal.raised_by_poor, _("poor households")),
    ]
    counts = [
        (_("Women and girls"), proposal.beneficiaries_female),
        (_("Men and boys"), proposal.beneficiaries_male),
        (_("Households"), proposal.beneficiary_households),
        (_("Poor households among them"), proposal.poor_households),
    ]
    return Served([word for marked, word in raised if marked], [(word, count) for word, count in counts if count is not None])

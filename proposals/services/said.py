"""What a decider says with a move: checked against the law's row, then laid upon the proposal."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accounts import text
from accounts.models import Agency
from accounts.refusals import Invalid
from geo import codes
from geo.codes import Level
from proposals.models import Proposal, Recommendation
from proposals.services import entries
from proposals.services.entries import Unreadable
from proposals.services.rows import REASON_SHORTEST
from proposals.stages import CLOSED, Move, Outcome, Stage
from proposals.words import ReasonCode

#: Reasons that send the village to somebody else: who that is must be named.
_SENT_ELSEWHERE = (ReasonCode.WRONG_AGENCY, ReasonCode.OTHER_AUTHORITY)
#: Steps in which a village asks: a part of a split proposal asks for what it came with.
ASKING = ("submit", "split_off")
_REASON_LONGEST = 2000
_RESPONSIBLE_LONGEST = 160
_SOURCE_LONGEST = 24


@dataclass(frozen=True)
class Said:
    """As it was sent; `checked` returns it in the register's own shapes."""

    reason_code: str = ""
    reason: str = ""
    responsible: str = ""
    volume: Any = None
    amount: Any = None
    agency_id: int | None = None
    agency: Agency | None = None
    target: Proposal | None = None
    target_id: UUID | None = None
    funded_amount: int | None = None
    funding_source: str = ""

    def checked(self, proposal: Proposal, law: Move) -> "Said":
        """The same, readable and complete for this move. Raises Invalid with every field at fault."""
        check = _Check(proposal, law, self)
        said = check.all()
        if check.errors:
            raise Invalid(check.errors)
        return said

    def upon(self, proposal: Proposal) -> set[str]:
        """Lay it upon the proposal; returns the names of the fields set."""
        changes: dict[str, Any] = {"volume": self.volume, "amount": self.amount, "agency": self.agency, "merged_into": self.target}
        changes |= {"funded_amount": self.funded_amount, "funding_source": self.funding_source}
        wanted = {name: value for name, value in changes.items() if value not in (None, "")}
        for name, value in wanted.items():
            setattr(proposal, name, value)
        return set(wanted)


class _Check:
    """One walk over what was said, keeping every sentence."""

    def __init__(self, proposal: Proposal, law: Move, said: Said) -> None:
        self.proposal, self.law, self.said = proposal, law, said
        self.errors: dict[str, list[str]] = {}

    def _fail(self, name: str, sentence: str) -> None:
        self.errors.setdefault(name, []).append(sentence)

    def all(self) -> Said:
        """Everything the law's row asks for."""
        said = replace(self.said, reason=self._text("reason", _REASON_LONGEST, lines=True))
        said = replace(said, responsible=self._text("responsible", _RESPONSIBLE_LONGEST))
        if self.law.needs_reason and "reason" not in self.errors and len(said.reason) < REASON_SHORTEST:
            self._fail("reason", _("Write a reason of at least 20 characters. Citizens read it."))
        said = self._code(said)
        said = self._change(said)
        said = replace(said, agency=self._agency() if self.law.needs_agency else None)
        said = replace(said, target=self._target() if self.law.needs_target else None)
        return self._money(said)

    def _text(self, name: str, longest: int, *, lines: bool = False) -> str:
        try:
            return text.clean(getattr(self.said, name) or "", field=name, max_length=longest, lines=lines)
        except Invalid as error:
            self.errors |= error.fields or {}
            return ""

    def _code(self, said: Said) -> Said:
        """Reason code and body responsible. Unless the reason sends the village elsewhere, the one who decides answers for it."""
        if not self.law.needs_code:
            return replace(said, reason_code="", responsible=said.responsible)
        if not isinstance(said.reason_code, str) or said.reason_code not in ReasonCode.values:
            self._fail("reason_code", _("Choose the reason from the list."))
        elif not said.responsible and said.reason_code in _SENT_ELSEWHERE:
            self._fail("responsible", _("Name the body that the village can turn to."))
        return replace(said, responsible=said.responsible or deciding_body(self.proposal))

    def _change(self, said: Said) -> Said:
        """Volume and amount: only where the move changes them, and never more than the village asked for."""
        volume = self._read("volume", entries.volume, said.volume)
        amount = self._read("amount", entries.rupiah, said.amount)
        if not self.law.needs_change:
            same = volume in (None, self.proposal.volume) and amount in (None, self.proposal.amount)
            if not same:
                self._fail("amount", _("To change volume or amount, choose “Forward with changes”."))
            return replace(said, volume=None, amount=None)
        if amount is None and volume is not None and "amount" not in self.errors:
            amount = self._read("amount", lambda _value: entries.cost(volume, self.proposal.unit_price), None)
        unchanged = volume in (None, self.proposal.volume) and amount in (None, self.proposal.amount)
        if unchanged and not self.errors.keys() & {"volume", "amount"}:
            self._fail("amount", _("Write the volume or the amount that you recommend; it must differ from what stands."))
        self._at_most_asked(volume, amount)
        return replace(said, volume=volume, amount=amount)

    def _read(self, name: str, reader: Any, value: Any) -> Any:
        try:
            return reader(value)
        except Unreadable as error:
            self._fail(name, error.sentence)
            return None

    def _at_most_asked(self, volume: Decimal | None, amount: int | None) -> None:
        asked_volume, asked_amount = asked_by_village(self.proposal)
        sentence = _("This is more than the village asked for. To ask for more, return the proposal and say why.")
        if volume is not None and asked_volume is not None and volume > asked_volume:
            self._fail("volume", sentence)
        if amount is not None and asked_amount is not None and amount > asked_amount:
            self._fail("amount", sentence)

    def _agency(self) -> Agency | None:
        key = self.said.agency_id
        agency = None
        if isinstance(key, int) and not isinstance(key, bool) and 0 < key < 2**63:
            agency = Agency.objects.filter(pk=key).first()
        if agency is None or not codes.covers(agency.region_id, self.proposal.village_id):
            self._fail("agency", _("Choose an agency of this kabupaten."))
        elif agency.pk == self.proposal.agency_id:
            self._fail("agency", _("The proposal is with this agency already."))
        return agency

    def _target(self) -> Proposal | None:
        if self.said.target_id is None:
            self._fail("target", _("Name the proposal that this one joins."))
        elif self.said.target_id == self.proposal.pk:
            self._fail("target", _("A proposal cannot join itself."))
        elif reason := self._unfit(self.said.target):
            self._fail("target", reason)
        return self.said.target

    def _unfit(self, target: Proposal | None) -> str:
        if target is None or target.stage == Stage.DRAFT:
            return _("There is no such proposal.")
        if target.cycle_id != self.proposal.cycle_id:
            return _("Both must belong to the same kabupaten and plan year.")
        if target.outcome in CLOSED or target.outcome == Outcome.FUNDED:
            return _("That proposal is decided already. Choose one that is still discussed.")
        if Proposal.objects.filter(merged_into=self.proposal).exists():
            return _("Others have joined this proposal, so it cannot join another. Merge the other one into this one.")
        return ""

    def _money(self, said: Said) -> Said:
        if self.law.outcome is not Outcome.FUNDED or not self.law.only_by_run:
            return replace(said, funded_amount=None, funding_source="")
        given = self._read("funded_amount", entries.rupiah, said.funded_amount)
        if given is None and "funded_amount" not in self.errors:
            given = self.proposal.amount
        return replace(said, funded_amount=given, funding_source=str(said.funding_source)[:_SOURCE_LONGEST])


def asked_by_village(proposal: Proposal) -> tuple[Decimal | None, int | None]:
    """Volume and amount of the village's last submission; what stands, where none is kept (imported rows)."""
    asked = Recommendation.objects.filter(proposal=proposal, move__in=ASKING).order_by("-version").values_list("volume", "amount").first()
    return asked or (proposal.volume, proposal.amount)


def deciding_body(proposal: Proposal) -> str:
    """Who answers for a decision at the stage where the proposal stands: `Kecamatan Sungai Raya`."""
    stage = Stage(proposal.stage)
    if stage is Stage.AGENCY and proposal.agency:
        return proposal.agency.name
    level = {Stage.VILLAGE: Level.VILLAGE, Stage.SUBDISTRICT: Level.SUBDISTRICT}.get(stage, Level.DISTRICT)
    region = proposal.village
    while region.parent and region.level != level.value:
        region = region.parent
    return region.title

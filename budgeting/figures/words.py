"""The figures in words: a name, a sentence that defines it, what is counted of what, where it is from, why there is none."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from budgeting.figures.figure import Figure, Missing

Text = str | Promise

GROUPS: dict[str, Text] = {
    "asking": _("What villages ask for"),
    "deciding": _("What is decided, and who is told"),
    "money": _("Where the money comes from and what becomes of it"),
    "poverty": _("Whether it reaches the poor"),
    "women": _("Women"),
    "people": _("Taking part, and keeping the rules"),
}
#: Where a figure's counts come from.
_REGISTER, _STEPS, _LINES = _("register of proposals"), _("steps on the proposals' road"), _("lines of the budget and works")
_MEETINGS, _BALLOTS, _ACCOUNTS = _("rolls of closed meetings"), _("published ballots"), _("accounts of confirmed residents")


@dataclass(frozen=True)
class Words:
    """One figure for people: `part` and `whole` say what the two numbers count; `whole` alone where the value is a middle."""

    name: Text
    definition: Text
    part: Text
    whole: Text
    source: Text


_FIFTH = _("Rupiah of the budget's lines for each poor household, in one fifth of the villages. Villages stand in the order of the part of their households that is poor; poor households are the largest number that a proposal of the village names.")  # fmt: skip  # noqa: E501
#: All five at once, where none of them is known.
BY_FIFTH = _("Rupiah for each poor household, by fifth of the villages")
_FIFTHS: tuple[Text, ...] = (
    _("Poorest fifth of the villages"),
    _("Second fifth"),
    _("Third fifth"),
    _("Fourth fifth"),
    _("Least poor fifth"),
)
WORDS: dict[str, Words] = {
    "coverage": Words(
        _("Villages that ask"),
        _("Villages with at least one proposal of their own that was sent in, of all villages."),
        _("villages with a proposal"), _("villages"), _REGISTER,
    ),
    "geotag": Words(
        _("Places that can be found"),
        _("Proposals whose point on the map lies inside the village that asks, of the proposals from villages whose boundary is known."),
        _("proposals with a point in their village"), _("proposals that can be checked"), _REGISTER,
    ),
    "soft": Words(
        _("Other than building"),
        _("Proposals for services, training or grants, of the proposals whose kind of work stands in the dictionary."),
        _("proposals for no building"), _("proposals of a known kind"), _REGISTER,
    ),
    "accommodation": Words(
        _("Taken into the kabupaten's plan"),
        _("Proposals that reached the kabupaten's plan (RKPD), of those that the sub-districts' meetings forwarded."),
        _("proposals in the plan"), _("proposals forwarded by sub-districts"), _STEPS,
    ),
    "answered": Words(
        _("Answered in time"),
        _("Decided within the days that the plan year gives for an answer, counted from the end of the stage: forwarded, funded, or refused with a published reason; of all that stood at a stage whose time is over. What villages took back themselves is left out."),  # noqa: E501
        _("decided in time"), _("times that a proposal stood at a stage that is over"), _STEPS,
    ),
    "rejected": Words(
        _("Rejections that say why and who"),
        _("Rejections with a reason from the list and the body responsible, of all rejections."),
        _("rejections with both"), _("rejections"), _STEPS,
    ),
    "waiting": Words(
        _("Years until there is money"),
        _("Years from the plan year in which it was first asked for to the plan year that pays, in the middle of all funded proposals."),
        "", _("funded proposals"), _REGISTER,
    ),
    "waiting_long": Words(
        _("Waiting for more than three years"),
        _("First asked for more than three years before this plan year, of the proposals that are not decided for good."),
        _("proposals that wait so long"), _("proposals that wait"), _REGISTER,
    ),
    "ghost": Words(
        _("Money that no citizen asked for"),
        _("Rupiah of budget lines behind which there is no village's proposal and no council member's wish, of the rupiah of all lines."),
        _("rupiah without a wish"), _("rupiah in all"), _LINES,
    ),
    "realisation": Words(
        _("Built, and confirmed by the village"),
        _("Lines of the budget that villagers confirmed as done, of all lines."),
        _("lines confirmed"), _("lines"), _LINES,
    ),
    "soft_money": Words(
        _("Money for other than building"),
        _("Rupiah given to proposals for services, training or grants, of the rupiah given to proposals of a known kind."),
        _("rupiah for no building"), _("rupiah given"), _REGISTER,
    ),
    **{
        f"poverty_{index}": Words(name, _FIFTH, _("rupiah in these villages"), _("poor households named"), _LINES)
        for index, name in enumerate(_FIFTHS, start=1)
    },
    "concentration": Words(
        _("Concentration of the money"),
        _("Below zero the poorer villages get more for each household, above zero the less poor ones; zero is even. From -1 to 1."),
        "", _("villages whose poverty is known"), _LINES,
    ),
    "women_came": Words(
        _("Women in meetings"),
        _("Women among all who came to closed meetings. Whoever came to two meetings is counted twice."),
        _("women"), _("people who came"), _MEETINGS,
    ),
    "women_asked": Words(
        _("Proposals raised by women"),
        _("Proposals marked as raised by women at the meeting before, of all proposals."),
        _("proposals raised by women"), _("proposals"), _REGISTER,
    ),
    "women_given": Words(
        _("Money for what women raised"),
        _("Rupiah given to proposals raised by women, of the rupiah given to proposals."),
        _("rupiah for what women raised"), _("rupiah given"), _REGISTER,
    ),
    "participation": Words(
        _("People who take part"),
        _("Confirmed residents with an account who supported, commented or voted, each counted once, for each 1,000 inhabitants. The register has no number of adults; paper voters without an account are not counted."),  # noqa: E501
        _("people who took part"), _("inhabitants"), _ACCOUNTS,
    ),
    "quorum": Words(
        _("Meetings that kept quorum and women's share"),
        _("Closed meetings that met every rule that their stage has, of those whose stage has a rule."),
        _("meetings that met all"), _("meetings with a rule"), _MEETINGS,
    ),
    "recount": Words(
        _("Paper that agrees with the roll"),
        _("Published ballots where the paper sheets are as many as the people marked as having voted on paper, and a recount found the same; of those with paper."),  # noqa: E501
        _("ballots that agree"), _("ballots with paper"), _BALLOTS,
    ),
    "delay": Words(
        _("From a village without signal to here"),
        _("Time from the moment something was captured without signal until it arrived, in the middle."),
        "", _("captures that arrived"), _REGISTER,
    ),
}  # fmt: skip

WHY: dict[Missing, Text] = {
    Missing.NO_VILLAGES: _("No village is listed here."),
    Missing.NO_PROPOSALS: _("Nothing has been sent in for this year."),
    Missing.NO_BOUNDARY: _("No boundary of a village that asks is known, so no point can be checked."),
    Missing.NO_STAGE: _("Sub-districts do not decide in this plan year."),
    Missing.NOTHING_AGREED: _("No sub-district's meeting has forwarded anything yet."),
    Missing.NO_STAGE_ENDED: _("No stage has been over for so long that an answer is due."),
    Missing.NO_REJECTION: _("Nothing was rejected."),
    Missing.NO_LINES: _("The budget has no line here yet."),
    Missing.NOTHING_FUNDED: _("No proposal is funded yet."),
    Missing.NO_KIND: _("No proposal names a work of the dictionary."),
    Missing.NO_POVERTY: _("Poor households and households are known of fewer than five villages."),
    Missing.NO_MEETING: _("No meeting is closed yet."),
    Missing.NO_RULE: _("No meeting is closed whose stage has a quorum or a share of women."),
    Missing.NO_POPULATION: _("The number of inhabitants is not known."),
    Missing.NO_CAPTURE: _("Nothing was captured without signal."),
    Missing.NO_PAPER: _("No ballot with paper is published."),
    Missing.NOBODY_WAITS: _("No proposal waits."),
    Missing.NOT_COUNTED: _("No kabupaten here has been counted for this year yet."),
    Missing.ONLY_DISTRICT: _("It cannot be added up from kabupaten: look at the page of each of them."),
    Missing.FEW: _("Fewer than five people: held back, so that nobody can be recognised."),
}


def notes_of(figure: Figure) -> list[str]:
    """What the value leaves out and which rule it is counted by, a sentence each."""
    told = [_note(name, count) for name, count in figure.notes.items()]
    return [*told, *_rule(figure)]


def _rule(figure: Figure) -> list[str]:
    if "answer_days" not in figure.notes:
        return []
    if figure.basis:
        return [str(_("It rests on: %(basis)s.")) % {"basis": figure.basis}]
    return [str(_("That is a default: this plan year names no regulation or service standard for it."))]


def _note(name: str, count: int) -> str:
    if name == "unbounded":
        told = ngettext(
            "%(n)d proposal comes from a village without a known boundary.", "%(n)d proposals come from villages without a known boundary.", count
        )
    elif name == "unknown_kind":
        told = ngettext("%(n)d proposal names no work of the dictionary.", "%(n)d proposals name no work of the dictionary.", count)
    elif name == "unknown_poverty":
        told = ngettext("Of %(n)d village it is not known how poor it is.", "Of %(n)d villages it is not known how poor they are.", count)
    elif name == "answer_days":
        told = ngettext("An answer is due %(n)d day after the end of a stage.", "An answer is due %(n)d days after the end of a stage.", count)
    elif name == "held_back":
        told = ngettext(
            "%(n)d kabupaten is left out: fewer than five people there.", "%(n)d kabupaten are left out: fewer than five people there.", count
        )
    elif name == "unknown_population":
        told = ngettext("Of %(n)d village the inhabitants are not known.", "Of %(n)d villages the inhabitants are not known.", count)
    else:
        told = ngettext("Sheets and marks differ by %(n)d.", "Sheets and marks differ by %(n)d.", count)
    return told % {"n": count}

"""The rules and options of a run in the reader's language: a name, and a sentence that says what it does."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from budgeting.models import AllocationRun
from budgeting.runs.inputs import BALLOT, SCORES, SUPPORTS
from budgeting.runs.wishes import CHEAPER, LOT


@dataclass(frozen=True)
class Choice:
    """Something to choose: how programs call it, its name, and what it does."""

    code: str
    name: str
    sentence: str


def rules() -> list[Choice]:
    """All rules, those that most people understand first."""
    return [
        Choice(
            "rank",
            _("In the order of the meeting"),
            _("Walks down the order that a meeting gave, or the places in the register, pays what still fits and skips what does not."),
        ),
        Choice("greedy", _("Most supported first"), _("Walks from the most supported proposal down, pays what still fits and skips what does not.")),
        Choice(
            "greedy-per-cost",
            _("Most supported for each rupiah"),
            _("The same, by supports for each rupiah: many small works before few large ones."),
        ),
        Choice(
            "max-welfare",
            _("Greatest sum"),
            _("Of all lists that can be paid, the one whose supports, votes or scores together are greatest. That none is greater is proved."),
        ),
        Choice(
            "equal-shares",
            _("Equal shares"),
            _("Every voter holds the same part of the money. Who wants a work buys it together with others, so that no group takes all."),
        ),
        Choice(
            "exact-equal-shares",
            _("Equal shares, equal payments"),
            _("Equal shares in which all who pay for a work pay exactly the same. Needs ballots without places or points."),
        ),
        Choice(
            "phragmen",
            _("Money that grows (Phragmén)"),
            _("Every voter receives money at the same speed; as soon as those who want a work can pay it, it is bought."),
        ),
    ]


def rule(code: str) -> str:
    """The name of a rule; the code itself where this version does not know it."""
    return next((choice.name for choice in rules() if choice.code == code), code)


def rule_sentence(code: str) -> str:
    """What a rule does."""
    return next((choice.sentence for choice in rules() if choice.code == code), "")


def votes() -> list[Choice]:
    """Where votes come from."""
    return [
        Choice(SUPPORTS, _("Supports"), _("As they were counted at the moment when the inputs were frozen.")),
        Choice(BALLOT, _("A published ballot"), _("The anonymous ballots that everybody can download.")),
        Choice(SCORES, _("Scores of a meeting"), _("The scores of its closed panel, in hundredths as they are shown.")),
    ]


def completions() -> list[Choice]:
    """What equal shares do with money that is left."""
    return [
        Choice("add-opt", _("Raise the shares exactly"), _("From one share at which the outcome changes to the next. No step has to be chosen.")),
        Choice("add1", _("Raise the shares by a step"), _("Everybody's share grows by the step as long as the outcome can be paid.")),
        Choice("utilitarian", _("Most votes"), _("The works with most votes for which there is money.")),
        Choice("add1-utilitarian", _("By a step, then most votes"), _("First the step, then the works with most votes for which there is money.")),
        Choice("none", _("Leave it"), _("What is left stays in the ceiling.")),
    ]


def satisfactions() -> list[Choice]:
    """What a funded work is worth to those who want it."""
    return [
        Choice("cost", _("Its rupiah"), _("A work that costs twice as much is worth twice as much to those who want it.")),
        Choice("cardinality", _("One each"), _("Every work is worth the same to those who want it, large or small.")),
    ]


def tie_choices() -> list[Choice]:
    """Who goes first among equals."""
    return [
        Choice(CHEAPER, _("The cheaper, then the lower number"), _("The same on every machine, without a seed.")),
        Choice(LOT, _("By lot"), _("The order of SHA-256(seed + number). Announce the seed before you calculate; every seed stays readable.")),
    ]


def ties(seed: str) -> str:
    """How a run broke ties."""
    if seed:
        return _("by lot, the order of SHA-256(seed + number), seed %(seed)s") % {"seed": seed}
    return _("the cheaper first, then the lower number")


def named(choices: list[Choice], code: str) -> str:
    """The name of a choice; the code itself where it is unknown."""
    return next((choice.name for choice in choices if choice.code == code), code)


def told_options(run: AllocationRun) -> list[tuple[str, str]]:
    """A run's options as pairs of words, only those that say something."""
    options = run.options
    told = []
    if "votes" in options:
        told.append((_("Votes from"), named(votes(), options["votes"])))
    if "satisfaction" in options:
        told.append((_("Worth of a work"), named(satisfactions(), options["satisfaction"])))
    if "completion" in options:
        told.append((_("What is left"), named(completions(), options["completion"])))
    told.append((_("Ties"), ties(run.seed)))
    return told + _told_constraints(options)


def _told_constraints(options: dict[str, object]) -> list[tuple[str, str]]:
    told = []
    if options.get("mandatory_first"):
        told.append((_("Mandatory"), _("paid before anything else")))
    if most := options.get("per_village"):
        told.append((_("Of one village"), _("at most %(most)s before each has one") % {"most": most}))
    if share := options.get("non_physical_percent"):
        told.append((_("Services, training, grants"), _("at least %(share)s%%") % {"share": share}))
    if share := options.get("women_percent"):
        told.append((_("Raised by women"), _("at least %(share)s%%") % {"share": share}))
    for name, word in (("excluding", _("Only one of")), ("requiring", _("Needs the other"))):
        if pairs := options.get(name):
            told.append((word, "; ".join(" · ".join(pair) for pair in pairs)))  # type: ignore[attr-defined]
    if phases := options.get("phases"):
        told.append((_("May be paid in part"), ", ".join(phases)))  # type: ignore[arg-type]
    return told


def failure(run: AllocationRun) -> tuple[str, str]:
    """Why a run failed and what to do, as two sentences; empty for one that did not."""
    code = run.failure.split(":", 1)[0]
    found = {
        "forged": (
            _("The frozen inputs are not those that were fingerprinted, so nothing was calculated."),
            _("Call the auditor and the operator. Then calculate anew; the proposals have not moved."),
        ),
        "not_proved": (
            _("That no list is better could not be proved: there are too many good ones."),
            _("Choose another rule, or fewer proposals. The proposals have not moved."),
        ),
        "died": (
            _("Several workers ended while they calculated this run."),
            _("Tell the operator: the machine may be short of memory. The proposals have not moved."),
        ),
        "unsound": (
            _("The rule could not calculate this list: %(reason)s") % {"reason": run.failure.partition(":")[2].strip()},
            _("Change the options and calculate anew. The proposals have not moved."),
        ),
    }
    other = (_("Something of ours went wrong."), _("Calculate anew, and tell the operator if it stays so. The proposals have not moved."))
    return found.get(code, other) if run.failure else ("", "")

"""The form in which an allocation is asked for. What is right is said by the service; the form keeps what was typed."""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from budgeting.provenance.pairs import Beside
from budgeting.runs import words
from budgeting.runs.inputs import BALLOT
from budgeting.runs.wishes import VOTES, known_options
from frontend.forms.refusable import OfferedField, RefusableForm
from frontend.runs.asking import Place

#: What is chosen with a sentence beside each choice.
CHOICES: dict[str, Callable[[], list[words.Choice]]] = {
    "rule": words.rules,
    "votes": words.votes,
    "satisfaction": words.satisfactions,
    "completion": words.completions,
    "ties": words.tie_choices,
}
_NUMBER = {"inputmode": "numeric"}
_LINES = {"rows": 2, "spellcheck": "false"}


class RunForm(RefusableForm):
    """A rule, whose votes count, what is done with money that is left, what binds the list, and who goes first among equals."""

    shown_at: ClassVar[dict[str, str]] = {"options": "rule"}

    rule = OfferedField(label=_("Rule"), widget=forms.RadioSelect)
    votes = OfferedField(label=_("Votes from"), required=False, widget=forms.RadioSelect)
    ballot = OfferedField(label=_("Ballot"), required=False)
    meeting = OfferedField(label=_("Meeting"), required=False)
    satisfaction = OfferedField(label=_("What a work is worth to those who want it"), required=False, widget=forms.RadioSelect)
    completion = OfferedField(label=_("What is done with money that is left"), required=False, widget=forms.RadioSelect)
    increment = forms.CharField(
        label=_("Step (rupiah for each voter)"),
        required=False,
        help_text=_("Only for raising by a step. Empty: Rp1.000."),
        widget=forms.TextInput(attrs=_NUMBER),
    )
    mandatory_first = forms.BooleanField(label=_("What regulation demands is paid first"), required=False)
    per_village = forms.CharField(
        label=_("At most so many of one village, before each village has one"),
        required=False,
        help_text=_("Empty or 0: no limit."),
        widget=forms.TextInput(attrs=_NUMBER),
    )
    non_physical_percent = forms.CharField(
        label=_("At least so many per cent for services, training and grants"),
        required=False,
        help_text=_("What they cannot use goes back to all."),
        widget=forms.TextInput(attrs=_NUMBER),
    )
    women_percent = forms.CharField(
        label=_("At least so many per cent for what women raised"),
        required=False,
        help_text=_("What they cannot use goes back to all."),
        widget=forms.TextInput(attrs=_NUMBER),
    )
    excluding = forms.CharField(
        label=_("Only one of the two"),
        required=False,
        help_text=_("Two proposals' numbers a line, for example two bridges at one crossing."),
        widget=forms.Textarea(attrs=_LINES),
    )
    beside = forms.MultipleChoiceField(
        label=_("Of a pokir and the village's proposal at its place, only one is paid"),
        required=False,
        help_text=_("Ticked already: what somebody has judged to be the same work."),
        widget=forms.CheckboxSelectMultiple,
    )
    requiring = forms.CharField(
        label=_("The first only together with the second"),
        required=False,
        help_text=_("Two proposals' numbers a line: the first is paid only where the second is."),
        widget=forms.Textarea(attrs=_LINES),
    )
    phases = forms.CharField(
        label=_("May be paid in part"),
        required=False,
        help_text=_(
            "A line each: the proposal's number and the smallest amount that makes sense, in rupiah. "
            "A rule that walks down a list pays it at its place, every other rule from what it leaves."
        ),
        widget=forms.Textarea(attrs=_LINES),
    )
    ties = OfferedField(label=_("Among equals goes first"), required=False, widget=forms.RadioSelect)
    seed = forms.CharField(
        label=_("Seed of the lot"),
        required=False,
        max_length=64,
        help_text=_("Only by lot: the word or number that was announced before, for example a number drawn before the meeting."),
    )

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        for name, choices in CHOICES.items():
            self._offer(name, ((choice.code, choice.name) for choice in choices()))
        self._offer("ballot", [("", _("no ballot")), *((str(one.pk), f"{one.title} ({one.region.title})") for one in place.ballots)])
        self._offer("beside", ((one.numbers, beside_words(one)) for one in place.beside))
        self._offer("meeting", [("", _("the places in the register")), *((str(one.pk), one.title) for one in place.meetings)])

    def _offer(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = list(choices)

    def as_sent(self) -> dict[str, Any]:
        """The service's own shape: of the fields only those that the chosen rule knows."""
        rule = self.cleaned_data["rule"]
        typed = {name: self.cleaned_data.get(name) for name in known_options(rule)}
        if VOTES.get(rule) == (BALLOT,):
            typed.pop("votes", None)
        typed["excluding"] = _with_pairs(str(typed.get("excluding") or ""), self.cleaned_data.get("beside") or [])
        # a quick request from elsewhere brings a rule alone; the form brings its id
        return {"rule": rule, "options": typed if "id" in self.data else None}


def beside_words(one: Beside) -> str:
    """A pokir and the proposal beside it, as the planner chooses among them."""
    facts = {
        "council": one.council.number,
        "council_title": one.council.title,
        "village": one.village.number,
        "village_title": one.village.title,
        "place": one.village.village.title,
    }
    told = gettext("Pokir %(council)s “%(council_title)s” and %(village)s “%(village_title)s” of %(place)s") % facts
    near = "" if one.distance_m is None else gettext("%(metres)s m apart") % {"metres": one.distance_m}
    judged = gettext("judged to be the same work") if one.is_judged else gettext("nobody has judged it yet")
    return f"{told} ({', '.join(word for word in (near, judged) if word)})"


def _with_pairs(typed: str, chosen: list[str]) -> str:
    """What was typed with the pairs that were ticked, each once however it was typed."""
    known = {frozenset(line.replace(",", " ").replace(";", " ").split()) for line in typed.splitlines()}
    return "\n".join([*typed.splitlines(), *(pair for pair in chosen if frozenset(pair.split()) not in known)])

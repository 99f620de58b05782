"""Forms about papers: what only people know of a record, an addendum, the clauses of a form, the code of a print."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from deliberation.models import Document, Meeting
from deliberation.records import clauses
from frontend.forms.refusable import RefusableForm

_LINES = {"rows": 3}
#: The parts of a line, as they are typed and shown again.
_BETWEEN = "; "


class DraftForm(RefusableForm):
    """The record's draft: one line a person or subject; parts of a line are told apart by semicolons."""

    version = forms.CharField(required=False, widget=forms.HiddenInput)
    record_number = forms.CharField(
        label=_("Number of the record"), required=False, help_text=_("As your office numbers it, for example 140/12/BA/II/2027.")
    )
    signed_at = forms.CharField(label=_("Place of the signatures"), required=False)
    signed_on = forms.CharField(label=_("Day of the signatures"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    materials = forms.CharField(
        label=_("What was discussed"),
        required=False,
        widget=forms.Textarea(attrs=_LINES),
        help_text=_("One in each line. Empty: the agenda is printed."),
    )
    remarks = forms.CharField(
        label=_("Opening remarks by"), required=False, widget=forms.Textarea(attrs=_LINES), help_text=_("One person in each line.")
    )
    resource_persons = forms.CharField(
        label=_("Resource persons"), required=False, widget=forms.Textarea(attrs=_LINES), help_text=_("One person in each line.")
    )
    notes = forms.CharField(label=_("What else was agreed"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    signers = forms.CharField(
        label=_("Who signs beside chair and note-taker"),
        required=False,
        widget=forms.Textarea(attrs=_LINES),
        help_text=_("Office; name; number of service or empty. One in each line."),
    )
    representatives = forms.CharField(
        label=_("Who signs for those present"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Name; element; address. One in each line. Empty: five empty lines are printed. Not shown to the public."),
    )

    def __init__(self, meeting: Meeting, document: Document | None, texts: dict[str, Any], data: Any = None) -> None:
        self.worded = clauses.worded(meeting.cycle, meeting.kind, texts["clauses"])
        super().__init__(data, initial=_initial(document, texts))
        for clause in self.worded:
            label = clause.heading or _PLACES.get(clause.place, clause.place)
            area = forms.Textarea(attrs={"rows": 3})
            self.fields[f"clause_{clause.place}"] = forms.CharField(
                label=label, required=False, initial=clause.text, widget=area, help_text=_stands(clause)
            )

    def sent(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        typed = {name: self.data.get(name, "") for name in self.fields if name != "version" and not name.startswith("clause_")}
        return {**typed, "clauses": {clause.place: self.data.get(f"clause_{clause.place}", "") for clause in self.worded}}

    def plain_fields(self) -> list[forms.BoundField]:
        """Everything but the clauses."""
        return [self[name] for name in self.fields if name != "version" and not name.startswith("clause_")]

    def clause_fields(self) -> list[forms.BoundField]:
        """The clauses of the form."""
        return [self[name] for name in self.fields if name.startswith("clause_")]


_PLACES = {"dasar": _("What it is held by"), "penutup": _("Closing sentence")}


def _stands(clause: clauses.Worded) -> Any:
    """Where the wording comes from, and whether anybody has checked it."""
    if clause.source == clauses.PROFILE:
        return clause.legal_basis if clause.is_verified else _("Worded by the kabupaten, not verified yet.")
    return (
        _("Typed for this record, verified by nobody.")
        if clause.source == clauses.TYPED
        else _("Default wording: not verified against the law of the place.")
    )


def _initial(document: Document | None, texts: dict[str, Any]) -> dict[str, Any]:
    lines = {name: "\n".join(texts[name]) for name in ("materials", "remarks", "resource_persons")}
    people = {name: "\n".join(_BETWEEN.join(one.values()).rstrip("; ") for one in texts[name]) for name in ("signers", "representatives")}
    version = {"version": document.version if document else ""}
    return {**{name: texts[name] for name in ("record_number", "signed_at", "signed_on", "notes")}, **lines, **people, **version}


class AddendumForm(RefusableForm):
    """One addendum: why, and up to five places of the paper."""

    PLACES = range(1, 6)

    key = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why it is corrected"), widget=forms.Textarea(attrs={"rows": 3}), help_text=_("At least 20 characters; it is printed and public.")
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"key": str(uuid4())})
        for place in self.PLACES:
            self.fields[f"where_{place}"] = forms.CharField(label=_("Which part"), required=False, max_length=500)
            self.fields[f"written_{place}"] = forms.CharField(label=_("What it says"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
            self.fields[f"should_{place}"] = forms.CharField(label=_("What it should say"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def corrections(self) -> list[dict[str, str]]:
        """What was typed, as the service takes it."""
        return [{name: self.data.get(f"{name}_{place}", "") for name in ("where", "written", "should")} for place in self.PLACES]

    def groups(self) -> list[list[forms.BoundField]]:
        """The fields of each place."""
        return [[self[f"{name}_{place}"] for name in ("where", "written", "should")] for place in self.PLACES]


class ClauseForm(RefusableForm):
    """One clause of a form for a plan year."""

    place = forms.CharField(widget=forms.HiddenInput)
    text = forms.CharField(label=_("Wording"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    legal_basis = forms.CharField(
        label=_("What it rests on"), required=False, help_text=_("The regulation against which it was checked, with its number and year.")
    )
    verified = forms.BooleanField(label=_("I have checked this wording against that regulation"), required=False)

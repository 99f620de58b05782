"""The regions as a collection: codes, names, lines."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from geo import codes
from geo.codes import LEVELS, Level
from geo.models import Region
from geo.ogc.collection import Collection, Property, Question
from geo.ogc.wrong import Wrong

_PROPERTIES = (
    Property("code", "code"),
    Property("name", "name"),
    Property("kind", "kind"),
    Property("level", "level"),
    Property("parent", "parent_id"),
    Property("area_km2", "area_km2", "number"),
    Property("boundary_source", "boundary_source"),
    Property("decree", "decree"),
)


class _Questions(forms.Form):
    """The filters of the regions."""

    level = forms.CharField(required=False, max_length=12)
    parent = forms.CharField(required=False, max_length=13)

    def clean_level(self) -> str:
        """A level that exists."""
        level = str(self.cleaned_data["level"])
        if level and level not in set(LEVELS):
            raise forms.ValidationError(_("Choose one of: %(levels)s.") % {"levels": ", ".join(LEVELS)})
        return level

    def clean_parent(self) -> str:
        """A code in its official shape."""
        code = str(self.cleaned_data["parent"])
        if code and not codes.is_code(code):
            raise forms.ValidationError(_("Write an official code, for example 61.12."))
        return code


def rows(given: Mapping[str, Any]) -> QuerySet[Region]:
    """Regions in force, of a level, below a region."""
    questions = _Questions(given)
    if not questions.is_valid():
        name, sentences = next(iter(questions.errors.items()))
        raise Wrong(" ".join(map(str, sentences)), parameter=name)
    found = Region.objects.in_force().within(questions.cleaned_data["parent"])
    level = questions.cleaned_data["level"]
    return found.at(Level(level)) if level else found


def _read_code(text: str) -> str | None:
    return text if codes.is_code(text) else None


REGIONS = Collection(
    id="regions",
    title=gettext_lazy("Regions"),
    description=gettext_lazy("Provinces, districts, sub-districts and villages by official code. Lines are indicative and thinned for drawing."),
    key="code",
    geometry="outline",
    properties=_PROPERTIES,
    questions=(Question("level"), Question("parent")),
    rows=rows,
    read_key=_read_code,
    matched=lambda given: rows(given).count(),
    digits=5,
)

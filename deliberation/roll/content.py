"""A line of the roll as it is sent: read, cleaned, masked, with a sentence for each thing that is wrong."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from accounts.refusals import Invalid
from accounts.text import clean
from deliberation.masking import masked
from deliberation.models import Attendance, Meeting
from deliberation.roll.names import bare
from deliberation.roll.shorthand import element_of, is_yes, sex_of
from geo import codes
from geo.models import Region

#: Longest texts; what the columns take.
NAME_MAX, ADDRESS_MAX, INSTITUTION_MAX = 120, 160, 120


@dataclass(frozen=True)
class Line:
    """What the roll keeps of a person. `region` is a code, or empty."""

    name: str
    sex: str
    element: str
    address: str = ""
    institution: str = ""
    is_young: bool = False
    is_disabled: bool = False
    region: str = ""

    @classmethod
    def of(cls, row: Attendance) -> "Line":
        """What stands on the roll."""
        return cls(row.name, row.sex, row.element, row.address, row.institution, row.is_young, row.is_disabled, row.region_id or "")

    def columns(self) -> dict[str, Any]:
        """The same by the names of the table's columns."""
        values = asdict(self)
        region = values.pop("region")
        return {**values, "region_id": region or None}


def read(sent: Mapping[str, Any], meeting: Meeting, below: frozenset[str]) -> Line:
    """The line that was sent; short codes and everyday words are understood. Raises Invalid by field.

    `below` are the codes that somebody may have come for (`regions_below`). NIK and phone numbers are masked.
    """
    errors: dict[str, list[str]] = {}
    name = _text(sent, "name", NAME_MAX, errors, least=2)
    if name and not any(letter.isalpha() for letter in name):
        errors["name"] = [_("Write a name.")]
    sex, element = _chosen(sent, "sex"), _chosen(sent, "element")
    line = Line(
        name=bare(name),
        sex=(sex_of(sex) or sex) if sex not in ("female", "male") else sex,
        element=element_of(element) or "",
        address=_text(sent, "address", ADDRESS_MAX, errors),
        institution=_text(sent, "institution", INSTITUTION_MAX, errors),
        is_young=_ticked(sent.get("is_young")),
        is_disabled=_ticked(sent.get("is_disabled")),
        region=_chosen(sent, "region"),
    )
    if line.sex not in ("female", "male"):
        errors["sex"] = [_("Choose female or male.")]
    if not line.element:
        errors["element"] = [_("Choose whom the person stands for.")]
    if line.region and line.region not in below:
        errors["region"] = [_("Choose a region of %(region)s.") % {"region": meeting.region.title}]
    if errors:
        raise Invalid(errors)
    return line


def regions_below(meeting: Meeting) -> frozenset[str]:
    """The codes of the regions that somebody may have come for: the meeting's own and what lies below it, in force."""
    return frozenset(Region.objects.in_force().within(meeting.region_id).values_list("code", flat=True))


def represented(meeting: Meeting) -> list[Region]:
    """The regions one level below the meeting's, in the order of their names: what a page offers to choose from."""
    if codes.level(meeting.region_id) is codes.Level.VILLAGE:
        return []
    return list(Region.objects.in_force().filter(parent_id=meeting.region_id).light().order_by("name", "code"))


def _text(sent: Mapping[str, Any], name: str, longest: int, errors: dict[str, list[str]], least: int = 0) -> str:
    try:
        return masked(clean(sent.get(name) or "", field=name, max_length=longest, min_length=least))
    except Invalid as refusal:
        errors.update(refusal.fields or {})
        return ""


def _chosen(sent: Mapping[str, Any], name: str) -> str:
    value = sent.get(name)
    return value.strip().replace("\0", "")[:60] if isinstance(value, str) else ""


def _ticked(value: object) -> bool:
    return value is True or value == "on" or (isinstance(value, str) and is_yes(value))

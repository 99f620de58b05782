"""The fields of a line as they are sent, read into its own shapes. No database here."""

from typing import Any

from django.contrib.gis.geos import Point
from django.utils.translation import gettext as _

from accounts import text
from accounts.refusals import Invalid
from budgeting.models.ceiling import FundingSource
from budgeting.words import Origin
from budgeting.works import reading_values
from geo import codes
from proposals.services import place
from proposals.services.entries import Unreadable, choice
from proposals.services.entries import rupiah as read_rupiah
from proposals.words import Sector

_TEXTS = {
    "programme_code": 40,
    "programme": 200,
    "activity_code": 40,
    "activity": 200,
    "sub_activity_code": 40,
    "sub_activity": 200,
    "budget_document": 80,
    "procurement_reference": 80,
    "provider": 160,
}
_DAYS = ("planned_start", "planned_end")
#: What may be changed once the line is there, whether it has a proposal or not.
CHANGEABLE = frozenset({*_TEXTS, *_DAYS, "location"})
#: Where a line without a proposal may come from; the village's own have one.
_ORIGINS = [Origin.COUNCIL.value, Origin.AGENCY.value, Origin.MANDATORY.value, Origin.UNKNOWN.value]
YEARS = range(2000, 2101)

Errors = dict[str, list[str]]


def read_shape(sent: dict[str, Any]) -> dict[str, Any]:
    """What a line is and whose: year, region, title, sector, origin, source, agency, amount. Raises Invalid."""
    errors: Errors = {}
    year, agency, region = sent.get("plan_year"), sent.get("agency"), sent.get("region")
    if isinstance(year, bool) or not isinstance(year, int) or year not in YEARS:
        errors["plan_year"] = [_("Give the plan year as four digits, for example 2028.")]
    if not isinstance(region, str) or not codes.is_code(region):
        errors["region"] = [_("Write an official code, for example 61.12.")]
    if agency is not None and (isinstance(agency, bool) or not isinstance(agency, int) or not 0 < agency < 2**31):
        errors["agency"] = [_("Choose one of the list.")]
    values = {"plan_year": year, "region_id": region, "agency_id": agency}
    chosen = (("sector", Sector.values, False), ("origin", _ORIGINS, True), ("funding_source", FundingSource.values, True))
    for name, allowed, needed in chosen:
        values[name] = _tried(errors, name, lambda raw, allowed=allowed: choice(raw, allowed), sent.get(name))
        if needed and not values[name] and name not in errors:
            errors[name] = [_("Choose one of the list.")]
    values["amount"] = _tried(errors, "amount", read_rupiah, sent.get("amount"))
    if values["amount"] is None and "amount" not in errors:
        errors["amount"] = [_("Amount must be whole rupiah, for example 481000000.")]
    for name, longest, least in (("title", 200, 1), ("origin_reference", 200, 0), ("source_system", 40, 0), ("source_id", 80, 0)):
        values[name] = _worded(errors, name, sent.get(name) or "", longest, least)
    if values["origin"] != Origin.UNKNOWN and not values["origin_reference"] and "origin_reference" not in errors:
        errors["origin_reference"] = [_("Name what it rests on: the recess, the line of the plan, the regulation.")]
    if errors:
        raise Invalid(errors)
    return values


def read_line(sent: dict[str, Any]) -> dict[str, Any]:
    """Codes, documents, provider, planned dates and place, each empty where nothing was sent. Raises Invalid."""
    errors: Errors = {}
    values: dict[str, Any] = {name: _worded(errors, name, sent.get(name) or "", longest, 0) for name, longest in _TEXTS.items()}
    for name in _DAYS:
        values[name] = _tried(errors, name, reading_values.day, sent[name]) if sent.get(name) else None
    values["location"] = _tried(errors, "location", _point, sent["location"]) if sent.get("location") else None
    if values["planned_start"] and values["planned_end"] and values["planned_end"] < values["planned_start"]:
        errors["planned_end"] = [_("The end lies before the start.")]
    if errors:
        raise Invalid(errors)
    return values


def _point(raw: Any) -> Point:
    if isinstance(raw, Point):
        return raw
    pair = raw.get("coordinates") if isinstance(raw, dict) and raw.get("type") == "Point" else None
    if not isinstance(pair, list) or len(pair) != 2:
        raise Unreadable(_("The position must be a GeoJSON point: longitude, then latitude."))
    lon, lat = place.degrees(pair[0]), place.degrees(pair[1])
    if not place.is_in_archipelago(lon, lat):
        raise Unreadable(_("This position lies outside Indonesia."))
    return Point(round(lon, place.DIGITS), round(lat, place.DIGITS), srid=4326)


def _tried(errors: Errors, name: str, reader: Any, raw: Any) -> Any:
    try:
        return reader(raw)
    except Unreadable as error:
        errors[name] = [error.sentence]
        return None


def _worded(errors: Errors, name: str, raw: Any, longest: int, least: int) -> str:
    try:
        return text.clean(raw, field=name, max_length=longest, min_length=least)
    except Invalid as invalid:
        errors.update(invalid.fields or {})
        return ""

"""What a proposal says: the one list of its fields that every version keeps, and the shapes in which they are kept.

A test fails when a field of the model stands in neither list, so that a new one is never forgotten.
"""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.gis.geos import GEOSGeometry, Point
from django.db.models import DecimalField, Field, Model

from proposals.models.proposal import Proposal

#: What was written, in the order in which it is told.
TEXT = (
    "title",
    "problem",
    "objective",
    "village",
    "plan_year",
    "channel",
    "sponsor",
    "sponsor_reference",
    "on_behalf_of",
    "sector",
    "dictionary_entry",
    "volume",
    "unit",
    "unit_price",
    "amount",
    "amount_reason",
    "locus",
    "location",
    "location_source",
    "location_accuracy_m",
    "located_village",
    "mismatch_reason",
    "shape",
    "shape_measure",
    "land_owner",
    "raised_by_women",
    "raised_by_youth",
    "raised_by_disabled",
    "raised_by_poor",
    "pre_meeting",
    "beneficiaries_female",
    "beneficiaries_male",
    "beneficiary_households",
    "poor_households",
)
#: Where it stands in the line.
PLACE = ("number", "agency", "stage", "outcome", "realisation", "rank", "merged_into", "funded_amount", "funding_source")
CONTENT = (*TEXT, *PLACE)
#: What a version does not keep, and why.
LEFT_OUT = {
    "id": "it is the proposal",
    "cycle": "village and plan year name it",
    "first_asked_year": "the descent tells it, and joining an older wish changes it without anybody writing",
    "supports": "counted, not written",
    "comments": "counted, not written",
    "version": "a column of the version itself",
    "author": "never changes",
    "created_at": "never changes",
    "changed_at": "the moment of the version",
    "submitted_at": "the moment of the version that got the number",
    "captured_at": "when the device wrote it down, told by the step that sent it",
    "stage_entered_at": "the moment of the version that came there",
    "sent_sha256": "a fingerprint of what a phone sent",
    "source_system": "never changes",
    "source_id": "never changes",
}


def plain(value: Any) -> Any:
    """A value as JSON knows it: keys for rows, pairs for points, GeoJSON for shapes, text for decimals."""
    if isinstance(value, Model):
        value = value.pk
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Point):
        return [value.x, value.y]
    if isinstance(value, GEOSGeometry):
        return json.loads(value.json)
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value


def of(proposal: Proposal) -> dict[str, Any]:
    """What the loaded proposal says, by field, without a query: the stable shape of `ProposalVersion.content`."""
    return {name: _kept(field, getattr(proposal, field.attname)) for name, field in _FIELDS.items()}


def _kept(field: "Field[Any, Any]", value: Any) -> Any:
    """In the shape in which the column would give it back, whatever stands on the instance until it is stored."""
    if isinstance(field, DecimalField) and value is not None:
        value = Decimal(str(value)).quantize(Decimal(1).scaleb(-field.decimal_places))
    return plain(value)


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The names that differ, in the order in which they are told."""
    return [name for name in CONTENT if before.get(name) != after.get(name)]


_FIELDS: dict[str, Any] = {name: Proposal._meta.get_field(name) for name in CONTENT}  # noqa: SLF001 - documented API

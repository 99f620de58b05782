"""What OC4IDS 0.9 asks of a project package, as far as our export uses it: written down from its documentation, as JSON Schema.

Every object is closed here, so that a field we misspell is found; the standard itself lets more fields pass.
"""

from typing import Any

_TEXT = {"type": "string", "minLength": 1}
_MOMENT = {"type": "string", "format": "date-time"}
_URI = {"type": "string", "format": "uri"}

#: Code lists of the standard that are closed, and the open ones as far as we use them.
PROJECT_STATUS = ["identification", "preparation", "implementation", "completion", "completed", "cancelled"]
PROCESS_STATUS = ["pre-award", "active", "closed"]
SECTORS = [
    "education", "health", "energy", "communications", "waterAndWaste", "governance", "economy", "cultureSportsAndRecreation", "transport",
    "transport.air", "transport.water", "transport.rail", "transport.road", "transport.urban", "socialHousing", "naturalResources",
    "naturalResources.floodProtection",
]  # fmt: skip
ROLES = ["publicAuthority", "procuringEntity", "supplier"]


def _object(required: list[str], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "required": required, "properties": properties}


def _many(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "minItems": 1, "uniqueItems": True, "items": items}


_VALUE = _object(["amount", "currency"], amount={"type": "number"}, currency={"enum": ["IDR"]})
_PERIOD = {**_object([], startDate=_MOMENT, endDate=_MOMENT), "minProperties": 1}
_REFERENCE = _object(["id", "name"], id=_TEXT, name=_TEXT)
_GEOMETRY = _object(
    ["type", "coordinates"],
    type={"enum": ["Point"]},
    coordinates={"type": "array", "prefixItems": [{"type": "number", "minimum": 94}, {"type": "number", "maximum": 7}], "minItems": 2, "maxItems": 2},
)
_LOCATION = _object(
    ["id"],
    id=_TEXT,
    description=_TEXT,
    gazetteer=_object(["scheme", "identifiers"], scheme=_TEXT, identifiers=_many(_TEXT)),
    geometry=_GEOMETRY,
    address=_object([], locality=_TEXT, region=_TEXT, countryName=_TEXT),
)
_DOCUMENT = _object(["id"], id=_TEXT, documentType=_TEXT, title=_TEXT, url=_URI, datePublished=_MOMENT, format=_TEXT)
_SUMMARY = _object(
    ["status"],
    externalReference=_TEXT,
    title=_TEXT,
    nature=_many({"enum": ["design", "construction", "supervision"]}),
    status={"enum": PROCESS_STATUS},
    tender=_object([], procuringEntity=_REFERENCE),
    suppliers=_many(_REFERENCE),
    contractPeriod=_PERIOD,
)
_OBSERVATION = _object(["id"], id=_TEXT, period=_PERIOD, measure={"type": "number"}, unit=_object(["name"], name=_TEXT))
PROJECT = _object(
    ["id"],
    id=_TEXT,
    updated=_MOMENT,
    title=_TEXT,
    status={"enum": PROJECT_STATUS},
    period=_PERIOD,
    identifiers=_many(_object(["id"], id=_TEXT, scheme=_TEXT)),
    sector=_many({"enum": SECTORS}),
    additionalClassifications=_many(_object(["scheme", "id"], scheme=_TEXT, id=_TEXT, description={"type": "string"})),
    locations=_many(_LOCATION),
    budget=_object(["amount"], amount=_VALUE, approvalDate=_MOMENT),
    parties=_many(_object(["id", "name", "roles"], id=_TEXT, name=_TEXT, roles=_many({"enum": ROLES}))),
    documents=_many(_DOCUMENT),
    contractingProcesses=_many(_object(["id"], id=_TEXT, summary=_SUMMARY)),
    metrics=_many(_object(["id"], id=_TEXT, title=_TEXT, observations=_many(_OBSERVATION))),
    completion={**_object([], endDate=_MOMENT, finalValue=_VALUE), "minProperties": 1},
)
PACKAGE = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    **_object(
        ["uri", "publisher", "publishedDate", "projects", "version"],
        uri=_URI,
        publishedDate=_MOMENT,
        version={"type": "string", "pattern": r"^(\d+\.)(\d+)$"},
        license=_URI,
        publisher=_object(["name"], name=_TEXT, uri=_URI),
        projects=_many(PROJECT),
    ),
}

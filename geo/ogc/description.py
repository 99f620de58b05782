"""The OpenAPI 3.0 description of the service, made from the collections themselves so that it never says anything else."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from geo.ogc.asked import LIMIT_DEFAULT, LIMIT_MOST
from geo.ogc.collection import Collection
from geo.ogc.documents import GEOJSON, JSON, Document


def description(root: str, collections: Iterable[Collection]) -> Document:
    """The whole document."""
    paths = {
        "/": _get("landing", _("Landing page"), JSON),
        "/conformance": _get("conformance", _("What this service conforms to"), JSON),
        "/collections": _get("collections", _("The collections"), JSON),
    }
    for one in collections:
        paths |= _of(one)
    return {
        "openapi": "3.0.3",
        "info": {"title": _("Musrenbang: open map data"), "version": "1.0"},
        "servers": [{"url": root.rstrip("/")}],
        "paths": paths,
    }


def _of(collection: Collection) -> dict[str, Any]:
    here, title = f"/collections/{collection.id}", str(collection.title)
    one = {"name": "featureId", "in": "path", "required": True, "schema": {"type": "string"}}
    items = [_bbox(), _datetime(), _limit(), *(_question(question.name, question.kind, many=question.many) for question in collection.questions)]
    properties = {described.name: {"type": described.kind, "nullable": True} for described in collection.properties}
    feature = {"type": "object", "properties": {"id": {"type": "string"}, "properties": {"type": "object", "properties": properties}}}
    features = {"type": "object", "properties": {"features": {"type": "array", "items": feature}}}
    return {
        here: _get(f"{collection.id}.collection", title, JSON),
        f"{here}/items": _get(f"{collection.id}.items", title, GEOJSON, items, features),
        f"{here}/items/{{featureId}}": _get(f"{collection.id}.item", title, GEOJSON, [one], feature),
    }


def _get(name: str, summary: str, media: str, parameters: list[Document] | None = None, shape: Document | None = None) -> dict[str, Any]:
    answer = {"description": summary, "content": {media: {"schema": shape or {"type": "object"}}}}
    wrong = {"description": _("A parameter is wrong; the sentence says which."), "content": {JSON: {"schema": {"type": "object"}}}}
    return {"get": {"operationId": name, "summary": summary, "parameters": parameters or [], "responses": {"200": answer, "400": wrong}}}


def _query(name: str, shape: Document, **more: Any) -> Document:
    return {"name": name, "in": "query", "required": False, "schema": shape, "style": "form", "explode": False, **more}


def _bbox() -> Document:
    numbers = {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 6}
    return _query("bbox", {"oneOf": [{**numbers, "maxItems": 4}, {**numbers, "minItems": 6}]})


def _datetime() -> Document:
    return _query("datetime", {"type": "string"})


def _limit() -> Document:
    return _query("limit", {"type": "integer", "minimum": 1, "maximum": LIMIT_MOST, "default": LIMIT_DEFAULT})


def _question(name: str, kind: str, *, many: bool) -> Document:
    shape: Document = {"type": kind}
    return _query(name, {"type": "array", "items": shape} if many else shape, explode=True)

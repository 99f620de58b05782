"""The addresses of OGC API - Features. Open to every web page (CORS): nothing here depends on who asks."""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from geo.ogc import documents, pages
from geo.ogc.asked import Asked, asked
from geo.ogc.collection import Collection
from geo.ogc.description import description
from geo.ogc.documents import GEOJSON, JSON, OPENAPI, Document, link
from geo.ogc.wrong import Wrong

_FRESH_SECONDS = 60
View = Callable[..., HttpResponse]


def urlpatterns_of(collections: Sequence[Collection]) -> list[URLPattern]:
    """Every address of the service for these collections."""
    known = {one.id: one for one in collections}
    return [
        path("", _answer(lambda root, _given: documents.landing(root)), name="ogc"),
        path("conformance", _answer(lambda _root, _given: documents.conformance())),
        path("api", _answer(lambda root, _given: description(root, collections), kind=OPENAPI)),
        path("collections", _answer(lambda root, _given: documents.all_collections(root, collections))),
        path("collections/<str:name>", _answer(partial(_collection, known))),
        path("collections/<str:name>/items", _answer(partial(_items, known), kind=GEOJSON)),
        path("collections/<str:name>/items/<str:feature>", _answer(partial(_item, known), kind=GEOJSON)),
    ]


def _answer(document: Callable[..., Document], kind: str = JSON) -> View:
    """A view that answers with a document, or with the standard's error object."""

    @require_safe
    def view(request: HttpRequest, **named: str) -> HttpResponse:
        try:
            only_json(request)
            said, status = document(_root(request), request.GET, **named), 200
        except Wrong as wrong:
            said, status = {"code": wrong.code, "description": wrong.description}, wrong.status
        return _response(said, kind if status == 200 else JSON, status)

    return view


def only_json(request: HttpRequest) -> None:
    """`f=json` may be said and means what is done anyway; any other shape is refused."""
    if request.GET.get("f", "json") not in ("json", "geojson"):
        raise Wrong(_("Only JSON is served here."), parameter="f")


def _root(request: HttpRequest) -> str:
    return request.build_absolute_uri("/ogc/")


def _response(said: Document, kind: str, status: int) -> HttpResponse:
    answer = HttpResponse(json.dumps(said, ensure_ascii=False, separators=(",", ":")), content_type=kind, status=status)
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cache-Control"] = f"public, max-age={_FRESH_SECONDS}" if status == 200 else "no-store"
    return answer


def _known(collections: Mapping[str, Collection], name: str) -> Collection:
    if name not in collections:
        raise Wrong(_("There is no collection of this name."), status=404)
    return collections[name]


def _collection(collections: Mapping[str, Collection], root: str, _given: Any, name: str) -> Document:
    return documents.of_collection(root, _known(collections, name))


def _item(collections: Mapping[str, Collection], root: str, _given: Any, name: str, feature: str) -> Document:
    collection = _known(collections, name)
    key = collection.read_key(feature)
    found = pages.one(collection, collection.rows({}), key) if key is not None else None
    if found is None:
        raise Wrong(_("There is no such feature."), status=404)
    here = f"{root}collections/{name}"
    return {**found, "links": [link(f"{here}/items/{found['id']}", "self", GEOJSON), link(here, "collection", JSON)]}


def _items(collections: Mapping[str, Collection], root: str, given: Any, name: str) -> Document:
    collection = _known(collections, name)
    questions = asked(collection, given)
    features, after = pages.page(collection, collection.rows(given), questions)
    matched = None if questions.is_narrowed else collection.matched(given)
    said: Document = {
        "type": "FeatureCollection",
        "features": features,
        "numberReturned": len(features),
        "timeStamp": localtime(now()).isoformat(),
        "links": _page_links(f"{root}collections/{name}", given, questions, after),
    }
    return said if matched is None else {**said, "numberMatched": matched}


def _page_links(here: str, given: Any, questions: Asked, after: Any) -> list[Document]:
    """Itself, its collection, and the next page, which keeps every question."""

    def address(**changed: str) -> str:
        asked_for = given.copy()
        for name, value in changed.items():
            asked_for[name] = value
        text = asked_for.urlencode(safe=",:/")
        return f"{here}/items?{text}" if text else f"{here}/items"

    links = [link(address(), "self", GEOJSON), link(here, "collection", JSON)]
    if after is not None:
        links.append(link(address(cursor=str(after), limit=str(questions.limit)), "next", GEOJSON))
    return links

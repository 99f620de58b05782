"""What the service says of itself: its landing page, what it conforms to, its collections."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from geo.ogc.asked import CRS84
from geo.ogc.collection import Collection

JSON, GEOJSON, OPENAPI = "application/json", "application/geo+json", "application/vnd.oai.openapi+json;version=3.0"
_PART_1 = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/"
CONFORMS_TO = (f"{_PART_1}core", f"{_PART_1}geojson", f"{_PART_1}oas30")
Document = dict[str, Any]


def link(href: str, rel: str, kind: str, title: str = "") -> Document:
    """A link as the standard writes it (RFC 8288 in JSON)."""
    return {"href": href, "rel": rel, "type": kind, **({"title": title} if title else {})}


def landing(root: str) -> Document:
    """The landing page; `root` is the service's own address, with its slash."""
    return {
        "title": _("Musrenbang: open map data"),
        "description": _("Regions, proposals of the villages, and the works that were paid for. Boundaries are indicative."),
        "attribution": _("Region codes and names: idn-area-data, ODbL 1.0"),
        "links": [
            link(root, "self", JSON),
            link(f"{root}api", "service-desc", OPENAPI, _("Description for programs (OpenAPI 3.0)")),
            link(f"{root}conformance", "conformance", JSON, _("What this service conforms to")),
            link(f"{root}collections", "data", JSON, _("The collections")),
        ],
    }


def conformance() -> Document:
    """The conformance classes."""
    return {"conformsTo": list(CONFORMS_TO)}


def all_collections(root: str, collections: Iterable[Collection]) -> Document:
    """Every collection with its links."""
    return {"links": [link(f"{root}collections", "self", JSON)], "collections": [of_collection(root, one) for one in collections]}


def of_collection(root: str, collection: Collection) -> Document:
    """One collection: where it lies, in which coordinates, where its items are."""
    here = f"{root}collections/{collection.id}"
    return {
        "id": collection.id,
        "title": str(collection.title),
        "description": str(collection.description),
        "extent": {"spatial": {"bbox": [list(collection.extent)], "crs": CRS84}},
        "itemType": "feature",
        "crs": [CRS84],
        "links": [link(here, "self", JSON), link(f"{here}/items", "items", GEOJSON, str(collection.title))],
    }

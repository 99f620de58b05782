"""The map's tiles."""

import hashlib
import json

from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.utils.cache import get_conditional_response
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.views import APIView

from geo import tiles
from proposals.api.list_views import FILTER_PARAMETERS, AnyAccept
from proposals.ground import Tile
from proposals.lean_filters import lean
from proposals.map import MapAnswer, features_in, tile_of
from proposals.stamps import stamp

#: How long a browser or a proxy may show a tile without asking again: counts are right within 5 seconds.
_KEPT_SECONDS = 4
#: Of the tiles' form: counted up when what a tile says changes, so that no copy of the old form stays.
_VERSION = 2

_NUMBER, _TEXT, _WHOLE = {"type": "number", "nullable": True}, {"type": "string"}, {"type": "integer"}
_FEATURE = {
    "type": "object",
    "required": ["kind", "amount"],
    "properties": {
        "kind": {"type": "string", "enum": ["region", "proposal", "shape"]},
        **dict.fromkeys(("lon", "lat"), _NUMBER),
        **dict.fromkeys(("count", "funded", "amount", "funded_amount"), _WHOLE),
        **dict.fromkeys(("code", "name", "boundary_source", "id", "number", "title", "stage", "outcome", "sector", "channel", "village"), _TEXT),
        "shape": {"type": "object", "description": "GeoJSON geometry of a line or an area"},
    },
}
_ANSWER = {
    "type": "object",
    "required": ["as_of", "level", "features", "unplaced", "more"],
    "properties": {
        "as_of": {"type": "string", "format": "date-time"},
        "level": {"type": "string", "enum": ["province", "district", "subdistrict", "village", "proposal"]},
        "features": {"type": "array", "items": _FEATURE},
        "unplaced": {"type": "array", "items": _FEATURE},
        "more": _WHOLE,
        "capped": {"type": "boolean", "description": "The counts are at least these."},
    },
}


def _etag(query: QueryDict, tile: Tile) -> str:
    """Of what is asked and of the tile's stamp: one query, none of the proposals."""
    asked = f"{tile} {sorted(query.lists())} {stamp(tile)} {_VERSION}"
    return f'"{hashlib.blake2b(asked.encode(), digest_size=12).hexdigest()}"'


@extend_schema_view(get=extend_schema(operation_id="map_tile", parameters=FILTER_PARAMETERS, responses={200: _ANSWER, 304: None}))
class MapTile(APIView):
    """Region bubbles, or single proposals from street zoom on. Codes and numbers only, the same for every reader."""

    #: A tile is the same for everybody, so that a proxy may keep it: no cookie is looked at.
    authentication_classes = ()
    content_negotiation_class = AnyAccept

    def get(self, request: Request, z: int, x: int, y: int) -> HttpResponseBase:
        """One tile; 304 where the reader's copy still says the same."""
        if not tiles.valid(z, x, y):
            raise Http404
        filters = lean(request.query_params)
        tile = tile_of(z, x, y, filters)
        # before the contents, so that the copy is never older than its name says
        etag = _etag(request.query_params, tile)
        response = get_conditional_response(request._request, etag=etag) or _told(features_in(tile, filters))  # noqa: SLF001
        response["ETag"], response["Cache-Control"] = etag, f"public, max-age={_KEPT_SECONDS}"
        return response


def _told(answer: MapAnswer) -> HttpResponse:
    body = {"as_of": answer.as_of.isoformat(), **answer.facts()}
    return HttpResponse(json.dumps(body, ensure_ascii=False, separators=(",", ":")), content_type="application/json")

"""The tiles of works on the map."""

import hashlib
import json

from django.http import Http404, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.views import APIView

from budgeting.works.ground import features_in
from budgeting.works.wanted import NAMES, wanted_of
from geo import tiles
from proposals.api.list_views import AnyAccept
from proposals.ground import Tile

#: How long a browser or a proxy may show a tile without asking again: works change by the day.
_KEPT_SECONDS = 30
_STATE_COUNTS = ("count", "not_started", "under_way", "reported_done", "confirmed", "disputed")
_TEXTS = ("code", "name", "boundary_source", "id", "title", "state", "region", "reported_on", "reported_by")
_NUMBER, _WHOLE, _TEXT = {"type": "number", "nullable": True}, {"type": "integer"}, {"type": "string", "nullable": True}
_FEATURE = {
    "type": "object",
    "required": ["kind"],
    "properties": {
        "kind": {"type": "string", "enum": ["region", "work"]},
        **dict.fromkeys(("lon", "lat", "percent"), _NUMBER),
        **dict.fromkeys((*_STATE_COUNTS, "amount", "late", "silent"), _WHOLE),
        **dict.fromkeys(_TEXTS, _TEXT),
    },
}
_ANSWER = {
    "type": "object",
    "required": ["as_of", "level", "features", "unplaced", "more"],
    "properties": {
        "as_of": {"type": "string", "format": "date-time"},
        "level": {"type": "string", "enum": ["province", "district", "subdistrict", "village", "work"]},
        "features": {"type": "array", "items": _FEATURE},
        "unplaced": {"type": "array", "items": _FEATURE},
        "more": {"type": "integer"},
    },
}
_PARAMETERS = [OpenApiParameter(name, OpenApiTypes.STR) for name in NAMES]


@extend_schema_view(get=extend_schema(operation_id="works_map_tile", parameters=_PARAMETERS, responses={200: _ANSWER, 304: None}))
class WorksTile(APIView):
    """How many works stand in each region and how, or single works from street zoom on; `late` and `silent` in days. The same for every reader."""

    #: A tile is the same for everybody, so that a proxy may keep it: no cookie is looked at.
    authentication_classes = ()
    content_negotiation_class = AnyAccept

    def get(self, request: Request, z: int, x: int, y: int) -> HttpResponseBase:
        """One tile; 304 where the reader's copy still says the same."""
        if not tiles.valid(z, x, y):
            raise Http404
        wanted = wanted_of(request.query_params)
        answer = features_in(Tile.drawn(z, x, y, wanted.region), wanted)
        facts = json.dumps(answer.facts(), ensure_ascii=False, separators=(",", ":"))
        etag = f'"{hashlib.blake2b(facts.encode(), digest_size=12).hexdigest()}"'
        told = HttpResponse(f'{{"as_of":"{answer.as_of.isoformat()}",{facts[1:]}', content_type="application/json")
        response = get_conditional_response(request._request, etag=etag) or told  # noqa: SLF001
        response["ETag"], response["Cache-Control"] = etag, f"public, max-age={_KEPT_SECONDS}"
        return response

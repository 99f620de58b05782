"""The map's tiles."""

import hashlib
import json

from django.http import Http404, HttpResponseBase
from django.utils.cache import get_conditional_response
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from geo import tiles
from proposals.api.list_views import FILTER_PARAMETERS
from proposals.filters import ProposalFilter
from proposals.map import MapAnswer, features_in
from proposals.models import Proposal

#: How long a browser or a proxy may show a tile without asking again: counts are right within 5 seconds.
_KEPT_SECONDS = 4

_NUMBER, _TEXT, _WHOLE = {"type": "number", "nullable": True}, {"type": "string"}, {"type": "integer"}
_FEATURE = {
    "type": "object",
    "required": ["kind", "lon", "lat", "amount"],
    "properties": {
        "kind": {"type": "string", "enum": ["region", "proposal"]},
        **dict.fromkeys(("lon", "lat"), _NUMBER),
        **dict.fromkeys(("count", "funded", "amount", "funded_amount"), _WHOLE),
        **dict.fromkeys(("code", "name", "boundary_source", "id", "number", "title", "stage", "outcome", "sector", "village"), _TEXT),
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
    },
}


def _etag(answer: MapAnswer) -> str:
    text = json.dumps(answer.facts(), sort_keys=True, default=str)
    return f'"{hashlib.blake2b(text.encode(), digest_size=12).hexdigest()}"'


@extend_schema_view(get=extend_schema(operation_id="map_tile", parameters=FILTER_PARAMETERS, responses={200: _ANSWER, 304: None}))
class MapTile(APIView):
    """Region bubbles, or single proposals from street zoom on. Codes and numbers only, the same for every reader."""

    #: A tile is the same for everybody, so that a proxy may keep it: no cookie is looked at.
    authentication_classes = ()

    def get(self, request: Request, z: int, x: int, y: int) -> HttpResponseBase:
        """One tile; 304 where the reader's copy still says the same."""
        if not tiles.valid(z, x, y):
            raise Http404
        filters = ProposalFilter(request.query_params, queryset=Proposal.objects.public())
        answer = features_in(z, x, y, filters)
        response = Response({"as_of": answer.as_of.isoformat(), **answer.facts()})
        response["ETag"], response["Cache-Control"] = _etag(answer), f"public, max-age={_KEPT_SECONDS}"
        return get_conditional_response(request._request, etag=response["ETag"], response=response) or response  # noqa: SLF001

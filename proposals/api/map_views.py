"""The map's tiles."""

import hashlib
import json

from django.http import Http404, HttpResponseBase
from django.utils.cache import get_conditional_response
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
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


def _etag(answer: MapAnswer) -> str:
    text = json.dumps(answer.facts(), sort_keys=True, default=str)
    return f'"{hashlib.blake2b(text.encode(), digest_size=12).hexdigest()}"'


@extend_schema(parameters=FILTER_PARAMETERS, responses=OpenApiTypes.OBJECT)
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

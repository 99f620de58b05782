"""The addresses of regions; all may read them."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.exceptions import ValidationError
from rest_framework.generics import ListAPIView
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from geo import codes, lookup
from geo.api import queries, shapes
from geo.api.pagination import Pages
from geo.api.serializers import RegionSerializer
from geo.codes import LEVELS, Level
from geo.models import Region

GEOJSON = "application/geo+json"
_LEVEL = OpenApiParameter("level", enum=[level.value for level in LEVELS])
_SHAPE = {(200, GEOJSON): OpenApiTypes.OBJECT, 404: OpenApiTypes.OBJECT}


class GeoJSON(JSONRenderer):
    """Lets a client ask for GeoJSON by its own name."""

    media_type = GEOJSON


def described(regions: list[Region]) -> Any:
    """Regions in the contract's shape: two queries for any number of them."""
    counts = lookup.below(region.pk for region in regions)
    return RegionSerializer(lookup.with_lineage(regions), many=True, context={"below": counts}).data


class RegionList(ListAPIView):
    """Regions in force, by code; with `q` the 20 that fit the words best, best first, on one page."""

    pagination_class = Pages
    serializer_class = RegionSerializer
    queryset = Region.objects.none()

    @extend_schema(parameters=[_LEVEL, OpenApiParameter("parent"), OpenApiParameter("q", description="Forgives spelling: sei raya")])
    def get(self, request: Request, *_args: Any, **_kwargs: Any) -> Response:
        """Cursor pages; `parent` asks for the regions right below a code."""
        level, parent, words = queries.level_of(request), queries.parent_of(request), request.query_params.get("q", "").strip()
        if words:
            found = lookup.search_regions(words, level=level, parent=parent)
            return Response({"next": None, "previous": None, "results": described(found)})
        regions = Region.objects.light().in_force()
        regions = regions.at(level) if level else regions
        regions = regions.filter(parent=parent) if parent else regions
        return self.get_paginated_response(described(self.paginate_queryset(regions) or []))


class RegionDetail(APIView):
    """One region."""

    @extend_schema(responses=RegionSerializer)
    def get(self, _request: Request, code: str) -> Response:
        """Its names, its lineage, and how many regions lie below it."""
        return Response(described([queries.region_or_404(code)])[0])


class RegionAt(APIView):
    """The village at a point."""

    @extend_schema(
        responses=RegionSerializer,
        parameters=[OpenApiParameter("lon", OpenApiTypes.DOUBLE, required=True), OpenApiParameter("lat", OpenApiTypes.DOUBLE, required=True)],
    )
    def get(self, request: Request) -> Response:
        """404 where no known boundary holds the point."""
        village = lookup.village_at(queries.point_of(request))
        if village is None:
            raise queries.Missing(_("No village whose boundary we know lies at this point."))
        return Response(described([village])[0])


class RegionBoundary(APIView):
    """A region's boundary as a GeoJSON feature."""

    renderer_classes = (JSONRenderer, GeoJSON)

    @extend_schema(responses=_SHAPE, parameters=[OpenApiParameter("detail", enum=["full", "outline"])])
    def get(self, request: Request, code: str) -> HttpResponseBase:
        """`detail=outline` is the light one for drawing."""
        detail = request.query_params.get("detail", "full")
        if detail not in {"full", "outline"}:
            raise ValidationError({"detail": [_("Choose full or outline.")]})
        region = queries.region_or_404(code)
        text = shapes.feature(code, light=detail == "outline")
        if text is None:
            raise queries.Missing(_("%(region)s has no boundary yet.") % {"region": region.title})
        return _kept(request, text, lambda: text)


class RegionOutlines(APIView):
    """The light outlines of the regions below one, or of the nation's, in one answer for the map."""

    renderer_classes = (JSONRenderer, GeoJSON)

    @extend_schema(responses=_SHAPE, parameters=[_LEVEL])
    def get(self, request: Request, code: str = "") -> HttpResponseBase:
        """Right below, or `level` one further down; `missing` lists those without a boundary."""
        if code:
            queries.region_or_404(code)
        scope_level = codes.level(code) if code else None
        level = queries.level_of(request) or _next_level(scope_level)
        if not shapes.drawable(level, scope_level):
            raise ValidationError({"level": [_("Ask for the level right below this region, or for the one below that.")]})
        return _kept(request, shapes.state(code, level), lambda: shapes.outlines(code, level))


@extend_schema_view(get=extend_schema(operation_id="nation_outlines"))
class NationOutlines(RegionOutlines):
    """The same without a code; a name of its own in the description."""


def _next_level(level: Level | None) -> Level:
    if level is Level.VILLAGE:
        raise queries.Missing(_("Nothing lies below a village."))
    return LEVELS[LEVELS.index(level) + 1 if level else 0]


def _kept(request: Request, state: str, text: Callable[[], str]) -> HttpResponseBase:
    """GeoJSON that a browser may keep for five minutes and ask about afterwards: 304 while the state is the same."""
    etag = f'"{hashlib.sha256(state.encode()).hexdigest()[:20]}"'
    unchanged = get_conditional_response(request._request, etag=etag)  # noqa: SLF001 - Django's own request is what it reads
    response = unchanged or HttpResponse(text(), content_type=GEOJSON, headers={"ETag": etag})
    patch_cache_control(response, public=True, max_age=300)
    return response

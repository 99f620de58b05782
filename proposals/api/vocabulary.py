"""The words of the register for programs, in the language of the request, and the agencies that answer."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import Agency
from accounts.refusals import Invalid
from geo import codes
from geo.api.pagination import CursorPages
from proposals.api.serializers import AgencySerializer
from proposals.models import Attachment
from proposals.papers import documents
from proposals.stages import DECIDERS, MOVES, Move
from proposals.words import MOVE_WORDS, OUTCOME_WORDS, REALISATION_WORDS, STAGE_WORDS, Channel, LandOwner, LocationSource, ReasonCode, Sector


class AgenciesView(ListAPIView):
    """The agencies of a region, of those above it and of those below it."""

    serializer_class = AgencySerializer
    pagination_class = CursorPages
    filter_backends = ()

    @extend_schema(operation_id="agencies", parameters=[OpenApiParameter("region", str, description="Official code; covers everything below it.")])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Agencies by code."""
        return self.list(request, *args, **kwargs)

    def get_queryset(self) -> Any:
        """Those of the region asked for, or all."""
        code = self.request.query_params.get("region", "")
        agencies = Agency.objects.order_by("code", "id")
        if not code:
            return agencies
        if not codes.is_code(code):
            raise Invalid({"region": [_("This is not a region code.")]})
        return agencies.filter(Q(region_id__in=codes.lineage(code)) | Q(region__code__startswith=code + "."))


def _words(pairs: Any) -> list[dict[str, str]]:
    return [{"code": str(code), "name": str(name)} for code, name in pairs if code]


def _move(move: Move) -> dict[str, Any]:
    return {
        "code": move.name,
        "name": str(MOVE_WORDS[move.name]),
        "needs_reason": move.needs_reason,
        "needs_code": move.needs_code,
        "needs_change": move.needs_change,
        "needs_target": move.needs_target,
        "needs_agency": move.needs_agency,
        "only_by_run": move.only_by_run,
        "by_service": move.by_service,
    }


def _kind(code: str, word: Any) -> dict[str, Any]:
    """A kind of file: whether it is a picture only, whether everybody may open it, its limits."""
    return {
        "code": code,
        "name": str(word),
        "pictures_only": code in documents.PHOTOS,
        "is_open": code not in documents.CLOSED,
        "most_bytes": documents.most_bytes(code),
        "most_files": documents.most_files(code),
    }


class VocabularyView(APIView):
    """Codes and their words."""

    @extend_schema(operation_id="vocabulary", responses={200: dict[str, Any]})
    def get(self, request: Request) -> Response:  # noqa: ARG002 - the language is set by the middleware
        """Stages, outcomes, realisations, moves, sectors, reason codes, kinds of files and sources of a position."""
        stages = [{"code": stage.value, "name": str(word), "decided_by": DECIDERS[stage]} for stage, word in STAGE_WORDS.items()]
        return Response(
            {
                "stages": stages,
                "outcomes": _words(OUTCOME_WORDS.items()),
                "realisations": _words(REALISATION_WORDS.items()),
                "moves": [_move(move) for move in MOVES.values()],
                "sectors": _words(Sector.choices),
                "channels": _words(Channel.choices),
                "reason_codes": _words(ReasonCode.choices),
                "attachment_kinds": [_kind(code, word) for code, word in Attachment.Kind.choices],
                "location_sources": _words(LocationSource.choices),
                "land_owners": _words(LandOwner.choices),
            }
        )

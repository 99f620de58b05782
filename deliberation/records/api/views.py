"""The papers of a meeting over HTTP."""

from uuid import UUID

from django.http import FileResponse, Http404
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import AnonRateThrottle, UserRateThrottle
from rest_framework.views import APIView

from accounts.refusals import Conflict, Missing
from deliberation.api.views import TalkView
from deliberation.meetings.rows import loaded_meeting
from deliberation.models import Document, Meeting
from deliberation.policy import signed_in
from deliberation.records import policy, public, seals, services
from deliberation.records.api.serializers import IssueBody, PaperPage, PaperSerializer, WholePaperSerializer
from deliberation.words import DocumentState
from geo.api.pagination import Pages
from proposals.api.throttles import CheckThrottle

_CONFLICT = OpenApiResponse(description="The meeting is not closed, or the state does not allow it; the message says so.")


class PapersView(TalkView):
    """The issued papers of a meeting."""

    @extend_schema(operation_id="meeting_documents", responses=PaperPage)
    def get(self, request: Request, meeting_id: UUID) -> Response:
        """Every paper with its code and hashes, addenda behind what they correct."""
        return _listed(request, loaded_meeting(meeting_id))

    @extend_schema(operation_id="issue_meeting_documents", request=IssueBody, responses={200: PaperPage, 409: _CONFLICT})
    def post(self, request: Request, meeting_id: UUID) -> Response:
        """Freeze papers of a closed meeting; what is issued already stays as it is."""
        actor = signed_in(request.user)
        sent = IssueBody(data=request.data)
        sent.is_valid(raise_exception=True)
        services.issue(meeting_id=meeting_id, actor=actor, kinds=sent.validated_data.get("kinds"))
        return _listed(request, loaded_meeting(meeting_id))


class PaperView(APIView):
    """One paper by its code."""

    throttle_classes = (AnonRateThrottle, UserRateThrottle, CheckThrottle)

    @extend_schema(operation_id="meeting_document", responses=WholePaperSerializer)
    def get(self, request: Request, meeting_id: UUID, code: str) -> Response:
        """What it says, and whether what is stored is what was issued; whole for the officials of the region and auditors."""
        document = _of(loaded_meeting(meeting_id), code)
        opens = policy.may_open_whole(request.user, document.meeting)
        seal, facts = seals.seal_of(document), document.snapshot or {}
        document.is_whole = bool(opens)  # type: ignore[attr-defined]
        document.seal = seal  # type: ignore[attr-defined]
        document.facts = (facts if opens else public.reduced(facts)) if seal.holds else {}  # type: ignore[attr-defined]
        return Response(WholePaperSerializer(document).data)


class PaperPdfView(TalkView):
    """The pages of a paper."""

    @extend_schema(operation_id="meeting_document_pdf", responses={(200, "application/pdf"): OpenApiTypes.BINARY, 409: _CONFLICT})
    def get(self, request: Request, meeting_id: UUID, code: str) -> FileResponse:
        """The PDF as it was set once; 409 until then."""
        meeting = loaded_meeting(meeting_id)
        policy.may_open_whole(request.user, meeting).or_refuse()
        document = _of(meeting, code)
        if not document.pdf:
            raise Conflict(_("The pages of this paper are still being set. Ask again in a minute."), code="not_set")
        try:
            return FileResponse(document.pdf.open("rb"), content_type="application/pdf", headers={"Cache-Control": "private, no-store"})
        except FileNotFoundError:
            raise Http404 from None


def _of(meeting: Meeting, code: str) -> Document:
    document = seals.found(code)
    if document.meeting_id != meeting.pk:
        raise Missing
    return document


def _listed(request: Request, meeting: Meeting) -> Response:
    issued = Document.objects.filter(meeting=meeting).exclude(state=DocumentState.DRAFT).defer("snapshot", "texts")
    pages = Pages()
    page = pages.paginate_queryset(issued.order_by("kind", "number", "id"), request)
    return pages.get_paginated_response(PaperSerializer(page, many=True).data)

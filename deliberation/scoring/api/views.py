"""Scoring by programs and by the page's own scripts."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from deliberation.api.views import TalkView
from deliberation.models import Panel, Sheet
from deliberation.policy import signed_in
from deliberation.scoring import policy, reading
from deliberation.scoring.api import serializers as shapes
from deliberation.scoring.services.closing import close_panel, reopen_sheet
from deliberation.scoring.services.making import Asked, Draft, discard_panel, save_panel
from deliberation.scoring.services.opening import open_panel
from deliberation.scoring.services.scoring import Mark, declare_tie, missing_of, save_marks, submit_sheet
from geo import codes
from geo.api.pagination import CursorPages

_CONFLICT = OpenApiResponse(description="The state does not allow it, or somebody was first: the message says which.")


class PanelsView(TalkView, GenericAPIView):
    """All panels that the asker may know of."""

    serializer_class = shapes.PanelSerializer
    pagination_class = CursorPages
    filter_backends: Any = ()

    @extend_schema(operation_id="panels", parameters=[shapes.PanelQuery], responses=shapes.PanelSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Newest first; `region` covers everything below it."""
        asked = shapes.PanelQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        wanted, found = asked.validated_data, reading.visible(request.user)
        if code := wanted["region"]:
            found = found.filter(Q(region=code) | Q(region__pk__startswith=f"{code}.")) if codes.is_code(code) else found.none()
        found = found.filter(state=wanted["state"]) if wanted["state"] else found
        found = found.filter(meeting=wanted["meeting"]) if wanted["meeting"] else found
        page = self.paginate_queryset(found.order_by("-created_at", "-id"))
        return self.get_paginated_response(shapes.PanelSerializer(page, many=True).data)


class PanelView(TalkView):
    """One panel."""

    @extend_schema(operation_id="panel", responses=shapes.PanelDetail)
    def get(self, request: Request, panel_id: UUID) -> Response:
        """With criteria, proposals, scorers; the result is null until the close."""
        return _told(request, panel_id)

    @extend_schema(operation_id="draft_panel", request=shapes.PanelBody, responses={200: shapes.PanelDetail, 201: shapes.PanelDetail, 409: _CONFLICT})
    def put(self, request: Request, panel_id: UUID) -> Response:
        """Make or rewrite a draft under your own UUID."""
        signed_in(request.user)
        sent = shapes.PanelBody(data=request.data)
        sent.is_valid(raise_exception=True)
        values = sent.validated_data
        people = [Asked(**one) for one in values["scorers"]]
        frame = {"meeting_id": values["meeting"], "region_code": values["region"], "stage": values["stage"], "plan_year": values["plan_year"]}
        draft = Draft(values["title"], people, **frame)
        _kept, created = save_panel(panel_id=panel_id, actor=request.user, draft=draft, version=values["version"])
        return _told(request, panel_id, status=201 if created else 200)


class PanelStepView(TalkView):
    """Opening, closing, reopening a sheet, throwing a draft away."""

    @extend_schema(operation_id="step_panel", request=shapes.PanelStepBody, responses={200: shapes.PanelDetail, 204: None, 409: _CONFLICT})
    def post(self, request: Request, panel_id: UUID) -> Response:
        """Do it; doing it again changes nothing."""
        signed_in(request.user)
        sent = shapes.PanelStepBody(data=request.data)
        sent.is_valid(raise_exception=True)
        values, actor = sent.validated_data, request.user
        if values["step"] == "discard":
            discard_panel(panel_id=panel_id, actor=actor)
            return Response(status=204)
        if values["step"] == "open":
            open_panel(panel_id=panel_id, actor=actor, version=values["version"])
        elif values["step"] == "close":
            close_panel(panel_id=panel_id, actor=actor, reason=values["reason"])
        else:
            reopen_sheet(panel_id=panel_id, sheet_id=values["sheet"], actor=actor, reason=values["reason"])
        return _told(request, panel_id)


class SheetView(TalkView):
    """The asker's own sheet; nobody else's is anywhere."""

    @extend_schema(operation_id="score_sheet", responses=shapes.SheetSerializer)
    def get(self, request: Request, panel_id: UUID) -> Response:
        """What stands on it."""
        return _sheet(request, panel_id)

    @extend_schema(operation_id="save_score_sheet", request=shapes.SheetBody, responses={200: shapes.SheetSerializer, 409: _CONFLICT})
    def put(self, request: Request, panel_id: UUID) -> Response:
        """Keep some scores; with `submit` hand the whole sheet in. What is not named stays."""
        signed_in(request.user)
        sent = shapes.SheetBody(data=request.data)
        sent.is_valid(raise_exception=True)
        if sent.validated_data["marks"]:
            save_marks(panel_id=panel_id, actor=request.user, marks=[Mark(**one) for one in sent.validated_data["marks"]])
        if sent.validated_data["submit"]:
            submit_sheet(panel_id=panel_id, actor=request.user)
        return _sheet(request, panel_id)


class TieView(TalkView):
    """Declaring a link."""

    @extend_schema(operation_id="declare_tie", request=shapes.TieBody, responses={200: shapes.SheetSerializer, 409: _CONFLICT})
    def post(self, request: Request, panel_id: UUID) -> Response:
        """Lock what one is tied to; it cannot be taken back."""
        signed_in(request.user)
        sent = shapes.TieBody(data=request.data)
        sent.is_valid(raise_exception=True)
        declare_tie(panel_id=panel_id, actor=request.user, **sent.validated_data)
        return _sheet(request, panel_id)


def _told(request: Request, panel_id: UUID, status: int = 200) -> Response:
    return Response(shapes.PanelDetail(reading.loaded(panel_id, request.user)).data, status=status)


def _sheet(request: Request, panel_id: UUID) -> Response:
    reader = signed_in(request.user)
    panel = reading.loaded(panel_id, reader)
    sheet = reading.own_sheet(panel, reader)
    if sheet is None:
        policy.may_score(reader, None, panel).or_refuse()
    answer = Response(_own(panel, sheet) if sheet else {})
    answer["Cache-Control"] = "no-store"
    return answer


def _own(panel: Panel, sheet: Sheet) -> dict[str, Any]:
    numbers = {entry.pk: entry.number for entry in reading.entries_of(panel)}
    scores = sorted(reading.scores_of(sheet).values(), key=lambda score: (numbers[score.entry_id], score.code))
    marks = [{"number": numbers[one.entry_id], "code": one.code, "value": one.value, "comment": one.comment} for one in scores]
    locked = {str(numbers[key]): one.tie for key, one in reading.recusals_of(sheet).items()}
    missing = len(missing_of(panel, sheet))
    return {
        "state": sheet.state,
        "capacity": sheet.capacity,
        "submitted_at": sheet.submitted_at,
        "marks": marks,
        "locked": locked,
        "missing": missing,
    }

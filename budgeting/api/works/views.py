"""Works over HTTP."""

from typing import Any
from uuid import UUID

from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from budgeting.api.views import MoneyList, MoneyView
from budgeting.api.works import serializers as shapes
from budgeting.models import FundedWork
from budgeting.words import PhotoMoment
from budgeting.works import handing_over, lines, photos, reading, reporting, rows, saying
from budgeting.works.filters import WorkFilter
from geo.api.pagination import CursorPages
from proposals.api.parsers import BytesParser

_REFUSED = OpenApiResponse(description="Not yours: the message says whose it is.")
_CONFLICT = OpenApiResponse(description="The work stands elsewhere, or something else was sent under this UUID: the message says what.")
_REFUSALS = {403: _REFUSED, 409: _CONFLICT}


class WorkPages(CursorPages):
    """No key of the order is ever empty."""

    filled = True


def _object(request: Request) -> dict[str, Any]:
    return request.data if isinstance(request.data, dict) else {}


def _told(request: Request, work_id: UUID) -> dict[str, Any]:
    work = rows.loaded(work_id)
    return dict(shapes.WorkSerializer(work, context={"request": request, "dressed": reading.dressed([work])}).data)


class WorksView(MoneyList):
    """Every line of the budget and how far it is; the newest plan year first, then what changed last."""

    serializer_class = shapes.WorkSerializer
    pagination_class = WorkPages
    #: For the description; `filter_queryset` asks the filters itself.
    filter_backends = (DjangoFilterBackend,)
    filterset_class = WorkFilter

    def get_queryset(self) -> Any:
        """All works: they are public."""
        return FundedWork.objects.for_cards().order_by(*reading.ORDER)

    def filter_queryset(self, queryset: Any) -> Any:
        """The filters, which also say in which order."""
        return WorkFilter(self.request.query_params, queryset=queryset).found()

    def paginate_queryset(self, queryset: Any) -> Any:
        """A page's rows, and beside them what the village says."""
        page = super().paginate_queryset(queryset)
        self.dressed = reading.dressed(page or [])
        return page

    def get_serializer_context(self) -> dict[str, Any]:
        """With what stands beside the rows."""
        return {**super().get_serializer_context(), "dressed": getattr(self, "dressed", {})}


class WorkView(MoneyView):
    """One work."""

    serializer_class = shapes.WorkSerializer

    @extend_schema(operation_id="work", responses=shapes.WorkSerializer)
    def get(self, request: Request, work_id: UUID) -> Response:
        """With its line, progress and what the village says in numbers."""
        return Response(_told(request, work_id))

    @extend_schema(operation_id="put_work", request=shapes.LineBody, responses={200: shapes.WorkSerializer, 201: shapes.WorkSerializer, **_REFUSALS})
    def put(self, request: Request, work_id: UUID) -> Response:
        """Keep a line that has no proposal under your own UUID; the same again changes nothing."""
        work, is_new = lines.put_line(work_id=work_id, actor=request.user, sent=_object(request))
        return Response(_told(request, work.pk), status=201 if is_new else 200)

    @extend_schema(operation_id="change_work", request=shapes.LineChange, responses={200: shapes.WorkSerializer, **_REFUSALS})
    def patch(self, request: Request, work_id: UUID) -> Response:
        """Change codes, documents, provider, dates and place of the line that was read at `version`."""
        sent = dict(_object(request))
        lines.change_line(work_id=work_id, actor=request.user, version=sent.pop("version", None), sent=sent)
        return Response(_told(request, work_id))


class ProgressView(MoneyList):
    """Reports about a work."""

    serializer_class = shapes.ProgressSerializer

    def get_queryset(self) -> Any:
        """The newest day first."""
        return rows.loaded(self.kwargs["work_id"]).progress.select_related("reported_by").order_by("-as_of", "-reported_at", "-id")

    @extend_schema(
        operation_id="report_progress",
        request=shapes.ProgressBody,
        responses={200: shapes.ProgressSerializer, 201: shapes.ProgressSerializer, **_REFUSALS},
    )
    def post(self, request: Request, work_id: UUID) -> Response:
        """Report; the same UUID again is the same report."""
        sent = _object(request)
        given = {name: sent.get(name) for name in ("id", "as_of", "physical_percent", "paid", "note")}
        made, is_new = reporting.report(work_id=work_id, actor=request.user, **given)
        return Response(shapes.ProgressSerializer(made).data, status=201 if is_new else 200)


class WorkPhotosView(MoneyView):
    """Photos of a work."""

    serializer_class = shapes.WorkPhotoSerializer

    @extend_schema(operation_id="work_photos", responses=shapes.WorkPhotoSerializer(many=True))
    def get(self, request: Request, work_id: UUID) -> Response:
        """Before, during, after; in the order in which they came."""
        found = rows.loaded(work_id).photos.order_by("moment", "added_at", "pk")
        return Response(shapes.WorkPhotoSerializer(found, many=True, context={"request": request}).data)


class WorkPhotoView(MoneyView):
    """One photo, named by the SHA-256 of the bytes that are sent."""

    parser_classes: Any = (BytesParser,)
    serializer_class = shapes.WorkPhotoSerializer

    @extend_schema(
        operation_id="put_work_photo",
        request=OpenApiTypes.BINARY,
        parameters=[
            OpenApiParameter("moment", str, enum=PhotoMoment.values, required=True),
            OpenApiParameter("caption", str),
            OpenApiParameter("progress", OpenApiTypes.UUID, description="The report that it belongs to."),
        ],
        responses={200: shapes.WorkPhotoSerializer, 201: shapes.WorkPhotoSerializer, **_REFUSALS},
    )
    def put(self, request: Request, work_id: UUID, sha256: str) -> Response:
        """Add a photo; repeating it changes nothing."""
        asked, content = request.query_params, request.data if isinstance(request.data, bytes) else b""
        said = {"moment": asked.get("moment", ""), "caption": asked.get("caption", "")}
        progress_id = saying.read_key(asked["progress"], "progress") if asked.get("progress") else None
        photo, is_new = photos.add_photo(work_id=work_id, actor=request.user, content=content, sha256=sha256, progress_id=progress_id, **said)
        return Response(shapes.WorkPhotoSerializer(photo, context={"request": request}).data, status=201 if is_new else 200)

    @extend_schema(operation_id="remove_work_photo", responses={204: None, **_REFUSALS})
    def delete(self, request: Request, work_id: UUID, sha256: str) -> Response:
        """Take one's own photo away; repeating it changes nothing."""
        photos.remove_photo(work_id=work_id, actor=request.user, sha256=sha256)
        return Response(status=204)


class HandoverView(MoneyView):
    """The handover."""

    http_method_names = ("post", "options")

    @extend_schema(operation_id="hand_over_work", request=shapes.HandoverBody, responses={200: shapes.WorkSerializer, **_REFUSALS})
    def post(self, request: Request, work_id: UUID) -> Response:
        """Hand the work over and report it as done: from then on the village judges it."""
        sent = _object(request)
        given = {name: sent.get(name, "") for name in ("on", "document", "to")}
        handing_over.hand_over(work_id=work_id, actor=request.user, **given)
        return Response(_told(request, work_id))


class ConfirmationsView(MoneyList):
    """What people of the village say."""

    serializer_class = shapes.ConfirmationSerializer

    def get_queryset(self) -> Any:
        """The newest first, with words that were superseded."""
        return rows.loaded(self.kwargs["work_id"]).confirmations.order_by("-at", "-id")

    @extend_schema(
        operation_id="say_about_work",
        request=shapes.ConfirmationBody,
        responses={200: shapes.ConfirmationSerializer, 201: shapes.ConfirmationSerializer, **_REFUSALS},
    )
    def post(self, request: Request, work_id: UUID) -> Response:
        """Confirm or dispute; said anew, the former word stays readable."""
        sent = _object(request)
        word, is_new = saying.say(
            work_id=work_id, actor=request.user, id=sent.get("id"), verdict=sent.get("verdict", ""), reason=sent.get("reason", "")
        )
        return Response(shapes.ConfirmationSerializer(word).data, status=201 if is_new else 200)


class DisputeAnswersView(MoneyList):
    """What is answered to those who dispute."""

    serializer_class = shapes.DisputeAnswerSerializer

    def get_queryset(self) -> Any:
        """The newest first."""
        return rows.loaded(self.kwargs["work_id"]).answers.select_related("by").order_by("-at", "-id")

    @extend_schema(
        operation_id="answer_dispute",
        request=shapes.DisputeAnswerBody,
        responses={200: shapes.DisputeAnswerSerializer, 201: shapes.DisputeAnswerSerializer, **_REFUSALS},
    )
    def post(self, request: Request, work_id: UUID) -> Response:
        """Answer; nothing is owed any more until somebody disputes anew."""
        sent = _object(request)
        made, is_new = saying.answer(work_id=work_id, actor=request.user, id=sent.get("id"), text_said=sent.get("text", ""))
        return Response(shapes.DisputeAnswerSerializer(made).data, status=201 if is_new else 200)

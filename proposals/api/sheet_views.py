"""Sheets over HTTP: sending one, having it taken in, asking for a file. Each job is its maker's alone."""

from typing import Any, ClassVar
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.parsers import BaseParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import AnonRateThrottle, UserRateThrottle
from rest_framework.views import APIView

from accounts.refusals import Invalid, Refusal
from geo.api.pagination import CursorPages
from proposals.api.list_views import FILTER_PARAMETERS, AnyAccept
from proposals.api.parsers import ObjectParser
from proposals.api.throttles import WriteThrottle
from proposals.long_answers import seated
from proposals.models import SheetJob
from proposals.services import rows, sheet_exports, sheet_jobs

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class SheetJobSerializer(serializers.ModelSerializer[SheetJob]):
    """One job: how far it is, and what became of the rows."""

    region = serializers.CharField(source="region_id", allow_null=True)
    has_file = serializers.SerializerMethodField()

    class Meta:
        model = SheetJob
        fields: ClassVar = [
            "id", "kind", "status", "step", "region", "plan_year", "file_name", "sha256", "size", "done", "total", "result", "failure", "has_file",
            "created_at", "started_at", "finished_at",
        ]  # fmt: skip
        read_only_fields = fields

    def get_has_file(self, job: SheetJob) -> bool:
        """Whether the file is still kept."""
        return bool(job.file)


class SheetBody(serializers.Serializer[Any]):
    """What is sent with a sheet."""

    file = serializers.ListField(child=serializers.FileField(), help_text="XLSX, CSV or ZIP; or a sheet and its photos, one part each")
    region = serializers.CharField(help_text="village, sub-district or kabupaten")
    plan_year = serializers.IntegerField()
    sheet = serializers.CharField(required=False, help_text="the worksheet, where several hold proposals")


class TakeInBody(serializers.Serializer[Any]):
    """How a checked sheet is taken in."""

    only_good = serializers.BooleanField(required=False, help_text="leave rows in error out, instead of refusing the sheet")


class FileBody(serializers.Serializer[Any]):
    """Which file is wanted."""

    kind = serializers.ChoiceField(choices=sorted(sheet_exports.KINDS))
    query = serializers.CharField(required=False, help_text="filters as in the address of the list: region=61.12&plan_year=2028")


class JobsView(APIView):
    """What all views of jobs share."""

    throttle_classes = (AnonRateThrottle, UserRateThrottle, WriteThrottle)
    kind: SheetJob.Kind

    def listed(self, request: Request) -> Response:
        """One's own jobs of this kind, newest first."""
        maker = rows.signed_in(request.user)
        pages = CursorPages()
        found = SheetJob.objects.filter(maker=maker, kind=self.kind).order_by("-created_at", "id")
        page = pages.paginate_queryset(found, request, view=self)
        return pages.get_paginated_response(SheetJobSerializer(page, many=True).data)


class ImportsView(JobsView):
    """Sheets that were sent."""

    kind = SheetJob.Kind.IMPORT
    parser_classes: tuple[type[BaseParser], ...] = (MultiPartParser,)

    @extend_schema(operation_id="imports", responses=SheetJobSerializer(many=True))
    def get(self, request: Request) -> Response:
        """One's own imports, newest first."""
        return self.listed(request)

    @extend_schema(operation_id="send_sheet", request={"multipart/form-data": SheetBody}, responses={202: SheetJobSerializer})
    def post(self, request: Request) -> Response:
        """Send a sheet; it is checked in the background and written only when it is taken in."""
        rows.signed_in(request.user)
        sent: Any = request.data
        files = [(file.name or "usulan", file.read()) for file in request.FILES.getlist("file") if isinstance(file, UploadedFile)]
        job = sheet_jobs.send_sheet(
            actor=request.user,
            region_code=str(sent.get("region", "")),
            plan_year=_year(sent.get("plan_year")),
            files=files,
            page=str(sent.get("sheet", ""))[:80],
        )
        return Response(SheetJobSerializer(job).data, status=202)


class ImportView(APIView):
    """One sheet that was sent."""

    @extend_schema(operation_id="import", responses=SheetJobSerializer)
    def get(self, request: Request, job_id: UUID) -> Response:
        """How far it is, its counts, and its rows in error."""
        return Response(SheetJobSerializer(_own(request, job_id, SheetJob.Kind.IMPORT)).data)


class TakeInView(APIView):
    """Having a checked sheet written."""

    parser_classes = (ObjectParser,)
    throttle_classes = (AnonRateThrottle, UserRateThrottle, WriteThrottle)

    @extend_schema(
        operation_id="take_in_sheet",
        request=TakeInBody,
        responses={202: SheetJobSerializer, 409: OpenApiResponse(description="Rows are in error, or it was not checked yet.")},
    )
    def post(self, request: Request, job_id: UUID) -> Response:
        """Write the rows of a checked sheet; repeating it changes nothing."""
        sent = request.data if isinstance(request.data, dict) else {}
        job = sheet_jobs.take_in(actor=request.user, job_id=job_id, only_good=sent.get("only_good") is True)
        return Response(SheetJobSerializer(job).data, status=202)


class ExportsView(JobsView):
    """Files that were asked for."""

    kind = SheetJob.Kind.EXPORT
    parser_classes: tuple[type[BaseParser], ...] = (ObjectParser,)

    @extend_schema(operation_id="exports", responses=SheetJobSerializer(many=True))
    def get(self, request: Request) -> Response:
        """One's own exports, newest first."""
        return self.listed(request)

    @extend_schema(operation_id="ask_for_file", request=FileBody, responses={202: SheetJobSerializer})
    def post(self, request: Request) -> Response:
        """Have a file collected in the background."""
        sent = request.data if isinstance(request.data, dict) else {}
        job = sheet_jobs.ask_for_file(actor=request.user, kind=str(sent.get("kind", "")), query=str(sent.get("query", ""))[:2000])
        return Response(SheetJobSerializer(job).data, status=202)


class ExportView(APIView):
    """One file that was asked for."""

    @extend_schema(operation_id="export", responses=SheetJobSerializer)
    def get(self, request: Request, job_id: UUID) -> Response:
        """How far it is."""
        return Response(SheetJobSerializer(_own(request, job_id, SheetJob.Kind.EXPORT)).data)


class ExportFileView(APIView):
    """The file itself."""

    @extend_schema(operation_id="export_file", responses={(200, XLSX): OpenApiTypes.BINARY})
    def get(self, request: Request, job_id: UUID) -> FileResponse:
        """The workbook, once it is done and as long as it is kept."""
        return file_of(_own(request, job_id, SheetJob.Kind.EXPORT))


class ProposalXlsx(APIView):
    """Our own form as a workbook, or one of the printed reports, where it is small enough to be written at once."""

    content_negotiation_class = AnyAccept

    @extend_schema(
        operation_id="proposals_xlsx",
        parameters=[*FILTER_PARAMETERS, OpenApiParameter("kind", OpenApiTypes.STR, enum=sorted(sheet_exports.KINDS))],
        responses={(200, XLSX): OpenApiTypes.BINARY, 409: OpenApiResponse(description="Too many rows: have it collected in the background.")},
    )
    def get(self, request: Request) -> FileResponse:
        """The workbook; wrong filters are refused before its first byte."""
        kind = request.query_params.get("kind", "form")
        if kind not in sheet_exports.KINDS:
            raise Invalid({"kind": [_("Choose one of the list.")]})
        query = request.GET.copy()
        query.pop("kind", None)
        out, name = sheet_exports.at_once(kind, query.urlencode())
        return FileResponse(out, as_attachment=True, filename=name, content_type=XLSX)


def file_of(job: SheetJob) -> FileResponse:
    """A job's own file to download; 404 where there is none."""
    if job.status != SheetJob.Status.DONE or not job.file:
        raise Refusal(_("The file is no longer kept. Ask for it again."), code="not_found", status=404)
    try:
        opened = job.file.open("rb")
    except FileNotFoundError:
        raise Refusal(_("The file is no longer kept. Ask for it again."), code="not_found", status=404) from None
    answer = FileResponse(seated(opened, job.size), as_attachment=True, filename=job.file_name, content_type=XLSX)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _own(request: Request, job_id: UUID, kind: SheetJob.Kind) -> SheetJob:
    job = sheet_jobs.own_job(request.user, job_id)
    if job.kind != kind:
        raise Refusal(_("This does not exist."), code="not_found", status=404)
    return job


def _year(value: Any) -> int:
    text = str(value or "").strip()
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise Invalid({"plan_year": [_("Write a year from 2000 to 2100.")]})
    return int(text)

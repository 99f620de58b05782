"""Works as files, streamed, with the filters of their list; and sheets of reports on their way in."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from uuid import UUID

from django.http import FileResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.refusals import Invalid, Missing
from budgeting.api.views import MoneyView
from budgeting.models import FundedWork, ProgressSheet
from budgeting.works import exports, oc4ids, sheet_jobs
from budgeting.works.filters import WorkFilter
from budgeting.works.querysets import FundedWorkQuerySet
from budgeting.works.sheet_rows import FILE_MOST
from proposals.api.list_views import AnyAccept
from proposals.long_answers import LongText

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PARAMETERS = [OpenApiParameter(name, OpenApiTypes.STR) for name in WorkFilter.base_filters]


def found(query: Any) -> FundedWorkQuerySet:
    """The works that the filters of an address find, in the order of lists."""
    return WorkFilter(query, queryset=FundedWork.objects.for_cards()).found()  # type: ignore[no-any-return]


class WorkFile(APIView):
    """A file of all works that the filters find."""

    content_negotiation_class = AnyAccept
    write: Callable[[FundedWorkQuerySet], Iterator[str]]
    content_type, file_name = "", ""

    def get(self, request: Request) -> StreamingHttpResponse:
        """The file; wrong filters are refused before its first byte."""
        works = found(request.query_params)
        headers = {"Content-Disposition": f'attachment; filename="{self.file_name}"'}
        text = LongText(partial(type(self).write, works))
        return StreamingHttpResponse(text, content_type=self.content_type, headers=headers)


def _described(name: str, media_type: str, shape: OpenApiTypes) -> Callable[[type[APIView]], type[APIView]]:
    return extend_schema_view(get=extend_schema(operation_id=name, parameters=_PARAMETERS, responses={(200, media_type): shape}))


@_described("works_csv", "text/csv", OpenApiTypes.STR)
class WorksCsv(WorkFile):
    """Comma-separated values for spreadsheets, UTF-8 with a byte order mark."""

    write = staticmethod(exports.csv)
    content_type, file_name = "text/csv; charset=utf-8", "pekerjaan.csv"


@_described("works_geojson", "application/geo+json", OpenApiTypes.OBJECT)
class WorksGeoJson(WorkFile):
    """A GeoJSON FeatureCollection; works without a position have a null geometry."""

    write = staticmethod(exports.geojson)
    content_type, file_name = "application/geo+json", "pekerjaan.geojson"


@_described("works_form_csv", "text/csv", OpenApiTypes.STR)
class WorksFormCsv(WorkFile):
    """The form for reports as comma-separated values: the works that are found, up to 5,000."""

    write = staticmethod(exports.form_csv)
    content_type, file_name = "text/csv; charset=utf-8", "laporan-pekerjaan.csv"


class WorksOc4ids(APIView):
    """A project package of the Open Contracting for Infrastructure Data Standard."""

    content_negotiation_class = AnyAccept

    @extend_schema(operation_id="works_oc4ids", parameters=_PARAMETERS, responses={(200, "application/json"): OpenApiTypes.OBJECT})
    def get(self, request: Request) -> StreamingHttpResponse:
        """One project a work. The standard knows no package without a project, so where none is found the answer is 404."""
        works = found(request.query_params)
        if not works.exists():
            raise Missing(_("No works are found with these filters."))
        pieces = partial(oc4ids.package, works, uri=request.build_absolute_uri(), base=request.build_absolute_uri("/"))
        headers = {"Content-Disposition": 'attachment; filename="pekerjaan.oc4ids.json"'}
        return StreamingHttpResponse(LongText(pieces), content_type="application/json", headers=headers)


class WorkOc4ids(APIView):
    """One work as a project package of the same standard."""

    content_negotiation_class = AnyAccept

    @extend_schema(operation_id="work_oc4ids", responses={(200, "application/json"): OpenApiTypes.OBJECT})
    def get(self, request: Request, work_id: UUID) -> StreamingHttpResponse:
        """The package with this project alone."""
        work = FundedWork.objects.for_cards().filter(pk=work_id).order_by("pk")
        if not work.exists():
            raise Missing
        pieces = partial(oc4ids.package, work, uri=request.build_absolute_uri(), base=request.build_absolute_uri("/"))
        headers = {"Content-Disposition": f'attachment; filename="pekerjaan-{work_id}.oc4ids.json"'}
        return StreamingHttpResponse(LongText(pieces), content_type="application/json", headers=headers)


class WorksForm(APIView):
    """The form for reports as a workbook."""

    content_negotiation_class = AnyAccept

    @extend_schema(operation_id="works_form", parameters=_PARAMETERS, responses={(200, XLSX): OpenApiTypes.BINARY})
    def get(self, request: Request) -> FileResponse:
        """The works that are found, up to 5,000, with empty cells for a new report of each."""
        return FileResponse(exports.form(found(request.query_params)), as_attachment=True, filename="laporan-pekerjaan.xlsx", content_type=XLSX)


class ProgressSheetSerializer(serializers.ModelSerializer):
    """A sheet of reports on its way in. `result`: `counts` by fate, `faults` with row, column and message."""

    class Meta:
        model = ProgressSheet
        fields = ("id", "status", "writes", "file_name", "done", "total", "result", "failure", "created_at", "finished_at")
        read_only_fields = fields


class ProgressSheetsView(MoneyView):
    """Sending a sheet of reports."""

    parser_classes: Any = (MultiPartParser,)
    serializer_class = ProgressSheetSerializer

    @extend_schema(
        operation_id="send_progress_sheet",
        request={"multipart/form-data": {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}}},
        responses={202: ProgressSheetSerializer},
    )
    def post(self, request: Request) -> Response:
        """Have a sheet checked; nothing is written before `take-in`. Ask for it until it is `checked`."""
        file = request.FILES.get("file")
        if file is None:
            raise Invalid({"file": [_("Choose a sheet: XLSX or CSV.")]})
        sheet = sheet_jobs.send_sheet(actor=request.user, name=file.name or "", content=file.read(FILE_MOST + 1))
        return Response(ProgressSheetSerializer(sheet).data, status=202)


class ProgressSheetView(MoneyView):
    """One's own sheet of reports."""

    serializer_class = ProgressSheetSerializer

    @extend_schema(operation_id="progress_sheet", responses=ProgressSheetSerializer)
    def get(self, request: Request, sheet_id: UUID) -> Response:
        """How far it is, and what is wrong with which row."""
        return Response(ProgressSheetSerializer(sheet_jobs.own_sheet(request.user, sheet_id)).data)


class TakeInProgressView(MoneyView):
    """Writing the rows."""

    http_method_names = ("post", "options")
    serializer_class = ProgressSheetSerializer

    @extend_schema(operation_id="take_in_progress_sheet", request=None, responses={202: ProgressSheetSerializer})
    def post(self, request: Request, sheet_id: UUID) -> Response:
        """All rows or none."""
        return Response(ProgressSheetSerializer(sheet_jobs.take_in(actor=request.user, sheet_id=sheet_id)).data, status=202)

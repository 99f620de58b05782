"""The files of a proposal over HTTP: listed, sent whole or in parts, taken away."""

import re
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.refusals import Invalid
from proposals import services
from proposals.api.attachment_rows import AttachmentSerializer
from proposals.api.parsers import BytesParser
from proposals.api.views import RegisterView, visible
from proposals.models import Attachment
from proposals.services import uploads
from proposals.services.uploads import Gap, Part, Progress

_RANGE = re.compile(r"bytes (?:(\d{1,12})-(\d{1,12})|\*)/(\d{1,12})", re.ASCII)
_KIND = OpenApiParameter("kind", str, enum=Attachment.Kind.values)
_SAID = [_KIND, OpenApiParameter("caption", str), OpenApiParameter("closed", str, enum=["1"], description="Only for those who write and decide.")]
_CONTENT_RANGE = OpenApiParameter("Content-Range", str, OpenApiParameter.HEADER, description="`bytes 0-262143/900000`, or `bytes */900000` to end.")
_PROGRESS = {"type": "object", "properties": {"received": {"type": "integer"}, "size": {"type": "integer"}, "complete": {"type": "boolean"}}}


class AttachmentsView(RegisterView):
    """The files of a proposal."""

    @extend_schema(operation_id="attachments", parameters=[_KIND], responses=AttachmentSerializer(many=True))
    def get(self, request: Request, proposal_id: UUID) -> Response:
        """All files in the order in which they came, or those of a kind; what is closed is told without its address."""
        kind = request.query_params.get("kind", "")
        files = [one for one in visible(request, proposal_id).attachments.all() if kind in ("", one.kind)]
        return Response(AttachmentSerializer(files, many=True, context={"request": request}).data)


def _said(request: Request) -> dict[str, Any]:
    """What stands in the address beside the bytes."""
    asked = request.query_params
    return {"kind": asked.get("kind", Attachment.Kind.PHOTO.value), "caption": asked.get("caption", ""), "is_closed": asked.get("closed") == "1"}


def _bytes(request: Request) -> bytes:
    return request.data if isinstance(request.data, bytes) else b""


class AttachmentView(RegisterView):
    """One file, named by the SHA-256 of the bytes that are sent."""

    parser_classes = (BytesParser,)

    @extend_schema(operation_id="attachment_progress", parameters=[_KIND], responses={(200, "application/json"): _PROGRESS})
    def get(self, request: Request, proposal_id: UUID, sha256: str) -> Response:
        """How many of its octets are here, for who may send it; HEAD tells the same as `Upload-Offset` and `Upload-Length`."""
        kind = request.query_params.get("kind", Attachment.Kind.PHOTO.value)
        return _told(uploads.progress(proposal_id=proposal_id, actor=request.user, sha256=sha256, kind=kind), status=200)

    @extend_schema(
        operation_id="attach",
        request=OpenApiTypes.BINARY,
        parameters=_SAID,
        responses={200: AttachmentSerializer, 201: AttachmentSerializer},
    )
    def put(self, request: Request, proposal_id: UUID, sha256: str) -> Response:
        """Add a photo or a paper whole; repeating it changes nothing."""
        attachment, created = services.attach(proposal_id=proposal_id, actor=request.user, content=_bytes(request), sha256=sha256, **_said(request))
        return Response(AttachmentSerializer(attachment, context={"request": request}).data, status=201 if created else 200)

    @extend_schema(
        operation_id="attach_part",
        request=OpenApiTypes.BINARY,
        parameters=[*_SAID, _CONTENT_RANGE],
        responses={
            200: AttachmentSerializer,
            201: AttachmentSerializer,
            (202, "application/json"): _PROGRESS,
            409: OpenApiResponse(description="A gap: `Upload-Offset` says where to go on. Or nothing can be added now."),
        },
    )
    def patch(self, request: Request, proposal_id: UUID, sha256: str) -> Response:
        """Add a part; the last one makes the file. A part sent twice counts once."""
        try:
            done = uploads.append(proposal_id=proposal_id, actor=request.user, sha256=sha256, part=_part(request), **_said(request))
        except Gap as gap:
            return Response({"code": gap.code, "message": str(gap.message)}, status=gap.status, headers={"Upload-Offset": str(gap.received)})
        if done.attachment is None:
            return _told(done, status=202)
        body = AttachmentSerializer(done.attachment, context={"request": request}).data
        return Response(body, status=201 if done.is_new else 200, headers=_headers(done))

    @extend_schema(operation_id="detach", responses={204: None})
    def delete(self, request: Request, proposal_id: UUID, sha256: str) -> Response:
        """Remove a file; repeating it changes nothing."""
        services.detach(proposal_id=proposal_id, actor=request.user, sha256=sha256)
        return Response(status=204)


def _part(request: Request) -> Part:
    """The part and its place, from `Content-Range`. Raises Invalid."""
    content = _bytes(request)
    named = _RANGE.fullmatch(request.headers.get("Content-Range", ""))
    if named is None:
        raise Invalid({"range": [_("Send Content-Range: bytes first-last/size.")]})
    size = int(named[3])
    if named[1] is None:
        return Part(size, size, b"")
    first, last = int(named[1]), int(named[2])
    if last - first + 1 != len(content):
        raise Invalid({"range": [_("The part has another length than Content-Range says.")]})
    return Part(first, size, content)


def _told(done: Progress, *, status: int) -> Response:
    body = {"received": done.received, "size": done.size, "complete": done.attachment is not None}
    return Response(body, status=status, headers=_headers(done))


def _headers(done: Progress) -> dict[str, str]:
    return {"Upload-Offset": str(done.received), "Upload-Length": str(done.size), "Cache-Control": "no-store"}

"""Reading bodies: a JSON object, or the raw bytes of a file."""

from collections.abc import Mapping
from typing import IO, Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from accounts.api.parsers import JSONParser
from proposals.models import Attachment
from proposals.papers import documents
from proposals.services import papers


class ObjectParser(JSONParser):
    """A JSON object. A list, a number or a text is a 400 that says so."""

    def parse(self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The object that was sent."""
        data = super().parse(stream, media_type, parser_context)
        if not isinstance(data, dict):
            raise ParseError(_("Send a JSON object."))
        return data


class BytesParser(BaseParser):
    """The bytes as they are, whatever their type is said to be; never more than one file of the kind named in memory."""

    media_type = "*/*"

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:  # noqa: ARG002 - the library's
        """At most the largest file of its kind; more is refused (413) before it is read."""
        request = (parser_context or {}).get("request")
        kind = request.query_params.get("kind", Attachment.Kind.PHOTO) if request else Attachment.Kind.PHOTO.value
        announced = str(request.META.get("CONTENT_LENGTH") or "0") if request else "0"
        if announced.isdigit() and (refusal := papers.too_large(int(announced), kind)):
            raise refusal
        content = stream.read(documents.most_bytes(kind) + 1)
        if refusal := papers.too_large(len(content), kind):
            raise refusal
        return content

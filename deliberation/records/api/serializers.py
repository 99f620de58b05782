"""The shapes of papers in the API."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from deliberation.meetings.api.rows import CursorPage
from deliberation.models import Document
from deliberation.words import DocumentKind


class PaperSerializer(serializers.ModelSerializer[Document]):
    """One issued paper: what it is, how it stands, and the hashes by which a copy is known."""

    code = serializers.CharField(source="printed_code")
    check_url = serializers.SerializerMethodField()
    pdf_url = serializers.SerializerMethodField()

    class Meta:
        model = Document
        fields = (
            "id",
            "kind",
            "number",
            "state",
            "code",
            "template",
            "sha256",
            "pdf_sha256",
            "pages",
            "issued_at",
            "signed_at",
            "check_url",
            "pdf_url",
        )

    def get_check_url(self, document: Document) -> str:
        """Where anybody checks a printed copy."""
        return str(settings.SITE_URL + reverse("check_document", args=[document.code]))

    def get_pdf_url(self, document: Document) -> str | None:
        """Its pages, for the officials of the region; null until they are set."""
        if not document.pdf:
            return None
        return str(settings.SITE_URL + reverse("api:document-pdf", args=[document.meeting_id, document.code]))


class SealSerializer(serializers.Serializer[Any]):
    """Whether what is stored is what was issued."""

    holds = serializers.BooleanField()
    snapshot_sha256 = serializers.CharField()
    stored_sha256 = serializers.CharField()
    journal_sha256 = serializers.CharField()


class PaperPage(CursorPage):
    """Some papers of a meeting."""

    results = PaperSerializer(many=True)


class WholePaperSerializer(PaperSerializer):
    """A paper with what it says: whole for those who may open it whole, else without personal data."""

    is_whole = serializers.BooleanField(read_only=True)
    seal = SealSerializer(read_only=True)
    facts = extend_schema_field(OpenApiTypes.OBJECT)(serializers.JSONField)(read_only=True)

    class Meta:  # type: ignore[override]
        model = Document
        fields = (*PaperSerializer.Meta.fields, "is_whole", "seal", "facts")


class IssueBody(serializers.Serializer[Any]):
    """Which papers to issue; all of the meeting's form where none is named."""

    kinds = serializers.ListField(child=serializers.ChoiceField(choices=DocumentKind.choices), required=False, max_length=7)

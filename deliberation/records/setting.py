"""From a frozen paper to its octets, kept once and for good."""

import hashlib
import logging
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from deliberation.models import Document
from deliberation.records import paper
from deliberation.words import DocumentState
from proposals import live

_log = logging.getLogger(__name__)


def set_pages_of(document_id: UUID) -> int:
    """Set the pages of an issued paper from its snapshot, and keep them; answers how many pages it has.

    Whoever comes second finds them there. Octets that were lost from the disk are made again only if they are the same.
    """
    document = Document.objects.get(pk=document_id)
    if document.state == DocumentState.DRAFT or is_there(document):
        return document.pages
    try:
        content, pages = paper.pdf_of(paper.html_of(document))
    except paper.NotSetError:
        _log.exception("the pages of %s could not be set", document_id)
        Document.objects.filter(pk=document_id, pdf="").update(failure="not_set")
        return 0
    return _keep(document_id, content, pages)


def is_there(document: Document) -> bool:
    """Whether the octets are on the disk."""
    return bool(document.pdf) and default_storage.exists(str(document.pdf.name))


def _keep(document_id: UUID, content: bytes, pages: int) -> int:
    made = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        document = Document.objects.select_for_update(of=("self",)).get(pk=document_id)
        if is_there(document):
            return document.pages
        if document.pdf_sha256 and document.pdf_sha256 != made:
            _log.error("the pages of %s were lost and cannot be made again as they were", document_id)
            return 0
        if document.pdf_sha256:
            default_storage.save(str(document.pdf.name), ContentFile(content))
            return document.pages
        document.pdf.save(f"{document.pk.hex}.pdf", ContentFile(content), save=False)
        document.pdf_sha256, document.pdf_size, document.pages, document.failure = made, len(content), pages, ""
        document.save(update_fields=["pdf", "pdf_sha256", "pdf_size", "pages", "failure"])
        live.announce(document.meeting_id, "documents", {"set": document.kind})
    return pages

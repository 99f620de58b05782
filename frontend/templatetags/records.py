"""Marks of papers: what a meeting's page tells of them, how each stands."""

from typing import Any

from django import template
from django.template.context import RequestContext
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from deliberation.models import Document
from deliberation.records import reading
from deliberation.words import DocumentState
from frontend.documents import page
from frontend.templatetags.marks import icon

register = template.Library()

_ICONS = {"none": "file-text", DocumentState.DRAFT.value: "pencil", DocumentState.ISSUED.value: "printer", DocumentState.SIGNED.value: "lock"}


@register.inclusion_tag("documents/summary.html", takes_context=True)
def papers_of_meeting(context: RequestContext) -> dict[str, Any]:
    """The papers of a meeting on its own page; four queries."""
    return page.summary_of(context["user"], context["meeting"])


@register.simple_tag
def paper_state(state: str) -> SafeString:
    """Icon and word of how a paper stands."""
    return format_html('<span class="paper-state is-{}">{}{}</span>', state, icon(_ICONS[state]), page.state_words()[state])


@register.simple_tag
def form_words(document: Document) -> str:
    """The form and its edition in words: a template is named `record/village_plan/1`."""
    edition = document.template.rpartition("/")[2]
    kind = _("Addendum") if document.number else document.get_kind_display()
    return _("%(paper)s, %(meeting)s, edition %(edition)s") % {"paper": kind, "meeting": document.meeting.get_kind_display(), "edition": edition}


@register.simple_tag
def papers_of_region(code: str) -> list[Document]:
    """The newest records of a region's own meetings; one query."""
    return reading.records_of(code)

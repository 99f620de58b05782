"""Forms: the summary of what needs attention, with a link to each field."""

from typing import Any

from django import template
from django.forms import BaseForm

from accounts.refusals import Refusal

register = template.Library()


@register.inclusion_tag("fragments/summary.html")
def form_summary(form: BaseForm) -> dict[str, Any]:
    """What a bound form needs, each line a link to its field; nothing where all is well, or where the page has told it already.

    A form's own template ends with it, so that no page forgets; a page that puts it higher up tells it there, once.
    """
    if getattr(form, "told_above", False):
        return {"entries": []}
    form.told_above = True  # type: ignore[attr-defined] # kept on the instance, gone with the request
    entries = [("", str(error)) for error in form.non_field_errors()]
    for name, errors in form.errors.items():
        if name in form.fields:
            field = form[name]
            entries += [(field.id_for_label or field.auto_id, _line(str(field.label), str(error))) for error in errors]
    return {"entries": entries}


def _line(label: str, error: str) -> str:
    """`Judul: Tulis judulnya.`; a label that is a question already ends with its mark."""
    return f"{label} {error}" if label.endswith(("?", ".", ":")) else f"{label}: {error}"


@register.inclusion_tag("fragments/summary.html")
def refusal_summary(refusal: Refusal | None) -> dict[str, Any]:
    """A refusal's sentence and what it says about each field."""
    fields = (refusal.fields if refusal else None) or {}
    entries = [("", sentence) for sentences in fields.values() for sentence in sentences]
    return {"entries": entries, "sentence": str(refusal.message) if refusal else ""}

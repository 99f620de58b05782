"""Maps in the page."""

from typing import Any

from django import template

from frontend.drawings import Drawing

register = template.Library()


@register.inclusion_tag("fragments/map.html")
def region_map(drawing: Drawing, sentence: str, address: str = "region") -> dict[str, Any]:
    """A drawing with the sentence that says what it shows; bubbles link to the pages named by `address`."""
    return {"drawing": drawing, "sentence": sentence, "address": address}

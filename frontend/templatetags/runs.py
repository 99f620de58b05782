"""What the pages of runs need in templates."""

from django import template

from frontend.forms.runs import CHOICES

register = template.Library()


@register.filter
def choice_sentence(code: object, name: str) -> str:
    """What a choice of the form does."""
    return next((choice.sentence for choice in CHOICES[name]() if choice.code == str(code)), "")

"""How papers write numbers: with dots, and in words where an office writes them out."""

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from deliberation.records import numerals
from deliberation.records.drawn import qr_svg

register = template.Library()

_RULES = {
    "people": "hadir {have} orang, sedangkan kuorum sekurang-kurangnya {need} orang",
    "regions": "terwakili {have} wilayah, sedangkan kuorum sekurang-kurangnya {need} wilayah",
    "elements": "hadir {have} unsur, sedangkan kuorum sekurang-kurangnya {need} unsur",
}


@register.filter
def dotted(number: Any) -> str:
    """`1.250.000`; a dash where there is none."""
    return "–" if number is None or number == "" else f"{number:,}".replace(",", ".")


@register.filter
def terbilang(number: int) -> str:
    """`empat puluh dua`."""
    return numerals.in_words(number)


@register.filter
def short_of(one: dict[str, Any]) -> str:
    """Which rule of the quorum is not met, and by how much."""
    return _RULES.get(one["rule"], "").format(have=one["have"], need=one["need"])


@register.filter
def series(words: list[str]) -> str:
    """`musyawarah mufakat dan pemungutan suara`, for the middle of a sentence."""
    low = [word[:1].lower() + word[1:] for word in words]
    return " dan ".join([", ".join(low[:-1]), low[-1]]) if len(low) > 1 else "".join(low)


@register.filter
def rows_of(count: int) -> range:
    """So many empty lines."""
    return range(1, count + 1)


@register.simple_tag
def qr(address: str) -> SafeString:
    """The address as a code that a phone reads, drawn by us."""
    return mark_safe(qr_svg(address))  # noqa: S308 - made of squares by segno, nothing of a text is in it

"""The inputs of computed criteria in words."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from deliberation.scoring.outcome import rounded
from frontend import figures


def decimal(text: str) -> str:
    """`12.5` as it is written here: `12,5`."""
    return text.replace(".", ",")


def value(kept: str | None) -> str:
    """A kept value from 1 to 5 with two decimals at most; unknown where nothing was known."""
    return figures.number(Decimal(rounded(Fraction(kept), 2))) if kept else _("unknown")


def inputs(kept: Iterable[Sequence[Any]]) -> list[str]:
    """Each input with its name; what nobody knows says so."""
    return [f"{WORDS.get(name, name)}: {_in_words(name, found)}" for name, found in kept]


def _in_words(name: str, found: int | str | None) -> str:
    if found is None:
        return _("unknown")
    return _WRITTEN.get(name, _plain)(found)


def _plain(found: int | str) -> str:
    return figures.number(found) if isinstance(found, int) else decimal(found)


def _rupiah(found: int | str) -> str:
    return f"Rp{_plain(found)}"


def _percent(found: int | str) -> str:
    return f"{_plain(found)}%"


def _size(found: int | str) -> str:
    sizes = (_("up to 1,500 inhabitants"), _("up to 3,000 inhabitants"), _("up to 6,000 inhabitants"), _("more than 6,000 inhabitants"))
    return sizes[int(found)]


WORDS: MappingProxyType[str, Promise] = MappingProxyType(
    {
        "households": gettext_lazy("households that benefit"),
        "village_households": gettext_lazy("households of the village"),
        "poor_households": gettext_lazy("poor households that benefit"),
        "papers_there": gettext_lazy("papers that are there"),
        "papers_asked": gettext_lazy("papers that are asked for"),
        "unit_price": gettext_lazy("price of a unit as asked"),
        "reference_price": gettext_lazy("price in the dictionary"),
        "percent": gettext_lazy("share"),
        "supports": gettext_lazy("verified supports"),
        "size_class": gettext_lazy("size of the village"),
        "compared_with": gettext_lazy("proposals of villages of this size"),
        "percentile": gettext_lazy("percentile"),
        "years_waiting": gettext_lazy("years waiting"),
        "funded_three_years": gettext_lazy("given to the village in the last three years"),
        "inhabitants": gettext_lazy("inhabitants of the village"),
        "per_head_percentile": gettext_lazy("percentile by money per head"),
    }
)
_WRITTEN: MappingProxyType[str, Callable[[int | str], str]] = MappingProxyType(
    {
        "unit_price": _rupiah,
        "reference_price": _rupiah,
        "funded_three_years": _rupiah,
        "percent": _percent,
        "percentile": _percent,
        "per_head_percentile": _percent,
        "size_class": _size,
    }
)

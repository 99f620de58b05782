"""One entry of the dictionary as it is typed, checked and turned into the model's values. Nothing is written here."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from accounts import text
from accounts.models import Agency
from accounts.refusals import Invalid
from proposals import units
from proposals.dictionary.rows import REVISED, TEXTS
from proposals.models import Cycle
from proposals.services import entries
from proposals.services.entries import Unreadable
from proposals.words import Sector, WorkKind

_CODE = re.compile(r"[\w./ -]{1,40}")
_REVISED = re.compile(rf"{re.escape(REVISED)}\d+$")
_SHORTEST = {"code": 1, "name": 3}


def read(fields: Mapping[str, Any], cycle: Cycle) -> dict[str, Any]:
    """Every value of an entry; raises Invalid that names each field at fault. The price may be unknown."""
    values: dict[str, Any] = {}
    errors: dict[str, list[str]] = {}

    def take(name: str, how: Callable[[], Any]) -> None:
        try:
            values[name] = how()
        except Unreadable as error:
            errors[name] = [error.sentence]
        except Invalid as error:
            errors[name] = [sentence for sentences in (error.fields or {}).values() for sentence in sentences]

    for name, longest in TEXTS.items():
        take(name, lambda name=name, longest=longest: _text(fields.get(name), name, longest))  # type: ignore[misc]
    take("unit", lambda: text.clean(units.normal(str(fields.get("unit") or "")), field="unit", max_length=30, min_length=1))
    take("unit_price", lambda: entries.rupiah(fields.get("unit_price")))
    take("sector", lambda: _chosen(fields.get("sector"), Sector.values))
    take("kind", lambda: _chosen(fields.get("kind"), WorkKind.values))
    take("agency", lambda: _agency(fields.get("agency"), cycle))
    if "code" in values and (not _CODE.fullmatch(values["code"]) or (_REVISED.search(values["code"]) and "code" not in errors)):
        errors["code"] = [_("A code is letters, digits, dots, dashes and slashes, and does not end like .r1.")]
    if errors:
        raise Invalid(errors)
    return values


def _text(value: Any, name: str, longest: int) -> str:
    return text.clean("" if value is None else value, field=name, max_length=longest, min_length=_SHORTEST.get(name, 0))


def _chosen(value: Any, allowed: list[str]) -> str:
    chosen = entries.choice(value, allowed)
    if not chosen:
        raise Unreadable(_("Choose one of the list."))
    return chosen


def _agency(value: Any, cycle: Cycle) -> Agency | None:
    """An agency of the kabupaten by its key, or none."""
    if value in (None, ""):
        return None
    key = str(value)
    found = Agency.objects.filter(region_id=cycle.region_id, pk=int(key)).first() if key.isascii() and key.isdigit() and len(key) < 10 else None
    if found is None:
        raise Unreadable(_("There is no such agency in this kabupaten."))
    return found

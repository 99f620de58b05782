"""The published versions of a ceiling, each with what it changed."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from budgeting.models import Ceiling, CeilingVersion
from proposals.money import rupiah


@dataclass(frozen=True)
class Published:
    """A version and, in words, what is different from the one before; nothing for the first."""

    version: CeilingVersion
    changes: list[str]


def changes_of(ceiling: Ceiling) -> list[Published]:
    """All published versions, newest first. One query."""
    people = CeilingVersion.objects.filter(ceiling=ceiling).select_related("set_by", "published_by", "parent__region", "parent__agency", "formula")
    light = people.defer("parent__region__boundary", "parent__region__outline", "formula__inputs", "formula__outcome")
    rows = list(light.order_by("-number"))
    before = [*rows[1:], None]
    return [Published(row, _changes(earlier, row) if earlier else []) for row, earlier in zip(rows, before, strict=True)]


def _changes(old: CeilingVersion, new: CeilingVersion) -> list[str]:
    told = []
    if old.amount != new.amount:
        facts = {"old": rupiah(old.amount), "new": rupiah(new.amount), "difference": rupiah(abs(new.amount - old.amount))}
        grew = _("Ceiling from %(old)s to %(new)s: %(difference)s more") % facts
        told.append(grew if new.amount > old.amount else _("Ceiling from %(old)s to %(new)s: %(difference)s less") % facts)
    if old.reserve != new.reserve:
        told.append(_("Set aside from %(old)s to %(new)s") % {"old": rupiah(old.reserve), "new": rupiah(new.reserve)})
    if old.parent_id != new.parent_id:
        told.append(_("It became a part of another ceiling") if new.parent_id else _("It stands on its own since then"))
    if old.legal_basis != new.legal_basis:
        told.append(_("Rests on: %(basis)s") % {"basis": new.legal_basis})
    return told or [_("Published again without a change")]

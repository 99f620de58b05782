"""What an answer says of the money: what its ceiling was announced as, what transfers made of it, when and by whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budgeting import ledger
from budgeting.ceilings.tree import name_of
from budgeting.ledger import Standing
from budgeting.models import AllocationRun, LedgerEntry, Transfer
from proposals.money import rupiah

Kind = LedgerEntry.Kind
#: Transfers told one by one, the newest; the ceiling's page has all.
_TOLD = 5
_ABOUT = ("asked_by", "decided_by", *(f"{end}__{part}" for end in ("source", "target") for part in ("region", "agency")))
_SHAPES = tuple(f"{end}__region__{shape}" for end in ("source", "target") for shape in ("boundary", "outline"))


@dataclass(frozen=True)
class Money:
    """The ceiling of a run as it stood when it was published: its sums, and the transfers that reached it, the newest first."""

    standing: Standing
    transfers: Sequence[Transfer]
    #: How many more there are, all older.
    earlier: int = 0


def money_of(run: AllocationRun) -> Money:
    """Four queries."""
    entries = LedgerEntry.objects.filter(ceiling=run.ceiling_id, kind__in=(Kind.TRANSFER_IN, Kind.TRANSFER_OUT, Kind.RESERVE_RELEASE))
    found = Transfer.objects.filter(pk__in=entries.values("transfer")).select_related(*_ABOUT).defer(*_SHAPES)
    newest = list(found.order_by("-decided_at", "id")[:_TOLD])
    return Money(ledger.standing(run.ceiling), newest, found.count() - len(newest))


def told(run: AllocationRun, money: Money) -> list[str]:
    """Where the money comes from, a sentence each, in the language in force. The run's ceiling comes with its region."""
    standing = money.standing
    sentences = [_announced(run)]
    if standing.moved:
        sentences.append(_("With its transfers the ceiling is %(size)s:") % {"size": rupiah(standing.size)})
    sentences += [_transfer(one, run.ceiling_id) for one in money.transfers]
    if money.earlier:
        earlier = ngettext(
            "%(count)s earlier transfer stands on the ceiling's page.", "%(count)s earlier transfers stand on the ceiling's page.", money.earlier
        )
        sentences.append(earlier % {"count": money.earlier})
    return [*sentences, *_bound(standing), _("When this list was made, %(budget)s could be given.") % {"budget": rupiah(run.budget)}]


def _announced(run: AllocationRun) -> str:
    ceiling = run.ceiling
    facts = {
        "source": capfirst(str(ceiling.get_funding_source_display())),
        "name": name_of(ceiling),
        "year": ceiling.plan_year,
        "amount": rupiah(ceiling.amount),
        "basis": ceiling.legal_basis,
        "set_by": ceiling.set_by,
        "published_by": ceiling.published_by,
        "day": _day(ceiling.published_at),
    }
    money = _("The money: %(source)s %(year)s, %(name)s.") % facts
    return f"{money} " + _("Announced as %(amount)s (%(basis)s), set by %(set_by)s and published by %(published_by)s on %(day)s.") % facts


def _transfer(one: Transfer, ceiling_id: int) -> str:
    """What came, went, or was released, with who asked for it, who confirmed it and when."""
    facts = {
        "amount": rupiah(one.amount),
        "source": name_of(one.source),
        "target": name_of(one.target),
        "basis": one.legal_basis,
        "asked": one.asked_by,
        "confirmed": one.decided_by,
        "day": _day(one.decided_at),
    }
    if one.source_id == one.target_id:
        moved = _("%(amount)s was released from what was set aside")
    elif one.target_id == ceiling_id:
        moved = _("%(amount)s came from %(source)s")
    else:
        moved = _("%(amount)s went to %(target)s")
    return f"{moved} " % facts + _("(%(basis)s): asked for by %(asked)s, confirmed by %(confirmed)s on %(day)s.") % facts


def _bound(standing: Standing) -> list[str]:
    """What is set aside and what the ceilings below hold, where there is any."""
    told_of = [_("%(amount)s of it is set aside.") % {"amount": rupiah(standing.reserve)}] if standing.reserve else []
    handed = [_("%(amount)s of it is handed to the ceilings below.") % {"amount": rupiah(standing.handed)}] if standing.handed else []
    return [*told_of, *handed]


def _day(moment: datetime | None) -> str:
    return date_format(localtime(moment), "j F Y") if moment else ""

"""Writing news down, in the transaction of the thing that happened."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from accounts import clock
from accounts.models import User
from accounts.scope import Person
from deliberation import tasks
from deliberation.models import News, Notice
from deliberation.notices.kinds import KINDS, sentence
from proposals.models import Proposal

_AT_ONCE = 1000


@dataclass(frozen=True)
class Told:
    """One thing that happened. `key` makes it this thing and no other; `to` names persons, followers come on top where they are meant."""

    kind: str
    key: str
    path: str
    facts: dict[str, Any] = field(default_factory=dict)
    actor: Person | None = None
    proposal: Proposal | None = None
    region_code: str = ""
    sector: str = ""
    to: frozenset[int] = frozenset()
    to_followers: bool = False


def notify(*, kind: str, key: str, to: Iterable[User | int], path: str, **more: Any) -> None:
    """Tell these persons, in this transaction: their notices commit or vanish with what they tell.

    `key` is unique for what happened (`invitation:<uuid>`); the same key again tells nobody twice. `path` is the page to read.
    More: `facts` for the sentence of `kinds.KINDS[kind]`, `actor` (who is not told), `proposal`, `region_code`.
    """
    tell([Told(kind=kind, key=key, path=path, to=persons(to), **more)])


def tell_followers(*, kind: str, key: str, path: str = "", also: Iterable[User | int] = (), **more: Any) -> None:
    """Tell whoever follows the proposal, its region or its sector there; `also` are told at once, with or without following.

    One row is written in this transaction, however many follow: a worker spreads it. Give `proposal`, or `region_code` (and `sector`).
    """
    proposal = more.get("proposal")
    tell([Told(kind=kind, key=key, path=path or (path_of(proposal) if proposal else ""), to=persons(also), to_followers=True, **more)])


def persons(people: Iterable[User | int]) -> frozenset[int]:
    """Their keys."""
    return frozenset(one.pk if isinstance(one, User) else one for one in people)


def path_of(proposal: Proposal, comment_id: object = None) -> str:
    """The page of a proposal, or of one comment on it: an address that never changes, so that old letters still lead there."""
    return f"/usulan/{proposal.address}/" + (f"?utas={comment_id}#tanggapan-{comment_id}" if comment_id else "")


def tell(items: Sequence[Told]) -> None:
    """Write many things down in a constant number of statements. Outside of a transaction it raises TransactionManagementError."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("news belong into the transaction of what they tell")
    if not items:
        return
    News.objects.bulk_create([_row(item) for item in items], ignore_conflicts=True, batch_size=_AT_ONCE)
    direct = {item.key: item for item in items if item.to}
    if direct:
        rows = News.objects.filter(key__in=direct).order_by("pk")
        notices = [Notice(news=row, user_id=user_id, at=row.at) for row in rows for user_id in sorted(_others(direct[row.key]))]
        Notice.objects.bulk_create(notices, ignore_conflicts=True, batch_size=_AT_ONCE)
    tasks.deliver_soon()


def _row(item: Told) -> News:
    if item.kind not in KINDS:
        raise ValueError(f"there is no sentence for {item.kind!r} in deliberation/notices/kinds.py")
    proposal = item.proposal
    facts = {**({"title": proposal.title, "number": proposal.number} if proposal else {}), **item.facts}
    sentence(item.kind, facts)  # a fact that is missing is heard here, not by everybody who opens the inbox
    return News(
        key=item.key,
        kind=item.kind,
        proposal=proposal,
        region_id=item.region_code or (proposal.village_id if proposal else None),
        sector=item.sector or (proposal.sector if proposal else ""),
        path=item.path,
        facts=facts,
        actor=item.actor if isinstance(item.actor, User) else None,
        at=clock.now(),
        to_followers=item.to_followers,
    )


def _others(item: Told) -> frozenset[int]:
    """Nobody is told what they did themselves."""
    return item.to - {item.actor.pk} if isinstance(item.actor, User) else item.to

"""Residents who may vote, with sessions, and ballots for them: committed, since a server in another process must see them."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.utils import timezone

from accounts.models import Residency, User
from accounts.sessions import SessionStore
from deliberation.ballots.reading import fingerprint
from deliberation.models import Ballot, Vote, VoterMark
from geo.models import Region
from proposals.models import Cycle

_YEAR = 2098


class Made:
    """What the measurement needs; `away` removes every row of it."""

    def __init__(self) -> None:
        self.village = Region.objects.filter(pk__startswith=f"{settings.HOME_REGION}.", level="village").order_by("pk").first()
        self.cycle = Cycle.objects.create(region_id=settings.HOME_REGION, plan_year=_YEAR)
        self.people: list[User] = []
        self.sessions: list[str] = []

    def residents(self, count: int) -> list[tuple[str, str]]:
        """A session key and a user key for each."""
        name, now = uuid.uuid4().hex[:8], timezone.now()
        self.people = User.objects.bulk_create(User(username=f"suara-{name}-{at}", password=make_password(None)) for at in range(count))
        fields = {"village": self.village, "status": Residency.Status.CONFIRMED, "requested_at": now, "decided_at": now}
        Residency.objects.bulk_create(Residency(user=user, **fields) for user in self.people)
        return [(self._session(user), str(user.pk)) for user in self.people]

    def open_ballot(self) -> uuid.UUID:
        """An open ballot of eight candidates, frozen as an opening freezes them."""
        rows = [(at, f"Usulan {at}", 100_000_000, "Desa", self.village.pk, "") for at in range(1, 9)]
        now = timezone.now()
        return Ballot.objects.create(
            cycle=self.cycle, region=self.village, scope="residents", title="Pengukuran", kind="approval", most=3, state="open", opened_at=now,
            opens_at=now - timedelta(hours=1), closes_at=now + timedelta(hours=1), frozen={"candidates": rows, "sha256": fingerprint(rows)},
            convened_by=self.people[0], convened_role="village_head", created_at=now, changed_at=now,
        ).pk  # fmt: skip

    def away(self) -> None:
        """Votes, marks, ballots, people and their sessions."""
        keys = [user.pk for user in self.people]
        ballots = Ballot.objects.filter(cycle=self.cycle)
        for rows in (Vote.objects.filter(ballot__in=ballots), VoterMark.objects.filter(ballot__in=ballots), ballots):
            rows.delete()
        with connection.cursor() as cursor:  # by hand: the framework would look through every table for what hangs on a person
            cursor.execute("DELETE FROM accounts_residency WHERE user_id = ANY(%s)", [keys])
            cursor.execute("DELETE FROM django_session WHERE session_key = ANY(%s)", [self.sessions])
            cursor.execute("DELETE FROM accounts_user WHERE id = ANY(%s)", [keys])
            cursor.execute("DELETE FROM proposals_cycle WHERE id = %s", [self.cycle.pk])

    def _session(self, user: User) -> str:
        store = SessionStore()
        backend = "django.contrib.auth.backends.ModelBackend"
        store.update({SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: backend, HASH_SESSION_KEY: user.get_session_auth_hash()})
        store.create()
        self.sessions.append(store.session_key or "")
        return store.session_key or ""

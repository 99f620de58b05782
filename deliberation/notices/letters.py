"""Writing letters: what a person has not read goes into one letter when that person's time has come."""

from datetime import datetime, time, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Case, DateTimeField, Exists, F, Min, OuterRef, Q, QuerySet, Value, When
from django.utils.timezone import localtime, make_aware

from accounts import clock
from accounts.models import User
from deliberation.models import Letter, MailChoice, Notice

#: News that waited longer for a mailbox stay in the inbox alone.
TOO_OLD = timedelta(days=30)
#: When digests leave, local time; weekly ones on Mondays.
MORNING = time(6)
_AT_ONCE = 500

Cadence = MailChoice.Cadence


def last_slot(cadence: str, now: datetime) -> datetime:
    """The last moment at which digests of this kind were due, at or before `now`."""
    local = localtime(now)
    day = local.date() if local.time() >= MORNING else local.date() - timedelta(days=1)
    if cadence == Cadence.WEEKLY:
        day -= timedelta(days=day.weekday())
    return make_aware(datetime.combine(day, MORNING))


def next_slot(now: datetime) -> datetime:
    """The next morning."""
    return last_slot(Cadence.DAILY, now) + timedelta(days=1)


def waiting() -> QuerySet[Notice]:
    """What no letter carries yet and somebody with a confirmed address still wants to hear."""
    confirmed = EmailAddress.objects.filter(user=OuterRef("user"), verified=True, primary=True)
    rows = Notice.objects.filter(Exists(confirmed), letter__isnull=True, seen_at__isnull=True, user__is_active=True, at__gte=clock.now() - TOO_OLD)
    wanted = Q(user__mail_choice__isnull=True) | (~Q(user__mail_choice__cadence=Cadence.NONE) & Q(at__gte=F("user__mail_choice__since")))
    return rows.filter(wanted)


def overdue() -> QuerySet[Notice, Any]:
    """Persons whose letter is due: `user`, and `first`, when their oldest unwritten news happened. Told before their last slot, or at once."""
    now = clock.now()
    slots = [
        When(user__mail_choice__cadence=Cadence.AT_ONCE, then=Value(now + TOO_OLD)),
        When(user__mail_choice__cadence=Cadence.WEEKLY, then=Value(last_slot(Cadence.WEEKLY, now))),
    ]
    slot = Case(*slots, default=Value(last_slot(Cadence.DAILY, now)), output_field=DateTimeField())
    return waiting().annotate(slot=slot).filter(at__lt=F("slot")).order_by().values("user").annotate(first=Min("at"))


def write_due() -> int:
    """Write the letters whose time has come; how many. Whatever a stop delayed is written now: the state says it, no clock."""
    written = 0
    while people := list(overdue().order_by("user").values_list("user", flat=True)[:_AT_ONCE]):
        new = sum(_write(user_id) for user_id in people)
        written += new
        if not new:  # another process is at all of them
            break
    return written


@transaction.atomic
def _write(user_id: int) -> int:
    """One letter with all that waits for this person; the person's row is the lock, and who is locked is being written to."""
    if User.objects.select_for_update(skip_locked=True, no_key=True).filter(pk=user_id).first() is None:
        return 0
    notices = list(waiting().filter(user=user_id).values_list("pk", flat=True))
    if not notices:
        return 0
    now = clock.now()
    letter = Letter.objects.create(user_id=user_id, made_at=now, due_at=now)
    Notice.objects.filter(pk__in=notices).update(letter=letter)
    return 1

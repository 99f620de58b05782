"""The inbox: what a person was told, what of it is unread."""

from django.db.models import QuerySet

from accounts import clock
from accounts.models import User
from accounts.refusals import Missing
from accounts.scope import Person
from deliberation.models import Notice
from deliberation.policy import signed_in

#: More unread than this is told as "99+".
COUNTED = 100


def unread(person: Person) -> int:
    """How many notices wait unread, counted up to `COUNTED`: one small question to an index of unread ones."""
    return Notice.objects.filter(user=person, seen_at__isnull=True)[:COUNTED].count() if isinstance(person, User) else 0


def inbox(person: User) -> QuerySet[Notice]:
    """Everything this person was told, newest first."""
    return Notice.objects.filter(user=person).select_related("news").order_by("-at", "-id")


def open_notice(*, actor: Person, notice_id: int) -> str:
    """Mark one notice as read; the path of the page that it is about. Another person's is Missing."""
    person = signed_in(actor)
    notice = Notice.objects.filter(user=person, pk=notice_id).select_related("news").first()
    if notice is None:
        raise Missing
    Notice.objects.filter(pk=notice.pk, seen_at__isnull=True).update(seen_at=clock.now())
    return notice.news.path


def read_all(*, actor: Person) -> int:
    """Mark everything as read; how many were not."""
    return Notice.objects.filter(user=signed_in(actor), seen_at__isnull=True).update(seen_at=clock.now())

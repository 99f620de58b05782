"""Sending letters. Nothing is ever sent twice: a letter is marked before the post office hears of it (decision 0190)."""

from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException, SMTPServerDisconnected

from allauth.account.models import EmailAddress
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, Min

from accounts import clock
from deliberation.models import Letter, MailChoice
from deliberation.notices import letters
from deliberation.notices.choices import cadence_of
from deliberation.notices.composing import mail_of

#: A sender that has not said what became of a letter after this time is dead: the slowest living one needs two minutes.
PATIENCE = timedelta(minutes=15)
#: What the post office put off is tried again after five minutes, ten, twenty, …; after the last attempt it has failed.
FIRST_WAIT = timedelta(minutes=5)
ATTEMPTS = 8
_ERROR_KEPT = 300
_PERMANENT = 500

Status = Letter.Status
NOBODY = "no confirmed address"
ENDED = "mail was ended before it left"


def send_due() -> int:
    """Send every letter that is due, oldest first; how many went out. Several at once share the work."""
    _doubt_the_dead()
    sent, post = 0, None
    while Letter.objects.filter(status=Status.DUE, due_at__lte=clock.now()).exists():
        post = _open(post)
        letter = _claim() if post else None
        if post is None or letter is None:
            break
        sent += _send(letter, post)
    if post is not None:
        post.close()
    return sent


def next_due() -> datetime | None:
    """When somebody should look again: the next letter that was put off, or the next morning where news wait for a digest."""
    put_off = Letter.objects.filter(status=Status.DUE).aggregate(first=Min("due_at"))["first"]
    digest = letters.next_slot(clock.now()) if letters.waiting().exists() else None
    return min((moment for moment in (put_off, digest) if moment is not None), default=None)


def _doubt_the_dead() -> None:
    """Letters of a sender that died between the two marks: perhaps they went out. They are not sent again by themselves."""
    died = Letter.objects.filter(status=Status.SENDING, claimed_at__lt=clock.now() - PATIENCE)
    died.update(status=Status.UNSURE, error="the sender ended before it could say what happened")


def _open(post: BaseEmailBackend | None) -> BaseEmailBackend | None:
    """A line to the post office that answers; None, with the reason at every letter that is due, where there is none.

    No attempt is counted then: a post office that is away for a week finds every letter still waiting.
    """
    try:
        if post is not None and _answers(post):
            return post
        new: BaseEmailBackend = get_connection()
        new.open()
    except (OSError, SMTPException) as error:
        due = Letter.objects.filter(status=Status.DUE, due_at__lte=clock.now())
        due.update(due_at=clock.now() + FIRST_WAIT, error=str(error)[:_ERROR_KEPT])
        return None
    return new


def _answers(post: BaseEmailBackend) -> bool:
    line = getattr(post, "connection", None)
    if line is None:  # not SMTP, or closed after an error
        return not hasattr(post, "connection")
    try:
        return bool(line.noop()[0] == 250)
    except SMTPServerDisconnected:
        return False


@transaction.atomic
def _claim() -> Letter | None:
    """The oldest letter that is due and that nobody else is at, marked as being sent. The mark commits before the mail leaves."""
    due = Letter.objects.select_for_update(skip_locked=True, of=("self",)).select_related("user").filter(status=Status.DUE, due_at__lte=clock.now())
    letter = due.order_by("due_at", "pk").first()
    if letter is not None:
        letter.status, letter.claimed_at, letter.attempts = Status.SENDING, clock.now(), letter.attempts + 1
        letter.save(update_fields=["status", "claimed_at", "attempts"])
    return letter


def _send(letter: Letter, post: BaseEmailBackend) -> int:
    """Hand one claimed letter over, and write down what became of it: 1 where the post office took it."""
    address = EmailAddress.objects.filter(user=letter.user, verified=True, primary=True, user__is_active=True).values_list("email", flat=True).first()
    if address is None:
        return _end(letter, Status.FAILED, NOBODY)
    if cadence_of(letter.user) == MailChoice.Cadence.NONE:
        return _end(letter, Status.FAILED, ENDED)
    try:
        mail_of(letter, address, post).send()
    except (SMTPRecipientsRefused, SMTPResponseException) as refusal:
        post.close()
        return _refused(letter, refusal)
    except (OSError, SMTPException) as broken:
        # the line broke: the text may have been taken
        post.close()
        return _end(letter, Status.UNSURE, str(broken))
    return _end(letter, Status.SENT)


def _refused(letter: Letter, refusal: SMTPRecipientsRefused | SMTPResponseException) -> int:
    """The post office said no, so nothing left: for good above 500 or after the last attempt, until later otherwise."""
    code, words = next(iter(refusal.recipients.values())) if isinstance(refusal, SMTPRecipientsRefused) else (refusal.smtp_code, refusal.smtp_error)
    said = f"{code} {words.decode(errors='replace') if isinstance(words, bytes) else words}"
    if code >= _PERMANENT or letter.attempts >= ATTEMPTS:
        return _end(letter, Status.FAILED, said)
    Letter.objects.filter(pk=letter.pk).update(due_at=clock.now() + FIRST_WAIT * 2 ** (letter.attempts - 1))
    return _end(letter, Status.DUE, said)


def _end(letter: Letter, status: str, error: str = "") -> int:
    """Only who claimed a letter says what became of it; a late word still counts against a doubt."""
    mine = Letter.objects.filter(pk=letter.pk, claimed_at=letter.claimed_at, status__in=[Status.SENDING, Status.UNSURE])
    sent_at = clock.now() if status == Status.SENT else F("sent_at")
    mine.update(status=status, error=error[:_ERROR_KEPT], sent_at=sent_at)
    return int(status == Status.SENT)

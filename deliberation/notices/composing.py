"""A letter as its reader gets it: plain text and simple HTML, in the reader's language, with a way out in every client."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import ngettext

from deliberation.models import Letter, Notice
from deliberation.notices.choices import token_for
from deliberation.notices.kinds import reason_of, sentence

#: Lines of one letter; the inbox has the rest.
LINES = 50
SUBJECT_AT_MOST = 120


def mail_of(letter: Letter, address: str, post: BaseEmailBackend | None = None) -> EmailMultiAlternatives:
    """The mail. Its Message-ID is the letter's own key, so that a second copy would be known as one."""
    with translation.override(letter.user.language or settings.LANGUAGE_CODE):
        context = _context(letter)
        end = context["end"]
        mail = EmailMultiAlternatives(
            subject=f"Musrenbang: {_subject(context)}",
            body=render_to_string("deliberation/mail/digest.txt", context),
            to=[address],
            connection=post,
            headers={
                "Message-ID": f"<{letter.pk}@{urlsplit(settings.SITE_URL).hostname}>",
                "List-Unsubscribe": f"<{end}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                "Auto-Submitted": "auto-generated",
            },
        )
        mail.attach_alternative(render_to_string("deliberation/mail/digest.html", context), "text/html")
    return mail


def _context(letter: Letter) -> dict[str, object]:
    notices = Notice.objects.filter(letter=letter).select_related("news").order_by("-at", "-pk")
    found, total = list(notices[:LINES]), notices.count()
    return {
        "person": letter.user,
        "lines": [_line(one) for one in found],
        "total": total,
        "more": total - len(found),
        "inbox": settings.SITE_URL + reverse("inbox"),
        "choice": settings.SITE_URL + reverse("follows") + "#surel",
        "end": settings.SITE_URL + reverse("end_mail", args=[token_for(letter.user)]),
    }


def _line(notice: Notice) -> tuple[str, str, str]:
    """What happened, its page, and the reason that was given for it."""
    news = notice.news
    return sentence(news.kind, news.facts), settings.SITE_URL + news.path, reason_of(news.facts)


def _subject(context: dict[str, object]) -> str:
    lines: list[tuple[str, str, str]] = context["lines"]  # type: ignore[assignment]
    if len(lines) == 1:
        return " ".join(lines[0][0].split())[:SUBJECT_AT_MOST]
    total: int = context["total"]  # type: ignore[assignment]
    return ngettext("%(count)d piece of news", "%(count)d pieces of news", total) % {"count": total}

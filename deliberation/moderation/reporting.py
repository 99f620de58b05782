"""Asking the moderators to look at a comment: once a person, whatever is pressed."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import clock
from accounts.models import User
from accounts.refusals import Conflict, Invalid, Refusal
from accounts.scope import Person
from accounts.text import clean
from deliberation import policy
from deliberation.masking import masked
from deliberation.models import Comment, Report
from deliberation.moderation import acts
from deliberation.moderation.rows import locked_comment
from proposals import policy as register

WORDS_MAX = 300
WORDS_MIN = 10
#: Reports of one person in a day; more is a campaign, and moderators hear it from others too.
REPORTS_A_DAY = 20
DAY = timedelta(days=1)


@transaction.atomic
def report_comment(*, comment_id: UUID, actor: Person, reason: str, words: str = "") -> Report:
    """Report a comment; again, or when it was kept already, changes nothing. `other` needs words of ten letters."""
    reporter = policy.signed_in(actor)
    said = locked_comment(comment_id)
    _may_report(reporter, said)
    if (before := Report.objects.filter(comment=said, reporter=reporter).first()) is not None:
        return before
    if reason not in Report.Reason.values:
        raise Invalid({"reason": [_("Choose what is wrong with this comment.")]})
    words = masked(clean(words, field="words", max_length=WORDS_MAX, min_length=WORDS_MIN if reason == Report.Reason.OTHER else 0))
    _not_too_often(reporter)
    new = Report.objects.create(comment=said, reporter=reporter, reason=reason, words=words, at=clock.now())
    acts.act(said, acts.Kind.REPORTED, actor=reporter, verb="report", reason=str(Report.Reason(reason).value))
    return new


def _may_report(reporter: User, said: Comment) -> None:
    register.may_see(reporter, said.proposal).or_refuse()
    if said.seq is None or said.hidden_at is not None:
        raise Conflict(_("This comment is not public any more."), code="hidden")
    if said.author_id == reporter.pk:
        raise Conflict(_("This is your own comment."), code="own")


def _not_too_often(reporter: User) -> None:
    if Report.objects.filter(reporter=reporter, at__gt=clock.now() - DAY).count() >= REPORTS_A_DAY:
        raise Refusal(
            _("You have reported many comments today. The moderators will look at them first."), code="throttled", status=429, retry_after=3600
        )

"""What another look at a comment and at a statement of a meeting have in common: the words, and the decision."""

from django.utils.translation import gettext as _

from accounts import clock
from accounts.models import User
from accounts.refusals import Conflict
from accounts.text import clean
from deliberation.masking import masked
from deliberation.models.moderation import SecondLook

WORDS_MAX = 500
WORDS_MIN = 10
REASON_MAX = 300


def said_for_it(words: str) -> str:
    """Why it should be read, as it is kept. Raises Invalid."""
    return masked(clean(words, field="words", max_length=WORDS_MAX, min_length=WORDS_MIN, lines=True))


def decide(one: SecondLook, *, actor: User, restore: bool, reason: str) -> str:
    """Write the decision into a locked row; returns the reason as it is kept. Deciding twice is Conflict."""
    if one.decided_at is not None:
        raise Conflict(_("This was decided meanwhile."), code="decided")
    one.reason = masked(clean(reason, field="reason", max_length=REASON_MAX, min_length=WORDS_MIN))
    one.decided_at, one.decided_by, one.restored = clock.now(), actor, restore
    one.save(update_fields=["decided_at", "decided_by", "restored", "reason"])
    return one.reason

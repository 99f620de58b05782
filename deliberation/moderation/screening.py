"""What waits for a moderator before the public reads it: first posts, and links, of people whom nobody here knows yet.

Known are those who hold an office and those whom a village confirmed as its residents; their links wait as long as the account is new.
Where no moderator is appointed nothing waits: nobody would ever let it through (docs/decisions/0191).
"""

import re
from datetime import timedelta

from accounts import clock, scope
from accounts.models import User
from accounts.roles import Role
from deliberation.models import Comment
from geo import codes

#: An account is new for two weeks, and until three of its comments are public.
NEW_FOR = timedelta(days=14)
NEW_UNTIL = 3
#: Comments of one person that may wait at once.
HELD_AT_ONCE = 5

_LINK = re.compile(
    r"(?:[a-z][a-z0-9+.-]*://|\bwww\.)\S|\b[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*\.(?:com|net|org|id|info|biz|io|me|ly|gl|xyz|online|site|shop|store|link|top|app|dev|co|gg|tv|cc)\b(?![.-]?\w)",
    re.IGNORECASE,
)


def has_link(text: str) -> bool:
    """Whether a text leads somewhere: an address with its scheme, or a name that ends like a site's."""
    return _LINK.search(text) is not None


def must_wait(author: User, body: str, region_code: str) -> bool:
    """Whether this comment waits for a moderator. Who holds an office costs no query."""
    if scope.offices_of(author):
        return False
    published = Comment.objects.public().filter(author=author, hidden_at__isnull=True)[:NEW_UNTIL].count()
    first = published == 0 and scope.residence_of(author) is None
    new = published < NEW_UNTIL or author.date_joined > clock.now() - NEW_FOR
    return (first or (new and has_link(body))) and moderated(region_code)


def moderated(region_code: str) -> bool:
    """Whether anybody is appointed to moderate there today."""
    held = scope.held_on(clock.today()).filter(role=Role.MODERATOR, user__is_active=True)
    return held.filter(region__in=codes.lineage(region_code)).exists()


def held_of(author: User) -> int:
    """How many of the person's comments wait."""
    return Comment.objects.filter(author=author, seq__isnull=True, hidden_at__isnull=True).count()

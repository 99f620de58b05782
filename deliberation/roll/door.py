"""Codes for the door. The hall's code changes every few minutes and is shown at the door; a person's own is read by the door.

Both are short enough to be typed where there is no camera, and nothing in them can be read by who finds one later.
"""

import hmac
import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import clock
from accounts.models import User
from accounts.refusals import Conflict
from deliberation.models.roll import DoorPass

#: Without letters and digits that are taken for each other.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
#: The hall's code is another one every so often, and is taken for as long again: whoever has just read it can still fill in.
TURN = timedelta(minutes=3)
TURNS_TAKEN = 3
HALL_LENGTH, PASS_LENGTH = 8, 6
#: How long a person's own code counts after it was made.
PASS_LASTS = timedelta(minutes=30)


def hall_code(meeting_id: UUID, at: datetime | None = None) -> str:
    """The code that the door of this meeting shows now: eight letters, signed with the platform's key."""
    return _signed(meeting_id, _turn(at or clock.now()))


def turns_at(at: datetime) -> datetime:
    """When the hall's code changes next."""
    return at + TURN - timedelta(seconds=at.timestamp() % TURN.total_seconds())


def shows(meeting_id: UUID) -> dict[str, str]:
    """What the door shows now: the code, as it is read out, and when it changes."""
    now = clock.now()
    return {"code": shown(hall_code(meeting_id, now)), "changes_at": turns_at(now).isoformat()}


def is_of_the_hall(meeting_id: UUID, code: str) -> bool:
    """Whether this is the code that the door shows, or has shown in the last minutes."""
    turn, typed = _turn(clock.now()), spelled(code)
    return any(hmac.compare_digest(_signed(meeting_id, turn - back).encode(), typed.encode()) for back in range(TURNS_TAKEN))


def spelled(code: str) -> str:
    """What was typed, as codes are written: capitals, no blanks or dashes, look-alikes put right."""
    letters = "".join(letter for letter in code.upper() if letter.isascii() and letter.isalnum())
    return letters.replace("O", "Q").replace("0", "Q").replace("I", "J").replace("1", "J").replace("L", "J")[:40]


def shown(code: str) -> str:
    """A code in two halves, easier to read out: `K7PM-2QXR`."""
    half = len(code) // 2
    return f"{code[:half]}-{code[half:]}"


@transaction.atomic
def make_pass(*, meeting_id: UUID, user: User, details: dict[str, str]) -> DoorPass:
    """The person's code for this door, with what the roll asks for; the same one until it runs out."""
    now = clock.now()
    own = DoorPass.objects.select_for_update().filter(meeting_id=meeting_id, user=user).first()
    if own is not None and own.expires_at > now:
        DoorPass.objects.filter(pk=own.pk).update(details=details)
        own.details = details
        return own
    values = {"code": _free_code(meeting_id), "details": details, "expires_at": now + PASS_LASTS}
    made, _new = DoorPass.objects.update_or_create(meeting_id=meeting_id, user=user, defaults=values)
    return made


def pass_of(meeting_id: UUID, code: str) -> DoorPass:
    """The pass that a code names. Raises Conflict where there is none, or it ran out."""
    found = DoorPass.objects.select_related("user").filter(meeting_id=meeting_id, code=spelled(code)).first()
    if found is None:
        raise Conflict(_("This code belongs to nobody at this meeting. Let the person open “My code” again."), code="no_such_pass")
    if found.expires_at <= clock.now():
        raise Conflict(_("This code has run out. Let the person open “My code” again."), code="pass_over")
    return found


def _free_code(meeting_id: UUID) -> str:
    """A code that nobody at this door has; one in 887 million is taken by chance, the constraint sees to the rest."""
    taken = set(DoorPass.objects.filter(meeting_id=meeting_id).values_list("code", flat=True))
    while (code := "".join(secrets.choice(ALPHABET) for _place in range(PASS_LENGTH))) in taken:
        pass
    return code


def _turn(at: datetime) -> int:
    return int(at.timestamp() // TURN.total_seconds())


def _signed(meeting_id: UUID, turn: int) -> str:
    digest = hmac.new(settings.SECRET_KEY.encode(), f"roll.door:{meeting_id}:{turn}".encode(), sha256).digest()
    number, letters = int.from_bytes(digest[:16]), []
    for _place in range(HALL_LENGTH):
        number, letter = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[letter])
    return "".join(letters)

"""Who is signed in by the session's cookie, for an address that many ask at once: the person comes along with another question."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from accounts.models import User


@dataclass(frozen=True)
class Signed:
    """What a session says of itself: whose it is, and a hash of the password as it was at the time."""

    user_id: int
    password_hash: str

    def stands_for(self, user: User) -> bool:
        """Whether it still is that person's: active, and the password not changed; as `django.contrib.auth.get_user` asks."""
        return user.pk == self.user_id and user.is_active and constant_time_compare(self.password_hash, user.get_session_auth_hash())


def signed_by(request: HttpRequest) -> Signed | None:
    """What the request's session says, by one statement; None where Django itself has to look: nobody, or no backend of ours."""
    kept = request.session
    key, given = str(kept.get(SESSION_KEY, "")), kept.get(HASH_SESSION_KEY)
    if not (key.isascii() and key.isdigit() and given) or kept.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return None
    return Signed(int(key), str(given))

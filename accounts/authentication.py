"""How programs say who they are: a bearer token, or the browser's session."""

from typing import Any

from knox.auth import TokenAuthentication
from rest_framework import exceptions
from rest_framework.authentication import SessionAuthentication

from accounts import clock


class BearerToken(TokenAuthentication):
    """`Authorization: Bearer …`; a missing or wrong one answers 401."""

    def authenticate_credentials(self, token: bytes) -> tuple[Any, Any]:
        """The token's user. What could never be a token is refused before the database sees it."""
        if not token.isascii() or not token.isalnum():
            raise exceptions.AuthenticationFailed
        return super().authenticate_credentials(token)

    def _cleanup_token(self, auth_token: Any) -> bool:
        """Whether the token has ended; the library would also look at all others of the person, one query a request."""
        return auth_token.expiry is not None and auth_token.expiry < clock.now()


class Session(SessionAuthentication):
    """The session cookie, with its CSRF token on every write."""

"""How programs say who they are: a bearer token, or the browser's session."""

from knox.auth import TokenAuthentication
from rest_framework.authentication import SessionAuthentication


class BearerToken(TokenAuthentication):
    """`Authorization: Bearer …`; a missing or wrong one answers 401."""


class Session(SessionAuthentication):
    """The session cookie, with its CSRF token on every write."""

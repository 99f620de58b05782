"""Answers to "may I?": `Allowed`, or `Denied` with a reason that a citizen can act on.

A policy returns one of the two; a service calls `.or_refuse()` on it before it changes anything. The exception carries
the reason to the page (403 or 409) and to the API (`{"code", "message", "fields"}`, accounts/api/errors.py).
"""

from dataclasses import dataclass
from typing import Literal, NoReturn

from django.utils.functional import Promise
from django.utils.translation import gettext as _

Text = str | Promise


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not a fault
    """Something asked for was not done. `status` is the HTTP status that says so, `retry_after` the seconds to wait."""

    def __init__(
        self,
        message: Text,
        *,
        code: str = "denied",
        status: int = 403,
        fields: dict[str, list[str]] | None = None,
        retry_after: int | None = None,
    ) -> None:
        super().__init__(str(message))
        self.message, self.code, self.status, self.fields, self.retry_after = message, code, status, fields, retry_after

    def in_words(self) -> str:
        """The message and every field's sentences in one line, for whoever reads a command's output."""
        return " ".join([str(self.message), *(sentence for sentences in (self.fields or {}).values() for sentence in sentences)])


class Conflict(Refusal):
    """The state or the version moved meanwhile (409)."""

    def __init__(self, message: Text, *, code: str = "conflict") -> None:
        super().__init__(message, code=code, status=409)


class Invalid(Refusal):
    """What was sent has the wrong shape (400); `fields` names each field with its sentences."""

    def __init__(self, fields: dict[str, list[str]], message: Text | None = None) -> None:
        super().__init__(message or _("Some entries need your attention."), code="invalid", status=400, fields=fields)


class Missing(Refusal):
    """There is no such thing, or none that this person may know of (404)."""

    def __init__(self, message: Text | None = None) -> None:
        super().__init__(message or _("This does not exist."), code="not_found", status=404)


@dataclass(frozen=True)
class Allowed:
    """Yes. Truthy."""

    #: The role that allowed it, for the journal.
    role: str = ""

    def __bool__(self) -> Literal[True]:
        return True

    def or_refuse(self) -> "Allowed":
        """Nothing to refuse."""
        return self


@dataclass(frozen=True)
class Denied:
    """No, and why. Falsy."""

    reason: Text
    code: str = "denied"
    status: int = 403

    def __bool__(self) -> Literal[False]:
        return False

    def or_refuse(self) -> NoReturn:
        """Raise the refusal that carries the reason."""
        if self.status == 409:
            raise Conflict(self.reason, code=self.code)
        raise Refusal(self.reason, code=self.code, status=self.status)


Answer = Allowed | Denied


def sign_in_first() -> Denied:
    """What a visitor hears who asks for something that needs a name (401)."""
    return Denied(_("Sign in first."), code="not_authenticated", status=401)

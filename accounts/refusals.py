"""Answers to "may I?": `Allowed`, or `Denied` with a reason that a citizen can act on.

A policy returns one of the two; a service calls `.or_refuse()` on it before it changes anything. The exception carries
the reason to the page (403 or 409) and to the API (`{"code", "message", "fields"}`).
"""

from dataclasses import dataclass
from typing import Any, Literal, NoReturn

from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

Text = str | Promise


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not a fault
    """Something asked for was not done. `status` is the HTTP status that says so."""

    def __init__(self, message: Text, *, code: str = "denied", status: int = 403, fields: dict[str, list[str]] | None = None) -> None:
        super().__init__(str(message))
        self.message, self.code, self.status, self.fields = message, code, status, fields


class Conflict(Refusal):
    """The state or the version moved meanwhile (409)."""

    def __init__(self, message: Text, *, code: str = "conflict") -> None:
        super().__init__(message, code=code, status=409)


class Invalid(Refusal):
    """What was sent has the wrong shape (400); `fields` names each field with its sentences."""

    def __init__(self, fields: dict[str, list[str]], message: Text | None = None) -> None:
        super().__init__(message or _("Some entries need your attention."), code="invalid", status=400, fields=fields)


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


def _sentences(detail: Any) -> list[str]:
    if isinstance(detail, dict):
        return [sentence for value in detail.values() for sentence in _sentences(value)]
    if isinstance(detail, list):
        return [sentence for value in detail for sentence in _sentences(value)]
    return [str(detail)]


def api_exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """Every error of the API in one shape: `{"code", "message", "fields"?}`."""
    if isinstance(error, Refusal):
        body: dict[str, Any] = {"code": error.code, "message": str(error.message)}
        if error.fields:
            body["fields"] = error.fields
        return Response(body, status=error.status)
    response = exception_handler(error, context)
    if response is None:
        return None
    if isinstance(error, exceptions.ValidationError):
        fields = {name: _sentences(value) for name, value in error.detail.items()} if isinstance(error.detail, dict) else {}
        body = {"code": "invalid", "message": _("Some entries need your attention.")}
        response.data = {**body, "fields": fields} if fields else {**body, "message": " ".join(_sentences(error.detail))}
        return response
    code = "not_found" if isinstance(error, Http404) else getattr(error, "default_code", "error")
    detail = getattr(error, "detail", None) or _("This does not exist.")
    response.data = {"code": code, "message": str(detail)}
    return response

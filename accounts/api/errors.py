"""Every error of the API in one shape, `{"code", "message", "fields"?}`, in a sentence that people can act on."""

import logging
from collections.abc import Callable
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import DataError, IntegrityError, InterfaceError, OperationalError
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rest_framework import exceptions, views
from rest_framework.response import Response

from accounts.api.parsers import TooLarge
from accounts.refusals import Conflict, Invalid, Refusal

logger = logging.getLogger(__name__)

#: What the database says when two transactions met and one of them has to try again.
TRY_AGAIN = frozenset({"40001", "40P01", "55P03"})
#: A statement was given up because it took too long (musrenbang/asgi.py).
GIVEN_UP = "57014"
#: The server of the database is going down or coming up; a line that breaks has no code at all.
GONE = frozenset({None, "57P01", "57P02", "57P03"})
UNAVAILABLE = "unavailable"


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """The answer to any refusal or mishap; None (a fault of ours, 500) only for what nobody could have sent."""
    refusal = error if isinstance(error, Refusal) else of_storage(error)
    if refusal is not None:
        return _refused(refusal, context)
    if isinstance(error, DjangoValidationError):
        error = exceptions.ValidationError(error.message_dict if hasattr(error, "error_dict") else error.messages)
    elif isinstance(error, RequestDataTooBig):
        error = TooLarge()
    elif isinstance(error, SuspiciousOperation):
        error = exceptions.ParseError(_("This request has a shape that is not accepted."))
    response = views.exception_handler(error, context)
    if response is not None:
        response.data = _body(error)
    return response


def of_storage(error: Exception) -> Refusal | None:
    """What the database or the encoding of a text refused although nobody had looked before."""
    if isinstance(error, DataError | UnicodeError) or (isinstance(error, ValueError) and "NUL" in str(error)):
        logger.warning("stored nothing: %s", error, exc_info=error)
        return Invalid({}, _("Some of what you sent cannot be stored: a character, a number or an identifier has a wrong shape."))
    if isinstance(error, IntegrityError):
        logger.error("stored nothing: %s", error, exc_info=error)
        return Conflict(_("Someone changed this page. See what changed before you save."))
    if isinstance(error, OperationalError) and getattr(error.__cause__, "pgcode", None) in TRY_AGAIN:
        logger.warning("try again: %s", error)
        return Refusal(_("Many people are sending now. Try again in a moment."), code="busy", status=503, retry_after=1)
    if isinstance(error, OperationalError) and getattr(error.__cause__, "pgcode", None) == GIVEN_UP:
        logger.warning("given up: %s", error)
        return Refusal(_("This question takes too long. Choose a region, or fewer filters at once."), code="too_slow", status=503, retry_after=60)
    if isinstance(error, OperationalError | InterfaceError) and getattr(error.__cause__, "pgcode", None) in GONE:
        logger.error("the database is away: %s", error)
        return Refusal(
            _("The database does not answer at this moment. Send the same again in a moment."), code=UNAVAILABLE, status=503, retry_after=5
        )
    return None


def _refused(refusal: Refusal, context: dict[str, Any]) -> Response:
    """A visitor's 403 becomes 401: who signs in may well be allowed."""
    body: dict[str, Any] = {"code": refusal.code, "message": str(refusal.message)}
    if refusal.fields:
        body["fields"] = refusal.fields
    status = refusal.status
    request = context.get("request")
    if status == 403 and request is not None and not request.user.is_authenticated:
        status, body["code"] = 401, "not_authenticated"
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else {}
    if refusal.retry_after is not None:
        headers["Retry-After"] = str(refusal.retry_after)
    return Response(body, status=status, headers=headers)


def _body(error: Exception) -> dict[str, Any]:
    if isinstance(error, exceptions.ValidationError):
        return _by_field(error)
    for kind, say in SENTENCES.items():
        if isinstance(error, kind):
            return {"code": _code(error), "message": str(say(error))}
    return {"code": _code(error), "message": str(getattr(error, "detail", error))}


def _by_field(error: exceptions.ValidationError) -> dict[str, Any]:
    if not isinstance(error.detail, dict):
        return {"code": "invalid", "message": " ".join(_sentences(error.detail))}
    fields = {name: _sentences(value) for name, value in error.detail.items()}
    whole = fields.pop("non_field_errors", [])
    body: dict[str, Any] = {"code": "invalid", "message": " ".join(whole) or _("Some entries need your attention.")}
    return {**body, "fields": fields} if fields else body


def _sentences(detail: Any) -> list[str]:
    if isinstance(detail, dict):
        return [sentence for value in detail.values() for sentence in _sentences(value)]
    if isinstance(detail, list):
        return [sentence for value in detail for sentence in _sentences(value)]
    return [str(detail)]


def _code(error: Exception) -> str:
    if isinstance(error, Http404):
        return "not_found"
    if isinstance(error, exceptions.PermissionDenied) and str(error.detail).startswith("CSRF"):
        return "csrf_failed"
    return str(getattr(error, "default_code", "denied"))


def _forbidden(error: Any) -> str:
    if _code(error) == "csrf_failed":
        return _("This page is too old to send from. Reload it and try again.")
    detail = getattr(error, "detail", "")
    return _("You may not do this.") if not detail or detail == exceptions.PermissionDenied.default_detail else str(detail)


def _too_often(error: Any) -> str:
    seconds = max(1, int(error.wait or 1))
    return ngettext("Too many requests. Try again in %(seconds)d second.", "Too many requests. Try again in %(seconds)d seconds.", seconds) % {
        "seconds": seconds
    }


def _no_json(error: Any) -> str:
    """The library's own words name a column of the body in English; a sentence that was given stays."""
    given = str(error.detail)
    return _("The body is no readable JSON.") if given.startswith(("JSON parse error", str(exceptions.ParseError.default_detail))) else given


SENTENCES: dict[type[Exception], Callable[[Any], str]] = {
    exceptions.ParseError: _no_json,
    exceptions.NotAuthenticated: lambda _error: _("Sign in first."),
    exceptions.AuthenticationFailed: lambda _error: _("This token is not valid, or it has ended."),
    exceptions.PermissionDenied: _forbidden,
    exceptions.NotFound: lambda _error: _("This does not exist."),
    Http404: lambda _error: _("This does not exist."),
    exceptions.MethodNotAllowed: lambda _error: _("This address does not take this kind of request."),
    exceptions.NotAcceptable: lambda _error: _("The answer comes as JSON only."),
    exceptions.UnsupportedMediaType: lambda _error: _("A body of this type is not accepted here; send application/json."),
    exceptions.Throttled: _too_often,
}

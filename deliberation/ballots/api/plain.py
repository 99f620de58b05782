"""The ordinary vote, taken by the short way: a browser's session, a JSON body in the exact form, nothing else to think about.

Hundreds of people press at once when a ballot opens, and the framework's own work on a request took longer than the vote. Whatever
is unusual (a token, another media type, a field of another form, a wrong CSRF token, a session that has ended) is left to
`VoteView`, which says what is wrong; the rights, the limits and the refusals are the same functions (docs/decisions/0211).
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn
from uuid import UUID

from django.db import Error
from django.http import HttpRequest, JsonResponse
from rest_framework import exceptions
from rest_framework.authentication import CSRFCheck
from rest_framework.throttling import BaseThrottle

from accounts.api.errors import exception_handler
from accounts.models import User
from accounts.refusals import Refusal
from accounts.signed import signed_by
from deliberation.ballots.api.serializers import MARK_MOST
from deliberation.ballots.rules import Mark
from deliberation.ballots.services.casting import Receipt, cast_vote
from deliberation.ballots.services.rows import person_and_ballot
from deliberation.models import Ballot

#: Larger bodies are no vote of ours: 99 candidates take 4 kB.
_LARGEST = 16 * 1024
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_BODIES = frozenset({"application/json", "application/json; charset=utf-8", "application/json;charset=utf-8", "application/json;charset=UTF-8"})
_ACCEPTED = frozenset({"", "*/*", "application/json"})


@dataclass(frozen=True)
class Plain:
    """A vote as it was sent."""

    nonce: UUID
    marks: Sequence[Mark]
    abstains: bool


def take(request: HttpRequest, ballot_id: UUID, throttles: Sequence[BaseThrottle]) -> JsonResponse | None:
    """The answer to an ordinary vote; None, with nothing done and nothing counted, where the long way has to look."""
    sent = _read(request) if _is_ordinary(request) else None
    if sent is None:
        return None
    try:
        signed = signed_by(request) if _is_ours(request) else None
        found = person_and_ballot(signed.user_id, ballot_id) if signed else None
        if signed is None or found is None or not signed.stands_for(found[0]):
            return None
        request.user = found[0]
        _within_limits(request, throttles)
        return _voted(*found, sent)
    except (Refusal, exceptions.Throttled, Error) as error:
        return _refused(request, error)


def _is_ordinary(request: HttpRequest) -> bool:
    """By its headers: a PUT of JSON by a browser's session."""
    given = request.META
    length = given.get("CONTENT_LENGTH") or ""
    return (
        request.method == "PUT"
        and "HTTP_AUTHORIZATION" not in given
        and given.get("CONTENT_TYPE", "") in _BODIES
        and given.get("HTTP_ACCEPT", "") in _ACCEPTED
        and length.isascii()
        and length.isdigit()
        and int(length) <= _LARGEST
    )


def _is_ours(request: HttpRequest) -> bool:
    """Whether the request brings the CSRF token, by Django's own check."""
    check = CSRFCheck(lambda _request: None)  # type: ignore[arg-type, return-value]
    check.process_request(request)
    return check.process_view(request, None, (), {}) is None  # type: ignore[arg-type]


def _within_limits(request: HttpRequest, throttles: Sequence[BaseThrottle]) -> None:
    """All are asked, as the long way asks them. Raises Throttled with the seconds to wait."""
    waits = [throttle.wait() for throttle in throttles if not throttle.allow_request(request, None)]  # type: ignore[arg-type]
    if waits:
        raise exceptions.Throttled(max((wait for wait in waits if wait is not None), default=None))


def _voted(person: User, ballot: Ballot, sent: Plain) -> JsonResponse:
    receipt = cast_vote(ballot_id=ballot.pk, actor=person, marks=sent.marks, nonce=sent.nonce, abstains=sent.abstains, seen=ballot)
    return JsonResponse(**answer_of(receipt))


def answer_of(receipt: Receipt) -> dict[str, Any]:
    """What a recorded vote answers, by either way: the parts of a response."""
    told = {"recorded": True, "receipt": receipt.code, "replaced": receipt.replaced}
    return {"data": told, "status": 201 if receipt.is_new else 200, "headers": {"Cache-Control": "no-store"}}


def _refused(request: HttpRequest, error: Exception) -> JsonResponse:
    """In the words of the whole API; a fault of ours goes on."""
    told = exception_handler(error, {"request": request})
    if told is None:
        raise error
    headers = {name: value for name, value in told.headers.items() if name != "Content-Type"}
    return JsonResponse(told.data, status=told.status_code, headers=headers)


def _read(request: HttpRequest) -> Plain | None:
    """The vote in its exact form, or None."""
    try:
        sent = json.loads(request.body.decode(), parse_constant=_no_number)
    except (ValueError, RecursionError):
        return None
    if not isinstance(sent, dict):
        return None
    nonce, marks, abstains = sent.get("nonce"), sent.get("marks"), sent.get("abstains", False)
    if not (isinstance(nonce, str) and _UUID.fullmatch(nonce) and isinstance(marks, list) and isinstance(abstains, bool)):
        return None
    read = [_mark(mark) for mark in marks]
    return None if None in read else Plain(UUID(nonce), [mark for mark in read if mark], abstains)


def _mark(sent: Any) -> Mark | None:
    """A candidate's number and its value, within what a number may be at all."""
    if not isinstance(sent, Mapping):
        return None
    number, value = sent.get("number"), sent.get("value", 1)
    if type(number) is not int or type(value) is not int:
        return None
    return (number, value) if 0 <= number <= MARK_MOST and -MARK_MOST <= value <= MARK_MOST else None


def _no_number(_name: str) -> NoReturn:
    """NaN and Infinity are no JSON. Raises ValueError."""
    raise ValueError

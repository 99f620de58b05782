"""The same telling without sockets: the address of a room, asked again and again."""

from collections.abc import Callable
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from proposals.events import events_after, last_seq
from proposals.hub import hub
from proposals.models import Proposal
from proposals.stages import Stage


def may_listen(room_id: UUID, user: User | AnonymousUser) -> bool:
    """Whether somebody may follow a proposal: everybody once it is submitted, its author before."""
    row = Proposal.objects.filter(pk=room_id).values_list("stage", "author_id").first()
    return row is not None and (row[0] != Stage.DRAFT or row[1] == user.pk)


def poll_room(request: HttpRequest, room_id: UUID, may_listen: Callable[[UUID, User | AnonymousUser], bool]) -> JsonResponse:
    """`{"seq", "events"}`: the stored events above `?after=`; `seq` is what to send as `after` the next time."""
    if not may_listen(room_id, request.user):
        raise Http404
    after = request.GET.get("after", "0")
    if not (after.isascii() and after.isdigit() and len(after) < 19):
        return JsonResponse({"code": "invalid", "message": _("The number after which to go on is not a number.")}, status=400)
    hub.following.polled(room_id, _who(request))
    events = events_after(room_id, int(after))
    answer = JsonResponse({"seq": events[-1]["seq"] if events else last_seq(room_id), "events": events})
    answer["Cache-Control"] = "no-store"
    return answer


def _who(request: HttpRequest) -> int:
    """Somebody who polls, for counting: a number that means nothing outside this process (strings are hashed with its own salt)."""
    return hash((request.user.pk, request.META.get("REMOTE_ADDR", ""), request.META.get("HTTP_USER_AGENT", "")))


@require_safe
def proposal_room(request: HttpRequest, room_id: UUID) -> JsonResponse:
    """The events of one proposal."""
    return poll_room(request, room_id, may_listen)

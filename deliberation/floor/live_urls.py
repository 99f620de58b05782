"""The room of a meeting, polled where sockets are blocked."""

from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.http import require_safe

from accounts.scope import Person
from deliberation.models import Meeting
from proposals.polling import poll_room


def may_listen(room_id: UUID, _user: Person) -> bool:
    """Meetings are public: everybody may follow one that exists."""
    return Meeting.objects.filter(pk=room_id).exists()


@require_safe
def meeting_room(request: HttpRequest, room_id: UUID) -> JsonResponse:
    """The events of one meeting."""
    return poll_room(request, room_id, may_listen)


urlpatterns = [path("ws/meetings/<uuid:room_id>/", meeting_room)]

"""The agenda's own page: all items by cursor, or those of one village; constant queries however many there are."""

from typing import Any
from uuid import UUID

from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from deliberation.meetings import agenda
from deliberation.models import AgendaItem, Meeting
from deliberation.words import ItemKind, ItemState
from frontend.answers import asked
from frontend.paging import page_of
from geo import codes

SHIFTS = {"up": -1, "down": 1}
STATES = frozenset(state.value for state in (ItemState.DONE, ItemState.SKIPPED, ItemState.WAITING))


def context_of(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    """A page of items; by village only where the meeting has more than one."""
    village, state = asked(request, "desa"), asked(request, "keadaan")
    found = agenda.items(meeting)
    if codes.is_code(village):
        found = found.filter(proposal__village=village)
    if state in ItemState.values:
        found = found.filter(state=state)
    counts = dict(AgendaItem.objects.filter(meeting=meeting).order_by().values_list("state").annotate(Count("pk")))
    total = sum(counts.values())
    return {
        "page": page_of(request, found),
        "total": total,
        "counts": [(value, word, counts.get(value, 0)) for value, word in ItemState.choices],
        "villages": villages_of(meeting),
        "village": village,
        "state": state if state in ItemState.values else "",
    }


def villages_of(meeting: Meeting) -> list[tuple[str, str, int]]:
    """Code, name and items of each village on the agenda; none where there is only one."""
    rows = AgendaItem.objects.filter(meeting=meeting, kind=ItemKind.PROPOSAL).order_by("proposal__village__name", "proposal__village_id")
    found = list(rows.values_list("proposal__village_id", "proposal__village__name").annotate(Count("pk")))
    return found if len(found) > 1 else []


def back(request: HttpRequest, meeting_id: UUID, item_id: int) -> str:
    """The page of the list from which a button was pressed, at its row."""
    here = reverse("meeting_agenda", args=[meeting_id])
    wanted = request.POST.get("next", "")
    known = wanted.startswith(here) and url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return (wanted if known else here) + f"#butir-{item_id}"

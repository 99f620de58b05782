"""What every page knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from deliberation.notices import inbox
from frontend import waiting
from frontend.display import of_request
from geo.models import Region


def page(request: HttpRequest) -> dict[str, Any]:
    """The home region, how the page should look, and how much waits for the person; asked only where a page shows it."""
    return {
        "home": SimpleLazyObject(home_region),
        "display": of_request(request),
        "waits": SimpleLazyObject(lambda: waiting.count_for(request.user) if hasattr(request, "user") else 0),
        "unread": SimpleLazyObject(lambda: inbox.unread(request.user) if hasattr(request, "user") else 0),
        "has_tiles": bool(settings.MAP_TILES_URL),
    }


def home_region() -> Region:
    """The kabupaten or kota whose name stands in the header; its code alone before `load_regions` ran."""
    return home_or_code(Region.objects.filter(pk=settings.HOME_REGION).only("code", "name", "kind", "level").first())


def home_or_code(found: Region | None) -> Region:
    """The home region, or its code alone, for pages that read it along with others."""
    return found or Region(code=settings.HOME_REGION, name=settings.HOME_REGION)

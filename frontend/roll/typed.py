"""What the forms of a roll carry, read into the shapes of its services."""

from datetime import datetime
from uuid import UUID, uuid4

from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts import clock
from accounts.refusals import Invalid
from deliberation.roll.services.entering import Sent
from geo.zones import zone_of

#: What a line is made of, by the names of its form.
FIELDS = ("name", "sex", "element", "address", "institution", "region", "is_young", "is_disabled", "mode")


def uuid_of(text: str) -> UUID:
    """The form's own UUID, so that the same form sent twice is one line; a new one for a form that carries none."""
    try:
        return UUID(text)
    except ValueError:
        return uuid4()


def number_of(text: str) -> int:
    """A whole number from an address; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0


def line_from(request: HttpRequest) -> Sent:
    """The typed line."""
    return Sent(uuid_of(request.POST.get("id", "")), fields_from(request))


def fields_from(request: HttpRequest) -> dict[str, str]:
    """The fields of a line as they were typed."""
    return {name: request.POST.get(name, "") for name in FIELDS}


def time_from(request: HttpRequest, region_code: str) -> datetime | None:
    """`at` as the region's clock shows it today; None for now. Raises Invalid."""
    text = request.POST.get("at", "").strip().replace(".", ":")
    if not text:
        return None
    try:
        hour, minute = (int(part) for part in text.split(":")[:2])
        return clock.now().astimezone(zone_of(region_code)).replace(hour=hour, minute=minute, second=0, microsecond=0)
    except ValueError:
        raise Invalid({"at": [_("Write a time of day, for example 09:30.")]}) from None

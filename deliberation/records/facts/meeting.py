"""The head of every paper: whose it is, which meeting, when and where, who led it."""

from datetime import date, datetime
from typing import Any

from accounts import clock
from deliberation.models import Meeting
from deliberation.records.numerals import day_in_words, written_day
from deliberation.words import MeetingKind
from geo.codes import Level
from geo.lookup import lineage_of
from geo.models import Region
from geo.zones import zone_of

#: Whom a facsimile of the letterhead names for a meeting of each level, from the top.
_HEADS = {Level.VILLAGE: (Level.DISTRICT, Level.SUBDISTRICT, Level.VILLAGE), Level.SUBDISTRICT: (Level.DISTRICT, Level.SUBDISTRICT)}


def name_of(meeting: Meeting) -> str:
    """The official name of a meeting: `Musyawarah Perencanaan Pembangunan Desa (Musrenbang Desa)`."""
    kind = meeting.region.kind or "Desa"
    names = {
        MeetingKind.HAMLET: f"Musyawarah {meeting.hamlet}" if meeting.hamlet else "Musyawarah Dusun",
        MeetingKind.VILLAGE: f"Musyawarah {kind}",
        MeetingKind.VILLAGE_PLAN: f"Musyawarah Perencanaan Pembangunan {kind} (Musrenbang {kind})",
        MeetingKind.SUBDISTRICT: f"Musyawarah Perencanaan Pembangunan (Musrenbang) RKPD Tingkat {kind}",
        MeetingKind.AGENCY_FORUM: "Forum Perangkat Daerah",
        MeetingKind.DISTRICT: f"Musyawarah Perencanaan Pembangunan (Musrenbang) RKPD Tingkat {kind}",
    }
    return names[MeetingKind(meeting.kind)]


def place_and_time(meeting: Meeting) -> dict[str, Any]:
    """Where, and from when to when, in the clock of the place: the hours that it really took once it was opened."""
    zone = zone_of(meeting.region_id)
    start = (meeting.opened_at or meeting.starts_at).astimezone(zone)
    end = meeting.closed_at.astimezone(zone) if meeting.closed_at else None
    return {
        "place": meeting.place,
        "online": bool(meeting.online_address),
        "date": start.date().isoformat(),
        "day": written_day(start.date()),
        "in_words": day_in_words(start.date()),
        "from": hour(start),
        "until": hour(end) if end else "",
        "until_day": written_day(end.date()) if end and end.date() != start.date() else "",
        "zone": clock.zone(start),
    }


def hour(moment: datetime) -> str:
    """`09.30`."""
    return f"{moment:%H.%M}"


def head(meeting: Meeting) -> dict[str, Any]:
    """The meeting as every paper names it, with its letterhead."""
    lineage = lineage_of(meeting.region)
    return {
        "id": str(meeting.pk),
        "kind": meeting.kind,
        "name": name_of(meeting),
        "title": meeting.title,
        "purpose": meeting.purpose,
        "plan_year": meeting.cycle.plan_year,
        "stage": meeting.stage,
        "region": {"code": meeting.region_id, "title": meeting.region.title, "name": meeting.region.name},
        "agency": meeting.agency.name if meeting.agency else "",
        "where": ", ".join(above.title for above in reversed(lineage) if above.level != Level.PROVINCE.value),
        "letterhead": _letterhead(meeting, lineage),
        "when": place_and_time(meeting),
        "chair": meeting.chair_name or (str(meeting.chair) if meeting.chair else ""),
        "note_taker": meeting.note_taker_name or (str(meeting.note_taker) if meeting.note_taker else ""),
        "shortfall_reason": meeting.shortfall_reason,
    }


def _letterhead(meeting: Meeting, lineage: list[Region]) -> list[str]:
    level = Level(meeting.region.level)
    named = {Level(region.level): region for region in lineage}
    wanted = _HEADS.get(level, (Level.DISTRICT,))
    lines = [f"Pemerintah {named[one].title}" if one is Level.DISTRICT else named[one].title for one in wanted if one in named]
    return [line.upper() for line in (*lines, *([meeting.agency.name] if meeting.agency else []))]


def signing_day(meeting: Meeting) -> date:
    """The day that stands above the signatures: the one on which the meeting ended."""
    return (meeting.closed_at or meeting.starts_at).astimezone(zone_of(meeting.region_id)).date()


def day_of(written: str) -> date:
    """The date behind an ISO text."""
    return date.fromisoformat(written)

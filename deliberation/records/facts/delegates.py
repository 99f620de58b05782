"""Whom a meeting sent on to the next level, and in whose name."""

from typing import Any

from deliberation.models import Mandate, Meeting
from deliberation.records.facts.roll import SEXES
from deliberation.words import Sex
from proposals.stages import Stage

_WHERE = {
    Stage.VILLAGE: "Musrenbang desa",
    Stage.SUBDISTRICT: "Musrenbang kecamatan",
    Stage.AGENCY: "Forum perangkat daerah",
    Stage.DISTRICT: "Musrenbang kabupaten/kota",
}


def delegates(meeting: Meeting) -> list[dict[str, Any]]:
    """The mandates that this meeting's record gives and that nobody has ended, in the order of their names; one query."""
    held = Mandate.objects.filter(meeting=meeting, ended_at__isnull=True).select_related("region").defer("region__boundary", "region__outline")
    return [
        {
            "name": one.name,
            "sex": SEXES[Sex(one.sex)],
            "institution": one.institution,
            "region": one.region.title,
            "to": _WHERE.get(Stage(one.stage), ""),
            "basis": one.basis,
        }
        for one in held.order_by("name", "pk")
    ]

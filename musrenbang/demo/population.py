"""Invented numbers of people and households for the demonstration's kabupaten, marked as invented in their source."""

from geo.codes import LEVELS, Level, lineage
from geo.models import Region
from geo.population import Peopled, store
from musrenbang.demo import people

_SOURCE = "Angka contoh, bukan data resmi"
_PER_HOUSEHOLD = 4


def invent(year: int) -> None:
    """Figures for every village, and their sums above them up to the kabupaten; each eleventh village has none."""
    found: dict[str, list[int]] = {}
    villages = Region.objects.in_force().within(people.DISTRICT).at(Level.VILLAGE).order_by("pk").values_list("pk", flat=True)
    for place, code in enumerate(villages):
        if place % 11 == 7:
            continue  # so that "no data yet" can be seen
        crowd = 900 + (place * place * 131 + place * 977) % 7400
        for above in lineage(code)[LEVELS.index(Level.DISTRICT) :]:
            sums = found.setdefault(above, [0, 0])
            sums[0] += crowd
            sums[1] += crowd // _PER_HOUSEHOLD
    store([Peopled(code, crowd, homes, _SOURCE, year) for code, (crowd, homes) in found.items()])

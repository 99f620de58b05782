"""Tiles over the national set (database `nation`, benchmarks/national/build.py): each beside its own SQL and a bare view.

The floor of a tile is its own SQL run bare plus the answer of a bare Django view. Told are the 95th percentiles.
"""

import math
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.national.build import address

if __name__ == "__main__" and "NATION_READY" not in os.environ:
    # the settings are read once, so the address is set before they are
    again = subprocess.run([sys.executable, __file__], env={**os.environ, "DATABASE_URL": address(), "NATION_READY": "yes"}, check=False)
    raise SystemExit(again.returncode)

from benchmarks.floor import set_up, tell

set_up()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import JsonResponse  # noqa: E402
from django.test import Client, override_settings  # noqa: E402
from django.urls import path  # noqa: E402

from geo.models import Region  # noqa: E402
from proposals import tallies  # noqa: E402

ZOOMS = (0, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16)
FILTERS = ("", "plan_year={year}", "plan_year={year}&sector=road&stage=village", "outcome=funded", "channel=village&sector=water")
FILTERS_OF_WORKS = ("", "plan_year={year}", "plan_year={year}&sector=road", "state=confirmed", "state=under_way&late=1")
PLACES = 12
#: Twelve tiles that hold the whole country.
SCREEN = [(5, x, y) for x in range(24, 30) for y in (15, 16)]

urlpatterns = [path("bare/", lambda _request: JsonResponse({}))]


def tile(lon: float, lat: float, z: int) -> tuple[int, int, int]:
    """The tile of a point."""
    return z, int((lon + 180) / 360 * 2**z), int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * 2**z)


class Meter:
    """Asks for tiles and keeps the statements that each ran, with the time that they took."""

    def __init__(self) -> None:
        self.client = Client()
        self.statements: list[tuple[str, Any]] = []
        self.in_database = 0.0

    def ask(self, z: int, x: int, y: int, query: str, etag: str = "", *, layer: str = "map") -> Any:
        """One tile; 200 or 304. `layer`: `map` of proposals, `works/map` of funded works."""
        self.statements, self.in_database = [], 0.0
        with connection.execute_wrapper(self._kept):
            answer = self.client.get(f"/api/v1/{layer}/{z}/{x}/{y}.json?{query}", headers={"if-none-match": etag} if etag else {})
        if answer.status_code not in (200, 304):
            raise RuntimeError(f"{z}/{x}/{y}?{query}: {answer.status_code} {answer.content[:300]!r}")
        return answer

    def _kept(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - as Django calls it
        self.statements.append((sql, params))
        begun = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.in_database += time.perf_counter() - begun

    def bare(self) -> None:
        """The same statements alone."""
        with connection.cursor() as cursor:
            for sql, params in self.statements:
                cursor.execute(sql, params)
                cursor.fetchall()


def took(*works: Callable[[], object], times: int = 11) -> list[float]:
    """The best of a few, in turns: what the machine does besides is not the tile's, and falls upon all alike."""
    found: list[list[float]] = [[] for _work in works]
    for _turn in range(times):
        for one, work in zip(found, works, strict=True):
            begun = time.perf_counter()
            work()
            one.append(time.perf_counter() - begun)
    return [min(one) for one in found]


def high(values: list[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(values, n=20)[-1]


def samples(filters: tuple[str, ...] = FILTERS) -> Iterator[tuple[int, int, int, str]]:
    """Tiles around villages drawn by a repeatable dice, every zoom with every filter."""
    dice = random.Random(7)
    anchors = list(Region.objects.filter(level="village", anchor__isnull=False).order_by("pk").values_list("anchor", flat=True)[::97])
    year = max(tallies.breakdown("", "plan_year"))
    for point in dice.sample(anchors, PLACES):
        for zoom in ZOOMS:
            yield (*tile(point.x, point.y, zoom), dice.choice(filters).format(year=year))


def measure(meter: Meter, view: float) -> None:
    """All samples, and the same again with the name that the reader holds."""
    whole, floors, again, again_floors = [], [], [], []
    for z, x, y, query in samples():
        etag = meter.ask(z, x, y, query).headers["ETag"]
        of_tile, of_sql = took(lambda z=z, x=x, y=y, query=query: meter.ask(z, x, y, query), meter.bare)
        whole.append(of_tile)
        floors.append(of_sql + view)
        unchanged = meter.ask(z, x, y, query, etag)
        if unchanged.status_code != 304 or any("proposals_proposal" in sql for sql, _params in meter.statements):
            raise RuntimeError(f"{z}/{x}/{y}?{query}: an unchanged tile asked the proposals")
        of_tile, of_sql = took(lambda z=z, x=x, y=y, query=query, etag=etag: meter.ask(z, x, y, query, etag), meter.bare)
        again.append(of_tile)
        again_floors.append(of_sql + view)
    tell(f"p95 of {len(whole)} tiles", high(whole), high(floors), "its SQL and a bare view (bound: 1.5)")
    tell("p95 of the same tiles unchanged (304)", high(again), high(again_floors), "its SQL and a bare view")


def measure_works(meter: Meter, view: float) -> None:
    """The same places in the layer of funded works."""
    whole, floors = [], []
    for z, x, y, query in samples(FILTERS_OF_WORKS):
        of_tile, of_sql = took(lambda z=z, x=x, y=y, query=query: meter.ask(z, x, y, query, layer="works/map"), meter.bare, times=5)
        whole.append(of_tile)
        floors.append(of_sql + view)
    tell(f"p95 of {len(whole)} tiles of works", high(whole), high(floors), "its SQL and a bare view (bound: 1.5)")


def screen(meter: Meter, layer: str = "map") -> None:
    """The whole country in twelve tiles."""

    def database_time() -> float:
        spent = 0.0
        for z, x, y in SCREEN:
            meter.ask(z, x, y, "", layer=layer)
            spent += meter.in_database
        return spent

    database_time()
    tell(f"a screen of 12 tiles over the country ({layer}), in SQL", min(database_time() for _turn in range(3)), 0.150, "150 ms (bound: 1)")


def bare_view() -> float:
    """The answer of a bare Django view."""
    client = Client()
    with override_settings(ROOT_URLCONF="benchmarks.tiles"):
        client.get("/bare/")
        return took(lambda: client.get("/bare/"), times=50)[0]


def is_there() -> bool:
    """Whether the national set was built."""
    try:
        return bool(Region.objects.count())
    except Exception as missing:  # noqa: BLE001 - any reason is told
        print(f"  no national set: {str(missing).splitlines()[0]}", file=sys.stderr)
        return False


if __name__ == "__main__":
    settings.REST_FRAMEWORK["DEFAULT_THROTTLE_CLASSES"] = []
    settings.ALLOWED_HOSTS = ["*"]
    if is_there():
        meter = Meter()
        measure(meter, bare_view())
        screen(meter)
        measure_works(meter, bare_view())
        screen(meter, "works/map")

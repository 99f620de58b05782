"""Loading boundaries: one file, one transaction, and everything that follows from it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.db import connection, transaction

from geo import codes
from geo.boundaries.joining import join_above
from geo.boundaries.reading import Feature, read
from geo.boundaries.storing import draw, erase
from geo.boundaries.thinning import thin_around
from geo.codes import Level
from geo.models import BoundarySource, Region

_BATCH = 500


@dataclass
class Report:
    """What a file brought."""

    loaded: list[str] = field(default_factory=list)
    repaired: list[str] = field(default_factory=list)
    #: Codes that name no region of ours.
    unknown: list[str] = field(default_factory=list)
    #: Regions that stand in the file without a polygon; what they had stays.
    empty: list[str] = field(default_factory=list)
    #: Regions whose official boundary an unofficial file did not replace.
    kept: list[str] = field(default_factory=list)


def lock() -> None:
    """Boundaries change one load at a time: unions read what another load may be writing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('geo.boundaries'))")


def _batches(features: Iterable[Feature]) -> Iterator[list[Feature]]:
    iterator = iter(features)
    while batch := list(islice(iterator, _BATCH)):
        yield batch


def _take(batch: list[Feature], source: BoundarySource, loaded_at: datetime, report: Report) -> None:
    wanted = [feature.code for feature in batch]
    sources = dict(Region.objects.filter(pk__in=wanted).values_list("pk", "boundary_source"))
    drawn = []
    for feature in batch:
        if feature.code not in sources:
            report.unknown.append(feature.code)
        elif feature.geometry is None:
            report.empty.append(feature.code)
        elif sources[feature.code] == BoundarySource.OFFICIAL and source != BoundarySource.OFFICIAL:
            report.kept.append(feature.code)
        else:
            drawn.append((feature.code, feature.geometry))
            report.loaded.append(feature.code)
            if feature.repaired:
                report.repaired.append(feature.code)
    draw(drawn, source=source, loaded_at=loaded_at)


def clear_sketch(loaded: Iterable[str]) -> list[str]:
    """Erase the sketch cells left in each kabupaten that got a real village: they would overlap it."""
    districts = {codes.ancestor(code, Level.DISTRICT) for code in loaded if codes.level(code) is Level.VILLAGE}
    cells: list[str] = []
    for district in sorted(filter(None, districts)):
        sketched = Region.objects.within(district).at(Level.VILLAGE).filter(boundary_source=BoundarySource.SKETCH)
        cells.extend(sketched.values_list("pk", flat=True))
    erase(cells)
    return cells


def finish(changed: Iterable[str], *, loaded_at: datetime) -> None:
    """What follows from changed boundaries: the unions above, then the outlines around."""
    changed = set(changed)
    thin_around(changed | join_above(changed, loaded_at=loaded_at))


def load(path: Path, *, code_field: str, source: BoundarySource, loaded_at: datetime, keep: bool = True) -> Report:
    """Load one GeoJSON file whole or not at all; `keep=False` tries everything and keeps nothing. Raises BadFile."""
    report = Report()
    with transaction.atomic():
        lock()
        for batch in _batches(read(path, code_field=code_field)):
            _take(batch, source, loaded_at, report)
        sketched = [] if source == BoundarySource.SKETCH else clear_sketch(report.loaded)
        finish([*report.loaded, *sketched], loaded_at=loaded_at)
        if not keep:
            transaction.set_rollback(True)
    return report

"""Higher levels without a boundary of their own: the union of what lies below them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

import shapely
from django.db import connection

from geo import codes
from geo.boundaries.reading import polygons_of
from geo.boundaries.storing import Drawn, draw, erase
from geo.codes import Level
from geo.models import BoundarySource, Region

#: Boundaries that we made ourselves, and may make again.
OURS = (BoundarySource.NONE, BoundarySource.UNION, BoundarySource.SKETCH)
_BELOW = """
    SELECT parent_id, ST_AsBinary(boundary), boundary_source = 'sketch' FROM geo_region
    WHERE parent_id = ANY(%s) AND boundary IS NOT NULL AND valid_until IS NULL ORDER BY code"""


def _below(parents: Sequence[str]) -> dict[str, list[tuple[bytes, bool]]]:
    below: dict[str, list[tuple[bytes, bool]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_BELOW, [list(parents)])
        for parent, wkb, sketched in cursor.fetchall():
            below[parent].append((bytes(wkb), sketched))
    return below


def _join(parents: list[str], loaded_at: datetime) -> list[str]:
    """Draw these regions anew from their children; answers the codes that are now (or no longer) drawn."""
    own = list(Region.objects.filter(pk__in=parents, boundary_source__in=OURS).order_by("pk").values_list("pk", flat=True))
    below = _below(own)
    whole: dict[BoundarySource, list[Drawn]] = defaultdict(list)
    for code, parts in below.items():
        joined = polygons_of(shapely.union_all(shapely.from_wkb([wkb for wkb, _ in parts])))
        # One sketched part makes the whole a sketch: every map has to say so.
        source = BoundarySource.SKETCH if any(sketched for _, sketched in parts) else BoundarySource.UNION
        whole[source].append((code, joined))
    for source, drawn in whole.items():
        draw(drawn, source=source, loaded_at=loaded_at)
    erase([code for code in own if code not in below])
    return own


def join_above(changed: Iterable[str], *, loaded_at: datetime) -> set[str]:
    """Make the unions above these regions anew, level by level up to the province; answers the codes touched.

    A region with a boundary from a file (official or indicative) stays as it is.
    """
    waiting = {above for code in changed if (above := codes.parent(code))}
    touched: set[str] = set()
    for level in (Level.SUBDISTRICT, Level.DISTRICT, Level.PROVINCE):
        joined = _join(sorted(code for code in waiting if codes.level(code) is level), loaded_at)
        touched.update(joined)
        waiting |= {above for code in joined if (above := codes.parent(code))}
    return touched

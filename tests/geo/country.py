"""A little country of squares for the tests of this room, and the way to the real files."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from geo import register
from geo.boundaries.loading import Report, load
from geo.models import BoundarySource

SHARED = Path(os.environ.get("MUSRENBANG_SHARED", settings.BASE_DIR.parent / "shared")) / "data" / "regions"
needs_real_files = pytest.mark.skipif(not SHARED.is_dir(), reason="the real boundary files (MUSRENBANG_SHARED or ../shared) are absent")

#: code -> name as the decree writes it.
LISTED = {
    "61": "Kalimantan Barat",
    "61.12": "Kabupaten Kubu Raya",
    "61.12.01": "Sungai Raya",
    "61.12.01.2001": "Sungai Raya",
    "61.12.01.2002": "Kuala Dua",
    "61.12.02": "Rasau Jaya",
    "61.12.02.2001": "Rasau Jaya Umum",
    "61.12.02.2002": "Tanjung Harapan",
    "61.12.02.1003": "Limbung",
    "61.71": "Kota Pontianak",
    "61.71.01": "Pontianak Selatan",
    "61.71.01.1001": "Benua Melayu",
    "91": "Papua",
    "91.03": "Kabupaten Jayapura",
    "91.03.01": "Sentani",
    "91.03.01.3001": "Sungai Raya",
}
#: Squares of a tenth of a degree in rows of two: column, row.
SQUARES = {"61.12.01.2001": (0, 0), "61.12.01.2002": (1, 0), "61.12.02.2001": (0, 1), "61.12.02.2002": (1, 1)}
WEST, SOUTH, SIDE = 109.4, -0.4, 0.1


def entries(listed: dict[str, str] | None = None) -> dict[str, register.Entry]:
    """The register as `register.read` would answer it."""
    listed = LISTED if listed is None else listed
    made = {}
    for code, name in listed.items():
        papua = len(code) == 8 and listed[code[:2]].startswith("Papua")
        kind, bare = register.names.split_kind(code, name, papua=papua)
        made[code] = register.Entry(code, bare, kind)
    return made


def founded() -> None:
    """The regions, none with a boundary."""
    register.store(entries(), day=timezone.localdate())


def ring(column: float, row: float) -> list[list[float]]:
    west, south = round(WEST + column * SIDE, 6), round(SOUTH + row * SIDE, 6)
    east, north = round(west + SIDE, 6), round(south + SIDE, 6)
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def feature(code: str, rings: list[Any] | None = None, **properties: Any) -> dict[str, Any]:
    rings = [ring(*SQUARES[code])] if rings is None else rings
    return {"type": "Feature", "properties": {"code": code, **properties}, "geometry": {"type": "Polygon", "coordinates": rings}}


def written(path: Path, *features: Any) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": list(features)}))
    return path


def loaded(path: Path, *features: Any, source: BoundarySource = BoundarySource.INDICATIVE, keep: bool = True) -> Report:
    return load(written(path, *features), code_field="code", source=source, loaded_at=timezone.now(), keep=keep)


def drawn(folder: Path) -> None:
    """The regions, and the four squares."""
    founded()
    loaded(folder / "squares.geojson", *(feature(code) for code in SQUARES))

"""What a row drew: WKT or GeoJSON, checked as the drawing page checks it."""

import json
from decimal import Decimal
from typing import Any

from django.contrib.gis.geos import GEOSGeometry
from django.utils.translation import gettext as _

from geo import codes
from geo.codes import Level
from geo.models import Region
from proposals.services import extents, shape_texts, shapes
from proposals.services.entries import Unreadable


def read(written: str, village: Region) -> tuple[GEOSGeometry, Decimal]:
    """The line or area and its measure. Raises `Unreadable` with a sentence."""
    shape = shapes.read_shape(_geojson(written.strip()))
    if shape is None:
        raise Unreadable(_("Nothing is drawn here."))
    measure = extents.measure(shape)
    extents.inside(shape, codes.ancestor(village.pk, Level.DISTRICT) or village.pk)
    return shape, measure


def _geojson(written: str) -> Any:
    if written.startswith(("{", "[")):
        try:
            return json.loads(written)
        except ValueError:
            raise Unreadable(_("This GeoJSON cannot be read.")) from None
    return shape_texts.well_known(written)

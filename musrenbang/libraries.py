"""Where GDAL, GEOS and PROJ live: inside the wheels of pyogrio and shapely.

Distributions ship a GDAL older than 3.9, against which Django warns (gis.W001: file and network access by crafted
input). The wheels carry a current one, so the same library serves every machine.
"""

from importlib.util import find_spec
from pathlib import Path


def _folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        message = f"{package} is not installed: run script/setup"
        raise RuntimeError(message)
    return Path(spec.origin).parent


def _library(package: str, pattern: str) -> str:
    found = sorted(_folder(package).parent.glob(f"{package}.libs/{pattern}"))
    if not found:
        message = f"no {pattern} inside the wheel of {package}: run script/setup"
        raise RuntimeError(message)
    return str(found[0])


def gdal_library() -> str:
    """Path of the GDAL shared library."""
    return _library("pyogrio", "libgdal*")


def geos_library() -> str:
    """Path of the GEOS C library."""
    return _library("shapely", "libgeos_c*")


def proj_data() -> str:
    """Folder of PROJ's data base, the one that belongs to this GDAL."""
    return str(_folder("pyogrio") / "proj_data")

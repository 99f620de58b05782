"""GDAL's own driver for OGC API - Features opens the service by its address and reads every page, as QGIS does."""

import json
import subprocess
import sys

from geo.models import Region
from proposals.models import Proposal
from proposals.stages import Outcome, Stage
from tests import cast, make
from tests.server import LiveServer

#: In a process of its own: GDAL holds the interpreter while it waits for an answer of ours.
READER = """
import json, sys
from pyogrio import list_layers, raw, read_info
address, layer, size = sys.argv[1:4]
layers = sorted(name for name, _kind in list_layers(address))
about = read_info(address, layer=layer, PAGE_SIZE=size, INITIAL_REQUEST_PAGE_SIZE=size)
meta, fids, shapes, columns = raw.read(address, layer=layer, PAGE_SIZE=size, INITIAL_REQUEST_PAGE_SIZE=size)
fields = dict(zip(meta["fields"], columns))
print(json.dumps({
    "layers": layers, "crs": meta["crs"], "rows": len(shapes), "drawn": sum(shape is not None for shape in shapes), "told": about["features"],
    "names": sorted(fields), "ids": [str(value) for value in fields["id"]],
}))
"""


def read(site: LiveServer, layer: str, *, page: int) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-c", READER, f"OAPIF:{site.url}/ogc/", layer, str(page)], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_gdal_reads_every_page_of_the_proposals(site: LiveServer) -> None:
    cast.build()
    made = make.proposals(45, location=cast.point_in(cast.VILLAGE)) + make.proposals(7, location=None)
    make.proposals(3, stage=Stage.DRAFT, number=None)
    found = read(site, "proposals", page=10)
    assert found["layers"] == ["proposals", "regions", "works"]
    assert (found["rows"], found["drawn"], found["told"]) == (52, 45, 52)
    assert set(found["ids"]) == {str(proposal.pk) for proposal in made}
    assert {"number", "title", "stage", "amount"} <= set(found["names"])
    assert found["crs"] == "EPSG:4326"


def test_gdal_reads_the_regions_and_the_works(site: LiveServer) -> None:
    cast.build()
    paid = make.proposal(stage=Stage.WORKS, outcome=Outcome.FUNDED, funded_amount=5)
    make.proposal()
    regions = read(site, "regions", page=5)
    assert (regions["rows"], regions["told"]) == (Region.objects.count(),) * 2
    assert regions["drawn"] == Region.objects.filter(outline__isnull=False).count() > 0
    works = read(site, "works", page=5)
    assert works["ids"] == [str(paid.pk)] != [str(row.pk) for row in Proposal.objects.all()]

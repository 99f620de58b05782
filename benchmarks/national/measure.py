"""What one database answers, and how fast: prints a JSON line for `benchmarks/nation.py`. The database is the one of `DATABASE_URL`."""

import json
import sys

sys.path.insert(0, ".")

from benchmarks.floor import seconds, set_up

set_up()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client, override_settings  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from proposals.models import Proposal  # noqa: E402


def paths() -> dict[str, str]:
    """Name and address of what is measured; the proposal in the middle of the newest year stands for all."""
    middle = Proposal.objects.filter(plan_year=2028, number__isnull=False).order_by("number").values_list("number", "village_id", "id")[500]
    number, village, key = middle
    district, subdistrict = village[:5], village[:8]
    return {
        "list, whole country": "/usulan/",
        "list of a year": "/usulan/?plan_year=2028",
        "list of a province": f"/usulan/?region={village[:2]}",
        "list of a kabupaten": f"/usulan/?region={district}",
        "list of a sub-district, by support": f"/usulan/?region={subdistrict}&ordering=-supports",
        "list by support, whole country": "/usulan/?ordering=-supports",
        "list by amount, a stage": "/usulan/?ordering=-amount&stage=agency",
        "search, common words": "/usulan/?q=drainase",
        "search, two words": "/usulan/?q=jembatan+kayu",
        "search, misspelt": "/usulan/?q=drainse",
        "search in a kabupaten": f"/usulan/?q=sumur+bor&region={district}",
        "API list": "/api/v1/proposals/",
        "API search": "/api/v1/proposals/?q=posyandu",
        "API proposal": f"/api/v1/proposals/{key}/",
        "proposal page": f"/usulan/{number}/",
        "region page, village": f"/wilayah/{village}/",
        "region page, kabupaten": f"/wilayah/{district}/",
        "region page, kabupaten, a year paid for": f"/wilayah/{district}/?plan_year=2027",
        "works, whole country": "/pembangunan/",
        "works of a province": f"/pembangunan/?region={village[:2]}",
        "works of a kabupaten": f"/pembangunan/?region={district}",
        "works that are silent": f"/pembangunan/?region={district}&silent=1",
        "map of works, a province": f"/pembangunan/peta/?region={village[:2]}",
        "where money comes from, a province": f"/anggaran/asal/?region={village[:2]}",
        "lines of a kabupaten": f"/anggaran/asal/daftar/?region={district}",
        "routes of a kabupaten": f"/anggaran/asal/jalur/?region={district}",
        "one route in a kabupaten": f"/anggaran/asal/jalur/?region={district}&route=PROVINCE_AUTHORITY",
        "figures of a kabupaten": f"/anggaran/angka/?region={district}",
        "API works": "/api/v1/works/",
        "API lines by origin": "/api/v1/provenance/",
        "home": "/",
        "OGC page": "/ogc/collections/proposals/items?limit=100",
    }


def main() -> None:
    """Median seconds and number of queries of each address, and of the floor: a view that only asks the database for one row."""
    settings.REST_FRAMEWORK["DEFAULT_THROTTLE_CLASSES"] = []
    settings.ALLOWED_HOSTS = ["*"]
    client = Client()
    told = {}
    for name, address in paths().items():
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(address)
        if answer.status_code >= 400:
            message = f"{name}: {answer.status_code} {answer.content[:300]!r}"
            raise RuntimeError(message)
        queries = len(captured)
        told[name] = {"seconds": seconds(lambda address=address: client.get(address), times=15), "queries": queries}
    with override_settings(ROOT_URLCONF="benchmarks.bare"):
        told["floor"] = {"seconds": seconds(lambda: client.get("/bare/"), times=50), "queries": 0}
    print(json.dumps(told))


if __name__ == "__main__":
    main()

"""Lists, pages, a map tile and the pages of budgets over 10,000 proposals, beside a bare Django view and beside the SQL alone; queries each."""

import math

from benchmarks.floor import set_up

set_up()

from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402

from benchmarks.bare import beside_floors  # noqa: E402
from benchmarks.budget import Budget, budget  # noqa: E402
from benchmarks.district import PLAN_YEAR, District, district  # noqa: E402


def paths(made: District) -> dict[str, str]:
    """Name and address of what is measured."""
    year = f"plan_year={PLAN_YEAR}"
    street, town = tile(made, 16), tile(made, 10)
    return {
        "API list, 20 of 10,000": f"/api/v1/proposals/?{year}",
        "API list of a sub-district": f"/api/v1/proposals/?{year}&region={made.village.parent_id}",
        "API proposal": f"/api/v1/proposals/{made.proposal.pk}/",
        "tile with bubbles": f"/api/v1/map/{town}.json?{year}",
        "tile with single proposals": f"/api/v1/map/{street}.json?{year}",
        "list page": f"/usulan/?{year}",
        "proposal page": f"/usulan/{made.proposal.number}/",
        "region page": f"/wilayah/{made.village.pk}/",
        "map page": "/peta/",
        "home": "/",
    }


def of_money(made: District, money: Budget) -> dict[str, str]:
    """Name and address of what budgets bring."""
    year = f"plan_year={PLAN_YEAR}"
    return {
        "tree of ceilings": f"/anggaran/?{year}",
        "a ceiling": f"/anggaran/pagu/{money.ceiling.pk}/",
        "a run of 1,000 lines": f"/anggaran/{money.published.pk}/",
        "answers to villages": f"/anggaran/{money.published.pk}/jawaban/",
        "one village's answer": f"/anggaran/{money.published.pk}/jawaban/{made.village.pk}/",
        "where the money comes from": f"/anggaran/asal/?{year}",
        "lines that nobody proposed": f"/anggaran/asal/tak-diusulkan/?{year}",
        "routes": f"/anggaran/asal/jalur/?{year}",
        "figures": f"/anggaran/angka/?{year}",
        "works": f"/pembangunan/?{year}",
        "map of works": f"/pembangunan/peta/?{year}",
        "a work": f"/pembangunan/{money.work.pk}/",
        "API works": f"/api/v1/works/?{year}",
    }


def tile(made: District, zoom: int) -> str:
    """`z/x/y` of the tile that holds the first proposal."""
    x = int((made.lon + 180) / 360 * 2**zoom)
    y = int((1 - math.asinh(math.tan(math.radians(made.lat))) / math.pi) / 2 * 2**zoom)
    return f"{zoom}/{x}/{y}"


if __name__ == "__main__":
    settings.REST_FRAMEWORK["DEFAULT_THROTTLE_CLASSES"] = []
    settings.ALLOWED_HOSTS = ["*"]
    with district() as made:
        client = Client()
        for name, path in paths(made).items():
            beside_floors(name, client, lambda path=path: client.get(path))
        for name, path in of_money(made, budget(made)).items():
            beside_floors(name, client, lambda path=path: client.get(path))

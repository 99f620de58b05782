"""The whole line by programs alone: from a village's draft to a funded work on the map, over real HTTP."""

import hashlib
import uuid

import pytest

from budgeting.calculation import perform_run
from geo.tiles import box
from tests import cast, make
from tests.proposals.pictures import jpeg
from tests.stories.programs import Program, program

pytestmark = pytest.mark.django_db(transaction=True)

REASON = "Lima puluh meter terakhir sudah dikerjakan dari Dana Desa tahun lalu."


def _draft() -> dict:
    return {
        "village": cast.VILLAGE,
        "plan_year": 2028,
        "title": "Rabat beton jalan Parit Sari",
        "problem": "Jalan tanah tergenang enam bulan dalam setahun.",
        "objective": "Jalan dapat dilalui sepanjang tahun.",
        "sector": "road",
        "volume": 650,
        "unit": "m",
        "unit_price": 740_000,
        "locus": "Dusun Karya RT 03",
        "location": {"type": "Point", "coordinates": list(cast.point_in(cast.VILLAGE).coords)},
        "location_source": "gps",
        "location_accuracy_m": 6,
    }


def _tile_over(code: str, zoom: int) -> str:
    point = cast.point_in(code)
    across = next(x for x in range(2**zoom) if box(zoom, x, 0)[0] <= point.x < box(zoom, x, 0)[2])
    down = next(y for y in range(2**zoom) if box(zoom, across, y)[1] <= point.y < box(zoom, across, y)[3])
    return f"map/{zoom}/{across}/{down}.json?plan_year=2028"


def _decide(decider: Program, address: str, move: str, **body: object) -> dict:
    version = decider.call("GET", address, expect=200)["version"]
    return decider.call("POST", f"{address}moves/", json={"move": move, "version": version, **body}, expect=200)


def _ask(facilitator: Program, address: str) -> None:
    """Written twice by an impatient phone, with a photo, then sent in."""
    facilitator.call("PUT", address, json=_draft(), expect=201)
    facilitator.call("PUT", address, json=_draft(), expect=200)
    photo = jpeg(exif=True)
    photo_address = f"{address}attachments/{hashlib.sha256(photo).hexdigest()}/"
    facilitator.call("PUT", photo_address, content=photo, headers={"Content-Type": "image/jpeg"}, expect=201)
    facilitator.call("PUT", photo_address, content=photo, headers={"Content-Type": "image/jpeg"}, expect=200)
    sent = _decide(facilitator, address, "submit")
    assert (sent["number"], sent["stage"], sent["amount"]) == ("6112-2028-0001", "village", 481_000_000)


def _talk(site: object, people: cast.Cast, address: str) -> None:
    """A resident supports and objects once however often the phone sends; an unconfirmed newcomer may talk, not vote."""
    resident, newcomer = program(site, people.resident), program(site, people.newcomer)
    for _ in range(2):
        assert resident.call("PUT", f"{address}support/", expect=200)["supports"] == 1
    assert "message" in newcomer.call("PUT", f"{address}support/", expect=403)
    comment = {"id": str(uuid.uuid4()), "body": "Ruas ini milik kelompok tani, belum ada surat hibah.", "stance": "objection"}
    first = resident.call("POST", f"{address}comments/", json=comment, expect=201)
    resident.call("POST", f"{address}comments/", json=comment, expect=200)
    asked = newcomer.call(
        "POST", f"{address}comments/", json={"id": str(uuid.uuid4()), "body": "Kapan dikerjakan?", "stance": "question"}, expect=201
    )
    assert asked["waiting"]
    program(site, people.moderator).call("POST", f"comments/{asked['id']}/approve/", expect=200)
    later = Program(site).call("GET", f"{address}comments/?after={first['seq']}", expect=200)["results"]
    assert [row["stance"] for row in later] == ["question"]


def _pay(site: object, people: cast.Cast) -> dict:
    """A planner sets the ceiling and asks for the calculation; the budget team publishes both."""
    planner, team = program(site, people.planner), program(site, people.budget_team)
    ceiling = {"plan_year": 2028, "region": cast.HOME, "funding_source": "district_budget", "amount": 1_000_000_000, "legal_basis": "Perbup 12/2027"}
    made = planner.call("POST", "ceilings/", json=ceiling, expect=201)
    planner.call("POST", f"ceilings/{made['id']}/publish/", json={"version": made["version"]}, expect=403)
    team.call("POST", f"ceilings/{made['id']}/publish/", json={"version": made["version"]}, expect=200)
    run = planner.call("POST", "runs/", json={"ceiling": made["id"], "rule": "greedy", "options": {}}, expect=202)
    assert (run["status"], run["published_by_name"]) == ("queued", None)
    perform_run(uuid.UUID(run["id"]))
    planner.call("POST", f"runs/{run['id']}/publish/", json={}, expect=403)
    return team.call("POST", f"runs/{run['id']}/publish/", json={}, expect=200)


def test_a_proposal_goes_from_the_village_to_a_funded_work_on_the_map(site, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    people = cast.build()
    make.cycle()
    address = f"proposals/{uuid.uuid4()}/"
    anybody = program(site)

    anybody.call("PUT", address, json=_draft(), expect=401)
    _ask(program(site, people.facilitator), address)
    _talk(site, people, address)
    _decide(program(site, people.village_head), address, "forward")
    _decide(program(site, people.subdistrict_officer), address, "forward_adjusted", volume=600, reason=REASON)
    _decide(program(site, people.agency_officer), address, "forward")
    _decide(program(site, people.planner), address, "forward")
    assert _pay(site, people)["status"] == "published"

    funded = anybody.call("GET", address, expect=200)
    assert (funded["stage"], funded["outcome"], funded["amount"]) == ("works", "funded", 444_000_000)
    asked = [(step["stage"], step["amount"]) for step in funded["recommendations"]][:3]
    assert asked == [("draft", 481_000_000), ("village", 481_000_000), ("subdistrict", 444_000_000)]
    bubble = anybody.call("GET", _tile_over(cast.VILLAGE, 11), expect=200)["features"]
    mine = [feature for feature in bubble if feature.get("code") == cast.VILLAGE]
    assert [(one["count"], one["funded"], one["amount"]) for one in mine] == [(1, 1, 444_000_000)]
    street = anybody.call("GET", _tile_over(cast.VILLAGE, 16), expect=200)["features"]
    assert [(one["number"], one["outcome"]) for one in street] == [("6112-2028-0001", "funded")]

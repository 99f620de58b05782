"""Writing a proposal by plain forms: what is typed is kept, what is sent twice is there once, nobody writes elsewhere."""

import uuid

import pytest
from django.test import Client

from proposals.models import Attachment, Proposal
from proposals.stages import Outcome, Stage
from tests import cast, make
from tests.proposals.pictures import jpeg

pytestmark = pytest.mark.django_db

TYPED = {
    "village": cast.VILLAGE,
    "plan_year": "2028",
    "lat": "-0,0900",
    "lon": "109,4100",
    "source": "map",
    "accuracy": "",
    "locus": "Dusun Karya RT 03",
    "title": "Rabat beton jalan Parit Sari",
    "problem": "Jalan putus setiap musim hujan.",
    "objective": "Anak sekolah dapat lewat.",
    "sector": "road",
    "volume": "1.250",
    "unit": "m",
    "unit_price": "740.000",
    "amount": "",
    "then": "check",
}


@pytest.fixture
def signed_in(people, settings):
    make.cycle()

    def enter(name: str) -> Client:
        client = Client()
        client.force_login(getattr(people, name), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return enter


def _typed(**other: str) -> dict[str, str]:
    return {"id": str(uuid.uuid4()), **TYPED, **other}


def test_the_form_carries_a_uuid_of_its_own_so_that_a_double_send_makes_one(signed_in):
    client, typed = signed_in("facilitator"), _typed()
    first, second = client.post("/usulan/baru/", typed), client.post("/usulan/baru/", typed)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"] == f"/usulan/{typed['id']}/periksa/"
    assert Proposal.objects.count() == 1


def test_dots_between_thousands_are_read_as_people_here_write_them(signed_in):
    signed_in("facilitator").post("/usulan/baru/", _typed())
    proposal = Proposal.objects.get()
    assert (proposal.volume, proposal.unit_price, proposal.amount) == (1250, 740_000, 925_000_000)


def test_coordinates_with_a_comma_become_the_point_they_name(signed_in):
    signed_in("facilitator").post("/usulan/baru/", _typed())
    assert Proposal.objects.get().location.coords == (109.41, -0.09)


def test_a_form_that_is_refused_keeps_everything_that_was_typed(signed_in):
    answer = signed_in("facilitator").post("/usulan/baru/", _typed(volume="-3", title="Rabat beton <b>tebal</b>"))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Rabat beton &lt;b&gt;tebal&lt;/b&gt;" in page
    assert "Jalan putus setiap musim hujan." in page
    assert 'value="-3"' in page
    assert 'href="#id_volume"' in page
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(("lat", "lon"), [("0", "0"), ("109.41", "-0.09"), ("-6.2", "106.8"), ("abc", "def")])
def test_a_point_that_cannot_be_right_is_refused_beside_its_field(signed_in, lat, lon):
    answer = signed_in("facilitator").post("/usulan/baru/", _typed(lat=lat, lon=lon))
    assert answer.status_code == 400
    assert 'id="id_lat_error"' in answer.content.decode()


def test_a_point_in_another_village_asks_why_and_takes_the_reason(signed_in):
    client, there = signed_in("facilitator"), {"lon": "109.43", "lat": "-0.09"}
    refused = client.post("/usulan/baru/", _typed(**there))
    assert 'id="id_mismatch_reason_error"' in refused.content.decode()
    assert client.post("/usulan/baru/", _typed(**there, mismatch_reason="Jembatan ini menghubungkan dua desa.")).status_code == 302


@pytest.mark.parametrize("name", ["planner", "newcomer"])
def test_who_writes_for_no_village_reads_how_to_begin(signed_in, name):
    answer = signed_in(name).get("/usulan/baru/")
    assert answer.status_code == 403
    assert 'href="/akun/"' in answer.content.decode()


def test_a_stranger_is_asked_to_sign_in_and_comes_back(signed_in):
    answer = Client().get("/usulan/baru/?village=61.12.01.2001")
    assert answer.status_code == 302
    assert "next=/usulan/baru/" in answer["Location"]


def test_nobody_proposes_for_a_village_that_is_not_theirs_by_changing_the_form(signed_in):
    answer = signed_in("resident").post("/usulan/baru/", _typed(village=cast.FAR_VILLAGE))
    assert answer.status_code == 403
    assert not Proposal.objects.exists()


def test_checking_lists_what_is_missing_and_links_to_each_field(signed_in):
    client, typed = signed_in("facilitator"), _typed(problem="", lat="", lon="", volume="")
    client.post("/usulan/baru/", typed)
    page = client.get(f"/usulan/{typed['id']}/periksa/").content.decode()
    assert f"/usulan/{typed['id']}/ubah/#id_problem" in page
    assert f"/usulan/{typed['id']}/ubah/#tempat" in page
    assert 'data-busy="' not in page.split("capture-actions")[1]


def test_sending_shows_the_number_and_sending_again_changes_nothing(signed_in):
    client, typed = signed_in("facilitator"), _typed()
    client.post("/usulan/baru/", typed)
    first = client.post(f"/usulan/{typed['id']}/periksa/", {"version": "1"})
    proposal = Proposal.objects.get()
    assert (proposal.stage, first["Location"]) == (Stage.VILLAGE, f"/usulan/{proposal.number}/")
    again = client.post(f"/usulan/{typed['id']}/periksa/", {"version": "1"})
    assert again["Location"] == first["Location"]
    assert proposal.recommendations.count() == 1
    assert client.post("/usulan/baru/", typed)["Location"] == first["Location"]


def test_a_resident_keeps_a_draft_that_the_facilitator_sends(signed_in):
    resident, facilitator, typed = signed_in("resident"), signed_in("facilitator"), _typed()
    resident.post("/usulan/baru/", typed)
    page = resident.get(f"/usulan/{typed['id']}/periksa/").content.decode()
    assert "<button" not in page.split("capture-actions")[1].split("</form>")[0]
    assert typed["id"] in facilitator.get("/kerja/").content.decode()
    assert facilitator.post(f"/usulan/{typed['id']}/periksa/", {}).status_code == 302
    assert Proposal.objects.get().stage == Stage.VILLAGE


@pytest.mark.parametrize("name", ["next_facilitator", "neighbour", "planner"])
@pytest.mark.parametrize("page", ["ubah", "periksa"])
def test_a_draft_does_not_exist_for_who_does_not_write_it(signed_in, name, page):
    draft = make.proposal(stage=Stage.DRAFT)
    assert signed_in(name).get(f"/usulan/{draft.pk}/{page}/").status_code == 404


def test_what_was_returned_is_corrected_under_its_number(signed_in):
    proposal = make.proposal(stage=Stage.SUBDISTRICT, outcome=Outcome.RETURNED)
    client = signed_in("facilitator")
    sent = _typed(volume="600", unit_price="800000", title="Perbaikan jalan Dusun Karya", version=str(proposal.version), then="save")
    assert client.post(f"/usulan/{proposal.pk}/ubah/", sent).status_code == 302
    proposal.refresh_from_db()
    assert (proposal.volume, proposal.amount) == (600, 480_000_000)


def test_a_page_that_somebody_else_changed_meanwhile_is_not_overwritten(signed_in):
    proposal = make.proposal(stage=Stage.SUBDISTRICT, outcome=Outcome.RETURNED, version=3)
    answer = signed_in("facilitator").post(f"/usulan/{proposal.pk}/ubah/", _typed(version="2", title="Judul yang baru sekali"))
    assert answer.status_code == 409
    assert "Judul yang baru sekali" in answer.content.decode()


def test_photos_come_with_the_form_and_can_be_taken_away(signed_in, settings, tmp_path, django_capture_on_commit_callbacks):
    from django.core.files.uploadedfile import SimpleUploadedFile

    settings.MEDIA_ROOT = tmp_path
    client, typed = signed_in("facilitator"), _typed(then="save")
    photo, script = SimpleUploadedFile("a.jpg", jpeg()), SimpleUploadedFile("b.jpg", b"<script>alert(1)</script>")
    answer = client.post("/usulan/baru/", {**typed, "photos": [photo, script]}, follow=True)
    kept = Attachment.objects.get()
    assert "b.jpg" in answer.content.decode()
    client.post(f"/usulan/{typed['id']}/foto/{kept.sha256}/hapus/")
    assert not Attachment.objects.exists()


def test_a_closed_window_is_told_before_anything_is_typed(signed_in):
    from datetime import timedelta

    from accounts import clock
    from proposals.models import StageWindow

    client = signed_in("facilitator")
    StageWindow.objects.filter(stage=Stage.VILLAGE).update(closes_at=clock.now() - timedelta(days=1))
    assert 'class="note warn"' in client.get("/usulan/baru/").content.decode()

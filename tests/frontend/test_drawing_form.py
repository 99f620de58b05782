"""Lines, areas, marks and another amount by plain forms: what was typed is kept, one press swaps, pages tell the measure."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from proposals.models import Proposal
from proposals.stages import Stage
from tests import cast, make
from tests.frontend.html import read
from tests.frontend.test_writing import TYPED

pytestmark = pytest.mark.django_db
ROAD = "-0.09, 109.406\n-0.09, 109.41\n-0.086, 109.41"
GPX = (
    b'<gpx xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg><trkpt lat="-0.09" lon="109.406"/>'
    b'<trkpt lat="-0.09" lon="109.41"/></trkseg></trk></gpx>'
)
NO_POINT = {"lat": "", "lon": "", "source": ""}
REASON = "Angkutan bahan hanya dengan perahu, lebih mahal."


@pytest.fixture
def writer(people, reader):
    make.cycle()
    return reader("facilitator")


def _typed(**other):
    return {"id": str(uuid.uuid4()), **TYPED, **NO_POINT, "shape_kind": "line", "shape": ROAD, "then": "save", **other}


def _page(answer):
    page = answer.content.decode()
    assert read(page).faults == []
    return page


def test_typed_points_become_a_line_and_come_back_as_they_were_typed(writer):
    typed = _typed()
    answer = writer.post("/usulan/baru/", typed, follow=True)
    draft = Proposal.objects.get()
    assert (draft.shape.geom_type, len(draft.shape), draft.location_source) == ("LineString", 3, "typed")
    page = _page(answer)
    assert "-0.090000, 109.406000" in page
    assert 'value="line" checked' in page
    assert writer.post(f"/usulan/{draft.pk}/ubah/", {**typed, "version": "1"}).status_code == 302
    draft.refresh_from_db()
    assert draft.version == 1, "what is sent as it came is no change"


def test_points_of_an_area_are_closed_by_themselves(writer):
    writer.post("/usulan/baru/", _typed(shape_kind="area"))
    assert Proposal.objects.get().shape.geom_type == "Polygon"


def test_points_are_not_lost_where_the_kind_was_left_at_one_spot(writer):
    writer.post("/usulan/baru/", _typed(shape_kind="point"))
    assert Proposal.objects.get().shape.geom_type == "LineString"


def test_a_recorded_track_becomes_points_that_can_be_seen_and_corrected(writer):
    track = SimpleUploadedFile("jejak.gpx", GPX, content_type="application/gpx+xml")
    answer = writer.post("/usulan/baru/", {**_typed(shape="", title="x"), "shape_file": track})
    assert answer.status_code == 400
    assert "-0.090000, 109.406000" in _page(answer)
    track = SimpleUploadedFile("jejak.gpx", GPX, content_type="application/gpx+xml")
    assert writer.post("/usulan/baru/", {**_typed(shape=""), "shape_file": track}).status_code == 302
    assert len(Proposal.objects.get().shape) == 2


FILES = {
    "entities": b'<!DOCTYPE gpx [<!ENTITY a "b">]><gpx>&a;</gpx>',
    "no text": b"\xff\xfe\x00\x01\x02",
    "no track": b"<gpx/>",
    "three megabytes": b" " * 3_000_000,
    "a picture": b"\x89PNG\r\n\x1a\n" + b"\x00" * 100,
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_track_is_refused_beside_its_field_and_the_rest_is_kept(writer, name):
    answer = writer.post("/usulan/baru/", {**_typed(shape=""), "shape_file": SimpleUploadedFile("jejak.gpx", FILES[name])})
    page = _page(answer)
    assert answer.status_code == 400
    assert 'href="#id_shape' in page
    assert "Rabat beton jalan Parit Sari" in page
    assert not Proposal.objects.exists()


BAD = {
    "crossing": "-0.09, 109.402\n-0.09, 109.41\n-0.088, 109.41\n-0.092, 109.406",
    "words": "dari masjid\nke jembatan",
    "one point": "-0.09, 109.402",
    "null island": "0, 0\n0, 0.1",
    "json": '{"type":"LineString","coordinates":[[109.402,NaN],[109.41,-0.09]]}',
}


@pytest.mark.parametrize("name", BAD)
def test_points_that_make_no_line_are_kept_beside_what_is_wrong_with_them(writer, name):
    from html import escape

    answer = writer.post("/usulan/baru/", _typed(shape=BAD[name]))
    page = _page(answer)
    assert answer.status_code == 400
    assert 'id="id_shape_error"' in page
    assert escape(BAD[name].splitlines()[0]) in page
    assert not Proposal.objects.exists()


def test_swapped_coordinates_are_offered_back_with_one_press_without_scripts(writer):
    typed = _typed(shape="109.406, -0.09\n109.41, -0.09", then="check")
    page = _page(writer.post("/usulan/baru/", typed))
    assert 'name="then" value="swap"' in page
    assert writer.post("/usulan/baru/", {**typed, "then": "swap"}).status_code == 302
    assert Proposal.objects.get().shape.coords == ((109.406, -0.09), (109.41, -0.09))


def test_a_swapped_point_is_offered_back_too(writer):
    typed = _typed(shape="", shape_kind="point", lat="109,41", lon="-0,09")
    page = _page(writer.post("/usulan/baru/", typed))
    assert 'value="swap"' in page
    writer.post("/usulan/baru/", {**typed, "then": "swap"})
    assert Proposal.objects.get().location.coords == (109.41, -0.09)


def test_nothing_is_offered_where_nothing_is_swapped(writer):
    assert 'value="swap"' not in _page(writer.post("/usulan/baru/", _typed(title="x")))
    assert 'value="swap"' not in _page(writer.get("/usulan/baru/"))


def test_the_measure_stands_on_the_form_on_the_check_and_on_the_page(writer):
    writer.post("/usulan/baru/", _typed(volume="500", unit="meter"))
    draft = Proposal.objects.get()
    for address in (f"/usulan/{draft.pk}/ubah/", f"/usulan/{draft.pk}/periksa/", f"/usulan/{draft.pk}/"):
        page = _page(writer.get(address))
        assert "888 m" in page or "887 m" in page or "889 m" in page, address
        assert "77," in page, address
    writer.post(f"/usulan/{draft.pk}/ubah/", _typed(volume="888", version="1"))
    assert "77," not in _page(writer.get(f"/usulan/{draft.pk}/periksa/"))


def test_another_amount_asks_for_its_reason_and_shows_it(writer):
    refused = writer.post("/usulan/baru/", _typed(amount="950.000.000"))
    assert 'id="id_amount_reason"' in _page(refused)
    assert 'href="#id_amount"' in _page(refused)
    writer.post("/usulan/baru/", _typed(amount="950.000.000", amount_reason=REASON))
    draft = Proposal.objects.get()
    assert REASON in _page(writer.get(f"/usulan/{draft.pk}/periksa/"))
    assert REASON in _page(writer.get(f"/usulan/{draft.pk}/"))


PEOPLE = {
    "raised_by_women": "on",
    "pre_meeting": "Musrenbang perempuan",
    "beneficiaries_female": "3",
    "beneficiaries_male": "1.040",
    "beneficiary_households": "",
    "poor_households": "",
    "land_owner": "granted",
    "on_behalf_of": "Kelompok ibu",
}


def test_marks_and_counts_come_back_to_who_wrote_them(writer):
    writer.post("/usulan/baru/", _typed(**PEOPLE))
    draft = Proposal.objects.get()
    assert (draft.raised_by_women, draft.beneficiaries_female, draft.beneficiaries_male) == (True, 3, 1040)
    page = _page(writer.get(f"/usulan/{draft.pk}/ubah/"))
    assert 'value="3"' in page
    assert 'name="raised_by_women" id="id_raised_by_women" checked' in page
    assert 'value="granted" selected' in page


def test_counts_that_cannot_be_open_their_fold_and_keep_what_was_typed(writer):
    page = _page(writer.post("/usulan/baru/", _typed(beneficiary_households="5", poor_households="9")))
    assert 'id="id_poor_households_error"' in page
    assert 'value="9"' in page


def test_a_handful_of_people_is_not_counted_out_to_everybody(reader, people):
    made = make.proposal(stage=Stage.VILLAGE, raised_by_women=True, beneficiaries_female=3, beneficiaries_male=0, beneficiary_households=40)
    page = _page(reader("stranger").get(f"/usulan/{made.number}/"))
    part = page.split("Yang terbantu")[1].split("</dl>")[0]
    assert "kurang dari 5" in part
    assert ">3<" not in part
    assert ">40<" in part
    assert ">0<" in part


def test_a_drawn_line_is_on_the_small_map_without_scripts(reader, people):
    from django.contrib.gis.geos import LineString, Polygon

    line = LineString((109.406, -0.09), (109.41, -0.09), srid=4326)
    made = make.proposal(shape=line, shape_measure="445.28")
    assert 'class="drawn-line"' in _page(reader("stranger").get(f"/usulan/{made.number}/"))
    field = Polygon.from_bbox((109.404, -0.094, 109.41, -0.09))
    field.srid = 4326
    made = make.proposal(shape=field, shape_measure="295000")
    assert 'class="drawn-area"' in _page(reader("stranger").get(f"/usulan/{made.number}/"))


@pytest.mark.parametrize("name", ["next_facilitator", "neighbour"])
def test_nobody_draws_into_the_draft_of_another_village(reader, people, name):
    draft = make.proposal(stage=Stage.DRAFT)
    assert reader(name).post(f"/usulan/{draft.pk}/ubah/", _typed(village=cast.VILLAGE)).status_code == 404
    draft.refresh_from_db()
    assert draft.shape is None


def test_a_drawn_line_and_marks_cost_the_page_no_query(reader, people):
    from django.contrib.gis.geos import LineString
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    bare = make.proposal()
    line = LineString((109.406, -0.09), (109.41, -0.09), srid=4326)
    full = make.proposal(shape=line, shape_measure="445.28", raised_by_women=True, beneficiaries_female=40, land_owner="village")
    counts = []
    for made in (bare, bare, full):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            reader("stranger").get(f"/usulan/{made.number}/")
        counts.append(len(asked))
    assert counts[1] == counts[2]

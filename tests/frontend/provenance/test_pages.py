"""Pages about where money comes from: what visitors read, what officials press, and how many questions each page asks."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from budgeting.models import AuthorityRule, FundedWork, OriginClaim, OriginStatement, RouteDecision
from tests import cast, make
from tests.budgeting.provenance.conftest import REASON, a_line, authority
from tests.budgeting.provenance.test_same_place import a_pair

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(people):
    return make.open_cycle()


@pytest.fixture
def ghost(people, plan):
    return a_line(people)


def text(response):
    return response.content.decode()


def asked(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


EMPTY = ["/anggaran/asal/", "/anggaran/asal/daftar/", "/anggaran/asal/tak-diusulkan/", "/anggaran/asal/pokir/", "/anggaran/asal/jalur/"]


@pytest.mark.parametrize("path", EMPTY)
def test_a_kabupaten_without_any_money_reads_what_is_missing(reader, people, path):
    page = reader("stranger").get(path)
    assert page.status_code == 200
    assert 'class="empty"' in text(page)


@pytest.mark.parametrize("path", EMPTY)
def test_ten_lines_ask_as_many_questions_as_one(reader, people, plan, ghost, path):
    pokir = make.proposal(of=plan, channel="council")
    a_pair(make.proposal(of=plan), pokir)
    few = asked(reader("stranger"), path)
    for _place in range(9):
        a_line(people)
        a_pair(make.proposal(of=plan), make.proposal(of=plan, channel="council"))
    assert asked(reader("stranger"), path) <= few <= 14


def test_the_list_of_what_nobody_proposed_names_agency_document_and_who_entered_it(reader, people, ghost):
    page = text(reader("stranger").get("/anggaran/asal/tak-diusulkan/"))
    assert "Turap beton Sungai Kapuas" in page
    assert "DPA 1.03/2028" in page
    assert "Agency Officer" in page
    assert "Belum ada yang menjelaskan asalnya" in page
    assert "Tidak ada baris yang cocok" in text(reader("stranger").get("/anggaran/asal/tak-diusulkan/?q=jembatan"))


def test_a_wrong_filter_is_a_sentence_and_a_region_that_is_none_a_404(reader, people, ghost):
    kept, wide = (reader("stranger").get(f"/anggaran/asal/{path}") for path in ("tak-diusulkan/?agency=x&q=turap", "daftar/?region=61&q=turap"))
    assert (kept.status_code, wide.status_code) == (400, 400)
    assert 'value="turap"' in text(kept), "what was typed stays"
    assert "satu kabupaten" in text(wide)
    assert reader("stranger").get("/anggaran/asal/?region=99.99").status_code == 404
    assert reader("stranger").get("/anggaran/asal/?plan_year=abc").status_code == 200
    assert reader("stranger").get("/anggaran/asal/pokir/?region=61").status_code == 400


def test_the_agency_explains_a_line_on_its_page_and_a_refusal_keeps_what_was_typed(reader, people, ghost):
    page, officer = f"/anggaran/asal/{ghost.pk}/", reader("agency_officer")
    assert "Jelaskan asalnya" in text(officer.get(page))
    assert "Jelaskan asalnya" not in text(reader("resident").get(page))
    refused = officer.post(f"{page}penjelasan/", {"origin": "agency", "reference": "Renja 7", "words": "pendek", "seen": "0"})
    assert refused.status_code == 400
    assert 'value="Renja 7"' in text(refused)
    assert officer.post(f"{page}penjelasan/", {"origin": "agency", "reference": "Renja 7", "words": REASON, "seen": "0"}).status_code == 303
    assert OriginStatement.objects.get().reference == "Renja 7"
    assert "Dijelaskan kemudian" in text(reader("stranger").get("/anggaran/asal/tak-diusulkan/"))


def test_a_village_points_at_its_proposal_and_the_planner_agrees_on_the_page(reader, people, plan):
    ghost = a_line(people, region_id=cast.SUBDISTRICT)
    page, proposal = f"/anggaran/asal/{ghost.pk}/", make.proposal(of=plan)
    theirs = make.proposal(of=plan, village=cast.NEXT_VILLAGE)
    village, planner = reader("facilitator"), reader("planner")
    offered = text(village.get(page))
    assert (proposal.number in offered, theirs.number in offered) == (True, False), "its own proposals are offered, and no refusal beside them"
    assert theirs.number in text(planner.get(page))
    assert village.post(f"{page}klaim/", {"proposal": "6112-2028-9999", "words": REASON}).status_code == 400
    assert village.post(f"{page}klaim/", {"proposal": proposal.number, "words": REASON}).status_code == 303
    claim = OriginClaim.objects.get()
    settle = f"/anggaran/asal/klaim/{claim.pk}/"
    assert village.post(settle, {"verb": "confirm", "work": str(ghost.pk)}).status_code == 403
    assert "Ya, ini usulan tersebut" in text(planner.get(page))
    assert planner.post(settle, {"verb": "refuse", "work": str(ghost.pk), "reason": "bukan"}).status_code == 400
    assert planner.post(settle, {"verb": "confirm", "work": str(ghost.pk)}).status_code == 303
    assert FundedWork.objects.get(pk=ghost.pk).proposal == proposal
    assert "Ditemukan dalam anggaran" in text(reader("stranger").get(f"/usulan/{proposal.number}/"))


def test_who_has_no_name_is_asked_to_sign_in(reader, people, ghost):
    answer = reader("stranger").post(f"/anggaran/asal/{ghost.pk}/penjelasan/", {"origin": "agency"})
    assert answer.status_code in (302, 401)
    assert reader("stranger").get("/kerja/kewenangan/").status_code == 302


def test_a_proposals_page_says_why_it_climbs_and_its_office_sends_it_another_way(reader, people, plan):
    authority(plan, "district", sector="road")
    proposal = make.proposal(of=plan)
    page = f"/usulan/{proposal.number}/jalur/"
    assert "Mengapa usulan ini naik ke kecamatan?" in text(reader("stranger").get(f"/usulan/{proposal.number}/"))
    assert "kewenangan kabupaten" in text(reader("stranger").get(page))
    head = reader("village_head")
    refused = head.post(page, {"target": "village", "funding_source": "ministry_budget", "reason": REASON, "seen": "0"})
    assert (refused.status_code, REASON in text(refused)) == (400, True)
    assert head.post(page, {"target": "climbs", "funding_source": "ministry_budget", "reason": REASON, "seen": "0"}).status_code == 303
    assert RouteDecision.objects.get().signed_by == people.village_head
    assert REASON in text(reader("stranger").get(page))
    assert reader("resident").post(page, {"target": "climbs", "funding_source": "ministry_budget", "reason": REASON}).status_code == 403


def test_the_planner_keeps_authorities_by_form_and_by_sheet(reader, people, plan):
    planner, page = reader("planner"), "/kerja/kewenangan/"
    assert planner.post(f"{page}bawaan/", {"cycle": plan.pk}).status_code == 303
    assert planner.post(f"{page}sahkan/", {"cycle": plan.pk}).status_code == 303
    assert AuthorityRule.objects.filter(verified_by=people.planner).count() == 15
    wish = {"cycle": plan.pk, "sector": "road", "authority": "province", "legal_basis": "Perbup 5/2026", "version": "1"}
    assert planner.post(page, {**wish, "legal_basis": ""}).status_code == 400
    assert planner.post(page, wish).status_code == 303
    assert planner.post(page, wish).status_code in (303, 409)
    out = b"".join(planner.get(f"{page}lembar.csv?tahun={plan.pk}")).decode()
    assert "road,provinsi" in out
    wrong = SimpleUploadedFile("k.csv", out.replace("provinsi", "raja").encode())
    answer = planner.post(f"{page}unggah/", {"cycle": plan.pk, "sheet": wrong})
    assert (answer.status_code, "kewenangan</td>" in text(answer)) == (400, True)
    good = SimpleUploadedFile("k.csv", out.replace("provinsi", "pusat").encode())
    assert planner.post(f"{page}unggah/", {"cycle": plan.pk, "sheet": good}).status_code == 303
    assert AuthorityRule.objects.get(sector="road").authority == "nation"
    assert planner.post(f"{page}unggah/", {"cycle": plan.pk}).status_code == 400


def test_authorities_are_kept_by_their_own_planner_alone(reader, people, plan):
    for name, status in (("foreign_planner", 403), ("facilitator", 403)):
        assert reader(name).post("/kerja/kewenangan/bawaan/", {"cycle": plan.pk}).status_code == status
    assert 'class="empty"' in text(reader("facilitator").get("/kerja/kewenangan/"))
    assert reader("planner").post("/kerja/kewenangan/bawaan/", {"cycle": "x"}).status_code == 404


def test_pokir_and_village_read_of_each_other_on_both_pages(reader, people, plan):
    village, pokir = make.proposal(of=plan), make.proposal(of=plan, channel="council", sponsor="H. Syarif")
    a_pair(village, pokir)
    assert f"usulan desa {village.number}" in text(reader("stranger").get(f"/usulan/{pokir.number}/"))
    assert f"Pokir {pokir.number}" in text(reader("stranger").get(f"/usulan/{village.number}/"))
    page = text(reader("council_secretary").get(f"/anggaran/asal/pokir/?region={cast.HOME}"))
    assert village.title in page
    assert "Buka satu pasangan" in page


def test_authorities_come_by_pages_and_ask_no_more_for_many(reader, people, plan):
    planner, page = reader("planner"), "/kerja/kewenangan/"
    authority(plan, "village", sector="road")
    few = asked(planner, page)
    for place in range(24):
        entry = make.dictionary_entry(of=plan, code=f"J{place}", name=f"Pekerjaan {place:02d}")
        authority(plan, "district", sector="road", work_code=entry.code)
    assert asked(planner, page) <= few + 1, "the names of the works come in one question"
    first = planner.get(page)
    assert 'rel="next"' in text(first)
    rule = AuthorityRule.objects.order_by("-pk").first()
    assert f'value="{rule.work_code}"' in text(planner.get(f"{page}?ubah={rule.pk}"))


def test_a_village_names_who_receives_its_grant_and_the_office_confirms_it_on_the_same_page(reader, people, plan):
    proposal = make.proposal(of=plan, dictionary_entry=make.dictionary_entry(of=plan, kind="grant"))
    page, form = f"/usulan/{proposal.number}/jalur/", f"/usulan/{proposal.number}/penerima/"
    assert "Penerimanya belum disebutkan" in text(reader("stranger").get(page))
    assert f'action="{form}"' not in text(reader("stranger").get(page))
    said = {"name": "Kelompok Tani Karya Bersama", "form": "association", "registration": "AHU-0012345.AH.01.07 Tahun 2026", "seen": "0"}
    refused = reader("facilitator").post(form, {**said, "registration": ""})
    assert refused.status_code == 400
    assert "Kelompok Tani Karya Bersama" in text(refused)
    assert text(refused).count("Tulis nomor SK atau akta") == 2, "once above the form, once at its field"
    assert reader("facilitator").post(form, said).status_code == 303
    assert "Suratnya masih harus diperiksa instansi." in text(reader("stranger").get(page))
    assert reader("planner").post(form, said).status_code == 409, "the planner has not read what the village said"
    assert reader("planner").post(form, {**said, "seen": "1"}).status_code == 303
    assert "Instansi sudah memeriksa suratnya" in text(reader("stranger").get(page))
    assert "Penerima hibah" not in text(reader("stranger").get(f"/usulan/{make.proposal(of=plan).number}/jalur/"))

"""Sheets on pages: what each row would become is seen before it is written, by its sender alone, with and without scripts."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from proposals import tallies
from proposals.models import Proposal, SheetJob
from proposals.services import sheet_work
from proposals.stages import Outcome, Stage
from tests import cast, make
from tests.frontend.html import read

pytestmark = pytest.mark.django_db
HEADER = "id_sumber,judul_usulan,permasalahan,volume,satuan,harga_satuan,anggaran"
GOOD = "1,Rabat beton gang melati,Becek,100,m,100000,10000000"
BAD = "2,Pos,Becek,tiga,unit,,0"


@pytest.fixture(autouse=True)
def kept_apart(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


def window(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def send(client: Client, *lines: str, region: str = cast.VILLAGE, **more):
    file = SimpleUploadedFile("usulan.csv", "\n".join([HEADER, *lines]).encode())
    return client.post("/kerja/impor/", {"region": region, "plan_year": "2028", "file": file, **more})


def test_a_sheet_is_sent_looked_at_and_taken_in(people: cast.Cast) -> None:
    make.cycle()
    client = window(people.facilitator)
    answer = send(client, GOOD)
    assert answer.status_code == 303
    page = answer["Location"]
    job = SheetJob.objects.get()
    waiting = client.get(page).content.decode()
    assert 'http-equiv="refresh"' in waiting
    assert "<noscript>" in waiting
    sheet_work.perform_job(job.pk)
    assert "Masukkan 1 baris" in client.get(page).content.decode()
    assert client.post(f"{page}masukkan/").status_code == 303
    sheet_work.perform_job(job.pk)
    done = client.get(page).content.decode()
    assert Proposal.objects.get().number in done
    assert read(done).faults == []


def test_rows_in_error_are_shown_with_row_and_column_and_as_a_table_to_download(people: cast.Cast) -> None:
    make.cycle()
    client = window(people.facilitator)
    page = send(client, GOOD, BAD)["Location"]
    sheet_work.perform_job(SheetJob.objects.get().pk)
    shown = client.get(page).content.decode()
    assert "<code>volume</code>" in shown
    assert 'name="only_good"' in shown
    assert read(shown).faults == []
    table = b"".join(client.get(f"{page}perbaikan.csv").streaming_content).decode()
    assert table.startswith("\ufeff")
    assert "3,volume" in table


@pytest.mark.parametrize(("field", "value", "status"), [("plan_year", "dua ribu", 409), ("region", cast.NEXT_VILLAGE, 403), ("region", "x", 400)])
def test_a_refusal_keeps_the_form_and_says_why(people: cast.Cast, field: str, value: str, status: int) -> None:
    make.cycle()
    answer = send(window(people.facilitator), GOOD, **{field: value})
    assert answer.status_code == status
    assert read(answer.content.decode()).faults == []
    assert not SheetJob.objects.exists()


def test_nothing_chosen_is_said_beside_the_field(people: cast.Cast) -> None:
    make.cycle()
    answer = window(people.facilitator).post("/kerja/impor/", {"region": cast.VILLAGE, "plan_year": "2028"})
    assert answer.status_code == 400
    assert answer.context["form"].errors["file"]


def test_who_may_not_import_reads_who_may(people: cast.Cast) -> None:
    answer = window(people.resident).get("/kerja/impor/")
    assert answer.context["form"] is None
    assert send(window(people.resident), GOOD).status_code == 404
    assert Client().get("/kerja/impor/").status_code == 302


@pytest.mark.parametrize("path", ["", "masukkan/", "perbaikan.csv"])
def test_somebody_elses_sheet_does_not_exist(people: cast.Cast, path: str) -> None:
    make.cycle()
    page = send(window(people.facilitator), GOOD)["Location"]
    other = window(people.village_head)
    assert (other.post if path == "masukkan/" else other.get)(page + path).status_code == 404
    assert other.get(f"/kerja/lembar/{SheetJob.objects.get().pk}/sejauh/").status_code == 404


def test_a_page_that_waits_is_told_how_far_it_is(people: cast.Cast) -> None:
    make.cycle()
    client = window(people.facilitator)
    send(client, GOOD)
    job = SheetJob.objects.get()
    SheetJob.objects.update(status="running", done=412, total=1180)
    told = client.get(f"/kerja/lembar/{job.pk}/sejauh/").json()
    assert told["moving"] is True
    assert "412" in told["words"]
    assert "1.180" in told["words"]


def test_a_file_is_asked_for_and_downloaded(people: cast.Cast) -> None:
    make.proposals(2)
    client = window(people.resident)
    answer = client.post("/kerja/unduhan/", {"kind": "form", "region": cast.HOME, "plan_year": "2028", "query": "stage=village&evil=1"})
    job = SheetJob.objects.get()
    assert (answer.status_code, job.options["query"]) == (303, f"region={cast.HOME}&plan_year=2028&stage=village")
    assert read(client.get(answer["Location"]).content.decode()).faults == []
    sheet_work.perform_job(job.pk)
    assert read(client.get(answer["Location"]).content.decode()).faults == []
    file = client.get(f"/kerja/unduhan/{job.pk}/berkas/")
    assert "usulan-61.12-2028.xlsx" in file["Content-Disposition"]
    assert window(people.planner).get(f"/kerja/unduhan/{job.pk}/berkas/").status_code == 404


def test_a_wrong_region_is_said_beside_its_field(people: cast.Cast) -> None:
    answer = window(people.resident).post("/kerja/unduhan/", {"kind": "form", "region": "99", "plan_year": ""})
    assert answer.status_code == 400
    assert "region" in answer.context["form"].errors


@pytest.mark.parametrize("path", ["/kerja/impor/", "/kerja/unduhan/"])
def test_empty_lists_say_what_to_do(people: cast.Cast, path: str) -> None:
    assert read(window(people.planner).get(path).content.decode()).faults == []


def test_the_empty_form_can_be_filled_in_and_sent(people: cast.Cast) -> None:
    import io

    import openpyxl

    make.cycle()
    book = openpyxl.load_workbook(io.BytesIO(b"".join(Client().get("/kerja/impor/formulir.xlsx").streaming_content)))
    header = [cell.value for cell in book.worksheets[0][1]]
    values = {"judul_usulan": "Jembatan Dusun Karya", "volume": 1.5, "satuan": "meter", "harga_satuan": 2_000_000, "bidang": "Jalan dan jembatan"}
    book.worksheets[0].append([values.get(name) for name in header])
    out = io.BytesIO()
    book.save(out)
    client = window(people.facilitator)
    file = SimpleUploadedFile("formulir.xlsx", out.getvalue())
    page = client.post("/kerja/impor/", {"region": cast.VILLAGE, "plan_year": "2028", "file": file})["Location"]
    job = sheet_work.perform_job(SheetJob.objects.get().pk)
    assert (job.status, job.result.get("faults"), job.result["counts"]["created"]) == ("checked", [], 1)
    client.post(f"{page}masukkan/")
    sheet_work.perform_job(job.pk)
    made = Proposal.objects.get()
    assert (made.amount, made.unit, str(made.volume), made.sector) == (3_000_000, "m", "1.500", "road")


def test_the_recap_counts_each_village_at_its_step(people: cast.Cast) -> None:
    make.proposal(stage=Stage.SUBDISTRICT)
    make.proposal(stage=Stage.SUBDISTRICT, outcome=Outcome.REJECTED)
    make.proposal(stage=Stage.DISTRICT, amount=7_000_000)
    make.proposal(village=cast.FAR_VILLAGE, stage=Stage.AGENCY)
    make.proposal(stage=Stage.VILLAGE)
    tallies.fold()
    make.proposal(village=cast.FAR_VILLAGE, stage=Stage.DISTRICT, amount=5)
    answer = Client().get(f"/wilayah/{cast.HOME}/rekap/")
    lines = {line.village: line for line, _figures in answer.context["lines"] if line.village}
    assert lines["Kapur"].head == people.village_head.display_name
    assert lines["Kapur"].figures == (3, 0, 0, 3, 1, 1, 1, 0, 0, 1, 7_000_000)
    assert [figure for _name, figure in answer.context["total"]] == [5, 0, 0, 5, 1, 1, 3, 1, 0, 2, 7_000_005]
    assert answer.content.decode().count('data-label="Forum SKPD: diteruskan"') == len(answer.context["lines"]) + 1
    assert read(answer.content.decode()).faults == []


def test_the_recap_of_words_counts_the_proposals_themselves(people: cast.Cast) -> None:
    from django.http import QueryDict

    from proposals.filters import ProposalFilter
    from proposals.sheets import recaps

    make.proposal(stage=Stage.AGENCY, title="Sumur bor Dusun Karya")
    make.proposal(stage=Stage.AGENCY)
    asked = ProposalFilter(QueryDict(f"region={cast.HOME}&q=sumur"), queryset=Proposal.objects.public()).or_refuse()
    assert list(recaps.recap(asked))[-1].recap.entered == 1


@pytest.mark.parametrize("villages", [1, 4])
def test_the_recap_costs_the_same_however_many_villages(people: cast.Cast, django_assert_num_queries, villages: int) -> None:
    for code in list(cast.CORNERS)[:villages]:
        make.proposal(village=code, stage=Stage.AGENCY)
    Client().get(f"/wilayah/{cast.HOME}/rekap/")
    with django_assert_num_queries(10):
        assert Client().get(f"/wilayah/{cast.HOME}/rekap/").status_code == 200


@pytest.mark.parametrize("code", ["61", cast.SUBDISTRICT, cast.VILLAGE])
def test_every_level_has_its_recap_and_nothing_else_has(people: cast.Cast, code: str) -> None:
    assert read(Client().get(f"/wilayah/{code}/rekap/").content.decode()).faults == []
    assert Client().get("/wilayah/99.99/rekap/").status_code == 404
    assert Client().get("/wilayah/entah/rekap/").status_code == 404


def test_the_desk_and_the_regions_page_lead_there(people: cast.Cast) -> None:
    desk = window(people.planner).get("/kerja/").content.decode()
    assert "/kerja/impor/" in desk
    assert "/kerja/unduhan/" in desk
    assert f"/wilayah/{cast.HOME}/rekap/" in Client().get(f"/wilayah/{cast.HOME}/").content.decode()

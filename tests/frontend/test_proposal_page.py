"""A proposal's page: what everybody reads, what only some may do, and what happens to what was typed."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from deliberation.models import Comment, Support
from proposals.models import Proposal
from proposals.stages import Outcome, Stage
from tests import make
from tests.frontend.html import read

pytestmark = pytest.mark.django_db
REASON = "Lahan belum dihibahkan, surat dari pemilik belum ada."


@pytest.fixture
def asked(people) -> Proposal:
    return make.proposal(stage=Stage.SUBDISTRICT)


def address(proposal: Proposal, tail: str = "") -> str:
    return f"/usulan/{proposal.address}/{tail}"


def test_everybody_reads_it_and_it_is_well_formed(reader, asked):
    for name in ("stranger", "resident", "newcomer", "subdistrict_officer", "moderator"):
        answer = reader(name).get(address(asked))
        assert answer.status_code == 200
        assert read(answer.content.decode()).faults == [], name


def test_its_uuid_leads_to_its_number(reader, asked):
    answer = reader("stranger").get(f"/usulan/{asked.pk}/")
    assert (answer.status_code, answer["Location"]) == (303, address(asked))


@pytest.mark.parametrize("unknown", ["6112-2028-9999", "x", "5f0c1b8e-4f0a-4d0e-9b7c-3a1d2e4f6a7b"])
def test_an_unknown_number_is_not_found(reader, unknown):
    assert reader("stranger").get(f"/usulan/{unknown}/").status_code == 404


def test_a_draft_does_not_exist_for_strangers(reader):
    draft = make.proposal(stage=Stage.DRAFT)
    assert reader("stranger").get(address(draft)).status_code == 404
    assert reader("planner").get(address(draft)).status_code == 404
    assert reader("facilitator").get(address(draft)).status_code == 200


def test_text_is_shown_as_text(reader, people):
    made = make.proposal(title='<b onclick="x">Jalan</b>', problem="<script>alert(1)</script>")
    page = reader("stranger").get(address(made)).content.decode()
    assert read(page).faults == []
    assert "<script>alert" not in page


def test_comments_cost_no_query_each(reader, asked, people, django_assert_num_queries):
    def say(count: int, first: int) -> None:
        Comment.objects.bulk_create(
            Comment(proposal=asked, seq=first + n, author=people.resident, author_role="resident", stance="support", body="Ya.", at=asked.created_at)
            for n in range(count)
        )

    client = reader("stranger")
    say(2, 1)
    with CaptureQueriesContext(connection) as few:
        client.get(address(asked))
    say(30, 10)
    with django_assert_num_queries(len(few)):
        client.get(address(asked))
    assert len(few) <= 12


def test_a_resident_supports_and_takes_it_back_with_plain_forms(reader, asked):
    client = reader("resident")
    assert client.post(address(asked, "dukungan/"), {"verb": "give"}).status_code == 303
    assert Support.objects.count() == 1
    assert "Anda mendukung usulan ini" in client.get(address(asked)).content.decode()
    client.post(address(asked, "dukungan/"), {"verb": "withdraw"})
    assert Support.objects.count() == 0


def test_who_may_not_support_reads_why(reader, asked):
    answer = reader("neighbour").post(address(asked, "dukungan/"), {"verb": "give"})
    assert answer.status_code == 403
    assert "Hanya warga desa ini" in answer.content.decode()


def test_who_is_not_signed_in_is_asked_to_and_comes_back(reader, asked):
    for tail in ("dukungan/", "tanggapan/", "langkah/"):
        answer = reader("stranger").post(address(asked, tail), {"move": "forward", "version": "1", "body": "x", "stance": "support"})
        assert answer.status_code == 302
        assert answer["Location"].startswith("/akun/masuk/?next=/"), tail


def test_a_comment_sent_twice_by_a_bad_connection_appears_once(reader, asked):
    sent = {"id": str(uuid.uuid4()), "body": "Kapan turapnya dibangun?", "stance": "question"}
    client = reader("resident")
    answers = [client.post(address(asked, "tanggapan/"), sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert client.get(address(asked)).content.decode().count("Kapan turapnya dibangun?") == 1


def test_a_comment_without_a_stance_is_given_back_as_it_was_typed(reader, asked):
    answer = reader("resident").post(address(asked, "tanggapan/"), {"body": "Tulisan panjang saya", "stance": ""})
    assert answer.status_code == 400
    assert "Tulisan panjang saya</textarea>" in answer.content.decode()
    assert read(answer.content.decode()).faults == []


def test_a_moderator_hides_with_a_reason_and_the_place_stays(reader, asked, people):
    said = Comment.objects.create(
        proposal=asked, seq=1, author=people.resident, author_role="resident", stance="objection", body="Kata kasar", at=asked.created_at
    )
    hide = address(asked, f"tanggapan/{said.pk}/sembunyikan/")
    assert reader("resident").post(hide, {"reason": "Tidak suka kata-katanya"}).status_code == 403
    assert reader("moderator").post(hide, {"reason": "Menyerang pribadi warga lain"}).status_code == 303
    page = reader("stranger").get(address(asked)).content.decode()
    assert "Kata kasar" not in page
    assert "Menyerang pribadi warga lain" in page


def test_only_who_may_decide_sees_forms_for_it(reader, asked):
    assert 'value="forward"' in reader("subdistrict_officer").get(address(asked)).content.decode()
    for name in ("stranger", "resident", "planner", "other_subdistrict_officer"):
        assert 'name="move"' not in reader(name).get(address(asked)).content.decode(), name


def test_a_decision_moves_it_on_with_the_figures_as_people_write_them(reader, asked):
    sent = {"move": "forward_adjusted", "version": asked.version, "reason": REASON, "volume": "450", "amount": "Rp 360.000.000"}
    assert reader("subdistrict_officer").post(address(asked, "langkah/"), sent).status_code == 303
    asked.refresh_from_db()
    assert (asked.stage, asked.amount, asked.volume) == (Stage.AGENCY, 360_000_000, 450)
    page = reader("stranger").get(address(asked)).content.decode()
    assert REASON in page
    assert "Rp360.000.000" in page


def test_who_decides_second_sees_what_happened_and_keeps_the_text(reader, asked):
    first = {"move": "reserve", "version": asked.version, "reason": "Menunggu sisa dana dari desa lain."}
    assert reader("subdistrict_officer").post(address(asked, "langkah/"), first).status_code == 303
    second = {"move": "return", "version": asked.version, "reason": REASON}
    answer = reader("subdistrict_officer").post(address(asked, "langkah/"), second)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert REASON in page
    assert "Menunggu sisa dana" in page
    assert read(page).faults == []


def test_a_rejection_without_reason_says_what_is_missing_beside_each_field(reader, asked):
    sent = {"move": "reject", "version": asked.version, "reason": "tidak"}
    answer = reader("subdistrict_officer").post(address(asked, "langkah/"), sent)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert 'id="id_reject_reason_error"' in page
    assert 'href="#id_reject_reason_code"' in page
    asked.refresh_from_db()
    assert asked.outcome == Outcome.OPEN


@pytest.mark.parametrize("amount", ["-5", "satu juta", "1,5", "9" * 20, "0"])
def test_an_amount_that_is_none_is_refused_beside_its_field(reader, asked, amount):
    sent = {"move": "forward_adjusted", "version": asked.version, "reason": REASON, "volume": "450", "amount": amount}
    answer = reader("subdistrict_officer").post(address(asked, "langkah/"), sent)
    assert answer.status_code == 400
    assert f'value="{amount}"' in answer.content.decode()


def test_joining_needs_a_number_that_exists(reader, asked):
    other = make.proposal(stage=Stage.SUBDISTRICT)
    sent = {"move": "merge", "version": asked.version, "reason": REASON}
    client = reader("subdistrict_officer")
    assert client.post(address(asked, "langkah/"), {**sent, "target": "0000"}).status_code == 400
    assert client.post(address(asked, "langkah/"), {**sent, "target": other.number}).status_code == 303
    assert other.title in client.get(address(asked)).content.decode()


def test_a_move_of_no_table_changes_nothing(reader, asked):
    for sent in ({"move": "fund", "version": "1"}, {"move": "nonsense"}, {}):
        answer = reader("subdistrict_officer").post(address(asked, "langkah/"), sent)
        assert answer.status_code in {303, 403, 409}
    asked.refresh_from_db()
    assert asked.version == 1


def test_a_photo_that_is_none_is_refused_with_a_sentence(reader, tmp_path, settings):
    from django.core.files.uploadedfile import SimpleUploadedFile

    settings.MEDIA_ROOT = tmp_path
    draft = make.proposal(stage=Stage.DRAFT)
    file = SimpleUploadedFile("foto.jpg", b"<script>alert(1)</script>", content_type="image/jpeg")
    answer = reader("facilitator").post(address(draft, "foto/"), {"photo": file})
    assert answer.status_code == 415
    assert 'role="alert"' in answer.content.decode()


def test_villagers_confirm_a_work_on_its_page(reader, people):
    work = make.proposal(stage=Stage.DONE, outcome=Outcome.FUNDED)
    client = reader("resident")
    assert 'value="confirm"' in client.get(address(work)).content.decode()
    assert client.post(address(work, "langkah/"), {"move": "confirm", "version": work.version}).status_code == 303
    work.refresh_from_db()
    assert work.realisation == "confirmed"

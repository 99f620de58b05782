"""The signed scan locks a paper; an addendum corrects it; photos are papers too; and a stage knows what it is owed."""

import uuid

import pytest

from accounts.models import AuditEntry
from accounts.refusals import Conflict, Invalid, Refusal
from deliberation.models import Document, DocumentFile
from deliberation.records import reading, services
from deliberation.words import DocumentState
from proposals.models import StageWindow
from tests import cast, make
from tests.deliberation.records import stage
from tests.proposals import pictures

pytestmark = pytest.mark.django_db
REASON = "Nama ketua salah tulis pada halaman pertama."
CORRECTION = {"where": "Pemimpin musyawarah", "written": "H. Usman Ali", "should": "H. Usman Aly"}


@pytest.fixture
def meeting(people: cast.Cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    made = stage.closed_meeting(people)
    stage.attend(made, people.village_head, 3)
    stage.decide(made, make.proposal(), people.village_head)
    return made


@pytest.fixture
def papers(meeting, people):
    return services.issue(meeting_id=meeting.pk, actor=people.village_head)


def test_one_scan_signs_the_record_with_the_annexes_bound_into_it(meeting, papers, people):
    signed = services.sign(meeting_id=meeting.pk, actor=people.village_head, document_ids=[one.pk for one in papers], contents=[pictures.jpeg()])

    assert {one.state for one in signed} == {DocumentState.SIGNED}
    assert DocumentFile.objects.filter(kind="scan").count() == len(papers)
    assert AuditEntry.objects.filter(action="deliberation.document.sign").count() == len(papers)


def test_the_same_scan_again_is_the_same_scan(meeting, papers, people):
    for _again in range(2):
        services.sign(meeting_id=meeting.pk, actor=people.village_head, document_ids=[papers[0].pk], contents=[pictures.jpeg()])

    assert DocumentFile.objects.filter(kind="scan").count() == 1
    assert AuditEntry.objects.filter(action="deliberation.document.sign").count() == 1


@pytest.mark.parametrize("content", [b"", b"<html><script>alert(1)</script>", b"%PDF-1.7\n/JavaScript\n%%EOF", b"PK\x03\x04"])
def test_what_is_no_scan_is_refused_by_its_content_and_signs_nothing(meeting, papers, people, content):
    with pytest.raises(Refusal):
        services.sign(meeting_id=meeting.pk, actor=people.village_head, document_ids=[papers[0].pk], contents=[content])

    assert Document.objects.get(pk=papers[0].pk).state == DocumentState.ISSUED
    assert not DocumentFile.objects.exists()


def test_a_draft_cannot_be_signed_because_nobody_has_printed_it(meeting, people):
    draft = services.prepare(meeting_id=meeting.pk, actor=people.village_head, sent={"record_number": "1"})

    with pytest.raises(Conflict):
        services.sign(meeting_id=meeting.pk, actor=people.village_head, document_ids=[draft.pk], contents=[pictures.jpeg()])


def test_a_paper_of_another_meeting_is_not_signed_here(meeting, papers, people):
    other = stage.closed_meeting(people, title="Lain")

    with pytest.raises(Refusal) as refused:
        services.sign(meeting_id=other.pk, actor=people.village_head, document_ids=[papers[0].pk], contents=[pictures.jpeg()])
    assert refused.value.status == 404


def test_an_addendum_has_a_code_of_its_own_and_leaves_the_paper_as_it_was(meeting, papers, people):
    record = next(one for one in papers if one.kind == "record")
    key = uuid.uuid4()
    first = services.correct(
        meeting_id=meeting.pk, actor=people.village_head, document_id=record.pk, reason=REASON, corrections=[CORRECTION], key=key
    )
    again = services.correct(
        meeting_id=meeting.pk, actor=people.village_head, document_id=record.pk, reason=REASON, corrections=[CORRECTION], key=key
    )
    second = services.correct(
        meeting_id=meeting.pk, actor=people.village_head, document_id=record.pk, reason=REASON, corrections=[CORRECTION], key=uuid.uuid4()
    )

    assert (first.number, again.pk, second.number) == (1, first.pk, 2)
    assert first.snapshot["corrects"] == {"title": "Berita Acara", "code": record.printed_code, "sha256": record.sha256, "record_number": ""}
    assert Document.objects.get(pk=record.pk).snapshot == record.snapshot
    with pytest.raises(Conflict):
        services.correct(
            meeting_id=meeting.pk, actor=people.village_head, document_id=first.pk, reason=REASON, corrections=[CORRECTION], key=uuid.uuid4()
        )


@pytest.mark.parametrize(
    ("reason", "corrections", "field"),
    [
        ("Singkat", [CORRECTION], "reason"),
        (REASON, [], "corrections"),
        (REASON, [{"where": "", "written": "a", "should": ""}], "corrections"),
        (REASON, [CORRECTION] * 21, "corrections"),
        (REASON, "x", "corrections"),
        (REASON + "\x00", [CORRECTION], "reason"),
    ],
)
def test_an_addendum_says_what_and_why(papers, people, reason, corrections, field):
    with pytest.raises(Invalid) as refused:
        services.correct(
            meeting_id=papers[0].meeting_id,
            actor=people.village_head,
            document_id=papers[0].pk,
            reason=reason,
            corrections=corrections,
            key=uuid.uuid4(),
        )
    assert field in refused.value.fields


def test_the_draft_keeps_what_only_people_know_and_tells_who_came_second(meeting, people):
    draft = services.prepare(
        meeting_id=meeting.pk, actor=people.village_head, sent={"record_number": "140/12/2027", "signers": "Ketua BPD; Haji Usman"}
    )
    assert draft.texts["signers"] == [{"capacity": "Ketua BPD", "name": "Haji Usman", "line": ""}]
    with pytest.raises(Conflict):
        services.prepare(meeting_id=meeting.pk, actor=people.village_head, sent={"record_number": "2"}, version=draft.version - 1)

    paper = services.issue(meeting_id=meeting.pk, actor=people.village_head, kinds=["record"])[0]

    assert paper.pk == draft.pk
    assert paper.snapshot["texts"]["record_number"] == "140/12/2027"
    with pytest.raises(Conflict):
        services.prepare(meeting_id=meeting.pk, actor=people.village_head, sent={"record_number": "3"})


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"signed_on": "kemarin"}, "signed_on"),
        ({"record_number": "x" * 201}, "record_number"),
        ({"signers": "a;b;c;d"}, "signers"),
        ({"signers": "\n".join(["a"] * 30)}, "signers"),
        ({"materials": 7}, "materials"),
        ({"clauses": {"penutup": "x" * 2001}}, "clause_penutup"),
        ({"clauses": "x"}, "clauses"),
    ],
)
def test_a_draft_names_every_field_that_is_wrong(meeting, people, sent, field):
    with pytest.raises(Invalid) as refused:
        services.prepare(meeting_id=meeting.pk, actor=people.village_head, sent=sent)
    assert field in refused.value.fields


def test_a_clause_is_unverified_until_a_planner_names_the_regulation(meeting, people):
    planner = people.planner
    with pytest.raises(Invalid):
        services.word(
            cycle_id=meeting.cycle_id, actor=planner, meeting_kind="village_plan", place="dasar", words="Sesuai peraturan.", is_verified=True
        )
    services.word(
        cycle_id=meeting.cycle_id,
        actor=planner,
        meeting_kind="village_plan",
        place="dasar",
        words="Sesuai Peraturan Bupati tentang musrenbang.",
        legal_basis="Perbup 1/2027",
        is_verified=True,
    )
    record = services.issue(meeting_id=meeting.pk, actor=people.village_head, kinds=["record"])[0]

    told = {clause["place"]: clause for clause in record.snapshot["clauses"]}
    assert told["dasar"] == {
        "place": "dasar",
        "heading": "",
        "text": "Sesuai Peraturan Bupati tentang musrenbang.",
        "source": "profile",
        "basis": "Perbup 1/2027",
        "verified": True,
    }
    assert told["penutup"]["verified"] is False
    with pytest.raises(Refusal):
        services.word(cycle_id=meeting.cycle_id, actor=people.village_head, meeting_kind="village_plan", place="dasar", words="Sesuai peraturan.")


def test_a_stage_is_owed_papers_until_their_scans_are_there_and_photos_until_there_is_one(meeting, papers, people):
    window = StageWindow.objects.get(cycle=meeting.cycle, stage=meeting.stage)
    window.required_documents = ["record", "attendance", "photos"]
    make.a_meeting(state="cancelled", title="Batal")
    owed = reading.documents_missing(window)
    assert [(one.meeting.pk, [kind.value for kind in one.kinds]) for one in owed] == [(meeting.pk, ["record", "attendance", "photos"])]

    scanned = [one.pk for one in papers if one.kind in ("record", "attendance")]
    services.sign(meeting_id=meeting.pk, actor=people.village_head, document_ids=scanned, contents=[pictures.jpeg()])
    services.add_photo(meeting_id=meeting.pk, actor=people.village_head, content=pictures.jpeg())

    assert reading.documents_missing(window) == []


def test_a_photo_is_kept_once_and_taken_away_with_its_file(meeting, people):
    photo, is_new = services.add_photo(meeting_id=meeting.pk, actor=people.village_head, content=pictures.jpeg(), caption="Suasana")
    _same, again = services.add_photo(meeting_id=meeting.pk, actor=people.village_head, content=pictures.jpeg())
    assert (is_new, again) == (True, False)
    with pytest.raises(Refusal):
        services.remove_photo(meeting_id=meeting.pk, actor=people.resident, sha256=photo.sha256)
    services.remove_photo(meeting_id=meeting.pk, actor=people.village_head, sha256=photo.sha256)
    assert not DocumentFile.objects.exists()


def test_what_an_addendum_corrects_on_the_attendance_list_is_nobodys_to_read_but_the_officials(meeting, papers, people, client):
    roll = next(one for one in papers if one.kind == "attendance")
    named = {"where": "Nomor 1", "written": "Peserta Rahasia 1", "should": "Peserta Rahasiah 1"}
    made = services.correct(
        meeting_id=meeting.pk,
        actor=people.village_head,
        document_id=roll.pk,
        reason="Nama Peserta Rahasia 1 salah tulis.",
        corrections=[named],
        key=uuid.uuid4(),
    )
    for address in (f"/periksa/{made.code}/", f"/api/v1/meetings/{meeting.pk}/documents/{made.code}/"):
        answer = client.get(address, follow=True)
        assert answer.status_code == 200
        assert "Rahasia" not in answer.content.decode()

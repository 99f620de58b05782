"""A paper follows the facts until it is issued, and never after."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEntry
from accounts.refusals import Conflict, Invalid, Refusal
from deliberation.ballots.services.closing import close_ballot
from deliberation.ballots.services.publishing import publish_ballot
from deliberation.meetings.rows import loaded_meeting
from deliberation.models import Document
from deliberation.records import canonical, seals, services, short_code, snapshots
from deliberation.records.paper import html_of_draft
from deliberation.words import DocumentKind, DocumentState
from tests import cast, make
from tests.deliberation.ballots import drawn_up as up
from tests.deliberation.records import stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(people: cast.Cast):
    made = stage.closed_meeting(people)
    stage.attend(made, people.village_head, 7)
    for move in ("forward", "reserve", "reject"):
        stage.decide(made, make.proposal(title=f"Usulan {move}"), people.village_head, move)
    stage.send(made, people.village_head)
    return made


def test_issuing_freezes_every_paper_of_the_form_with_its_code_and_hash(meeting, people):
    papers = services.issue(meeting_id=meeting.pk, actor=people.village_head)

    assert [paper.kind for paper in papers] == ["attendance", "delegates", "minutes", "not_accommodated", "priorities", "record"]
    for paper in Document.objects.filter(meeting=meeting):
        assert paper.state == DocumentState.ISSUED
        assert paper.sha256 == canonical.digest(paper.snapshot)
        assert short_code.parse(paper.code) == paper.code
    told = AuditEntry.objects.filter(action="deliberation.document.issue")
    assert {entry.changes["sha256"] for entry in told} == set(Document.objects.values_list("sha256", flat=True))


def test_the_record_names_its_annexes_with_their_codes_because_they_belong_together(meeting, people):
    papers = {paper.kind: paper for paper in services.issue(meeting_id=meeting.pk, actor=people.village_head)}

    annexes = papers["record"].snapshot["annexes"]
    assert [(annex["name"], annex["title"]) for annex in annexes][:2] == [("Lampiran I", "Daftar Hadir"), ("Lampiran II", "Daftar Usulan Prioritas")]
    assert annexes[0]["code"] == papers["attendance"].printed_code


def test_issuing_twice_is_issuing_once_because_a_second_press_is_an_accident(meeting, people):
    first = services.issue(meeting_id=meeting.pk, actor=people.village_head)
    again = services.issue(meeting_id=meeting.pk, actor=people.village_head)

    assert [paper.code for paper in again] == [paper.code for paper in first]
    assert AuditEntry.objects.filter(action="deliberation.document.issue").count() == len(first)


def test_a_fact_that_changes_after_issuing_does_not_change_the_paper(meeting, people):
    before = {paper.kind: paper.snapshot for paper in services.issue(meeting_id=meeting.pk, actor=people.village_head)}

    stage.attend(meeting, people.village_head, 1, first=50)
    meeting.decisions.update(reason="Diubah belakangan")
    type(meeting).objects.filter(pk=meeting.pk).update(chair_name="Orang lain")
    services.issue(meeting_id=meeting.pk, actor=people.village_head)

    assert {paper.kind: paper.snapshot for paper in Document.objects.filter(meeting=meeting)} == before


def test_the_database_itself_refuses_to_change_or_delete_an_issued_paper(meeting, people):
    services.issue(meeting_id=meeting.pk, actor=people.village_head, kinds=["attendance"])

    for change in ({"snapshot": {}}, {"sha256": "0" * 64}, {"code": short_code.draw()}, {"state": "draft"}, {"number": 4}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Document.objects.filter(meeting=meeting).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(meeting=meeting).delete()


def test_only_a_closed_meeting_is_issued_because_an_open_one_still_decides(people):
    still = make.a_meeting(state="open", convened_by=people.village_head)

    with pytest.raises(Conflict, match=r"[Cc]lose the meeting|Tutup"):
        services.issue(meeting_id=still.pk, actor=people.village_head)


@pytest.mark.parametrize("who", ["stranger", "resident", "neighbour", "planner", "auditor", "subdistrict_officer"])
def test_whoever_does_not_run_the_meeting_issues_nothing(meeting, people, who):
    with pytest.raises(Refusal) as refused:
        services.issue(meeting_id=meeting.pk, actor=getattr(people, who))

    assert refused.value.status == (401 if who == "stranger" else 403)
    assert not Document.objects.exists()


def test_a_paper_that_this_kind_of_meeting_does_not_leave_is_refused(meeting, people):
    for kinds in (["photos"], ["x"], []):
        with pytest.raises(Invalid):
            services.issue(meeting_id=meeting.pk, actor=people.village_head, kinds=kinds)


def test_the_lists_follow_the_last_decision_about_each_proposal(people):
    meeting = stage.closed_meeting(people)
    changed, stayed = make.proposal(title="Berubah"), make.proposal(title="Tetap")
    stage.decide(meeting, changed, people.village_head, "reserve")
    stage.decide(meeting, stayed, people.village_head, "forward")
    stage.decide(meeting, changed, people.village_head, "forward")
    waiting = make.proposal(title="Belum")
    make.an_item(meeting, waiting)

    first = snapshots.current(meeting, DocumentKind.PRIORITIES)
    others = snapshots.current(meeting, DocumentKind.NOT_ACCOMMODATED)

    assert [row["proposal"]["title"] for row in first["rows"]] == ["Tetap", "Berubah"]
    assert first["sum"] == changed.amount + stayed.amount
    assert others["reserved"] == []
    assert [row["proposal"]["title"] for row in others["undecided"]] == ["Belum"]


def test_what_left_the_meeting_while_it_sat_is_not_told_as_undecided(people):
    meeting = stage.closed_meeting(people)
    for title, fields in (("Ditarik", {"outcome": "withdrawn"}), ("Sudah naik", {"stage": "subdistrict"}), ("Menunggu", {})):
        make.an_item(meeting, make.proposal(title=title, **fields))
    told = {row["proposal"]["title"]: row["standing"] for row in snapshots.current(meeting, DocumentKind.NOT_ACCOMMODATED)["undecided"]}
    assert told == {"Ditarik": "Dicabut oleh pengusulnya", "Sudah naik": "Diputuskan di luar rapat ini", "Menunggu": ""}


def test_an_item_that_was_begun_is_not_told_as_never_discussed(people):
    meeting = stage.closed_meeting(people)
    make.an_item(meeting, make.proposal(title="Sempat dibahas"), state="waiting", started_at=stage.DAY)
    told = {item["title"]: item["state"] for item in snapshots.current(meeting, DocumentKind.MINUTES)["items"]}
    assert told["Sempat dibahas"] == "Belum selesai dibahas"


def test_the_meetings_ranking_orders_the_priority_list_and_a_deviation_carries_its_sentence(people):
    from deliberation.models import Ranking

    meeting = stage.closed_meeting(people)
    one, two = make.proposal(title="Satu"), make.proposal(title="Dua")
    for proposal in (one, two):
        stage.decide(meeting, proposal, people.village_head)
    common = {"meeting": meeting, "set_by": people.village_head, "set_at": stage.DAY}
    Ranking.objects.create(proposal=two, place=1, computed_place=2, reason="Jembatan putus sejak Desember.", **common)
    Ranking.objects.create(proposal=one, place=2, computed_place=2, **common)

    rows = snapshots.current(meeting, DocumentKind.PRIORITIES)["rows"]

    assert [(row["proposal"]["title"], row["rank_reason"]) for row in rows] == [("Dua", "Jembatan putus sejak Desember."), ("Satu", "")]


def test_what_the_meeting_did_not_rank_is_printed_in_the_order_that_its_page_shows_and_says_so(people, monkeypatch):
    """Page and paper had two orders: by the computed places the one, by the numbers of the decisions the other."""
    meeting = stage.closed_meeting(people)
    one, two = make.proposal(title="Satu"), make.proposal(title="Dua")
    for proposal in (one, two):
        stage.decide(meeting, proposal, people.village_head)
    assert snapshots.current(meeting, DocumentKind.PRIORITIES)["rows"][0]["proposal"]["title"] == "Satu", "without scores by the numbers"
    monkeypatch.setattr("deliberation.meetings.computed.places.among", lambda _meeting, *_lists: {two.pk: 1, one.pk: 2})
    facts = snapshots.current(meeting, DocumentKind.PRIORITIES)
    assert [row["proposal"]["title"] for row in facts["rows"]] == ["Dua", "Satu"]
    assert "Rapat tidak menetapkan urutan" in html_of_draft(facts)


def test_a_column_that_no_fact_fills_says_so_and_a_paper_issued_before_that_stays_as_it_was(people):
    """T-D.4 asks for the priorities and targets of the kabupaten: an empty cell would look like something forgotten."""
    meeting = stage.closed_meeting(people, kind="subdistrict", stage="subdistrict", region_id=cast.SUBDISTRICT)
    stage.decide(meeting, make.proposal(title="Satu"), people.subdistrict_officer)
    facts = snapshots.current(meeting, DocumentKind.PRIORITIES)
    assert html_of_draft(facts).count("<td>Belum ditetapkan</td>") == 3, "priority, target and programme"
    earlier = {name: value for name, value in facts.items() if name != "unset"}
    assert "Belum ditetapkan" not in html_of_draft(earlier)


def test_a_snapshot_asks_the_database_as_often_for_three_hundred_proposals_as_for_three(meeting, people):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries() -> list[int]:
        counted = []
        for kind in ("record", "attendance", "minutes", "priorities", "not_accommodated", "delegates"):
            loaded = loaded_meeting(meeting.pk)
            with CaptureQueriesContext(connection) as seen:
                snapshots.current(loaded, kind)
            counted.append(len(seen))
        return counted

    few = queries()
    for proposal in make.proposals(12, title="Lagi"):
        stage.decide(meeting, proposal, people.village_head)
    stage.attend(meeting, people.village_head, 40, first=100)
    assert queries() == few


def test_a_paper_is_written_in_indonesian_whatever_language_its_maker_reads(meeting, people):
    from django.utils import translation

    with translation.override("en"):
        facts = snapshots.current(meeting, DocumentKind.ATTENDANCE)

    assert facts["title"] == "Daftar Hadir"
    assert facts["meeting"]["when"]["in_words"] == "Kamis tanggal sebelas bulan Februari tahun dua ribu dua puluh tujuh"
    assert facts["meeting"]["when"]["from"] == "09.00"
    assert facts["meeting"]["when"]["until"] == "12.30"
    assert facts["meeting"]["when"]["zone"] == "WIB"


def test_a_stored_snapshot_that_was_tampered_with_is_told_by_the_check(meeting, people):
    from django.db import connection

    paper = services.issue(meeting_id=meeting.pk, actor=people.village_head, kinds=["priorities"])[0]
    assert seals.seal_of(Document.objects.get(pk=paper.pk)).holds
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE deliberation_document DISABLE TRIGGER a_paper_stays")
        forged = {**paper.snapshot, "sum": 1}
        Document.objects.filter(pk=paper.pk).update(snapshot=forged)
        assert not seals.seal_of(Document.objects.get(pk=paper.pk)).holds
        # whoever also mends the row's hash is contradicted by the journal
        Document.objects.filter(pk=paper.pk).update(sha256=canonical.digest(forged))
        mended = seals.seal_of(Document.objects.get(pk=paper.pk))
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE deliberation_document ENABLE TRIGGER a_paper_stays")
    assert mended.snapshot_sha256 == mended.stored_sha256 != mended.journal_sha256
    assert not mended.holds


def test_a_ballot_of_the_meeting_stands_in_its_minutes_and_record_with_its_result_and_turnout(people):
    held = up.meeting(people.village_head)
    ballot = up.opened(people.village_head, scope="roll", meeting=held)
    for person in up.residents(6):
        up.on_the_roll(held, people.village_head, str(person), person)
        up.vote(ballot, person, 2)
    close_ballot(ballot_id=ballot.pk, actor=people.village_head, reason=up.REASON)
    open_still = {kind: snapshots.current(held, kind)["ballots"][0] for kind in ("minutes", "record")}
    assert {one["state"] for one in open_still.values()} == {"Hasil belum diumumkan ketika dokumen ini diterbitkan."}
    publish_ballot(ballot_id=ballot.pk, actor=people.village_head)
    for kind in ("minutes", "record"):
        facts = snapshots.current(held, kind)
        page = html_of_draft(facts)
        assert (facts["ballots"][0]["lines"][0]["votes"], facts["ballots"][0]["turnout"]["marked"]) == (6, 6)
        assert "Usulan mana yang didahulukan" in page
        assert "Ikut memilih 6 orang (daring 6, kertas 0); suara sah 6." in page

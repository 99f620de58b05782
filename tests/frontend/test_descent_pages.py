"""The pages of descent: graph, versions, carrying over, dividing."""

import pytest

from deliberation import services as talk
from proposals import services
from proposals.models import Lineage, Proposal
from proposals.stages import Outcome, Stage
from tests import cast, make
from tests.frontend.html import read
from tests.frontend.test_languages import Forgotten
from tests.proposals import told

pytestmark = pytest.mark.django_db


@pytest.fixture
def years(people):
    """Last year, which has ended, and this year."""
    return make.cycle(plan_year=2027, support_closes_at=None), make.cycle(plan_year=2028)


def ended(cycle):
    now = make.clock.now()
    cycle.windows.update(opens_at=now - 4 * make.MONTH, closes_at=now - make.MONTH)


def rejected(of, **fields) -> Proposal:
    """A proposal of an earlier year that the village head turned down, with the reason that villagers read."""
    return make.proposal(of=of, outcome=Outcome.REJECTED, **fields)


def whole(answer, status=200) -> str:
    """The page's text, once it is sound."""
    assert answer.status_code == status
    page = answer.content.decode()
    assert read(page).faults == []
    return page


def test_a_village_carries_over_many_at_once_and_finds_each_with_its_last_reason(reader, people, years):
    last, _this = years
    proposal = make.proposal(of=last)
    told.move(proposal, "reject", people.village_head, reason=told.REASON, reason_code="LOW_URGENCY")
    other = rejected(last, title="Jembatan Dusun Tani")
    rejected(last, village=cast.NEXT_VILLAGE, title="Sumur desa sebelah")
    client = reader("facilitator")
    page = whole(client.get("/kerja/bawa/"))
    assert told.REASON in page
    assert "Jembatan Dusun Tani" in page
    assert "Sumur desa sebelah" not in page, "each village its own"
    answer = client.post("/kerja/bawa/", {"plan_year": "2028", "proposal": [str(proposal.pk), str(other.pk)]}, follow=True)
    assert "2 usulan" in whole(answer)
    assert Proposal.objects.filter(stage=Stage.DRAFT, plan_year=2028, first_asked_year=2027).count() == 2
    assert "Jembatan Dusun Tani" not in whole(client.get("/kerja/bawa/"))


def test_the_list_costs_the_same_for_many(reader, years, django_assert_max_num_queries):
    client = reader("facilitator")
    client.get("/kerja/bawa/")
    make.proposals(18, of=years[0], outcome=Outcome.REJECTED)
    with django_assert_max_num_queries(12):
        whole(client.get("/kerja/bawa/"))


def test_who_writes_for_no_village_is_told_where_to_go(reader, years):
    assert "halaman" in whole(reader("planner").get("/kerja/bawa/"))


def test_the_form_of_a_carried_draft_shows_the_last_reason(reader, people, years):
    proposal = make.proposal(of=years[0])
    told.move(proposal, "reject", people.village_head, reason=told.REASON, reason_code="LOW_URGENCY")
    client = reader("facilitator")
    answer = client.post(f"/usulan/{proposal.number}/bawa/", {"plan_year": "2028"}, follow=True)
    page = whole(answer)
    assert told.REASON in page
    assert proposal.number in page


def test_the_graph_is_told_in_words_and_as_a_table_and_keeps_drafts_to_their_writers(reader, people, years):
    proposal = rejected(years[0])
    services.carry_over(proposal_id=proposal.pk, actor=people.facilitator, plan_year=2028)
    own = whole(reader("facilitator").get(f"/usulan/{proposal.number}/silsilah/"))
    assert "<table" in own
    others = whole(reader("stranger").get(f"/usulan/{proposal.number}/silsilah/"))
    assert "<table" not in others, "of a draft nobody else is told"


def test_a_refused_division_keeps_what_was_typed_beside_its_sentences(reader, people, years):
    proposal = make.proposal(of=years[1])
    client = reader("village_head")
    whole(client.get(f"/usulan/{proposal.number}/pecah/"))
    form = {
        "version": "1",
        "count": "2",
        "title-0": "Ruas utara Dusun Karya",
        "volume-0": "400",
        "title-1": "Ruas selatan Dusun Karya",
        "volume-1": "200",
    }
    page = whole(client.post(f"/usulan/{proposal.number}/pecah/", {**form, "reason": told.REASON}), 400)
    assert "Ruas selatan Dusun Karya" in page
    assert "600 m" in page
    page = whole(client.post(f"/usulan/{proposal.number}/pecah/", {**form, "then": "more"}))
    assert 'name="title-2"' in page
    answer = client.post(f"/usulan/{proposal.number}/pecah/", {**form, "volume-0": "300", "reason": told.REASON}, follow=True)
    assert "Ruas utara Dusun Karya" in whole(answer)
    assert Lineage.objects.filter(parent=proposal, kind="split").count() == 2


def test_comments_stand_on_the_page_of_what_came_after_with_their_origin(reader, people, years):
    import uuid

    proposal, target = make.proposals(2, of=years[1])
    talk.comment(comment_id=uuid.uuid4(), proposal_id=proposal.pk, actor=people.resident, body="Jembatannya sudah dua kali patah.", stance="support")
    told.move(proposal, "merge", people.village_head, reason=told.REASON, target_id=target.pk)
    page = whole(reader("stranger").get(f"/usulan/{target.number}/"))
    assert "Jembatannya sudah dua kali patah." in page
    assert f"Ditulis pada usulan {proposal.number}" in page


def test_versions_say_what_changed_and_compare_any_two(reader, people, years):
    draft = told.draft(people.facilitator)
    services.edit(
        proposal_id=draft.pk, actor=people.facilitator, version=1, fields={"location": [109.412, -0.09], "title": "Perbaikan jalan Dusun Tani"}
    )
    services.submit(proposal_id=draft.pk, actor=people.facilitator)
    number = Proposal.objects.get(pk=draft.pk).number
    own = whole(reader("facilitator").get(f"/usulan/{number}/riwayat/"))
    assert "222 m" in own, "how far the point was moved"
    assert "Perbaikan jalan Dusun Karya" in own
    compared = whole(reader("facilitator").get(f"/usulan/{number}/riwayat/?dari=1&ke=3"))
    assert "Perbaikan jalan Dusun Karya" in compared
    others = whole(reader("stranger").get(f"/usulan/{number}/riwayat/"))
    assert "Perbaikan jalan Dusun Karya" not in others, "a draft's words stay with those who could read it"
    assert whole(reader("stranger").get(f"/usulan/{number}/riwayat/?dari=1&ke=3"), 400)


def test_more_versions_and_more_descent_ask_no_more_of_the_database(reader, people, years, django_assert_num_queries):
    target = make.proposal(of=years[1])
    counts = {}
    for round_ in (1, 8):
        for one in make.proposals(round_, of=years[1]):
            told.move(one, "merge", people.village_head, reason=told.REASON, target_id=target.pk)
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        for path in ("", "silsilah/"):
            with CaptureQueriesContext(
                connection,
            ) as asked:
                whole(reader("stranger").get(f"/usulan/{target.number}/{path}"))
            counts.setdefault(path, []).append(len(asked))
    assert counts[""][0] == counts[""][1]
    assert counts["silsilah/"][0] == counts["silsilah/"][1]
    assert counts["silsilah/"][1] <= 12


@pytest.mark.parametrize("language", ["id", "en"])
def test_no_page_of_descent_keeps_a_sentence_of_the_other_language(reader, people, years, language):
    left = rejected(years[0])
    proposal, target, whole = make.proposal(of=years[0]), make.proposal(of=years[1]), make.proposal(of=years[1])
    told.move(proposal, "reject", people.village_head, reason=told.REASON, reason_code="LOW_URGENCY")
    draft, _new = services.carry_over(proposal_id=proposal.pk, actor=people.facilitator, plan_year=2028)
    services.edit(proposal_id=draft.pk, actor=people.facilitator, version=1, fields={"raised_by_women": True, "location": None, "volume": 20})
    talk.support(proposal_id=whole.pk, actor=people.resident)
    told.move(whole, "merge", people.village_head, reason=told.REASON, target_id=target.pk)
    client = reader("village_head")
    client.cookies["django_language"] = language
    paths = [
        "/kerja/bawa/",
        f"/usulan/{left.number}/",
        f"/usulan/{target.number}/pecah/",
        f"/usulan/{target.number}/",
        f"/usulan/{left.number}/riwayat/",
    ]
    paths += [f"/usulan/{one.address}/{page}/" for one in (draft, target) for page in ("silsilah", "riwayat")]
    pages = {path: whole_page(client, path) for path in [*paths, f"/usulan/{draft.pk}/riwayat/?dari=1&ke=2", f"/usulan/{draft.pk}/ubah/"]}
    pages["refused"] = client.post(f"/usulan/{target.number}/pecah/", {"version": "1", "count": "2"}).content.decode()
    assert {path: found for path, page in pages.items() if (found := Forgotten().on(page, language))} == {}


def whole_page(client, path: str) -> str:
    """A page, sound in whatever language it is."""
    return whole(client.get(path))

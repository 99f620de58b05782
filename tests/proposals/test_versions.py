"""Every version is kept whole, whoever made it and however many at once; drafts' words stay with those who could read them."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from proposals import content, services, versions
from proposals.models import Proposal, ProposalVersion
from proposals.services.by_run import Verdict
from proposals.stages import Outcome, Stage
from tests import cast, make
from tests.proposals import told


@pytest.fixture(autouse=True)
def _cycle(people):
    make.cycle()


def kept(proposal) -> list[tuple[int, str, list[str]]]:
    return list(ProposalVersion.objects.filter(proposal=proposal).order_by("version").values_list("version", "action", "changed"))


def test_every_field_of_a_proposal_is_kept_or_left_out_for_a_reason():
    fields = {field.name for field in Proposal._meta.get_fields() if field.concrete}
    assert set(content.CONTENT) | set(content.LEFT_OUT) == fields, "a new field goes into content.TEXT or PLACE, or says in LEFT_OUT why not"
    assert not set(content.CONTENT) & set(content.LEFT_OUT)


def test_every_kept_field_has_a_word_on_the_page():
    from frontend.version_words import FIELD_WORDS

    assert set(FIELD_WORDS) == set(content.CONTENT)


def test_writing_correcting_sending_and_deciding_each_leave_one_version(people):
    draft = told.draft(people.facilitator, on_behalf_of="Kelompok ibu Dusun Karya")
    services.edit(proposal_id=draft.pk, actor=people.village_head, version=1, fields={"title": "Perbaikan jalan Dusun Tani"})
    services.submit(proposal_id=draft.pk, actor=people.facilitator)
    told.move(draft, "forward_adjusted", people.village_head, volume=300, reason=told.REASON)
    assert kept(draft) == [
        (1, "proposals.draft.create", []),
        (2, "proposals.edit", ["title"]),
        (3, "proposals.move.submit", ["number", "stage"]),
        (4, "proposals.move.forward_adjusted", ["volume", "amount", "stage"]),
    ]
    rows = ProposalVersion.objects.filter(proposal=draft).order_by("version")
    assert [(row.actor, row.role) for row in rows][1] == (people.village_head, "village_head")
    assert {row.on_behalf_of for row in rows} == {"Kelompok ibu Dusun Karya"}
    assert rows[3].content == content.of(Proposal.objects.get(pk=draft.pk)), "the last version is what stands"


def test_the_same_draft_again_is_no_version(people):
    draft = told.draft(people.facilitator)
    services.save_draft(proposal_id=draft.pk, actor=people.facilitator, fields=told.entry())
    assert len(kept(draft)) == 1


def test_what_stood_before_history_began_is_written_down_with_the_first_change(people):
    proposal = make.proposal(version=4, amount=123_000_000)
    told.move(proposal, "forward", people.village_head)
    told.move(proposal, "reserve", people.subdistrict_officer, reason=told.REASON)
    assert [(version, action) for version, action, _changed in kept(proposal)] == [
        (4, "proposals.stood"),
        (5, "proposals.move.forward"),
        (6, "proposals.move.reserve"),
    ]
    first = ProposalVersion.objects.get(proposal=proposal, version=4)
    assert (first.content["amount"], first.content["stage"], first.actor) == (123_000_000, "village", proposal.author)


def test_a_run_writes_the_versions_of_all_it_moves_in_a_constant_number_of_statements(people):
    counts = []
    for number in (2, 20):
        rows = make.proposals(number, stage=Stage.BUDGET)
        verdicts = [Verdict(row.pk, "not_fund", "Pagu habis sebelum usulan ini.") for row in rows]
        with CaptureQueriesContext(connection) as asked, transaction.atomic():
            services.move_by_run(verdicts=verdicts, actor=people.budget_team)
        counts.append(sum("proposals_proposalversion" in query["sql"] for query in asked))
        assert ProposalVersion.objects.filter(proposal__in=rows, action="proposals.move.not_fund").count() == number
    assert counts[0] == counts[1] == 2


@pytest.mark.parametrize("attempt", [lambda rows: rows.update(action="proposals.edit"), lambda rows: rows.delete()])
def test_a_version_is_neither_changed_nor_removed(people, attempt):
    draft = told.draft(people.facilitator)
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        attempt(ProposalVersion.objects.filter(proposal=draft))
    assert len(kept(draft)) == 1


def test_a_drafts_words_are_told_to_those_who_could_read_the_draft(people):
    author = cast.resident_of(username="author")
    draft = told.draft(author)
    services.submit(proposal_id=draft.pk, actor=people.facilitator)
    proposal = Proposal.objects.get(pk=draft.pk)
    everybody = {**people.people(), "author": author}
    first = {name: versions.visible(proposal, person).last().version for name, person in everybody.items()}
    assert {name for name, version in first.items() if version == 1} == {"author", "facilitator", "village_head"}
    page = list(versions.visible(proposal, people.stranger))
    assert [(one.version.version, one.differences, one.is_first) for one in versions.told(page, versions.visible(proposal, people.stranger))] == [
        (2, [], True)
    ]


@pytest.mark.urls("tests.proposals.told")
def test_a_program_reads_versions_newest_first_by_cursor_and_never_a_draft_of_others(client, people):
    proposal = told.sent(people)
    told.move(proposal, "reserve", people.village_head, reason=told.REASON)
    address = f"/api/v1/proposals/{proposal.pk}/versions/"
    answer = client.get(address, {"page_size": "1"}).json()
    assert [(row["version"], row["changed"], row["content"]["outcome"]) for row in answer["results"]] == [(3, ["outcome"], "reserved")]
    rest = client.get(answer["next"]).json()["results"]
    assert [(row["version"], row["changed"]) for row in rest] == [(2, [])], "what it was as a draft is not told, nor what differs from it"
    assert client.get(address, {"cursor": "kosong"}).status_code == 400
    assert client.get(f"/api/v1/proposals/{told.draft(people.facilitator).pk}/versions/").status_code == 404


@pytest.mark.urls("tests.proposals.told")
def test_a_program_carries_over_and_divides(client, people):
    old = make.cycle(plan_year=2027)
    proposal, whole = make.proposal(of=old, outcome=Outcome.REJECTED), make.proposal()
    client.force_login(people.village_head, backend="django.contrib.auth.backends.ModelBackend")
    send = {"content_type": "application/json"}
    carried = client.post(f"/api/v1/proposals/{proposal.pk}/carry-over/", {"plan_year": 2028}, **send)
    assert (carried.status_code, carried.json()["waiting"], carried.json()["first_asked_year"]) == (201, 1, 2027)
    assert client.post(f"/api/v1/proposals/{proposal.pk}/carry-over/", {"plan_year": 2028}, **send).status_code == 409
    assert client.post(f"/api/v1/proposals/{proposal.pk}/carry-over/", {"plan_year": 2028, "id": "x"}, **send).status_code == 400
    parts = [{"title": "Ruas utara Dusun Karya", "volume": 250}, {"title": "Ruas selatan Dusun Karya", "volume": 250}]
    body = {"version": 1, "reason": told.REASON, "parts": parts}
    assert client.post(f"/api/v1/proposals/{whole.pk}/split/", {**body, "version": None}, **send).status_code == 400
    divided = client.post(f"/api/v1/proposals/{whole.pk}/split/", body, **send)
    assert [(part["outcome"], part["volume"]) for part in divided.json()] == [("open", 250), ("open", 250)]
    graph = client.get(f"/api/v1/proposals/{whole.pk}/lineage/").json()
    assert [(node["depth"], node["proposal"]["outcome"]) for node in graph["nodes"]] == [(0, "split"), (1, "open"), (1, "open")]
    assert [step["kind"] for step in graph["steps"]] == ["split", "split"]


@pytest.mark.parametrize(("years", "found"), [(1, 2), (2, 1), (3, 0)])
def test_the_list_finds_what_has_waited_for_years(people, years, found):
    from proposals.filters import ProposalFilter

    make.proposal(first_asked_year=2026)
    make.proposal(first_asked_year=2027)
    make.proposal()
    assert ProposalFilter({"waiting": str(years)}, queryset=Proposal.objects.public()).asked().count() == found

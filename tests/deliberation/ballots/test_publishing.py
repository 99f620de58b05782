"""Closing, counting, publishing, annulling: nothing before the close, everything checkable after it."""

import hashlib
import json
import uuid

import pytest
from django.core.management import CommandError, call_command

from accounts import clock
from accounts.models import AuditEntry
from accounts.refusals import Conflict, Refusal
from deliberation.ballots import files, secrecy
from deliberation.ballots.services.closing import close_ballot
from deliberation.ballots.services.opening import withdraw_candidate
from deliberation.ballots.services.publishing import annul_ballot, publish_ballot
from deliberation.models import BallotFile, Vote
from tests.deliberation.ballots import drawn_up as up

pytestmark = pytest.mark.django_db

CASTS = {
    "approval": [(1,), (1, 2), (3,), (1,), (2,), ()],
    "knapsack": [(1, 2), (2, 3), (3,), (1,), (2,), ()],
    "ranking": [((1, 1), (2, 2)), ((2, 1), (1, 2), (3, 3)), ((3, 1),), ((1, 1),), ((2, 1), (3, 2)), ()],
    "points": [((1, 3), (2, 2)), ((2, 1),), ((3, 3), (1, 1)), ((1, 2),), ((2, 2), (3, 3)), ()],
}


def voted(people, kind="approval", **more):
    """An open ballot with six votes; the receipts."""
    ballot = up.opened(people.village_head, kind=kind, **more)
    codes = [up.vote(ballot, one, *marks, abstains=not marks).code for one, marks in zip(up.residents(6), CASTS[kind], strict=True)]
    return ballot, codes


def close(ballot, people):
    return close_ballot(ballot_id=ballot.pk, actor=people.village_head, reason=up.REASON)


def test_closing_early_needs_a_reason_and_the_clock_alone_closes_nothing(people):
    ballot, _codes = voted(people)
    with pytest.raises(Refusal):
        close_ballot(ballot_id=ballot.pk, actor=people.village_head)
    with clock.telling(ballot.closes_at):
        ballot.refresh_from_db()
        assert ballot.state == "open"
        assert close_ballot(ballot_id=ballot.pk, actor=people.village_head).state == "closed"
        assert close_ballot(ballot_id=ballot.pk, actor=people.village_head).state == "closed", "again changes nothing"
    assert AuditEntry.objects.filter(action="deliberation.ballot.close").count() == 1


def test_nothing_is_published_before_the_close_nor_by_others(people):
    ballot, _codes = voted(people)
    with pytest.raises(Conflict) as refusal:
        publish_ballot(ballot_id=ballot.pk, actor=people.village_head)
    assert refusal.value.code == "still_open"
    close(ballot, people)
    for person in (people.resident, people.auditor, people.stranger):
        with pytest.raises(Refusal):
            publish_ballot(ballot_id=ballot.pk, actor=person)


@pytest.mark.parametrize("kind", list(CASTS))
def test_anybody_counts_the_published_files_to_the_same_result(people, kind, tmp_path, capsys):
    ballot, codes = voted(people, kind)
    close(ballot, people)
    published = publish_ballot(ballot_id=ballot.pk, actor=people.village_head)
    bodies = {one.kind: one for one in published.files.all()}
    assert all(hashlib.sha256(one.body.encode()).hexdigest() == one.sha256 for one in bodies.values())
    path = tmp_path / "ballots.pb"
    path.write_text(bodies["ballots.pb"].body, encoding="utf-8")
    call_command("recount_ballot", str(path), json=True)
    recount = json.loads(capsys.readouterr().out)
    expected = [(line["number"], line["votes"], line["score"]) for line in published.result["lines"]]
    assert [(line["number"], line["votes"], line["score"]) for line in recount["lines"]] == expected
    assert (recount["ballots"], recount["abstentions"]) == (6, 1)
    call_command("allocate", str(path), rule="greedy", json=True)
    assert json.loads(capsys.readouterr().out)["budget"] > 0
    listed = bodies["receipts.csv"].body.splitlines()[1:]
    assert sorted(listed) == sorted(secrecy.receipt_sha256(code) for code in codes)
    assert not any(line in bodies["ballots.pb"].body + bodies["ballots.csv"].body for line in listed), "a receipt shows no choice"


def test_the_csv_counts_to_the_same_as_the_pabulib_file(people):
    ballot, _codes = voted(people, "points")
    close(ballot, people)
    publish_ballot(ballot_id=ballot.pk, actor=people.village_head)
    bodies = {one.kind: one.body for one in BallotFile.objects.filter(ballot=ballot)}
    rules, _standees, ballots = files.read_pabulib(bodies["ballots.pb"])
    assert files.read_table(bodies["ballots.csv"], rules.kind) == ballots


def test_of_four_secret_ballots_neither_one_alone_nor_who_won_is_published_because_either_shows_hands(people):
    ballot = up.opened(people.village_head)
    for resident in up.residents(4):
        up.vote(ballot, resident, 1)
    close(ballot, people)
    published = publish_ballot(ballot_id=ballot.pk, actor=people.village_head)
    assert not published.files.exists()
    told = published.result
    assert (told["withheld"], told["lines"], told["abstentions"], told["ballots"]) == (True, [], None, 4)


@pytest.mark.parametrize(
    ("written", "altered", "said"),
    [
        ("num_votes;6", "num_votes;7", "num_votes states 7, the file holds 6 ballots"),
        ("1;400000000;3;3;", "1;400000000;4;3;", "project 1: votes states 4, the ballots give 3"),
        ("1;400000000;3;3;", "1;400000000;3;9;", "project 1: score states 9, the ballots give 3"),
        ("max_length;2", "max_length;1", "breaks the rules of the file"),
    ],
)
def test_a_file_whose_totals_were_changed_is_told_so_by_whoever_counts_it_again(people, tmp_path, written, altered, said):
    ballot, _codes = voted(people)
    close(ballot, people)
    publish_ballot(ballot_id=ballot.pk, actor=people.village_head)
    body = BallotFile.objects.get(ballot=ballot, kind="ballots.pb").body
    path = tmp_path / "ballots.pb"
    assert written in body
    path.write_text(body.replace(written, altered, 1), encoding="utf-8")
    with pytest.raises(CommandError, match=said):
        call_command("recount_ballot", str(path))


def test_a_vote_changed_after_the_close_stops_the_publication(people):
    ballot, _codes = voted(people)
    close(ballot, people)
    vote = Vote.objects.filter(ballot=ballot, marks=[[3, 1]]).get()
    Vote.objects.filter(pk=vote.pk).update(marks=[[1, 1]])
    with pytest.raises(Conflict) as refusal:
        publish_ballot(ballot_id=ballot.pk, actor=people.village_head)
    assert refusal.value.code == "seal_broken"


def test_a_withdrawn_candidate_is_told_and_counts_for_nobody(people, tmp_path):
    ballot, _codes = voted(people, "ranking")
    withdraw_candidate(ballot_id=ballot.pk, number=1, actor=people.village_head, reason=up.REASON)
    close(ballot, people)
    result = publish_ballot(ballot_id=ballot.pk, actor=people.village_head).result
    assert {line["number"] for line in result["lines"]} == {2, 3}
    assert [one["number"] for one in result["withdrawn"]] == [1]


def test_two_people_annul_with_a_reason_and_the_result_is_shown_no_more(people):
    ballot, _codes = voted(people)
    with pytest.raises(Refusal):
        annul_ballot(ballot_id=ballot.pk, actor=people.village_head, reason="pendek")
    annul_ballot(ballot_id=ballot.pk, actor=people.village_head, reason=up.REASON)
    with pytest.raises(Refusal) as refusal:
        annul_ballot(ballot_id=ballot.pk, actor=people.village_head)
    assert refusal.value.code == "same_person"
    with pytest.raises(Refusal):
        annul_ballot(ballot_id=ballot.pk, actor=people.resident)
    assert annul_ballot(ballot_id=ballot.pk, actor=people.auditor).state == "annulled"
    with pytest.raises(Conflict) as refusal:
        up.vote(ballot, people.resident, 1, nonce=uuid.uuid4())
    assert refusal.value.code == "annulled"


def test_no_line_of_the_journal_holds_what_was_voted(people):
    ballot, _codes = voted(people)
    close(ballot, people)
    publish_ballot(ballot_id=ballot.pk, actor=people.village_head)
    entries = AuditEntry.objects.filter(subject=f"ballot:{ballot.pk}").values_list("action", "changes")
    assert {action.rsplit(".", 1)[1] for action, _changes in entries} == {"draft", "open", "close", "publish"}
    assert not any("lines" in changes or "votes" in changes or "marks" in changes for _action, changes in entries)

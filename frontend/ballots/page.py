"""What a ballot's page shows: the question, the form, how one voted, and after publication the result."""

from typing import Any

from accounts import clock
from accounts.models import User
from accounts.refusals import Answer, sign_in_first
from deliberation.ballots import electorate, policy
from deliberation.ballots.reading import rules_of, standees_of
from deliberation.ballots.results import running_turnout
from deliberation.ballots.sheets import Sheet
from deliberation.ballots.words import BallotState
from deliberation.models import Ballot, Vote
from frontend.ballots.voting import VotingForm, empty_form
from geo.lookup import lineage_of


def context_of(person: Any, ballot: Ballot, form: VotingForm | None = None) -> dict[str, Any]:
    """Everything on the page, in a constant number of queries."""
    mark = electorate.mark_of(person, ballot) if isinstance(person, User) else None
    answer = may_vote(person, ballot)
    again = mark is not None and not ballot.is_secret and bool(answer)
    runs = policy.may_run(person, ballot)
    return {
        "ballot": ballot,
        "lineage": lineage_of(ballot.region),
        "standees": list(standees_of(ballot).values()),
        "rules": rules_of(ballot),
        "mark": mark,
        "own_vote": Vote.objects.filter(voter=mark).values_list("marks", flat=True).first() if again else None,
        "may_vote": answer,
        "form": form or (empty_form(ballot) if answer and (mark is None or again) else None),
        "running": running_turnout(ballot) if ballot.state in {BallotState.OPEN, BallotState.CLOSED} else None,
        "input_ended": ballot.state == BallotState.OPEN and clock.now() >= ballot.closes_at,
        "not_begun": ballot.state == BallotState.OPEN and clock.now() < ballot.opens_at,
        "result": result_view(ballot) if policy.may_read_results(ballot) else None,
        "named": named_votes(ballot) if policy.may_read_results(ballot) and not ballot.is_secret else [],
        "files": list(ballot.files.order_by("kind").defer("body")) if policy.may_read_results(ballot) else [],
        **rights(person, ballot, runs),
    }


def rights(person: Any, ballot: Ballot, runs: Answer) -> dict[str, Any]:
    """What the person may do with the ballot, for the buttons."""
    return {
        "runs": runs,
        "may_change": policy.may_change(person, ballot),
        "may_close": policy.may_close(person, ballot),
        "may_publish": policy.may_publish(person, ballot),
        "may_type": policy.may_type(person, ballot) if ballot.is_secret or ballot.state == BallotState.OPEN else runs,
        "may_annul": policy.may_annul(person, ballot),
    }


def may_vote(person: Any, ballot: Ballot) -> Answer:
    """Whether the person may vote now, and why not; for a visitor, who would have to sign in."""
    timely = policy.is_in_time(ballot, clock.now())
    if not isinstance(person, User):
        return timely and sign_in_first()
    return timely and electorate.voter_of(person, ballot)[1]


def named_votes(ballot: Ballot) -> list[tuple[str, str]]:
    """Of a published open ballot: who voted for what, by name; one query."""
    kind = rules_of(ballot).kind
    rows = Vote.objects.filter(ballot=ballot, voter__isnull=False).select_related("voter__user").order_by("voter__user__display_name", "id")
    return [(str(vote.voter.user), Sheet(tuple((number, value) for number, value in vote.marks)).text(kind)) for vote in rows if vote.voter]


def result_view(ballot: Ballot) -> dict[str, Any]:
    """The published result with the widths of its bars, in percent of the highest score."""
    result = ballot.result
    top = max((line["score"] for line in result["lines"]), default=0) or 1
    lines = [{**line, "share": round(100 * line["score"] / top, 1)} for line in result["lines"]]
    return {**result, "rows": lines, "money": any(line["within"] for line in lines)}

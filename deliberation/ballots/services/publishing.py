"""Publishing: the count, the turnout, and the files with which anybody counts again; and annulling, by two people."""

import hashlib
import secrets
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts import clock
from accounts.refusals import Conflict
from accounts.scope import Person
from accounts.text import clean
from deliberation.ballots import files, policy
from deliberation.ballots.disclosure import SMALL
from deliberation.ballots.reading import rules_of, standees_of, votes_of
from deliberation.ballots.results import result_of, tells_channels
from deliberation.ballots.rules import Marks
from deliberation.ballots.services.closing import seal_of
from deliberation.ballots.services.rows import journal, locked_ballot
from deliberation.ballots.services.telling import tell_published, tell_room
from deliberation.ballots.tally import Standing, tally
from deliberation.ballots.words import BallotState, BatchState, FileKind
from deliberation.masking import masked
from deliberation.models import Ballot, BallotFile, PaperBatch, Vote


@transaction.atomic
def publish_ballot(*, ballot_id: UUID, actor: Person) -> Ballot:
    """Let everybody see the result. Raises Conflict while paper waits, or where votes are not those that were sealed."""
    ballot = locked_ballot(ballot_id)
    policy.may_run(actor, ballot).or_refuse()
    if ballot.state == BallotState.PUBLISHED:
        return ballot
    allowed = policy.may_publish(actor, ballot).or_refuse()
    _nothing_waits(ballot)
    votes = votes_of(ballot)
    standing = tally(rules_of(ballot), standees_of(ballot), votes)
    now = clock.now()
    ballot.result = result_of(ballot, standing)
    ballot.state, ballot.published_at, ballot.published_by_id, ballot.changed_at = BallotState.PUBLISHED, now, actor.pk, now
    ballot.version += 1
    ballot.save(update_fields=["result", "state", "published_at", "published_by", "changed_at", "version"])
    made = _files(ballot, votes, standing)
    changes = {"ballots": standing.ballots, "sealed": ballot.frozen["sealed"], **{one.kind: one.sha256 for one in made}}
    journal(ballot, actor=actor, role=allowed.role, verb="publish", changes=changes)
    tell_published(ballot, actor)
    tell_room(ballot)
    return ballot


@transaction.atomic
def annul_ballot(*, ballot_id: UUID, actor: Person, reason: str = "") -> Ballot:
    """The first person asks with a reason; the second one annuls. What was voted stays as it is and is shown no more."""
    ballot = locked_ballot(ballot_id)
    allowed = policy.may_annul(actor, ballot).or_refuse()
    now = clock.now()
    ballot.version += 1
    ballot.changed_at = now
    if ballot.annul_asked_by_id is None:
        ballot.annul_asked_by_id, ballot.annul_reason = actor.pk, masked(clean(reason, field="reason", max_length=300, min_length=20))
        ballot.save(update_fields=["annul_asked_by", "annul_reason", "version", "changed_at"])
        journal(ballot, actor=actor, role=allowed.role, verb="ask_annul", reason=ballot.annul_reason)
        return ballot
    was = ballot.state
    ballot.state, ballot.annulled_by_id, ballot.annulled_at = BallotState.ANNULLED, actor.pk, now
    ballot.save(update_fields=["state", "annulled_by", "annulled_at", "version", "changed_at"])
    journal(ballot, actor=actor, role=allowed.role, verb="annul", changes={"state": [was, ballot.state]}, reason=ballot.annul_reason)
    tell_room(ballot)
    return ballot


def _nothing_waits(ballot: Ballot) -> None:
    waiting = list(PaperBatch.objects.filter(ballot=ballot).exclude(state=BatchState.COUNTED).order_by("label").values_list("label", flat=True))
    if waiting:
        raise Conflict(_("Paper batches are not counted yet: %(labels)s.") % {"labels": ", ".join(waiting)}, code="paper_waits")
    if seal_of(ballot) != ballot.frozen.get("sealed"):
        words = _("The votes are not those that were sealed at the close. Nothing is published; call the auditor and the operator.")
        raise Conflict(words, code="seal_broken")


def _files(ballot: Ballot, votes: list[Marks], standing: Standing) -> list[BallotFile]:
    """Of fewer than `SMALL` secret ballots none is published alone: whoever knows who voted could tell whose it is."""
    if ballot.is_secret and standing.ballots < SMALL:
        return []
    rules, standees = rules_of(ballot), standees_of(ballot)
    ballots = files.ordered(rules, standees, votes)
    bodies = {
        FileKind.PABULIB: files.pabulib(rules, standees, ballots, standing, _about(ballot)),
        FileKind.TABLE: files.table(standees, ballots),
        FileKind.RECEIPTS: files.receipts(_receipts(ballot, standing.ballots)),
    }
    made = [BallotFile(ballot=ballot, kind=kind, body=body, sha256=hashlib.sha256(body.encode()).hexdigest()) for kind, body in bodies.items()]
    return BallotFile.objects.bulk_create(made)


def _receipts(ballot: Ballot, ballots: int) -> list[str]:
    """The hashes of the online votes. Where turnout does not tell how many these are, chance fills the list up to all ballots."""
    hashes = list(Vote.objects.filter(ballot=ballot).exclude(receipt_sha256="").values_list("receipt_sha256", flat=True))
    filling = 0 if tells_channels(ballot) else ballots - len(hashes)
    return hashes + [secrets.token_hex(32) for _ in range(filling)]


def _about(ballot: Ballot) -> dict[str, Any]:
    return {
        "description": ballot.title,
        "country": "Indonesia",
        "unit": ballot.cycle.region_id,
        "subunit": ballot.region.title,
        "instance": ballot.cycle.plan_year,
        "date_begin": f"{localtime(ballot.opens_at):%d.%m.%Y}",
        "date_end": f"{localtime(ballot.closes_at):%d.%m.%Y}",
        "language": "id",
        "edition": str(ballot.pk),
        "comment": f"rules and candidates SHA-256 {ballot.frozen['sha256']}",
    }

"""The published, anonymous ballots of a vote as a run freezes them: read from the `.pb` file, added up, nobody's own.

Marks for proposals that do not wait here are left out, and those proposals are named; who marked only such stays a voter. A place of
a ranking counts as on the ballot itself (docs/ballots.md): first of at most n is worth n.
"""

import hashlib
from collections import Counter
from collections.abc import Collection
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from accounts.refusals import Invalid
from budgeting.models import Ceiling
from deliberation.ballots.files import UnreadableFileError, read_pabulib
from deliberation.ballots.reading import known
from deliberation.ballots.tally import worth
from deliberation.ballots.words import BallotState, FileKind
from deliberation.models import Ballot, BallotFile, Candidate
from geo.codes import lineage
from proposals.models import Proposal


def usable(ceiling: Ceiling, waiting: QuerySet[Proposal]) -> QuerySet[Ballot]:
    """Published ballots on which something of what waits stood; newest first. What a form offers."""
    stood = Exists(Candidate.objects.filter(ballot=OuterRef("pk"), proposal__in=waiting))
    return _near(ceiling).filter(stood, state=BallotState.PUBLISHED, files__kind=FileKind.PABULIB).order_by("-published_at", "id")


def frozen_ballot(ceiling: Ceiling, key: str, waiting: Collection[str]) -> dict[str, Any]:
    """The ballot's groups of alike voters as JSON, marks by the numbers of waiting proposals. Raises Invalid, with a sentence."""
    ballot = _near(ceiling).filter(pk=key).first()
    if ballot is None:
        raise _refused(_("Choose a ballot of this plan year and region."))
    if ballot.state != BallotState.PUBLISHED:
        raise _refused(_("This ballot is not published yet. Its votes can be used once everybody can read the result."))
    file = BallotFile.objects.filter(ballot=ballot, kind=FileKind.PABULIB).first()
    if file is None:
        raise _refused(_("So few people voted that the ballots were not published, so nobody could calculate again with them."))
    if hashlib.sha256(file.body.encode()).hexdigest() != file.sha256:
        raise _refused(_("The file of these ballots does not fit its fingerprint. Nothing is calculated with it; call the auditor and the operator."))
    found = _added_up(file.body, set(waiting))
    if not found["groups"]:
        raise _refused(_("Nobody voted in this ballot for anything that waits for this money."))
    return {"id": str(ballot.pk), "title": ballot.title, "kind": ballot.kind, "file": FileKind.PABULIB.value, "sha256": file.sha256, **found}


def _near(ceiling: Ceiling) -> QuerySet[Ballot]:
    """Of the same year and kabupaten, and on one line with the ceiling's region."""
    region = ceiling.region_id
    year = known().filter(cycle__plan_year=ceiling.plan_year)
    return year.filter(region_id__in=lineage(region)) | year.filter(region__pk__startswith=f"{region}.")


def _added_up(body: str, waiting: set[str]) -> dict[str, Any]:
    try:
        rules, standees, ballots = read_pabulib(body)
    except UnreadableFileError as error:
        raise _refused(str(error)) from error
    groups: Counter[tuple[tuple[str, int], ...]] = Counter()
    for marks in ballots:
        named = ((standees[number].proposal, worth(rules, value)) for number, value in marks)
        groups[tuple(sorted(mark for mark in named if mark[0] in waiting))] += 1
    numbers = {standee.proposal for standee in standees.values()}
    told = [[times, [list(mark) for mark in marks]] for marks, times in sorted(groups.items()) if marks]
    return {"voters": len(ballots), "groups": told, "listed": sorted(numbers & waiting), "elsewhere": sorted(numbers - waiting)}


def _refused(sentence: str) -> Invalid:
    return Invalid({"ballot": [sentence]})

"""Whatever the services do to the register, in any order, the counts are those of a plain walk; also what was refused."""

import contextlib
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from accounts.refusals import Conflict, Invalid, Refusal
from proposals import services, sheets, tallies
from proposals.models import Proposal
from proposals.services import Verdict
from proposals.services.importing import import_sheet
from proposals.stages import Outcome, Stage
from proposals.words import Channel
from tests import cast, make
from tests.proposals import told
from tests.proposals.map import plain

pytestmark = pytest.mark.django_db
EVERYWHERE = ["", *cast.NAMES]
PARTS = [{"title": "Ruas utara Dusun Karya", "volume": 100}, {"title": "Ruas selatan Dusun Karya", "volume": 50}]
MOVES = {
    Stage.VILLAGE: ("village_head", ("forward", "forward_adjusted", "reject", "return")),
    Stage.SUBDISTRICT: ("subdistrict_officer", ("forward", "reserve", "reject", "return")),
    Stage.AGENCY: ("agency_officer", ("forward", "forward_adjusted", "reject")),
    Stage.DISTRICT: ("planner", ("forward", "reject", "reserve")),
}


class Register:
    """The steps that a register may go through, each through its service."""

    def __init__(self, people: cast.Cast, dice: random.Random, folder: Path) -> None:
        self.people, self.dice, self.folder = people, dice, folder
        self.done: Counter[str] = Counter()
        self.steps: list[Callable[[], Any]] = [
            self.new, self.sent, self.moved, self.moved, self.edited, self.merged, self.split, self.carried, self.by_run, self.imported, self.rechannelled, self.dropped, self.folded,
        ]  # fmt: skip

    def any(self, **wanted: Any) -> Proposal:
        """One proposal that fits, or any at all."""
        found = list(Proposal.objects.filter(**wanted).order_by("pk")) or list(Proposal.objects.order_by("pk"))
        return self.dice.choice(found)

    def new(self) -> None:
        make.proposals(2, stage=self.dice.choice([Stage.DRAFT, *MOVES]), village=self.dice.choice([cast.VILLAGE, cast.NEXT_VILLAGE]))

    def sent(self) -> None:
        services.submit(proposal_id=self.any(stage=Stage.DRAFT).pk, actor=self.people.facilitator)

    def moved(self) -> None:
        stage = self.dice.choice([*MOVES])
        actor, names = MOVES[stage]
        name = self.dice.choice(names)
        said: dict[str, Any] = {"volume": self.dice.randint(1, 400)} if name == "forward_adjusted" else {}
        told.move(self.any(stage=stage, outcome=Outcome.OPEN), name, getattr(self.people, actor), reason=told.REASON, **said)

    def edited(self) -> None:
        chosen = self.any(stage=Stage.DRAFT)
        fields = {"volume": self.dice.randint(1, 900), "sector": self.dice.choice(["road", "water"])}
        services.edit(proposal_id=chosen.pk, actor=self.people.facilitator, version=chosen.version, fields=fields)

    def merged(self) -> None:
        one, other = self.any(stage=Stage.VILLAGE, outcome=Outcome.OPEN), self.any(stage=Stage.VILLAGE, outcome=Outcome.OPEN)
        told.move(one, "merge", self.people.village_head, reason=told.REASON, target_id=other.pk)

    def split(self) -> None:
        whole = self.any(stage=Stage.SUBDISTRICT, outcome=Outcome.OPEN)
        services.split(proposal_id=whole.pk, actor=self.people.subdistrict_officer, version=whole.version, reason=told.REASON, parts=PARTS)

    def carried(self) -> None:
        last = make.proposal(of=make.open_cycle(plan_year=2027), outcome=Outcome.REJECTED)
        last.cycle.windows.update(opens_at=make.clock.now() - 4 * make.MONTH, closes_at=make.clock.now() - make.MONTH)
        services.carry_over(proposal_id=last.pk, actor=self.people.facilitator, plan_year=2028)

    def by_run(self) -> None:
        one, other = make.proposals(2, stage=Stage.BUDGET)
        verdicts = [Verdict(one.pk, "fund", told.REASON, one.amount, "apbd"), Verdict(other.pk, "not_fund", told.REASON)]
        with transaction.atomic():
            services.move_by_run(verdicts=verdicts, actor=self.people.budget_team)

    def imported(self) -> None:
        path = self.folder / "usulan.csv"
        key = self.dice.randint(1, 10**6)
        path.write_text(f"id_usulan,usulan,permasalahan,koefisien,anggaran,keterangan\n{key},Rabat beton gang {key},Becek,100 m,10000000,Diakomodir")
        import_sheet(sheet=sheets.read(path), village_code=cast.VILLAGE, plan_year=2028)

    def rechannelled(self) -> None:
        Proposal.objects.filter(pk=self.any(stage=Stage.VILLAGE).pk).update(channel=self.dice.choice([*Channel]))

    def dropped(self) -> None:
        make.proposal(stage=Stage.DRAFT).delete()

    def folded(self) -> None:
        tallies.fold()

    def go(self, step: Callable[[], Any]) -> None:
        """One step; what is refused must have changed no count, what succeeds is remembered."""
        with contextlib.suppress(Refusal, Conflict, Invalid, Proposal.DoesNotExist), transaction.atomic():
            step()
            self.done[step.__name__] += 1


def test_any_road_through_the_services_counts_like_a_plain_walk(people: cast.Cast, tmp_path: Path) -> None:
    make.cycle()
    reached: Counter[str] = Counter()
    for seed in range(3):
        register = Register(people, random.Random(seed), tmp_path)  # noqa: S311 - a repeatable dice
        register.new()
        for step in register.dice.choices(register.steps, k=45):
            register.go(step)
            assert tallies.counts(EVERYWHERE) == plain.totals(), (seed, step.__name__)
        reached += register.done
    tallies.fold()
    assert plain.stored() == plain.cells()
    assert tallies.rebuild() == 0
    assert {step.__name__ for step in register.steps} <= set(reached), reached

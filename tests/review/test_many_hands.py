"""Offices, villages and sheets at work on the same plan year at the same moment: nobody waits for each other in a ring."""

import random
import threading
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import Count

from accounts.refusals import Refusal
from deliberation import services as talk
from proposals import services
from proposals.models import Cycle, DictionaryEntry, Lineage, Proposal, Requirement, SheetJob
from proposals.services import dictionary, requirements, sheet_jobs, sheet_work
from proposals.stages import Stage
from tests import cast, make
from tests.proposals import pictures, told
from tests.proposals.test_splitting import split

pytestmark = pytest.mark.django_db(transaction=True)
HEADER = "id_sumber,judul_usulan,permasalahan,volume,satuan,harga_satuan,anggaran,kode_desa"


@pytest.fixture(autouse=True)
def kept_apart(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


def test_no_two_of_the_services_wait_for_each_other(people: cast.Cast) -> None:
    """A deadlock would be a page that fails for no reason that its reader could understand."""
    old, plan = make.cycle(plan_year=2026), make.cycle()
    old.windows.update(closes_at=make.clock.now() - make.MONTH / 2)
    entry = make.dictionary_entry(of=plan)
    make.proposals(4, of=old)
    make.proposals(6, dictionary_entry=entry)
    failures, done = list[Exception](), list[str]()

    def act(chance: random.Random) -> None:
        try:
            for _ in range(22):
                try:
                    done.append(_one(people, plan, chance))
                except Refusal:
                    continue
        except Exception as error:  # noqa: BLE001 - told to the test
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=(random.Random(f"tangan-{hand}"),)) for hand in range(6)]  # noqa: S311 - a game
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert failures == []
    assert len(set(done)) >= 8, done
    _holds(plan)


def _holds(plan: Cycle) -> None:
    """Numbers without gap or twin, one descent of each kind a proposal, and every price as it was asked for."""
    numbers = Proposal.objects.filter(cycle=plan, number__startswith="6112-2028-").values_list("number", flat=True)
    taken = [int(number.rpartition("-")[2]) for number in numbers if int(number.rpartition("-")[2]) <= Cycle.objects.get(pk=plan.pk).numbered]
    assert len(taken) == len(set(taken))
    carried = Lineage.objects.filter(kind="carried_over").exclude(child__outcome="withdrawn").order_by().values("parent").annotate(times=Count("pk"))
    assert all(row["times"] == 1 for row in carried)
    assert Requirement.objects.filter(cycle=plan, document="design").count() <= 1
    assert DictionaryEntry.objects.filter(cycle=plan, code="J01").count() == 1


def _one(people: cast.Cast, plan: Cycle, chance: random.Random) -> str:  # noqa: C901 - one line a deed
    public = list(Proposal.objects.exclude(stage=Stage.DRAFT).values_list("pk", flat=True))
    one, other = (Proposal.objects.get(pk=key) for key in chance.sample(public, 2))
    deed = chance.choice(["price", "price", "ask", "sheet", "send", "send", "split", "merge", "carry", "attach", "judge", "support", "edit"])
    if deed == "price":
        entry = DictionaryEntry.objects.get(cycle=plan, code="J01")
        price = str(chance.randint(100, 999) * 1000)
        fields = {"code": "J01", "name": entry.name, "sector": "road", "kind": "physical", "unit": "m", "unit_price": price}
        dictionary.edit_entry(entry_id=entry.pk, actor=people.planner, seen=dictionary.version_of(entry), fields=fields)
    elif deed == "ask":
        row = Requirement.objects.filter(cycle=plan, document="design").first()
        requirements.ask_for(actor=people.planner, cycle_id=plan.pk, document="design", hint=str(chance.random()), pk=row.pk if row else None)
    elif deed == "sheet":
        lines = [HEADER, f"{chance.randint(1, 9)},Rabat beton gang melati {chance.randint(1, 99)},Becek,100,meter,100000,10000000,"]
        job = sheet_jobs.send_sheet(
            actor=people.facilitator, region_code=cast.VILLAGE, plan_year=2028, files=[(f"{uuid4()}.csv", "\n".join(lines).encode())]
        )
        sheet_work.perform_job(job.pk)
        sheet_jobs.take_in(actor=people.facilitator, job_id=job.pk)
        assert sheet_work.perform_job(job.pk).status != SheetJob.Status.FAILED, SheetJob.objects.get(pk=job.pk).failure
    elif deed == "send":
        fields = told.entry(dictionary_entry="J01", location={"type": "Point", "coordinates": [109.401 + chance.random() / 60, -0.09]})
        draft, _is_new = services.save_draft(proposal_id=uuid4(), actor=people.facilitator, fields=fields)
        services.submit(proposal_id=draft.pk, actor=people.facilitator)
    elif deed == "split":
        half = (one.volume or 2) / 2
        split(one, people.village_head, [{"title": f"Bagian {word} dari jalan", "volume": half} for word in ("utara", "selatan")])
    elif deed == "merge":
        told.move(one, "merge", people.village_head, reason=told.REASON, target_id=other.pk)
    elif deed == "carry":
        keys = [row.pk for row in Proposal.objects.filter(plan_year=2026)]
        services.carry_over_many(proposal_ids=keys, actor=people.facilitator, plan_year=2028)
    elif deed == "attach":
        content = pictures.jpeg(200 + chance.randint(0, 20))
        services.attach(proposal_id=one.pk, actor=people.facilitator, content=content, kind="cover_letter")
    elif deed == "judge":
        services.judge_resemblance(proposal_id=one.pk, other_id=other.pk, actor=people.village_head, verdict="related")
    elif deed == "support":
        talk.support(proposal_id=one.pk, actor=people.resident)
    else:
        draft = Proposal.objects.filter(stage=Stage.DRAFT, plan_year=2028).first()
        if draft:
            fields = {"dictionary_entry": "J01", "title": f"Jalan desa {chance.random()}"}
            services.edit(proposal_id=draft.pk, actor=people.facilitator, version=draft.version, fields=fields)
    return deed

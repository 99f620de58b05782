"""What pages ask of the database where there is something of everything: of visitors at most twelve questions, however much it is."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import clock
from deliberation.models import Addressee, Comment, Decision, Panel, PanelEntry, Question
from proposals.models import Lineage, NotApplicable, Proposal, Requirement, SimilarPair
from proposals.stages import Outcome, Stage
from tests import cast, make
from tests.budgeting.conftest import calculated
from tests.deliberation.records import stage
from tests.frontend import money_world

pytestmark = pytest.mark.django_db
MOST = 12
#: Beside what a visitor's page asks: the session, the person, offices, where they live, own comments, unread news.
SIGNED_IN = MOST + 7
#: A meeting in session, with an item in hand, its roll, floor, ballots, panel and papers, for whoever runs it and decides there.
OFFICIAL_IN_A_MEETING = 31


@pytest.fixture
def full(people: cast.Cast) -> Proposal:
    """A proposal with a meeting, a decision, a panel, an ancestor, likenesses, requirements and questions; its village has all that."""
    proposal = make.proposal(stage=Stage.VILLAGE)
    now, cycle = clock.now(), proposal.cycle
    parent, alike = make.proposals(2)
    Proposal.objects.filter(pk=parent.pk).update(outcome=Outcome.MERGED)
    Lineage.objects.create(parent=parent, child=proposal, kind="merged", reason="Sama.", by=people.village_head, at=now)
    first, second = sorted((proposal, alike), key=lambda one: one.pk)
    SimilarPair.objects.create(
        first=first, second=second, first_village=first.village_id, second_village=second.village_id, points=80, work="same", words=900, found_at=now
    )
    Requirement.objects.create(cycle=cycle, document="land_evidence")
    NotApplicable.objects.create(proposal=proposal, document="land_evidence", reason="Tanah desa.", said_by=people.facilitator, said_at=now)
    talk_on(proposal, people, 3)
    talk_on(parent, people, 2)
    held_on(proposal, people, cycle)
    return proposal


@pytest.fixture
def money(full, people: cast.Cast) -> money_world.Money:
    """The same kabupaten with everything that budgets bring."""
    return money_world.money(people)


def held_on(proposal: Proposal, people: cast.Cast, cycle) -> None:
    """A closed meeting that decided about it, one that is called, and a panel."""
    meeting = stage.closed_meeting(people, of=cycle)
    item = make.an_item(meeting, proposal, state="done")
    stage.decide(meeting, proposal, people.village_head, "reserve", item=item)
    make.a_meeting(state="planned", of=cycle, invited_at=clock.now(), starts_at=clock.now() + timedelta(days=3))
    panel = Panel.objects.create(
        cycle=cycle,
        stage="village",
        region_id=cast.VILLAGE,
        title="Penilaian",
        state="open",
        seed="a" * 64,
        opened_at=clock.now(),
        as_of=clock.now(),
        made_by=people.village_head,
        made_role="village_head",
        created_at=clock.now(),
        changed_at=clock.now(),
    )
    PanelEntry.objects.create(panel=panel, proposal=proposal, number=1)


def talk_on(proposal: Proposal, people: cast.Cast, count: int, *, begin: int = 0) -> None:
    """So many questions, each with three replies, each laid before two offices so far."""
    now = clock.now()
    tops = [_said(proposal, people, begin + 4 * number + 1, None) for number in range(count)]
    rows = [_said(proposal, people, begin + 4 * number + 2 + reply, top) for number, top in enumerate(tops) for reply in range(3)]
    Comment.objects.bulk_create([*tops, *rows])
    office = {"role": "planner", "region_id": cast.HOME}
    asked = Question.objects.bulk_create(
        Question(comment=top, proposal=proposal, village_id=proposal.village_id, asked_at=now, **office) for top in tops
    )
    first = {"role": "village_head", "region_id": cast.VILLAGE}
    Addressee.objects.bulk_create(
        Addressee(question=one, since=now + timedelta(minutes=place), **whom) for one in asked for place, whom in enumerate((first, office))
    )


def _said(proposal: Proposal, people: cast.Cast, seq: int, parent: Comment | None) -> Comment:
    return Comment(
        id=uuid.uuid4(),
        proposal=proposal,
        seq=seq,
        author=people.neighbour,
        author_role="citizen",
        parent=parent,
        stance="support" if parent else "question",
        body="Kapan dikerjakan?",
        at=clock.now(),
    )


def asked(client, path: str) -> int:
    """How many queries a page makes the second time."""
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


PAGES = [
    "/",
    "/usulan/",
    "/usulan/{number}/",
    "/wilayah/61/",
    f"/wilayah/{cast.HOME}/",
    f"/wilayah/{cast.SUBDISTRICT}/",
    f"/wilayah/{cast.VILLAGE}/",
    "/rapat/",
]


@pytest.mark.parametrize("path", PAGES)
def test_a_public_page_with_something_of_everything_asks_at_most_twelve_questions(reader, full, money, path):
    address = path.format(number=full.number)
    assert asked(reader("stranger"), address) <= MOST
    assert asked(reader("resident"), address) <= SIGNED_IN


def test_the_full_page_shows_what_came_along_with_it(reader, full):
    page = reader("stranger").get(f"/usulan/{full.number}/").content.decode()
    decision = Decision.objects.get(proposal=full)
    assert f"#keputusan-{decision.pk}" in page
    assert "Tanah desa." in page
    assert page.count("diajukan kepada") >= 3, "each question says before whom it was laid earlier"
    assert "Musrenbang Desa Kapur 2028" in page
    assert Lineage.objects.get(child=full).parent.number in page


def test_a_thread_of_two_thousand_comments_asks_no_more_than_one_of_twelve(reader, full, people):
    for client in (reader("stranger"), reader("resident")):
        few = asked(client, f"/usulan/{full.number}/")
        talk_on(full, people, 250, begin=100 + 2000 * Comment.objects.filter(proposal=full).count())
        assert asked(client, f"/usulan/{full.number}/") == few
        top = Comment.objects.filter(proposal=full, parent__isnull=True).order_by("seq")[0]
        assert asked(client, f"/usulan/{full.number}/?utas={top.pk}") <= few + 1, "the thread is found by its own question"


@pytest.mark.parametrize(("who", "most"), [("village_head", OFFICIAL_IN_A_MEETING), ("facilitator", OFFICIAL_IN_A_MEETING - 4)])
def test_who_runs_a_meeting_pays_for_the_forms_of_its_item_and_no_more(reader, full, people, who, most):
    meeting = make.a_meeting(of=full.cycle)
    make.an_item(meeting, full, state="in_hand")
    stage.attend(meeting, people.village_head, 5)
    assert asked(reader(who), f"/rapat/{meeting.pk}/") <= most


def test_a_meetings_page_asks_as_often_for_a_long_agenda_as_for_a_short_one(reader, people):
    meeting = make.a_meeting()
    for number, proposal in enumerate(make.proposals(3, stage=Stage.VILLAGE)):
        make.an_item(meeting, proposal, state="in_hand" if number == 0 else "waiting")
    stage.attend(meeting, people.village_head, 5)
    client = reader("stranger")
    few = asked(client, f"/rapat/{meeting.pk}/")
    for proposal in make.proposals(20, stage=Stage.VILLAGE):
        make.an_item(meeting, proposal)
    stage.attend(meeting, people.village_head, 30, first=10)
    assert asked(client, f"/rapat/{meeting.pk}/") == few <= 24


def test_an_officials_pages_count_what_waits_with_one_question(reader, full):
    visitor, official = asked(reader("stranger"), "/panduan/"), asked(reader("moderator"), "/panduan/")
    assert official - visitor <= 5, "session, person, offices, unread, and what waits"


def budget_pages(money: money_world.Money) -> dict[str, int]:
    """Every page of budgets that a visitor reads, and how many questions it may ask of the database."""
    run, whole, work = f"/anggaran/{money.published.pk}/", f"/anggaran/pagu/{money.whole.pk}/", f"/pembangunan/{money.work.pk}/"
    asked = f"/usulan/{money.asked.number}/"
    twelve = ["/anggaran/", whole, f"/anggaran/pagu/{money.part.pk}/", f"{whole}buku/", f"{whole}riwayat/", f"{run}jawaban/"]
    twelve += [f"{run}jawaban/{cast.VILLAGE}/", "/anggaran/banding/", "/anggaran/asal/", "/anggaran/asal/daftar/", "/anggaran/asal/tak-diusulkan/"]
    twelve += ["/anggaran/asal/pokir/", "/anggaran/asal/jalur/", f"/anggaran/asal/{money.line.pk}/", asked, f"{asked}jalur/", "/pembangunan/"]
    twelve += ["/pembangunan/?late=1", "/pembangunan/?state=disputed", "/pembangunan/peta/", "/pembangunan/ganda/", work]
    # a run whose list was changed by hand looks at its conditions, says how often one was calculated under its ceiling, and what stands beside what;
    # figures are nine sums, each over rows of its own
    return {**dict.fromkeys(twelve, MOST), run: MOST + 5, "/anggaran/angka/": MOST + 4}


def test_pages_of_budgets_ask_as_often_for_two_hundred_rows_as_for_ten(reader, money, people):
    visitor, pages = reader("stranger"), budget_pages(money)
    few = {path: asked(visitor, path) for path in pages}
    assert {path: count for path, count in few.items() if count > pages[path]} == {}
    money_world.lines(people, 100)
    make.proposals(100, stage=Stage.BUDGET)
    grown = {path: asked(visitor, path) for path in pages}
    assert {path: (few[path], count) for path, count in grown.items() if count > few[path]} == {}


#: A draft with its forms, two lists side by side with what moved, and the desk, for a planner.
PLANNERS = {"/anggaran/{draft}/": 23, "/anggaran/banding/?run={published}&run={draft}": 18, "/kerja/": 24}


def test_a_planners_pages_ask_no_more_for_a_list_of_a_hundred_lines(reader, money, people):
    planner = reader("planner")
    money_world.lines(people, 100)
    make.proposals(100, stage=Stage.BUDGET)
    for draft in (money.draft, calculated(people, money.whole)):
        pages = {path.format(published=money.published.pk, draft=draft.pk): most for path, most in PLANNERS.items()}
        counts = {path: asked(planner, path) for path in pages}
        assert {path: count for path, count in counts.items() if count > pages[path]} == {}

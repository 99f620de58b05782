"""Who may do what at which place: the whole table, written here by hand and walked over everybody in the cast.

It was not derived from `stages.MOVES`: a change of the law must be made twice, by somebody who means it.
"""

import itertools

import pytest

from proposals import policy
from proposals.stages import MOVES, Outcome, Realisation, Stage
from tests import cast, make

DECIDES = {
    "village": "village_head",
    "subdistrict": "subdistrict_officer",
    "agency": "agency_officer",
    "district": "planner second_planner",
    "budget": "budget_team second_budget_team",
}
WRITERS = "author facilitator village_head"
SENDERS = "facilitator village_head"
VILLAGERS = "author resident facilitator village_head"
BUILDERS = "agency_officer planner second_planner village_head"

#: (stage, outcome, realisation) -> move -> who. What is not here nobody may do. `author` is a confirmed resident.
TABLE: dict[tuple[str, str, str], dict[str, str]] = {
    ("draft", "open", ""): {"submit": SENDERS, "withdraw": WRITERS},
    ("works", "funded", ""): {"start": BUILDERS},
    ("works", "funded", "under_way"): {"report_done": BUILDERS},
    ("done", "funded", "reported_done"): {"confirm": VILLAGERS, "dispute": VILLAGERS},
    ("done", "funded", "confirmed"): {"dispute": VILLAGERS},
    ("done", "funded", "disputed"): {"confirm": VILLAGERS},
    ("budget", "open", ""): {"reject": DECIDES["budget"]},
    ("budget", "reserved", ""): {"reject": DECIDES["budget"]},
}
for _stage in ("village", "subdistrict", "agency", "district"):
    _deciders = DECIDES[_stage]
    _open = dict.fromkeys(("forward", "forward_adjusted", "return", "reserve", "reject", "merge"), _deciders)
    if _stage in ("agency", "district"):
        _open["reroute"] = _deciders
    _reserved = {name: who for name, who in _open.items() if name != "reserve"}
    _returned = {"submit": SENDERS}
    if _stage in ("village", "subdistrict"):
        _open["withdraw"] = _reserved["withdraw"] = _returned["withdraw"] = WRITERS
    TABLE |= {(_stage, "open", ""): _open, (_stage, "reserved", ""): _reserved, (_stage, "returned", ""): _returned}

#: Every place that can exist: works have a realisation, nothing else has; a draft is open or withdrawn.
PLACES = [
    (stage.value, outcome.value, realisation.value)
    for stage, outcome, realisation in itertools.product(Stage, Outcome, Realisation)
    if (outcome is Outcome.FUNDED) == (stage in (Stage.WORKS, Stage.DONE))
    and (outcome is Outcome.FUNDED or realisation is Realisation.NONE)
    and (stage is not Stage.DRAFT or outcome in (Outcome.OPEN, Outcome.WITHDRAWN))
]


@pytest.fixture
def everybody(people: cast.Cast) -> dict[str, object]:
    return {**people.people(), "author": cast.resident_of(cast.VILLAGE, username="author")}


def _who_may(table: dict[str, str], name: str) -> set[str]:
    return set(table.get(name, "").split())


@pytest.mark.parametrize("place", PLACES, ids="-".join)
def test_every_move_is_made_by_exactly_those_whom_the_table_names(everybody, people, place):
    stage, outcome, realisation = place
    proposal = make._row(village=cast.VILLAGE, author=everybody["author"], agency=people.works_agency)
    proposal.stage, proposal.outcome, proposal.realisation = stage, outcome, realisation
    expected = TABLE.get(place, {})
    for name, person in everybody.items():
        allowed = {move.name for move in policy.possible_moves(person, proposal)}
        assert allowed == {move for move in MOVES if name in _who_may(expected, move)}, f"{name} at {place}"


@pytest.mark.parametrize("place", sorted(TABLE), ids="-".join)
def test_a_refusal_says_who_you_are_before_whose_it_is_before_where_it_stands(everybody, people, place):
    stage, outcome, realisation = place
    proposal = make._row(village=cast.VILLAGE, author=everybody["author"], agency=people.works_agency)
    proposal.stage, proposal.outcome, proposal.realisation = stage, outcome, realisation
    for name, move in itertools.product(("stranger", "moderator", "neighbour", "foreign_planner", "other_subdistrict_officer"), MOVES.values()):
        answer = policy.may_move(everybody[name], proposal, move)
        assert not answer
        wanted = 401 if name == "stranger" else 404 if stage == "draft" else 403
        assert answer.status == wanted, f"{name} {move.name} at {place}"
        assert str(answer.reason).endswith("."), "a refusal carries a sentence"


@pytest.mark.parametrize("village", [cast.NEXT_VILLAGE, cast.FAR_VILLAGE, cast.FOREIGN_VILLAGE])
@pytest.mark.parametrize("stage", list(DECIDES))
def test_an_office_decides_in_its_own_region_and_nowhere_else(people, village, stage):
    proposal = make.proposal(village=village, stage=Stage(stage), author=people.operator)
    deciders = {name for name, person in people.people().items() if policy.may_move(person, proposal, "reject")}
    inside = {
        cast.NEXT_VILLAGE: {"village": "", "subdistrict": "subdistrict_officer"},
        cast.FAR_VILLAGE: {"village": "", "subdistrict": "other_subdistrict_officer"},
        cast.FOREIGN_VILLAGE: {"village": "", "subdistrict": "", "agency": "", "district": "foreign_planner", "budget": "foreign_budget_team"},
    }[village]
    expected = set(inside.get(stage, DECIDES[stage]).split())
    if stage == "agency" and village != cast.FOREIGN_VILLAGE:
        expected = {"agency_officer", "other_agency_officer"}  # no agency named: any of the kabupaten's may take it up
    assert deciders == expected


def test_another_agencys_proposal_is_not_decided_by_this_one(people):
    proposal = make.proposal(stage=Stage.AGENCY, agency=people.farming_agency)
    assert policy.may_move(people.other_agency_officer, proposal, "forward")
    assert policy.may_move(people.agency_officer, proposal, "forward").code == "other_agency"


def test_nobody_decides_above_the_village_about_what_they_wrote(people):
    wrote = make.proposal(stage=Stage.SUBDISTRICT, author=people.subdistrict_officer)
    assert policy.may_move(people.subdistrict_officer, wrote, "forward").code == "own_proposal"
    by_the_head = make.proposal(stage=Stage.VILLAGE, author=people.village_head)
    assert policy.may_move(people.village_head, by_the_head, "forward"), "the village decides in its own meeting"


def test_money_is_never_given_by_hand(people):
    proposal = make.proposal(stage=Stage.BUDGET)
    for name in ("fund", "not_fund"):
        assert policy.may_move(people.budget_team, proposal, name).code == "only_by_run"
        assert policy.may_move(people.budget_team, proposal, name, by_run=True)
    assert not policy.may_move(people.resident, proposal, "reject", by_run=True), "a run opens the run's own moves only"


def test_an_ended_office_decides_nothing(people):
    former = cast.person(username="former_head")
    cast.office(user=former, role="village_head", region=cast.VILLAGE, ends_on=make.clock.today() - make.MONTH)
    assert not policy.may_move(former, make.proposal(), "forward")


def test_a_draft_is_seen_by_its_writers_and_by_nobody_else(everybody, people):
    proposal = make.proposal(stage=Stage.DRAFT, author=everybody["author"])
    seen = {name for name, person in everybody.items() if policy.may_see(person, proposal)}
    assert seen == {"author", "facilitator", "village_head"}
    public = make.proposal(stage=Stage.VILLAGE)
    assert all(policy.may_see(person, public) for person in everybody.values())


def test_a_resident_may_write_where_the_kabupaten_lets_citizens_propose(people):
    cycle = make.cycle(citizens_may_propose=False)
    assert policy.may_create(people.resident, cast.VILLAGE, cycle).code == "not_citizens"
    assert policy.may_create(people.facilitator, cast.VILLAGE, cycle)
    cycle.citizens_may_propose = True
    writers = {name for name, person in people.people().items() if policy.may_create(person, cast.VILLAGE, cycle)}
    assert writers == {"facilitator", "village_head", "resident"}


@pytest.mark.parametrize(
    ("stage", "outcome", "editors"),
    [
        (Stage.DRAFT, Outcome.OPEN, {"author", "facilitator", "village_head"}),
        (Stage.SUBDISTRICT, Outcome.RETURNED, {"author", "facilitator", "village_head"}),
        (Stage.VILLAGE, Outcome.OPEN, set()),
        (Stage.DRAFT, Outcome.WITHDRAWN, set()),
        (Stage.BUDGET, Outcome.REJECTED, set()),
    ],
)
def test_text_changes_only_while_it_is_written_or_was_returned(everybody, stage, outcome, editors):
    proposal = make.proposal(stage=stage, outcome=outcome, author=everybody["author"])
    assert {name for name, person in everybody.items() if policy.may_edit(person, proposal)} == editors


def test_what_may_be_done_is_asked_in_a_constant_number_of_queries(people, django_assert_num_queries):
    for count in (1, 2):
        proposal = make.proposal()
        proposal = type(proposal).objects.get(pk=proposal.pk)
        person = type(people.village_head).objects.get(pk=people.village_head.pk)
        with django_assert_num_queries(5):  # offices, residence, cycle, windows, what the year asks for
            assert len(policy.possible_moves(person, proposal)) == 7, count

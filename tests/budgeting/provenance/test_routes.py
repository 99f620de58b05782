"""Routes over the register: the database answers as the table does; authorities are configuration; another route is a signed row."""

import pytest

from accounts.models import AuditEntry
from accounts.refusals import Conflict, Invalid, Refusal
from budgeting import services
from budgeting.models import AuthorityRule, RouteDecision
from budgeting.routes import authorities, lists, sheet
from budgeting.routes.choosing import choose_route
from budgeting.routes.lookup import routed, with_code, with_route, with_source
from proposals.models import Proposal
from proposals.stages import Outcome, Stage
from proposals.words import Channel
from proposals.year.copying import begin_year
from tests import cast, make
from tests.budgeting.provenance.conftest import authority, status_of

pytestmark = pytest.mark.django_db
REASON = "Jalan ini menjadi jalan kabupaten sejak SK Bupati 2027."


def found(proposal):
    """What the database and the table say of it."""
    row = with_source(with_code(with_route(Proposal.objects.select_related("dictionary_entry")))).get(pk=proposal.pk)
    told = routed(row)
    assert row.route_code == told.route.code, "the database and the table answer alike"
    assert row.route_source == told.source
    return told


def village_money(people, amount, source="village_budget", region=cast.VILLAGE):
    made = services.set_ceiling(
        actor=people.planner, plan_year=2028, region_code=region, funding_source=source, amount=amount, legal_basis="Perbup 1/2027"
    )
    services.publish_ceiling(actor=people.budget_team, ceiling_id=made.pk)


def test_without_an_authority_nobody_can_say_which_way(people, plan):
    assert found(make.proposal(of=plan)).route.code == "AUTHORITY_UNKNOWN"


def test_a_village_work_goes_by_what_the_village_was_promised_altogether(people, plan):
    authority(plan, "village", sector="road")
    proposal = make.proposal(of=plan, amount=400)
    assert found(proposal).route.code == "VILLAGE_NO_CEILING"
    village_money(people, 250)
    assert found(proposal).route.code == "VILLAGE_TOO_LARGE"
    village_money(people, 150, "village_fund")
    assert found(proposal).route.code == "VILLAGE_AFFORDS"


def test_what_is_not_published_or_for_another_year_or_village_is_no_promise(people, plan):
    authority(plan, "village", sector="road")
    services.set_ceiling(
        actor=people.planner, plan_year=2028, region_code=cast.VILLAGE, funding_source="village_budget", amount=900, legal_basis="Perbup 1/2027"
    )
    village_money(people, 900, region=cast.NEXT_VILLAGE)
    assert found(make.proposal(of=plan, amount=400)).route.code == "VILLAGE_NO_CEILING"


def test_a_wards_money_is_the_ward_fund(people):
    plan = make.cycle(region=cast.ELSEWHERE)
    authority(plan, "village", sector="road")
    proposal = make.proposal(village=cast.FOREIGN_VILLAGE, of=plan, amount=400)
    assert found(proposal).route.code == "WARD_NO_CEILING"


def test_the_works_own_authority_stands_above_its_sectors(people, plan):
    entry = make.dictionary_entry(of=plan)
    authority(plan, "village", sector="road")
    authority(plan, "district", sector="road", work_code=entry.code, on_menu=True)
    assert found(make.proposal(of=plan)).route.code == "VILLAGE_NO_CEILING"
    assert found(make.proposal(of=plan, dictionary_entry=entry)).route.code == "DISTRICT_ON_MENU"


@pytest.mark.parametrize(
    ("level", "channel", "code"),
    [
        ("outside", "village", "OUTSIDE_BUDGET"),
        ("nation", "village", "NATION_AUTHORITY"),
        ("province", "council", "PROVINCE_AUTHORITY"),
        ("district", "village", "DISTRICT_AUTHORITY"),
        ("district", "council", "OTHERS_PROGRAMME"),
        ("village", "agency", "OTHERS_FOR_A_VILLAGE"),
    ],
)
def test_the_database_answers_the_other_rows_as_the_table_does(people, plan, level, channel, code):
    authority(plan, level, sector="road")
    assert found(make.proposal(of=plan, channel=Channel(channel))).route.code == code


def test_a_grant_says_that_its_recipient_must_be_a_legal_entity(people, plan):
    entry = make.dictionary_entry(of=plan, kind="grant")
    authority(plan, "village", sector="road")
    assert "badan hukum" in found(make.proposal(of=plan, dictionary_entry=entry)).sentence


def test_the_list_is_narrowed_by_row_money_and_choice(people, plan):
    authority(plan, "district", sector="road")
    mine, other = make.proposal(of=plan), make.proposal(of=plan, sector="water")
    make.proposal(of=plan, stage=Stage.DRAFT)
    assert {row.pk for row in lists.routes({})} == {mine.pk, other.pk}
    assert [row.pk for row in lists.routes({"route": "DISTRICT_AUTHORITY", "region": cast.HOME})] == [mine.pk]
    choose(people.planner, mine, target="climbs", funding_source="province_budget")
    assert [row.pk for row in lists.routes({"funding_source": "province_budget", "region": cast.HOME})] == [mine.pk]
    assert [row.pk for row in lists.routes({"chosen": "1", "region": cast.SUBDISTRICT})] == [mine.pk]
    with pytest.raises(Invalid):
        lists.routes({"region": "kapur"})


def choose(actor, proposal, **changes):
    wish = {"target": "climbs", "funding_source": "district_budget", "reason": REASON, **changes}
    return choose_route(proposal_id=proposal.pk, actor=actor, **wish)


def test_who_decides_where_it_stands_chooses_another_way_and_all_read_why(people, plan):
    authority(plan, "village", sector="road")
    proposal = make.proposal(of=plan)
    decision, is_new = choose(people.village_head, proposal)
    assert (is_new, decision.suggested, decision.signed_role) == (True, "VILLAGE_NO_CEILING", "village_head")
    told = found(proposal)
    assert (told.is_chosen, told.source) == (True, "district_budget")
    assert AuditEntry.objects.get(action="budgeting.route.choose").reason == REASON


def test_only_the_office_where_it_stands_and_the_planner_choose(people, plan):
    proposal = make.proposal(of=plan, stage=Stage.SUBDISTRICT)
    may = set()
    for name, person in people.people().items():
        turn = len(may)
        status = status_of(lambda who=person, turn=turn, tail=name: choose(who, proposal, reason=f"{REASON} Kata {tail}.", seen=turn))
        assert status in (200, 401, 403), name
        may |= {name} if status == 200 else set()
    assert may == {"subdistrict_officer", "planner", "second_planner"}


def test_the_same_again_is_once_and_of_two_who_read_the_same_the_second_is_told(people, plan):
    proposal = make.proposal(of=plan)
    first, _is_new = choose(people.planner, proposal)
    assert choose(people.planner, proposal) == (first, False)
    with pytest.raises(Conflict, match="Planner"):
        choose(people.second_planner, proposal, funding_source="province_budget")
    second, _is_new = choose(people.second_planner, proposal, funding_source="province_budget", seen=1)
    assert RouteDecision.objects.get(turn=2) == second


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"target": "undecided"}, "target"),
        ({"funding_source": "lottery"}, "funding_source"),
        ({"target": "village"}, "funding_source"),
        ({"reason": "sudah"}, "reason"),
        ({"reason": None}, "reason"),
    ],
)
def test_a_route_that_does_not_exist_or_says_nothing_is_refused_by_its_field(people, plan, wrong, field):
    with pytest.raises(Invalid) as refusal:
        choose(people.planner, make.proposal(of=plan), **wrong)
    assert set(refusal.value.fields) == {field}


def test_what_has_its_money_or_was_taken_back_is_routed_no_more(people, plan):
    for stage, outcome in ((Stage.WORKS, Outcome.FUNDED), (Stage.VILLAGE, Outcome.WITHDRAWN)):
        with pytest.raises(Conflict):
            choose(people.planner, make.proposal(of=plan, stage=stage, outcome=outcome))


def test_the_planner_says_whose_authority_a_work_is_and_on_what_it_rests(people, plan):
    entry = make.dictionary_entry(of=plan)
    wish = {"cycle_id": plan.pk, "work_code": entry.code, "authority": "village", "legal_basis": "Perbup 5/2026"}
    rule, changed = authorities.set_authority(actor=people.planner, **wish)
    assert (changed, rule.sector, rule.verified_by) == (True, "road", people.planner)
    assert authorities.set_authority(actor=people.planner, **wish) == (rule, False)
    with pytest.raises(Conflict):
        authorities.set_authority(actor=people.second_planner, **{**wish, "authority": "district"}, version=7)
    with pytest.raises(Conflict):  # a second planner who has an empty form open does not know that it is set
        authorities.set_authority(actor=people.second_planner, **{**wish, "authority": "district"})
    for stranger in (people.foreign_planner, people.budget_team, people.stranger):
        with pytest.raises(Refusal):
            authorities.set_authority(actor=stranger, **wish)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"authority": "king"}, "authority"),
        ({"sector": "", "work_code": ""}, "sector"),
        ({"work_code": "X99"}, "work_code"),
        ({"legal_basis": ""}, "legal_basis"),
        ({"on_menu": True}, "on_menu"),
    ],
)
def test_an_authority_that_says_nothing_true_is_refused_by_its_field(people, plan, wrong, field):
    with pytest.raises(Invalid) as refusal:
        authorities.set_authority(
            actor=people.planner, **{"cycle_id": plan.pk, "sector": "road", "authority": "village", "legal_basis": "Perbup", **wrong}
        )
    assert set(refusal.value.fields) == {field}


def test_defaults_stay_marked_until_somebody_confirms_them(people, plan):
    assert authorities.begin_with_defaults(actor=people.planner, cycle_id=plan.pk) == 15
    assert authorities.begin_with_defaults(actor=people.planner, cycle_id=plan.pk) == 0
    assert found(make.proposal(of=plan)).is_unverified
    assert authorities.confirm_authorities(actor=people.planner, cycle_id=plan.pk) == 15
    assert not found(make.proposal(of=plan)).is_unverified
    road = AuthorityRule.objects.get(cycle=plan, sector="road")
    assert authorities.drop_authority(actor=people.planner, cycle_id=plan.pk, pk=road.pk)
    assert not authorities.drop_authority(actor=people.planner, cycle_id=plan.pk, pk=road.pk)


def test_a_new_year_takes_the_authorities_along_unverified(people, plan):
    authority(plan, "district", sector="road", on_menu=True, legal_basis="Perbup 5", verified_by=people.planner, verified_at=plan.support_opens_at)
    target = begin_year(actor=people.planner, region_code=cast.HOME, plan_year=2029)
    copied = AuthorityRule.objects.get(cycle=target)
    assert (copied.authority, copied.on_menu, copied.legal_basis, copied.verified_by) == ("district", True, "Perbup 5", None)


def taken(people, plan, *rows, dry_run=False):
    text = "kode_kamus,nama_usulan,sektor,kewenangan,menu_dak,dasar_hukum\n" + "\n".join(rows)
    return sheet.take_in(actor=people.planner, cycle_id=plan.pk, content=text.encode(), dry_run=dry_run)


def test_the_sheet_goes_out_and_comes_back_in_and_twice_changes_nothing(people, plan):
    make.dictionary_entry(of=plan)
    report = taken(people, plan, ",,road,desa,,Perbup 5/2026", "J01,Rabat beton,road,kabupaten,ya,SK 12", ",,water,,,")
    assert (report.count("set"), report.count("unchanged"), report.written) == (2, 1, True)
    out = "".join(sheet.download(plan))
    assert "J01,Rabat beton jalan desa,road,kabupaten,ya,SK 12,ya" in out
    again = sheet.take_in(actor=people.planner, cycle_id=plan.pk, content=out.encode(), dry_run=False)
    assert (again.count("set"), again.count("error")) == (0, 0)


def test_a_sheet_of_unconfirmed_defaults_goes_back_in_and_confirms_nothing(people, plan):
    authorities.begin_with_defaults(actor=people.planner, cycle_id=plan.pk)
    report = sheet.take_in(actor=people.planner, cycle_id=plan.pk, content="".join(sheet.download(plan)).encode(), dry_run=False)
    assert (report.count("unchanged"), report.errors) == (15, [])
    assert not AuthorityRule.objects.filter(verified_at__isnull=False).exists()


def test_a_sheet_with_one_wrong_row_writes_nothing_and_names_row_and_column(people, plan):
    report = taken(people, plan, ",,road,desa,,Perbup 5", ",,water,raja,,Perbup 5", ",,road,pusat,,Perbup 5", "Z9,,,desa,,Perbup 5")
    assert [(fate.row, fate.column) for fate in report.errors] == [(3, "kewenangan"), (4, "kode_kamus"), (5, "kode_kamus")]
    assert not AuthorityRule.objects.exists()


def test_a_sheet_is_looked_at_before_it_is_taken_in(people, plan):
    report = taken(people, plan, ",,road,desa,,Perbup 5", dry_run=True)
    assert (report.count("set"), report.written, AuthorityRule.objects.count()) == (1, False, 0)
    for nonsense in (b"", b"hanya,ini\n1,2\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        with pytest.raises(Invalid):
            sheet.take_in(actor=people.planner, cycle_id=plan.pk, content=nonsense, dry_run=True)


@pytest.mark.parametrize("asked", [{"route": "DISTRICT_AUTHORITY"}, {"funding_source": "province_budget", "region": "61"}])
def test_one_route_is_looked_for_in_a_kabupaten_and_never_through_the_whole_register(people, plan, asked):
    with pytest.raises(Invalid) as refused:
        lists.routes(asked)
    assert "region" in refused.value.fields

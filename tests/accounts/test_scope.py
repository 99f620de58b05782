"""Who holds which role where, on which day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts import clock, scope
from accounts.models import User
from accounts.roles import Role
from tests import cast

pytestmark = pytest.mark.django_db


def test_a_role_covers_everything_below_its_region_and_nothing_beside_it(people):
    planner = people.planner
    for code in (cast.HOME, cast.SUBDISTRICT, cast.VILLAGE, cast.UNDRAWN_VILLAGE, cast.FAR_VILLAGE):
        assert scope.has_role(planner, Role.PLANNER, code), code
    for code in (cast.ELSEWHERE, cast.FOREIGN_VILLAGE, "61", ""):
        assert not scope.has_role(planner, Role.PLANNER, code), code


def test_a_code_that_only_begins_alike_is_not_below(people):
    cast.office(user=people.resident, role=Role.FACILITATOR, region="61.12.01.2001")
    assert not scope.has_role(people.resident, Role.FACILITATOR, "61.12.01.20011")


def test_another_role_is_another_role(people):
    assert not scope.has_role(people.planner, Role.BUDGET_TEAM, cast.HOME)
    assert scope.roles_at(people.facilitator, cast.VILLAGE) == {Role.FACILITATOR}
    assert scope.roles_at(people.facilitator, cast.NEXT_VILLAGE) == frozenset()


@pytest.mark.parametrize(
    ("starts", "ends", "holds"),
    [(0, None, True), (0, 0, True), (-9, 0, True), (1, None, False), (-9, -1, False)],
    ids=["from today", "today only", "until today", "from tomorrow", "until yesterday"],
)
def test_an_assignment_counts_from_its_first_to_its_last_day(people, starts, ends, holds):
    today = clock.today()
    ends_on = None if ends is None else today + timedelta(days=ends)
    cast.office(user=people.newcomer, role=Role.AUDITOR, region=cast.HOME, starts_on=today + timedelta(days=starts), ends_on=ends_on)
    assert scope.has_role(people.newcomer, Role.AUDITOR, cast.HOME) is holds


def test_the_day_is_the_local_one_because_a_term_ends_at_midnight_here_not_in_london(people):
    cast.office(user=people.newcomer, role=Role.AUDITOR, region=cast.HOME, ends_on=date(2027, 3, 1))
    late = datetime(2027, 3, 1, 16, 30, tzinfo=UTC)
    with clock.telling(late):
        assert scope.has_role(people.newcomer, Role.AUDITOR, cast.HOME)
    with clock.telling(late + timedelta(hours=1)):
        assert not scope.has_role(people.newcomer, Role.AUDITOR, cast.HOME)


def test_who_may_no_longer_sign_in_holds_nothing(people):
    User.objects.filter(pk__in=[people.planner.pk, people.resident.pk]).update(is_active=False)
    assert not scope.has_role(User.objects.get(username="planner"), Role.PLANNER, cast.HOME)
    assert scope.residence_of(User.objects.get(username="resident")) is None


def test_a_visitor_holds_nothing_and_asks_the_database_nothing(people, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert not scope.has_role(AnonymousUser(), Role.PLANNER, cast.HOME)
        assert scope.roles_at(AnonymousUser(), cast.HOME) == frozenset()
        assert scope.regions_of(AnonymousUser(), Role.PLANNER) == []
        assert scope.residence_of(AnonymousUser()) is None


def test_many_questions_about_one_person_are_one_query(people, django_assert_num_queries):
    planner = User.objects.get(username="planner")
    with django_assert_num_queries(1):
        for code in (cast.HOME, cast.VILLAGE, cast.ELSEWHERE):
            scope.has_role(planner, Role.PLANNER, code)
        scope.regions_of(planner, Role.PLANNER)
        scope.agencies_of(planner)


def test_the_agency_of_an_officer_is_known(people):
    assert scope.agencies_of(people.agency_officer) == {people.works_agency.pk}
    assert scope.agencies_of(people.planner) == frozenset()


def test_only_a_confirmed_claim_makes_a_resident(people):
    assert scope.residence_of(people.resident) == cast.VILLAGE
    assert scope.residence_of(people.neighbour) == cast.NEXT_VILLAGE
    assert scope.residence_of(people.newcomer) is None
    assert scope.residence_of(people.planner) is None

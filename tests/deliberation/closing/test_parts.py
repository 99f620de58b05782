"""What the meetings of a year leave behind when it is copied or loses a stage."""

import pytest

from accounts import clock
from accounts.refusals import Conflict
from deliberation.models import Meeting
from deliberation.models.document import Clause
from deliberation.words import MeetingKind
from proposals.year import copying, stages
from tests import cast, make


def test_passages_of_the_forms_go_along_unverified_and_meetings_stay_where_they_were_held(people):
    cycle, now = make.cycle(), clock.now()
    Clause.objects.create(
        cycle=cycle, meeting_kind=MeetingKind.SUBDISTRICT, place="keempat", text="Lahan sengketa dibatalkan.", legal_basis="Perbup 1/2027",
        verified_by=people.planner, verified_at=now, changed_by=people.planner, changed_at=now,
    )  # fmt: skip
    Meeting.objects.create(
        cycle=cycle, kind=MeetingKind.AGENCY_FORUM, region_id=cast.HOME, stage="agency", title="Forum", starts_at=now, place="Aula",
        convened_by=people.planner, convened_role="planner", created_at=now, changed_at=now,
    )  # fmt: skip
    ahead = copying.preview(cast.HOME, 2029)
    assert [count for label, count in ahead.parts if "Rapat" not in str(label)] == [1]
    made = copying.begin_year(actor=people.planner, region_code=cast.HOME, plan_year=2029)
    clause = Clause.objects.get(cycle=made)
    assert (clause.text, clause.legal_basis, clause.verified_at) == ("Lahan sengketa dibatalkan.", "Perbup 1/2027", None)
    assert Meeting.objects.filter(cycle=made).count() == 0


def test_a_stage_that_has_a_meeting_stays_in_its_year(people):
    cycle, now = make.cycle(), clock.now()
    Meeting.objects.create(
        cycle=cycle, kind=MeetingKind.AGENCY_FORUM, region_id=cast.HOME, stage="agency", title="Forum", starts_at=now, place="Aula",
        convened_by=people.planner, convened_role="planner", created_at=now, changed_at=now,
    )  # fmt: skip
    with pytest.raises(Conflict) as refused:
        stages.remove_stage(actor=people.planner, cycle_id=cycle.pk, stage="agency")
    assert refused.value.code == "stage_used"

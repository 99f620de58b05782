"""Dividing: the whole closes, its parts go on where it stood, and nothing becomes more by it."""

import pytest

from accounts.models import AuditEntry
from accounts.refusals import Conflict, Invalid
from proposals import history, services
from proposals.models import Lineage, Proposal
from proposals.stages import Outcome, Stage
from tests import cast, make
from tests.proposals import told
from tests.proposals.pictures import jpeg
from tests.proposals.test_carrying import tried

TWO = [{"title": "Ruas utara Dusun Karya", "volume": 300}, {"title": "Ruas selatan Dusun Karya", "volume": "200", "locus": "Dusun Tani"}]


@pytest.fixture(autouse=True)
def _cycle(people):
    make.cycle()


def split(proposal, actor, parts=TWO, **said):
    return services.split(proposal_id=proposal.pk, actor=actor, **{"version": proposal.version, "reason": told.REASON, "parts": parts, **said})


def test_the_parts_start_where_the_whole_stood_with_numbers_of_their_own(people):
    whole = make.proposal(stage=Stage.SUBDISTRICT, outcome=Outcome.RESERVED, first_asked_year=2026, raised_by_youth=True)
    parts = [Proposal.objects.get(pk=part.pk) for part in split(whole, people.subdistrict_officer)]
    whole.refresh_from_db()
    assert (whole.outcome, whole.stage, whole.version) == ("split", "subdistrict", 2)
    assert [part.number for part in parts] == ["6112-2028-0002", "6112-2028-0003"]
    for part in parts:
        assert (part.stage, part.outcome, part.years_waiting, part.raised_by_youth) == ("subdistrict", "reserved", 2, True)
        assert (part.author, part.stage_entered_at, part.submitted_at) == (whole.author, whole.stage_entered_at, whole.submitted_at)
    assert [(part.volume, part.amount, part.locus) for part in parts] == [(300, 240_000_000, whole.locus), (200, 160_000_000, "Dusun Tani")]
    assert [(step.child_id, step.kind, step.reason) for step in Lineage.objects.all()] == [(part.pk, "split", told.REASON) for part in parts]
    assert AuditEntry.objects.filter(action__contains="split").count() == 3


def test_a_part_goes_its_own_road_and_no_level_advises_more_than_it_came_with(people):
    whole = told.sent(people)
    part = split(whole, people.village_head)[0]
    told.move(part, "forward_adjusted", people.village_head, volume=100, reason=told.REASON)
    with pytest.raises(Invalid):
        told.move(part, "forward_adjusted", people.subdistrict_officer, volume=301, reason=told.REASON)
    raised = told.move(part, "forward_adjusted", people.subdistrict_officer, volume=300, reason=told.REASON)
    assert [(rung.asked, rung.volume) for rung in history.ladder(raised)] == [(True, 300), (False, 100), (False, 300)]


def test_who_divides_is_who_decides_and_the_village_once_it_is_returned(people):
    places = [
        (Stage.VILLAGE, Outcome.OPEN, {"village_head"}),
        (Stage.SUBDISTRICT, Outcome.RESERVED, {"subdistrict_officer"}),
        (Stage.DISTRICT, Outcome.OPEN, {"planner", "second_planner"}),
        (Stage.SUBDISTRICT, Outcome.RETURNED, {"facilitator", "village_head"}),
        (Stage.BUDGET, Outcome.OPEN, set()),
        (Stage.VILLAGE, Outcome.REJECTED, set()),
    ]
    for stage, outcome, expected in places:
        wholes = {name: make.proposal(stage=stage, outcome=outcome, agency=people.works_agency, author=people.operator) for name in people.people()}
        answers = {name: tried(lambda who=person, one=wholes[name]: split(one, who)) for name, person in people.people().items()}
        assert {name for name, answer in answers.items() if not answer} == expected, (stage, outcome)
        assert answers["stranger"] == "not_authenticated"


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        (None, "parts"),
        ("dua", "parts"),
        ([], "parts"),
        (TWO[:1], "parts"),
        (TWO * 7, "parts"),
        ([{**TWO[0], "volume": 301}, TWO[1]], "parts"),
        ([{**TWO[0], "amount": 240_000_001}, TWO[1]], "parts"),
        ([{**TWO[0], "title": "pendek"}, TWO[1]], "parts.0.title"),
        ([TWO[0], {**TWO[1], "title": None}], "parts.1.title"),
        ([TWO[0], {"title": TWO[1]["title"]}], "parts.1.volume"),
        ([{**TWO[0], "volume": 0}, TWO[1]], "parts.0.volume"),
        ([{**TWO[0], "volume": -1}, TWO[1]], "parts.0.volume"),
        ([{**TWO[0], "amount": 10**16}, TWO[1]], "parts.0.amount"),
        ([{**TWO[0], "location": [0, 0]}, TWO[1]], "parts.0.location"),
        ([{**TWO[0], "location": "di sini"}, TWO[1]], "parts.0.location"),
        ([TWO[0], 7], "parts.1.title"),
    ],
)
def test_parts_that_cannot_be_name_their_field_and_leave_nothing_behind(people, parts, field):
    whole = make.proposal()
    with pytest.raises(Invalid) as refusal:
        split(whole, people.village_head, parts)
    assert field in refusal.value.fields, refusal.value.fields
    whole.refresh_from_db()
    assert (whole.outcome, whole.version, Proposal.objects.count(), Lineage.objects.count()) == ("open", 1, 1, 0)


def test_a_reason_that_citizens_read_is_needed(people):
    with pytest.raises(Invalid) as refusal:
        split(make.proposal(), people.village_head, reason="dipecah")
    assert set(refusal.value.fields) == {"reason"}


def test_a_part_with_its_own_point_in_another_village_says_why(people):
    whole = make.proposal()
    there = list(cast.point_in(cast.NEXT_VILLAGE).coords)
    with pytest.raises(Invalid) as refusal:
        split(whole, people.village_head, [{**TWO[0], "location": there}, TWO[1]])
    assert set(refusal.value.fields) == {"parts.0.mismatch_reason"}
    parts = split(whole, people.village_head, [{**TWO[0], "location": there, "mismatch_reason": "Ujung jalan ada di desa sebelah."}, TWO[1]])
    assert [part.located_village_id for part in parts] == [cast.NEXT_VILLAGE, None]


def test_who_read_an_older_version_is_told_what_happened(people):
    whole = make.proposal()
    told.move(whole, "reserve", people.village_head, reason=told.REASON)
    with pytest.raises(Conflict, match="Village Head"):
        split(whole, people.village_head)


def test_dividing_is_no_ordinary_move(people):
    for name in ("split", "split_returned", "carry_over"):
        with pytest.raises(Invalid):
            told.move(make.proposal(), name, people.village_head, reason=told.REASON)


def test_photos_papers_and_answers_come_along_and_are_each_parts_own(people, settings, tmp_path, django_capture_on_commit_callbacks):
    settings.MEDIA_ROOT = tmp_path
    draft = told.draft(people.facilitator)
    photo, _new = services.attach(proposal_id=draft.pk, actor=people.facilitator, content=jpeg())
    services.submit(proposal_id=draft.pk, actor=people.facilitator)
    told.move(draft, "return", people.village_head, reason=told.REASON)
    parts = split(Proposal.objects.get(pk=draft.pk), people.facilitator)
    octets = (tmp_path / photo.file.name).read_bytes()
    files = [tmp_path / part.attachments.get().file.name for part in parts]
    assert [file.read_bytes() for file in files] == [octets, octets]
    with django_capture_on_commit_callbacks(execute=True):
        services.detach(proposal_id=parts[0].pk, actor=people.facilitator, sha256=photo.sha256)
    assert [file.exists() for file in files] == [False, True], "what one part gives away the other keeps"

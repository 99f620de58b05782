"""Saying whether two proposals are one: who may, in which words, two at once; and the draft that waits for it."""

import pytest
from django.db import DatabaseError, transaction

from accounts.models import AuditEntry
from accounts.refusals import Conflict, Invalid, Refusal
from proposals import services
from proposals.models import Proposal, Resemblance
from proposals.similar import candidates as similar
from proposals.similar import policy as similar_policy
from proposals.stages import Outcome, Stage
from tests import cast, make
from tests.proposals import told

DIFFERENCE = "Yang ini gang ke sekolah, yang itu gang ke dermaga."


@pytest.fixture
def road(people):
    return make.dictionary_entry(of=make.open_cycle())


@pytest.fixture
def pair(road):
    return make.proposal(dictionary_entry=road, agency=road.agency), make.proposal(village=cast.NEXT_VILLAGE, dictionary_entry=road)


def judge(pair, actor, verdict="different", difference=DIFFERENCE, **said):
    one, other = pair
    return services.judge_resemblance(proposal_id=one.pk, other_id=other.pk, actor=actor, verdict=verdict, difference=difference, **said)


def test_writers_of_either_side_deciders_and_planners_may_say_and_nobody_else(people, pair):
    may = {name for name, person in people.people().items() if similar_policy.may_judge(person, *pair)}
    assert may == {"facilitator", "village_head", "next_facilitator", "planner", "second_planner"}
    Proposal.objects.filter(pk=pair[1].pk).update(stage=Stage.SUBDISTRICT)
    pair[1].refresh_from_db()
    assert similar_policy.may_judge(people.subdistrict_officer, *pair)
    assert not similar_policy.may_judge(people.other_subdistrict_officer, *pair)


def test_an_agency_speaks_about_its_own_proposals_only(people, road):
    one = make.proposal(stage=Stage.AGENCY, agency=people.farming_agency)
    other = make.proposal(stage=Stage.VILLAGE)
    assert similar_policy.may_judge(people.other_agency_officer, one, other)
    assert not similar_policy.may_judge(people.agency_officer, one, other)


@pytest.mark.parametrize(("name", "status"), [("stranger", 401), ("moderator", 403), ("neighbour", 403), ("foreign_planner", 403)])
def test_a_refusal_says_who_is_asked_instead(people, pair, name, status):
    with pytest.raises(Refusal) as refused:
        judge(pair, getattr(people, name))
    assert refused.value.status == status
    assert not Resemblance.objects.exists()


def test_a_draft_is_judged_by_its_writers_and_does_not_exist_for_the_others(people, pair, road):
    draft = make.proposal(stage=Stage.DRAFT, dictionary_entry=road)
    assert judge((draft, pair[1]), people.facilitator)[1]
    with pytest.raises(Refusal) as refused:
        judge((draft, pair[0]), people.planner)
    assert refused.value.status == 404
    with pytest.raises(Invalid) as hidden:
        judge((pair[0], draft), people.planner)
    with pytest.raises(Invalid) as missing:
        services.judge_resemblance(proposal_id=pair[0].pk, other_id=None, actor=people.planner, verdict="same")
    assert hidden.value.fields == missing.value.fields, "somebody else's draft is told like one that does not exist"


def test_what_differs_is_told_in_twenty_characters(people, pair):
    with pytest.raises(Invalid) as refused:
        judge(pair, people.planner, difference="Beda tempat.")
    assert set(refused.value.fields) == {"difference"}
    with pytest.raises(Invalid) as refused:
        judge(pair, people.planner, verdict="perhaps")
    assert set(refused.value.fields) == {"verdict"}
    assert judge(pair, people.planner, verdict="same", difference="")[0].verdict == "same"


def test_a_pair_has_one_name_whichever_side_is_named_first(people, pair):
    first, _new = judge(pair, people.facilitator)
    second, is_new = judge(pair[::-1], people.planner, verdict="related", difference="", seen=first.pk)
    assert is_new
    assert (second.first_id, second.second_id, second.turn) == (first.first_id, first.second_id, 2)
    assert first.first_id < first.second_id


def test_the_same_again_changes_nothing(people, pair):
    first, _new = judge(pair, people.facilitator)
    again, is_new = judge(pair, people.facilitator)
    assert (again.pk, is_new) == (first.pk, False)
    assert AuditEntry.objects.filter(action="proposals.similar.judge").count() == 1


def test_a_judgement_that_was_not_read_is_not_turned_over(people, pair):
    first, _new = judge(pair, people.facilitator)
    with pytest.raises(Conflict) as refused:
        judge(pair, people.planner, verdict="same")
    assert str(people.facilitator) in str(refused.value.message)
    assert judge(pair, people.planner, verdict="same", seen=first.pk)[1]


def test_an_offices_word_stands_above_the_writers(people, pair):
    ruled, _new = judge(pair, people.planner, verdict="same", difference="")
    with pytest.raises(Refusal) as refused:
        judge(pair, people.next_facilitator, seen=ruled.pk)
    assert refused.value.code == "judged_by_an_office"


def test_a_judgement_cannot_be_rewritten(people, pair):
    judgement, _new = judge(pair, people.planner)
    with pytest.raises(DatabaseError), transaction.atomic():
        Resemblance.objects.filter(pk=judgement.pk).update(verdict="same")


def test_the_journal_keeps_no_words_about_a_draft(people, pair, road):
    judge(pair, people.planner)
    judge((make.proposal(stage=Stage.DRAFT, dictionary_entry=road), pair[1]), people.facilitator)
    assert sorted(AuditEntry.objects.values_list("reason", flat=True)) == ["", DIFFERENCE]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_judge_at_once_one_wins_and_the_other_hears_it(people, pair):
    answers = told.at_once(lambda: judge(pair, people.planner, "same"), lambda: judge(pair, people.second_planner, "different"))
    assert sorted(type(answer).__name__ for answer in answers) == ["Conflict", "tuple"]
    assert Resemblance.objects.count() == 1


class TestSending:
    """DOMAIN 8.6: the same work near by in the same year is linked, or the difference is stated, before a draft is sent."""

    def draft(self, people, road, **fields):
        return told.draft(people.facilitator, **{"dictionary_entry": road.code, **fields})

    def send(self, people, draft):
        return services.submit(proposal_id=draft.pk, actor=people.facilitator).proposal

    def test_a_draft_waits_until_its_near_likeness_is_answered(self, people, road):
        other = make.proposal(dictionary_entry=road, title="Rabat beton Gang Mawar")
        draft = self.draft(people, road)
        with pytest.raises(Refusal) as refused:
            self.send(people, draft)
        assert (refused.value.status, refused.value.code) == (409, "similar_unanswered")
        assert other.number in refused.value.fields["similar"][0]
        assert Proposal.objects.get(pk=draft.pk).number is None
        judge((draft, other), people.facilitator)
        assert self.send(people, draft).number

    @pytest.mark.parametrize("verdict", ["same", "related"])
    def test_a_link_is_an_answer_too(self, people, road, verdict):
        other = make.proposal(dictionary_entry=road)
        draft = self.draft(people, road)
        judge((draft, other), people.facilitator, verdict, "")
        assert self.send(people, draft).number

    def test_weaker_likenesses_do_not_stop_anybody(self, people, road):
        earlier = make.open_cycle(plan_year=2027)
        make.proposal(dictionary_entry=None, sector="road")
        make.proposal(of=earlier, dictionary_entry=make.dictionary_entry(of=earlier))
        make.proposal(dictionary_entry=road, outcome=Outcome.REJECTED)
        make.proposal(dictionary_entry=road, location=None)
        assert self.send(people, self.draft(people, road)).number

    def test_without_a_dictionary_entry_nothing_is_asked_of_the_database(self, people, road, django_assert_num_queries):
        make.proposal(dictionary_entry=road)
        draft = self.draft(people, road, dictionary_entry=...)
        with django_assert_num_queries(0):
            assert similar.unanswered(draft) == []
        assert self.send(people, draft).number

    def test_the_radius_is_the_kabupatens_own(self, people, road):
        make.proposal(dictionary_entry=road, location=cast.point_in(cast.VILLAGE))
        near = {"type": "Point", "coordinates": [109.4101, -0.09]}
        draft = self.draft(people, road, location=near)
        type(road.cycle).objects.filter(pk=road.cycle_id).update(duplicate_radius_m=10)
        assert self.send(people, draft).number, "eleven metres are beyond ten"

    @pytest.mark.django_db(transaction=True)
    def test_of_two_that_are_sent_at_once_the_second_is_asked(self, people, road):
        drafts = [self.draft(people, road) for _ in range(2)]
        answers = told.at_once(*[lambda draft=draft: self.send(people, draft) for draft in drafts])
        refused = [answer for answer in answers if isinstance(answer, Refusal)]
        assert [answer.code for answer in refused] == ["similar_unanswered"]
        assert Proposal.objects.exclude(number=None).count() == 1


def test_who_writes_for_another_channel_speaks_for_its_programmes(people, road):
    clerk = cast.person(username="clerk")
    cast.office(user=clerk, role="council_secretary", region=cast.HOME)
    village = make.proposal(dictionary_entry=road)
    assert not similar_policy.may_judge(clerk, village, make.proposal(dictionary_entry=road)), "village proposals are the village's"
    assert similar_policy.may_judge(clerk, village, make.proposal(dictionary_entry=road, channel="council"))

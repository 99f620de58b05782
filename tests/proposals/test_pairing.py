"""The prepared table of pairs: what stands in it, what leaves it, whose it is."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django_tasks_db.models import DBTaskResult

from accounts import clock
from proposals import services
from proposals.models import Lineage, Proposal, SimilarPair
from proposals.similar import pairing
from proposals.stages import Outcome, Stage
from proposals.words import Channel
from tests import cast, make
from tests.proposals import told

pytestmark = pytest.mark.django_db


@pytest.fixture
def road(people):
    return make.dictionary_entry(of=make.open_cycle())


@pytest.fixture
def pair(road):
    found = make.proposal(dictionary_entry=road), make.proposal(dictionary_entry=road)
    pairing.find_pairs([found[0].pk])
    return found


def keys(pairs) -> set[frozenset[object]]:
    return {frozenset((pair.first_id, pair.second_id)) for pair in pairs}


def test_a_pair_is_found_once_from_both_sides(pair):
    assert pairing.find_pairs([pair[1].pk]) == 1
    assert keys(SimilarPair.objects.all()) == {frozenset(one.pk for one in pair)}


def test_what_moved_away_is_taken_out(pair):
    Proposal.objects.filter(pk=pair[0].pk).update(location=cast.point_in(cast.FAR_VILLAGE))
    pairing.find_pairs([pair[0].pk])
    assert not SimilarPair.objects.exists()


def test_drafts_and_what_has_ended_make_no_pairs(road):
    draft = make.proposal(dictionary_entry=road, stage=Stage.DRAFT)
    ended = make.proposal(dictionary_entry=road, outcome=Outcome.REJECTED)
    asked = make.proposal(dictionary_entry=road)
    assert pairing.find_pairs([draft.pk, ended.pk, asked.pk]) == 0


@pytest.mark.parametrize("outcome", [Outcome.REJECTED, Outcome.WITHDRAWN, Outcome.NOT_FUNDED])
def test_a_pair_leaves_the_list_when_one_of_the_two_ends(pair, outcome):
    assert SimilarPair.objects.standing().count() == 1
    Proposal.objects.filter(pk=pair[1].pk).update(outcome=outcome)
    assert not SimilarPair.objects.standing().exists()


def test_what_descends_from_the_other_is_no_pair(people, pair):
    Lineage.objects.create(parent=pair[1], child=pair[0], kind=Lineage.Kind.SPLIT, by=people.planner, at=clock.now())
    assert not SimilarPair.objects.standing().exists()


def test_judged_pairs_leave_the_list_of_the_unjudged(people, pair):
    assert SimilarPair.objects.unjudged().count() == 1
    judgement, _new = services.judge_resemblance(proposal_id=pair[0].pk, other_id=pair[1].pk, actor=people.facilitator, verdict="same")
    assert not SimilarPair.objects.unjudged().exists()
    assert SimilarPair.objects.judged("same").count() == 1
    services.judge_resemblance(
        proposal_id=pair[0].pk, other_id=pair[1].pk, actor=people.planner, verdict="different", difference="Ruas kiri dan kanan.", seen=judgement.pk
    )
    assert SimilarPair.objects.judged("different").count() == 1, "the newest word rules"
    assert not SimilarPair.objects.judged("same").exists()


def test_a_pair_belongs_to_the_regions_of_both(road):
    make.proposal(dictionary_entry=road)
    other = make.proposal(village=cast.NEXT_VILLAGE, dictionary_entry=road, location=cast.point_in(cast.VILLAGE))
    pairing.find_pairs([other.pk])
    for code in (cast.VILLAGE, cast.NEXT_VILLAGE, cast.SUBDISTRICT, cast.HOME, ""):
        assert SimilarPair.objects.within(code).count() == 1, code
    assert not SimilarPair.objects.within(cast.FAR_VILLAGE).exists()
    assert SimilarPair.objects.within_any([cast.FAR_VILLAGE, cast.NEXT_VILLAGE]).count() == 1
    assert not SimilarPair.objects.within_any([]).exists()


class TestPaidTwice:
    """Both have money, or one has and the other asks through another channel."""

    def pair(self, road, **other):
        make.proposal(dictionary_entry=road, stage=Stage.WORKS, outcome=Outcome.FUNDED)
        second = make.proposal(dictionary_entry=road, **other)
        pairing.find_pairs([second.pk])
        return SimilarPair.objects.perhaps_paid_twice()

    def test_two_funded_ones_are_suspect(self, road):
        assert self.pair(road, stage=Stage.WORKS, outcome=Outcome.FUNDED).count() == 1

    def test_a_funded_one_that_another_channel_asks_for_again_is_suspect(self, road):
        assert self.pair(road, channel=Channel.COUNCIL).count() == 1

    def test_a_funded_one_that_the_village_asks_for_again_is_not_yet(self, road):
        assert self.pair(road).count() == 0

    @pytest.mark.parametrize(("verdict", "left"), [("different", 0), ("related", 0), ("same", 1)])
    def test_what_was_judged_to_be_two_works_is_no_suspicion(self, people, road, verdict, left):
        pairs = self.pair(road, channel=Channel.COUNCIL)
        found = pairs.get()
        services.judge_resemblance(
            proposal_id=found.first_id, other_id=found.second_id, actor=people.planner, verdict=verdict, difference="Satu di hulu, satu di hilir."
        )
        assert pairs.count() == left


def test_the_lists_questions_tell_channels_years_and_money_apart(road):
    village = make.proposal(dictionary_entry=road)
    pokir = make.proposal(dictionary_entry=road, channel=Channel.COUNCIL)
    funded = make.proposal(dictionary_entry=road, stage=Stage.WORKS, outcome=Outcome.FUNDED)
    pairing.find_pairs([village.pk, pokir.pk, funded.pk])
    pairs = SimilarPair.objects.standing()
    assert pairs.count() == 3
    assert keys(pairs.across_channels()) == {frozenset((village.pk, pokir.pk)), frozenset((funded.pk, pokir.pk))}
    assert not pairs.across_channels(Channel.AGENCY).exists()
    assert keys(pairs.funded_and_asked()) == {frozenset((funded.pk, village.pk)), frozenset((funded.pk, pokir.pk))}
    assert pairs.same_year().count() == 3


def test_sending_asks_a_worker_to_look(people, road):
    sent = told.sent(people, dictionary_entry=road.code)
    asked = DBTaskResult.objects.filter(task_path="proposals.tasks.find_pairs")
    assert [row.args_kwargs["args"] for row in asked] == [[[str(sent.pk)]]]


def test_the_command_fills_the_table_of_a_region(road):
    make.proposals(3, of=make.open_cycle(), dictionary_entry=road)
    said = StringIO()
    call_command("find_similar", region=cast.SUBDISTRICT, stdout=said)
    assert SimilarPair.objects.count() == 3
    assert "3 proposals" in said.getvalue()
    call_command("find_similar", region=cast.OTHER_SUBDISTRICT, stdout=said)
    assert SimilarPair.objects.count() == 3, "other regions are left as they are"
    with pytest.raises(CommandError):
        call_command("find_similar", region="99.99")

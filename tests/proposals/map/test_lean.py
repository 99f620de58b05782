"""A tile's filters are read once and mean what everybody's filters mean."""

import pytest
from django.http import QueryDict
from django.utils.translation import override

from accounts.refusals import Invalid
from proposals.filters import ProposalFilter
from proposals.lean_filters import lean
from proposals.models import Proposal
from tests import cast

pytestmark = pytest.mark.django_db
ASKED = [
    "",
    "plan_year=2028",
    "sector=road&sector=water&stage=works",
    "outcome=funded&channel=village",
    "plan_year=",
    "plan_year=2028&q=jembatan",
]


@pytest.mark.parametrize("query", [*ASKED, f"region={cast.HOME}&plan_year=2028"])
def test_the_tallies_are_asked_what_the_list_asks_them(people, query):
    whole = ProposalFilter(QueryDict(query), queryset=Proposal.objects.public()).or_refuse()
    for _again in range(2):
        read = lean(QueryDict(query)).or_refuse()
        assert (read.wanted(), read.region_code, read.needs_proposals) == (whole.wanted(), whole.region_code, whole.needs_proposals)


@pytest.mark.parametrize("query", ["plan_year=1", "stage=draft", "sector=road&sector=nothing", "outcome=open&plan_year=soon"])
def test_a_wrong_value_is_refused_as_often_as_it_is_asked_and_in_the_readers_words(people, query):
    sentences = []
    for language in ("id", "en", "id"):
        with override(language), pytest.raises(Invalid) as refused:
            lean(QueryDict(query)).or_refuse()
        sentences.append(refused.value.fields)
    assert sentences[0] == sentences[2] != sentences[1]


def test_filters_without_a_look_up_ask_the_database_nothing(people, django_assert_num_queries):
    with django_assert_num_queries(0):
        lean(QueryDict("plan_year=2028&sector=road")).or_refuse().wanted()

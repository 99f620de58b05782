"""What is known of works that were not bought stays true when purses change: never a bound above the very share."""

import random

import numpy as np
import pytest

from budgeting.rules.shares.electorate import Candidate
from budgeting.rules.shares.queues import queue_of
from budgeting.rules.shares.rivals import Rivals


def some_work(luck, groups):
    voters = np.array(sorted(luck.sample(range(groups), luck.randint(1, groups))), dtype=np.int64)
    weights = np.array([luck.choice((1, 1, 1, 2, 5)) for _voter in voters], dtype=np.float64)
    cost, ones = luck.randint(10, 600 * groups), np.ones(len(voters))
    return Candidate("p", cost, 1, (0, "p"), voters, weights, ones, weights)


def people(candidate, groups):
    everybody = np.ones(groups)
    everybody[candidate.voters] = candidate.weights
    return everybody


def least_share(candidate, spent, need):
    """By trying: the least share at which so many people or more, all of the cheapest groups, can pay together."""
    own = sorted(zip(spent[candidate.voters].tolist(), candidate.weights.tolist(), strict=True))
    crowd, found = 0.0, float("inf")
    for amount, weight in own:
        crowd += weight
        if crowd >= need:
            found = min(found, amount + candidate.cost / crowd)
    return found


def changed(luck, spent, candidate, hair):
    """Nearly everybody has spent a little less or anything more; a few who want the work, alike in what they spent, have spent nothing."""
    now = spent - np.array([luck.choice((0.0, 0.0, luck.random() * hair, -luck.random())) for _group in range(len(spent))])
    alike, begin = np.argsort(spent[candidate.voters]), luck.randrange(len(candidate.voters))
    now[candidate.voters[alike[begin : begin + luck.randint(0, 6)]]] = 0.0
    return np.maximum(now, 0.0)


@pytest.mark.parametrize("groups", [30, 300])
@pytest.mark.parametrize("way", ["glance", "learn"])
def test_a_bound_is_never_above_the_share_at_which_enough_people_can_pay(way, groups):
    luck, held = random.Random(f"rivals {way} {groups}"), 0  # noqa: S311 - the same numbers in every run
    for _turn in range(90_000 // groups):
        candidate, share, hair = some_work(luck, groups), luck.uniform(100, 1000), luck.choice((0.0, 5.0))
        spent = np.array([luck.uniform(0, share) for _group in range(groups)])
        need = luck.uniform(1, float(candidate.weights.sum()) * 1.2)
        rivals = Rivals(1, spent)
        if way == "learn":
            rivals.learn(0, queue_of(candidate, spent), need, share)
        elif not rivals.glance(0, candidate, spent, need, share):
            continue
        else:
            assert least_share(candidate, spent, need) >= share
        kept = rivals
        for _again in range(3):
            spent = changed(luck, spent, candidate, hair)
            kept = luck.choice((kept, kept.again()))
            kept.seen(spent, people(candidate, groups), hair)
            fewer = need * luck.choice((1.0, luck.uniform(0.8, 1.1)))
            bound = float(kept.bounds(np.array([fewer]))[0])
            held += bound > share
            assert bound <= least_share(candidate, spent, fewer) * (1 + 1e-12)
    assert held > 100, "bounds that tell nothing prove nothing"


def test_what_is_known_again_does_not_change_what_was_known():
    luck = random.Random(7)  # noqa: S311 - the same numbers in every run
    candidate, spent = some_work(luck, 30), np.zeros(30)
    rivals = Rivals(1, spent)
    rivals.learn(0, queue_of(candidate, spent), 1.0, 1.0)
    before = rivals.bounds(np.ones(1)).tolist()
    other = rivals.again()
    other.seen(spent - 0.5, np.ones(30), 1.0)
    other.learn(0, queue_of(candidate, spent), 50.0, 1.0)
    assert rivals.bounds(np.ones(1)).tolist() == before

"""The sentence beside every line, in both languages."""

import pytest
from django.utils import translation

from budgeting.models import AllocationLine
from budgeting.sentences import sentence

FUNDED = ("FUNDED_FULL", {"remaining": 1_250_000_000})
SHORT = ("BELOW_LINE", {"short_by": 20_000_000, "remaining": 5, "before": "6112-2028-0003", "more_votes": 3})
TIE = ("TIE_LOST", {"short_by": 20_000_000, "remaining": 5, "before": "6112-2028-0003", "more_votes": 1})
DEAR = ("COST_ABOVE_CEILING", {"short_by": 1, "ceiling": 500})


def _line(code, facts):
    return AllocationLine(reason_code=code, facts=facts, cost=500_000_000)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (FUNDED, ["Masuk. Sisa pagu setelah ini Rp1.250.000.000."]),
        (SHORT, ["Kurang Rp20.000.000. Tidak dapat dibagi menjadi tahap.", "bertambah 3"]),
        (TIE, ["6112-2028-0003", "bertambah 1"]),
        (DEAR, ["Rp1 di atas", "Rp500"]),
    ],
)
def test_a_line_speaks_indonesian_and_says_what_would_have_changed_it(line, said):
    with translation.override("id"):
        told = sentence(_line(*line))
    assert all(part in told for part in said), told


@pytest.mark.parametrize(
    ("line", "said"),
    [(FUNDED, "Funded. Remaining ceiling Rp1.250.000.000."), (SHORT, "3 more supports"), (TIE, "1 more support."), (DEAR, "no number of supports")],
)
def test_the_same_line_speaks_english(line, said):
    with translation.override("en"):
        assert said in sentence(_line(*line))

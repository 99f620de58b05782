"""The list of proposals: words, filters, chips, the table, what to do where nothing is found."""

import pytest

from proposals.stages import Outcome, Stage
from tests import cast, make
from tests.frontend.html import read

pytestmark = pytest.mark.django_db


def test_the_page_is_whole_in_both_views_with_every_filter(reader):
    make.proposal(title="Rabat beton jalan Dusun Karya")
    query = {
        "q": "rabat", "region": cast.VILLAGE, "stage": "village", "sector": "road", "plan_year": "2028", "amount_min": "1", "amount_max": "900000000",
        "waiting": "", "placed": "yes", "shape": "point", "submitted_from": "2020-01-01", "near": "109.41,-0.09,900",
    }  # fmt: skip
    for view in ("kartu", "tabel"):
        answer = reader("resident").get("/usulan/", {**query, "tampilan": view})
        assert answer.status_code == 200
        assert read(answer.content.decode()).faults == []
        assert len(answer.context["page"].rows) == 1

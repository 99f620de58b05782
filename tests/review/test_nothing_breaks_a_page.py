"""What nobody types by hand, sent to the pages: an answer, never a fault of ours."""

import pytest

from proposals.stages import Stage
from tests import cast, make

pytestmark = pytest.mark.django_db

#: `²` is a digit to Python and no number; the long one is longer than Python turns into a number.
NO_NUMBERS = ("²", "-1", "9" * 30, "9" * 5000)


@pytest.fixture
def number(people) -> str:
    return make.proposal().number


@pytest.mark.parametrize(
    "address",
    ["/usulan/%00/", "/wilayah/?q=%00", "/wilayah/?q=a%00b", "/akun/?village=%00", "/akun/?q=%00", "/usulan/baru/?village=%00", "/usulan/?q=%00"],
)
def test_a_zero_byte_in_an_address_is_answered(client, people, number, address):
    client.force_login(people.facilitator)
    assert client.get(address).status_code in {200, 400, 404}


@pytest.mark.parametrize("typed", NO_NUMBERS)
def test_a_number_that_is_none_is_answered(client, people, number, typed):
    for address, name in ((f"/usulan/{number}/", "sebelum"), (f"/wilayah/{cast.HOME}/", "plan_year"), ("/anggaran/", "plan_year")):
        assert client.get(address, {name: typed}).status_code == 200
    assert client.get("/anggaran/", {"plan_year": f"2028{typed}"}).status_code == 200


@pytest.mark.parametrize("typed", NO_NUMBERS)
def test_a_version_that_is_none_changes_nothing(client, people, typed):
    draft = make.proposal(stage=Stage.DRAFT, author=people.resident)
    client.force_login(people.facilitator)
    sent = client.post(f"/usulan/{draft.pk}/periksa/", {"version": typed})
    kept = client.post(
        f"/usulan/{draft.pk}/ubah/", {"version": typed, "village": cast.VILLAGE, "plan_year": "2028", "title": "Judul yang lain sekali"}
    )
    assert {sent.status_code, kept.status_code} <= {400, 409}
    draft.refresh_from_db()
    assert (draft.version, draft.stage) == (1, "draft")


@pytest.mark.parametrize("typed", NO_NUMBERS)
def test_a_ceiling_is_not_published_at_a_version_that_is_none(client, people, typed):
    from budgeting.models import Ceiling
    from budgeting.services import set_ceiling

    made = set_ceiling(
        actor=people.planner, plan_year=2028, region_code=cast.HOME, funding_source="district_budget", amount=10**9, legal_basis="Perbup 1"
    )
    client.force_login(people.second_planner)
    assert client.post(f"/anggaran/pagu/{made.pk}/terbit/", {"version": typed}).status_code in {400, 409}
    assert Ceiling.objects.get(pk=made.pk).published_at is None

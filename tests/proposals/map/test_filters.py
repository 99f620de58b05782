"""Filters find what they say, and a wrong value is an error of its field, everywhere."""

import pytest
from django.utils import translation

from accounts.models import User
from accounts.refusals import Invalid
from proposals.filters import ORDERINGS, ProposalFilter
from proposals.models import Proposal
from proposals.stages import Outcome, Stage
from proposals.words import Sector
from tests import cast, make


@pytest.fixture(autouse=True)
def register(author: User) -> dict[str, Proposal]:
    return {
        "road": make.proposal(title="Rabat beton jalan Dusun Karya", supports=3, amount=30),
        "bridge": make.proposal(
            village=cast.NEXT_VILLAGE, title="Jembatan gantung", problem="Anak sekolah memutar 7 km", stage=Stage.SUBDISTRICT, amount=10
        ),
        "water": make.proposal(village=cast.FAR_VILLAGE, title="Sumur bor", sector=Sector.WATER, outcome=Outcome.REJECTED, supports=9, amount=20),
        "elsewhere": make.proposal(
            village=cast.FOREIGN_VILLAGE, title="Posyandu", sector=Sector.HEALTH, of=make.cycle(region=cast.ELSEWHERE, plan_year=2027)
        ),
    }


def asked(register: dict[str, Proposal], **query: object) -> set[str]:
    names = {proposal.pk: name for name, proposal in register.items()}
    return {names[proposal.pk] for proposal in ProposalFilter(query, queryset=Proposal.objects.public()).asked()}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, {"road", "bridge", "water", "elsewhere"}),
        ({"region": cast.HOME}, {"road", "bridge", "water"}),
        ({"region": cast.SUBDISTRICT}, {"road", "bridge"}),
        ({"region": cast.VILLAGE}, {"road"}),
        ({"sector": ["water", "health"]}, {"water", "elsewhere"}),
        ({"stage": ["subdistrict"]}, {"bridge"}),
        ({"outcome": ["rejected"]}, {"water"}),
        ({"plan_year": "2027"}, {"elsewhere"}),
        ({"bbox": "109.40,-0.10,109.42,-0.08"}, {"road"}),
        ({"q": "JALAN  beton"}, {"road"}),
        ({"q": "jembatn"}, {"bridge"}),
        ({"q": "sekolah memutar"}, {"bridge"}),
        ({"q": "arang"}, {"bridge"}),
        ({"q": "6112-2028"}, {"road", "bridge", "water"}),
        ({"q": "beton sumur"}, set()),
        ({"q": "100%"}, set()),
        ({"q": "_"}, set()),
        ({"region": "", "q": " ", "sector": [], "plan_year": ""}, {"road", "bridge", "water", "elsewhere"}),
    ],
)
def test_each_filter_finds_what_it_says(register: dict[str, Proposal], query: dict[str, object], found: set[str]) -> None:
    assert asked(register, **query) == found


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("region", "99.99"),
        ("region", "61.12'; DROP TABLE geo_region; --"),
        ("region", "61.1"),
        ("sector", ["gold"]),
        ("stage", ["draft"]),
        ("outcome", ["maybe"]),
        ("plan_year", "next year"),
        ("plan_year", "99999999999999999999"),
        ("plan_year", "20.5"),
        ("q", "x" * 201),
        ("q", "nul \x00 byte"),
        ("bbox", "1,2,3"),
        ("bbox", "a,b,c,d"),
        ("bbox", "nan,0,1,1"),
        ("bbox", "inf,0,1,1"),
        ("bbox", "110,0,109,1"),
        ("bbox", "109,1,110,0"),
        ("bbox", "109,-91,110,0"),
        ("ordering", "author__password"),
    ],
)
def test_a_wrong_value_is_an_error_of_its_field(field: str, value: object) -> None:
    with pytest.raises(Invalid) as refusal:
        ProposalFilter({field: value}, queryset=Proposal.objects.public()).asked()
    assert set(refusal.value.fields or {}) == {field}


@pytest.mark.parametrize("ordering", ORDERINGS)
def test_every_order_ends_with_the_unique_key_so_that_pages_never_overlap(ordering: str) -> None:
    queryset = ProposalFilter({"ordering": ordering}, queryset=Proposal.objects.public()).asked()
    assert queryset.query.order_by[-1] in {"id", "-id"}


def test_the_order_asked_for_is_the_order_given(register: dict[str, Proposal]) -> None:
    amounts = [row.amount for row in ProposalFilter({"ordering": "amount", "region": cast.HOME}, queryset=Proposal.objects.public()).asked()]
    assert amounts == [10, 20, 30]


def test_the_form_speaks_indonesian() -> None:
    with translation.override("id"):
        labels = [str(field.label) for field in ProposalFilter({}).form.fields.values()]
    assert labels == ["Wilayah", "Jalur usulan", "Bidang", "Tahap", "Hasil", "Tahun rencana", "Kata", "Kotak di peta", "Urutan"]

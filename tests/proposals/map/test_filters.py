"""Filters find what they say, and a wrong value is an error of its field, everywhere."""

from datetime import UTC, datetime

import pytest
from django.contrib.gis.geos import LineString, Point, Polygon
from django.utils import translation

from accounts.models import Agency, User
from accounts.refusals import Invalid
from proposals.filters import ORDERINGS, ProposalFilter
from proposals.lists import Listing
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


ROW = {"title": "Lain", "village": cast.VILLAGE, "problem": "", "locus": "", "objective": ""}
LINE = LineString((109.401, -0.091), (109.405, -0.091), srid=4326)
FIELD = Polygon.from_bbox((109.401, -0.091, 109.402, -0.090))


@pytest.mark.parametrize(
    ("query", "facts"),
    [
        ({"amount_min": "500000000"}, {"amount": 600_000_000}),
        ({"amount_min": "5", "amount_max": "9"}, {"amount": 7}),
        ({"raised_by": ["women"]}, {"raised_by_women": True}),
        ({"raised_by": ["women", "poor"]}, {"raised_by_women": True, "raised_by_poor": True}),
        ({"raised_by": ["disabled"]}, {"raised_by_disabled": True}),
        ({"raised_by": ["youth"]}, {"raised_by_youth": True}),
        ({"land_owner": ["disputed", "private"]}, {"land_owner": "disputed"}),
        ({"waiting": "2"}, {"first_asked_year": 2026}),
        ({"waiting": "1"}, {"first_asked_year": 2026}),
        ({"realisation": ["disputed"]}, {"realisation": "disputed", "stage": Stage.DONE, "outcome": Outcome.FUNDED}),
        ({"funding_source": ["village_fund"]}, {"funding_source": "village_fund", "stage": Stage.WORKS, "outcome": Outcome.FUNDED}),
        ({"placed": "no"}, {"location": None}),
        ({"shape": ["line"]}, {"shape": LINE}),
        ({"shape": ["area"]}, {"shape": FIELD}),
        ({"shape": ["line", "area"]}, {"shape": FIELD}),
        ({"channel": ["council"]}, {"channel": "council"}),
        ({"submitted_from": "2026-03-02", "submitted_to": "2026-03-02"}, {"submitted_at": datetime(2026, 3, 2, 16, 59, tzinfo=UTC)}),
        ({"near": "109.4351,-0.0951,40"}, {"location": Point(109.4352, -0.0952, srid=4326)}),
        ({"q": "lain", "waiting": "1"}, {"first_asked_year": 2027}),
        ({"near": "109.4351,-0.0951,40", "q": "lain"}, {"location": Point(109.4352, -0.0952, srid=4326)}),
    ],
)
def test_each_way_to_count_agrees_with_the_plain_question(register: dict[str, Proposal], query: dict[str, object], facts: dict[str, object]) -> None:
    """The index and the columns must never answer differently, whatever is asked."""
    register["other"] = make.proposal(**{**ROW, **facts})
    assert asked(register, **query) == {"other"}
    listing = Listing(ProposalFilter(query, queryset=Proposal.objects.public()).or_refuse())
    assert (listing.total.number, [row.pk for row in listing.rows]) == (1, [register["other"].pk])


def test_a_single_place_has_a_position_and_nothing_drawn(register: dict[str, Proposal]) -> None:
    register["line"] = make.proposal(**{**ROW, "shape": LINE})
    register["nowhere"] = make.proposal(**{**ROW, "location": None})
    assert "line" not in asked(register, shape=["point"])
    assert asked(register, shape=["point"]) == {"road", "bridge", "water", "elsewhere"}
    assert Listing(ProposalFilter({"shape": ["point", "line"]}, queryset=Proposal.objects.public()).or_refuse()).total.number == 5


def test_an_agency_and_a_work_of_the_dictionary_are_asked_for_by_key_and_by_code(register: dict[str, Proposal]) -> None:
    agency = Agency.objects.create(region_id=cast.HOME, code="1.03", name="Dinas PU")
    register["other"] = make.proposal(**ROW, agency=agency, dictionary_entry=make.dictionary_entry(code="J-7'\\x"))
    assert asked(register, agency=[str(agency.pk)]) == {"other"}
    assert asked(register, entry="J-7'\\x") == {"other"}
    assert Listing(ProposalFilter({"entry": "J-7'\\x", "agency": [agency.pk]}, queryset=Proposal.objects.public()).or_refuse()).total.number == 1


def test_a_moved_proposal_is_found_where_it_stands_now_by_the_index_too(register: dict[str, Proposal]) -> None:
    Proposal.objects.filter(pk=register["road"].pk).update(stage=Stage.AGENCY, outcome=Outcome.RESERVED)
    for query, count in (({"q": "rabat", "stage": ["village"]}, 0), ({"q": "rabat", "stage": ["agency"], "outcome": ["reserved"]}, 1)):
        assert Listing(ProposalFilter(query, queryset=Proposal.objects.public()).or_refuse()).total.number == count


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
        ("near", "109.4,-0.1"),
        ("near", "109.4,-0.1,-5"),
        ("near", "109.4,-91,5"),
        ("near", "109.4,-0.1,1e9"),
        ("near", "nan,0,5"),
        ("agency", ["999999"]),
        ("agency", ["PUPR"]),
        ("entry", "TIDAK-ADA"),
        ("amount_min", "-1"),
        ("amount_min", "1.5"),
        ("amount_max", str(10**19)),
        ("raised_by", ["men"]),
        ("land_owner", ["moon"]),
        ("waiting", "0"),
        ("waiting", "lama"),
        ("realisation", [""]),
        ("funding_source", ["'; --"]),
        ("submitted_from", "31-31-2027"),
        ("submitted_to", "0000-00-00"),
        ("placed", "maybe"),
        ("shape", ["circle"]),
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
    with translation.override("en"):
        english = [str(field.label) for field in ProposalFilter({}).form.fields.values()]
    with translation.override("id"):
        labels = [str(field.label) for field in ProposalFilter({}).form.fields.values()]
    assert labels[:3] == ["Wilayah", "Jalur", "Bidang"]
    assert not set(labels) & set(english)
    assert len(set(labels)) == len(labels)

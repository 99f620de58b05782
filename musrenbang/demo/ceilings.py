"""The demonstration's tree of ceilings: agencies and sub-districts, a formula that anybody recomputes, a transfer, village money."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from accounts import clock
from accounts.models import Agency
from budgeting import services
from budgeting.ceilings.formulas import units_below
from budgeting.models import Ceiling
from budgeting.models.ceiling import FundingSource
from geo.models import Region
from musrenbang.demo import people
from musrenbang.demo.cast import Cast
from proposals.models import Cycle

BASIS = "Data contoh: bukan keputusan kepala daerah"
_INVENTED = "Angka contoh, bukan data resmi"
#: Rupiah that the kabupaten's own money gives to the sub-districts by formula.
_BY_FORMULA = 5_400_000_000
_TO_AGENCIES = (260_000_000, 180_000_000)
_VILLAGE_FUND, _FUND_OF_VILLAGE = 9_500_000_000, 850_000_000
#: What a plan year shares by need: name, weight in per cent, whether it is an achievement, lowest and highest invented figure.
_NEEDS = (
    ("population", "Jumlah penduduk", "30", False, (9_000, 62_000)),
    ("poverty", "Rumah tangga miskin", "35", False, (400, 2_900)),
    ("roads", "Jalan desa mantap (%)", "20", True, (38, 81)),
    ("health", "Indeks kesehatan", "15", True, (61, 78)),
)


def divide(cycle: Cycle, cast: Cast, villages: list[Region], at: datetime) -> None:
    """Raise the year's kabupaten ceiling by what is then handed down, and give some villages their part of the village fund."""
    agencies = Agency.objects.filter(region=people.DISTRICT).order_by("code", "pk")[: len(_TO_AGENCIES)]
    with clock.telling(at):
        whole = _raised(cycle, cast)
        _by_formula(whole, cast)
        parts = [_part(whole, cast, agency=agency, amount=amount) for agency, amount in zip(agencies, _TO_AGENCIES, strict=True)]
    with clock.telling(at + timedelta(days=9)):
        _transfer(parts[0], parts[-1], 25_000_000, cast)
        _village_fund(cycle.plan_year, cast, [village for village in villages if village.pk != people.VILLAGE][:5])


def _raised(cycle: Cycle, cast: Cast) -> Ceiling:
    whole = Ceiling.objects.get(region=people.DISTRICT, plan_year=cycle.plan_year, funding_source=FundingSource.DISTRICT_BUDGET, agency=None)
    raised = services.set_ceiling(
        actor=cast.parts["bappeda"],
        plan_year=whole.plan_year,
        region_code=whole.region_id,
        funding_source=whole.funding_source,
        amount=whole.amount + _BY_FORMULA + sum(_TO_AGENCIES),
        reserve=whole.reserve,
        legal_basis=BASIS,
        version=whole.version,
    )
    return services.publish_ceiling(actor=cast.parts["tapd"], ceiling_id=raised.pk)


def _by_formula(whole: Ceiling, cast: Cast) -> None:
    planner, second = cast.parts["bappeda"], cast.parts["tapd"]
    formula = services.set_formula(actor=planner, ceiling_id=whole.pk, inputs=_inputs(units_below(whole)), legal_basis=BASIS)
    services.publish_formula(actor=second, formula_id=formula.pk)
    for made in services.apply_formula(actor=planner, formula_id=formula.pk):
        services.publish_ceiling(actor=second, ceiling_id=made.pk)


def _inputs(regions: list[Region]) -> dict[str, Any]:
    values: dict[str, dict[str, str]] = {region.pk: {} for region in regions}
    for turn, (key, _name, _weight, _inverse, (low, high)) in enumerate(_NEEDS):
        for place, region in enumerate(regions):
            values[region.pk][key] = str(low + (place * 7919 + turn * 104_729) * 37 % (high - low))
    for region in Region.objects.filter(pk__in=values, population__isnull=False).only("code", "population"):
        values[region.pk]["population"] = str(region.population)
    return {
        "total": _BY_FORMULA,
        "base": "25",
        "reward": "5",
        "reward_source": f"Realisasi PBB (%). {_INVENTED}",
        "variables": [
            {"key": key, "name": name, "weight": weight, "inverse": inverse, "source": _INVENTED} for key, name, weight, inverse, _span in _NEEDS
        ],
        "values": values,
        "rewards": {region.pk: str(52 + place * 13 % 44) for place, region in enumerate(regions)},
    }


def _part(whole: Ceiling, cast: Cast, *, amount: int, agency: Agency | None = None, region: str = "") -> Ceiling:
    made = services.set_ceiling(
        actor=cast.parts["bappeda"],
        plan_year=whole.plan_year,
        region_code=region or whole.region_id,
        funding_source=whole.funding_source,
        amount=amount,
        legal_basis=BASIS,
        agency_id=agency.pk if agency else None,
        parent_id=whole.pk,
    )
    return services.publish_ceiling(actor=cast.parts["tapd"], ceiling_id=made.pk)


def _transfer(source: Ceiling, target: Ceiling, amount: int, cast: Cast) -> None:
    asked = services.ask_transfer(
        actor=cast.parts["bappeda"],
        transfer_id=uuid.uuid5(uuid.NAMESPACE_URL, f"musrenbang/demo/{source.pk}/{target.pk}"),
        source_id=source.pk,
        target_id=target.pk,
        amount=amount,
        reason="Pintu air dan tanggul yang jebol lebih mendesak daripada peningkatan jalan.",
        legal_basis=BASIS,
    )
    services.confirm_transfer(actor=cast.parts["tapd"], transfer_id=asked.pk)


def _village_fund(plan_year: int, cast: Cast, villages: list[Region]) -> None:
    whole = services.set_ceiling(
        actor=cast.parts["bappeda"],
        plan_year=plan_year,
        region_code=people.DISTRICT,
        funding_source=FundingSource.VILLAGE_FUND.value,
        amount=_VILLAGE_FUND,
        legal_basis=BASIS,
    )
    whole = services.publish_ceiling(actor=cast.parts["tapd"], ceiling_id=whole.pk)
    for place, village in enumerate(villages):
        _part(whole, cast, amount=_FUND_OF_VILLAGE + place * 37_500_000, region=village.pk)

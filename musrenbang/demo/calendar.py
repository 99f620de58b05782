"""The demonstration's plan years. Windows overlap on purpose, so that every part can be played on any day."""

from datetime import datetime, timedelta

from accounts import clock
from accounts.models import Agency, User
from musrenbang.demo.works import WORKS
from proposals.models import Cycle, DictionaryEntry, StageWindow
from proposals.stages import Stage

#: Days before and after the day of loading: when each stage opens, and when it closes.
_RUNNING: dict[Stage, tuple[int, int]] = {
    Stage.VILLAGE: (-150, 120),
    Stage.SUBDISTRICT: (-90, 150),
    Stage.AGENCY: (-60, 180),
    Stage.DISTRICT: (-40, 210),
    Stage.BUDGET: (-30, 270),
    Stage.WORKS: (-20, 640),
    Stage.DONE: (-20, 700),
}
#: A year earlier, and closed but for the works.
_EARLIER: dict[Stage, tuple[int, int]] = {
    Stage.VILLAGE: (-520, -410),
    Stage.SUBDISTRICT: (-410, -360),
    Stage.AGENCY: (-360, -330),
    Stage.DISTRICT: (-330, -300),
    Stage.BUDGET: (-300, -200),
    Stage.WORKS: (-200, 275),
    Stage.DONE: (-200, 335),
}


def running_year(today: datetime) -> int:
    """The plan year that villages discuss now: lists drafted from July feed the district plan of the year after next."""
    return today.year + (2 if today.month >= 7 else 1)


def draw_up(district: str, plan_year: int, verified_by: User, *, earlier: bool) -> Cycle:
    """A cycle with its windows, verified by the planner of the demonstration."""
    now = clock.now().replace(hour=1, minute=0, second=0, microsecond=0)
    days = _EARLIER if earlier else _RUNNING
    cycle = Cycle.objects.create(
        region_id=district,
        plan_year=plan_year,
        legal_basis="Data contoh: bukan keputusan kepala daerah",
        verified_by=verified_by,
        verified_at=now,
        support_opens_at=now + timedelta(days=days[Stage.VILLAGE][0]),
        support_closes_at=now + timedelta(days=days[Stage.BUDGET][1]),
    )
    StageWindow.objects.bulk_create(
        StageWindow(cycle=cycle, stage=stage, position=place, opens_at=now + timedelta(days=first), closes_at=now + timedelta(days=last))
        for place, (stage, (first, last)) in enumerate(days.items(), start=1)
    )
    return cycle


def write_dictionary(cycle: Cycle, agencies: dict[str, Agency]) -> None:
    """The works of the demonstration as the cycle's dictionary."""
    DictionaryEntry.objects.bulk_create(
        DictionaryEntry(
            cycle=cycle,
            code=f"KU-{place:03d}",
            name=work.title.removesuffix(" {dusun}").removesuffix(" Dusun").removesuffix(" di").removesuffix(" untuk"),
            sector=work.sector,
            unit=work.unit,
            unit_price=work.unit_price,
            agency=agencies[work.agency],
        )
        for place, work in enumerate(WORKS, start=1)
    )

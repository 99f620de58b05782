"""Running numbers: `6112-2028-0417` is the 417th proposal sent in Kubu Raya (61.12) for plan year 2028."""

from proposals.models import Cycle


def take_number(cycle_id: int) -> str:
    """The cycle's next number. Its row stays locked until the transaction ends, so that numbers have no gaps."""
    return take_numbers(cycle_id, 1)[0]


def take_numbers(cycle_id: int, count: int) -> list[str]:
    """The cycle's next numbers, in order.

    The lock is the one of an update (no key): new drafts, which only refer to the cycle, do not wait for it.
    """
    cycle = Cycle.objects.select_for_update(no_key=True).get(pk=cycle_id)
    Cycle.objects.filter(pk=cycle_id).update(numbered=cycle.numbered + count)
    numbers = range(cycle.numbered + 1, cycle.numbered + count + 1)
    return [f"{cycle.region_id.replace('.', '')}-{cycle.plan_year}-{number:04d}" for number in numbers]

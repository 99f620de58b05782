"""What every measurement needs: the project set up, and figures told as a ratio to a floor of the same run."""

import os
import statistics
import time
from collections.abc import Callable

import django


def set_up() -> None:
    """Django as it runs in production: no DEBUG, the kept connection."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "musrenbang.settings")
    django.setup()


def seconds(work: Callable[[], object], times: int = 30) -> float:
    """The median time of one call, after three that warm it up."""
    for _ in range(3):
        work()
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def tell(name: str, measured: float, floor: float, floor_name: str) -> None:
    """One line: the ratio first, since milliseconds belong to a machine."""
    print(f"  {name:<44} {measured / floor:6.2f} x {floor_name}  ({measured * 1000:.2f} ms / {floor * 1000:.2f} ms)", flush=True)

"""All sub-districts of a plan year in one command, beside reading the same rows and doing nothing.

Reads the database `nation` (`benchmarks/nation.py` builds it): its three years are taken for one, so that 7,285 sub-districts have about
230 proposals each, and a quarter of what is asked for is there. Each figure belongs to a process of its own.
"""

import json
import os
import subprocess
import sys
from functools import partial
from typing import Any

sys.path.insert(0, ".")

from benchmarks.national.build import address

PART = 4
WAYS = {"the rows alone": 0, "1 process": 1, "2 processes": 2}


def measure(processes: int) -> dict[str, Any]:
    """Seconds on the clock, and the memory of this process; 0 processes read the rows and decide nothing."""
    import resource
    import time

    from benchmarks import floor

    floor.set_up()
    from django.db import transaction

    from budgeting.national.deciding import Sums, Way, decided
    from budgeting.national.reading import subdistricts
    from budgeting.national.spreading import spread
    from proposals.models import Proposal

    begun, sums, size = time.perf_counter(), Sums(), 0
    with transaction.atomic():
        found = subdistricts(Proposal.objects.exclude(stage="draft"), lambda _code, asked: asked // PART)
        if processes == 0:
            sums = sums.with_more(Sums(proposals=sum(one.rows.count("\n") + 1 for one in found)))
        for told in spread(partial(decided, Way("greedy")), found, processes) if processes else ():
            sums, size = sums.with_more(told.sums), size + len(told.lines) + len(told.rows)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {"seconds": time.perf_counter() - begun, "memory": memory, "bytes": size, **sums._asdict()}


def main() -> None:
    """One line a way: beside the floor, with its clock."""
    asked = {**os.environ, "DATABASE_URL": address("nation"), "PYTHONPATH": "."}
    found = {}
    for name, processes in WAYS.items():
        told = subprocess.run([sys.executable, __file__, str(processes)], env=asked, check=True, capture_output=True, text=True)
        found[name] = json.loads(told.stdout.splitlines()[-1])
    rows = found["the rows alone"]
    for name, told in found.items():
        print(
            f"  {name:<16} {told['seconds'] / rows['seconds']:6.2f} x the rows alone  ({told['seconds']:.1f} s, {told['proposals']} proposals, "
            f"{told['subdistricts']} sub-districts, {told['memory']} MB)"
        )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measure(int(sys.argv[1]))))
    else:
        main()

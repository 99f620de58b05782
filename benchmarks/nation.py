"""Lists, pages and searches over 1.7 million proposals beside the same over 10,000, and beside a bare Django view.

Builds what is missing: the national set takes minutes and stays in the database `nation` until somebody drops it.
"""

import json
import os
import subprocess
import sys
from typing import Any

sys.path.insert(0, ".")

from benchmarks.national.build import address

SIZES = {"nation": 1_700_000, "nation_small": 10_000}


def stands(database: str) -> bool:
    """Whether the set is there and full; one of an earlier day is brought up to today's tables, never built again."""
    asked = {**os.environ, "DATABASE_URL": address(database)}
    there = "from proposals.models import Proposal; raise SystemExit(not Proposal.objects.order_by().only('pk')[:1])"
    return all(
        subprocess.run([sys.executable, "manage.py", *words], env=asked, check=False, capture_output=True).returncode == 0
        for words in (["migrate"], ["shell", "-c", there])
    )


def measured(database: str) -> dict[str, Any]:
    """What `measure` says of a database, in a process of its own."""
    if not stands(database):
        made = {**os.environ, "NATION_DATABASE": database, "NATION_PROPOSALS": str(SIZES[database])}
        subprocess.run([sys.executable, "benchmarks/national/build.py"], env=made, check=True)
    asked = {**os.environ, "DATABASE_URL": address(database)}
    told = subprocess.run([sys.executable, "benchmarks/national/measure.py"], env=asked, check=True, capture_output=True, text=True)
    return dict(json.loads(told.stdout.splitlines()[-1]))


def main() -> None:
    """One line an address: how it grows with the register, what it costs beside a bare view, and its queries."""
    small, large = measured("nation_small"), measured("nation")
    floor = large.pop("floor")["seconds"]
    for name, told in large.items():
        grows, beside = told["seconds"] / small[name]["seconds"], told["seconds"] / floor
        print(
            f"  {name:<38} {grows:5.2f} x its time at 10,000  {beside:6.1f} x a bare view  "
            f"({told['seconds'] * 1000:.1f} ms, {told['queries']} queries)"
        )


if __name__ == "__main__":
    main()

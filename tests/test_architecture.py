"""The line of the rooms holds: nobody imports from the right, the law and the mathematics know no framework."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LINE = ["geo", "accounts", "proposals", "deliberation", "budgeting", "frontend", "musrenbang"]
PURE_OF_RUNS = ("inputs", "lots", "ways", "result", "bundle", "pabulib")
PURE = [
    ROOT / "geo/codes.py",
    ROOT / "geo/tiles.py",
    ROOT / "proposals/stages.py",
    ROOT / "proposals/captures.py",
    ROOT / "proposals/small_groups.py",
    ROOT / "deliberation/roll/quorum.py",
    *(ROOT / f"deliberation/ballots/{name}.py" for name in ("rules", "tally", "files", "sheets", "secrecy", "disclosure")),
    ROOT / "proposals/papers/readiness.py",
    ROOT / "proposals/similar/nearness.py",
    ROOT / "proposals/similar/alike.py",
    ROOT / "deliberation/floor/order.py",
    ROOT / "budgeting/routing.py",
    ROOT / "budgeting/formula.py",
    ROOT / "budgeting/formula_file.py",
    *(ROOT / "budgeting" / name for name in ("comparison/facts.py", "answers/facts.py", "overrides/broken.py")),
    *(ROOT / "budgeting/rules").rglob("*.py"),
    *(ROOT / f"budgeting/runs/{name}.py" for name in PURE_OF_RUNS),
]
FORBIDDEN_WORDS = ["post_save", "pre_save", "@receiver", "GenericForeignKey"]


def sources(room: str) -> list[Path]:
    return [path for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts]


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("room", LINE)
def test_a_room_imports_only_rooms_to_its_left_because_cycles_begin_with_one_exception(room: str) -> None:
    right = set(LINE[LINE.index(room) + 1 :])
    wrong = [f"{path.relative_to(ROOT)}: {name}" for path in sources(room) for name in imported(path) if name.split(".")[0] in right]
    assert sources(room)
    assert wrong == []


@pytest.mark.parametrize("path", PURE, ids=lambda path: str(path.relative_to(ROOT)))
def test_law_and_mathematics_run_without_django(path: Path) -> None:
    outside = {"django", "rest_framework", "channels", *LINE}
    own = {"deliberation.ballots.rules", "deliberation.ballots.tally", "geo.codes", "geo.tiles", "proposals.stages", "proposals.small_groups"}
    own |= {"budgeting.formula", "budgeting.formula_file"}
    own |= {"budgeting.runs", *(f"budgeting.runs.{name}" for name in PURE_OF_RUNS)}
    wrong = [name for name in imported(path) if name.split(".")[0] in outside and name not in own and not (name + ".").startswith("budgeting.rules.")]
    assert wrong == []


@pytest.mark.parametrize("room", LINE)
def test_nothing_follows_from_a_save_by_magic(room: str) -> None:
    wrong = [f"{path.relative_to(ROOT)}: {word}" for path in sources(room) for word in FORBIDDEN_WORDS if word in path.read_text()]
    assert wrong == []

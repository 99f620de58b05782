"""Every service that changes something for a person writes the journal: read out of the code, so that none is forgotten."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
ROOMS = ("accounts", "proposals", "deliberation", "budgeting")
#: A person's own bookmarks and half sent files: nobody else ever reads them, and nothing of the register follows from them.
PRIVATE = {
    "save_search": "a bookmark of one's own",
    "rename_search": "a bookmark of one's own",
    "delete_search": "a bookmark of one's own",
    "open_search": "a bookmark of one's own",
    "cast_vote": "the mark on the roll says who voted and on which day; a line with the minute would help to guess what (decision 0170)",
}
_WRITES = {"record", "record_all", "entry"}


def _functions() -> dict[str, list[tuple[Path, ast.FunctionDef]]]:
    found: dict[str, list[tuple[Path, ast.FunctionDef]]] = {}
    for path in (path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py")) if _is_service(path)):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef):
                found.setdefault(node.name, []).append((path, node))
    return found


def _is_service(path: Path) -> bool:
    return "services" in path.parts or path.name in ("services.py", "audit.py")


FUNCTIONS = _functions()


def _calls(node: ast.FunctionDef) -> set[str]:
    """Functions called by their name, or by their module's and their own."""
    called = [one.func for one in ast.walk(node) if isinstance(one, ast.Call)]
    plain = {one.id for one in called if isinstance(one, ast.Name)}
    return plain | {one.attr for one in called if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name)}


def _journals(node: ast.FunctionDef) -> bool:
    return any(
        isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name) and one.value.id == "audit" and one.attr in _WRITES
        for one in ast.walk(node)
    )


def _comes_to_the_journal(path: Path, node: ast.FunctionDef) -> bool:
    """Along the calls: a private name means its own module's function, a public one every service of that name."""
    waiting, met = [(path, node)], {(path, node.name)}
    while waiting:
        here, one = waiting.pop()
        if _journals(one):
            return True
        for name in _calls(one) & FUNCTIONS.keys():
            for there, function in FUNCTIONS[name]:
                if (there, name) not in met and (there == here or not name.startswith("_")):
                    met.add((there, name))
                    waiting.append((there, function))
    return False


def _is_atomic(node: ast.FunctionDef) -> bool:
    return any("atomic" in ast.unparse(one) for one in node.decorator_list) or "transaction.atomic()" in ast.unparse(node)


def _acts(node: ast.FunctionDef) -> bool:
    return not node.name.startswith("_") and "actor" in {one.arg for one in (*node.args.args, *node.args.kwonlyargs)} and _is_atomic(node)


ACTING = sorted({(str(path.relative_to(ROOT)), name) for name, all_ in FUNCTIONS.items() for path, node in all_ if _acts(node)})


def test_the_walk_meets_the_services_of_every_room() -> None:
    assert {place.split("/")[0] for place, _name in ACTING} == set(ROOMS)
    names = {name for _place, name in ACTING}
    assert {"split", "carry_over", "judge_resemblance", "detach", "ask_for", "add_entry", "take_in", "ask_for_file", "bring_in"} <= names


@pytest.mark.parametrize(("place", "name"), ACTING, ids=lambda value: value)
def test_whoever_acts_is_written_down(place: str, name: str) -> None:
    path, node = next((path, node) for path, node in FUNCTIONS[name] if str(path.relative_to(ROOT)) == place)
    assert _comes_to_the_journal(path, node) != (name in PRIVATE), PRIVATE.get(name, "")

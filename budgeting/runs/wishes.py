"""What a planner may choose for a run: a rule and its options, read and judged before anything is frozen.

Every option has a default, and what is kept of a run names them all, so that nobody has to know the defaults of the day.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.refusals import Invalid
from accounts.text import plain
from budgeting.rules import COMPLETABLE
from budgeting.rules.problem import Completion, Satisfaction
from budgeting.runs.inputs import BALLOT, SCORES, SUPPORTS
from proposals.models.proposal import AMOUNT_MAX
from proposals.services.entries import Unreadable
from proposals.services.entries import rupiah as read_rupiah

CHEAPER, LOT = "cheaper", "lot"
#: Where each rule may take votes from, the default first. The order of a meeting knows no votes.
VOTES: dict[str, tuple[str, ...]] = {
    "rank": (),
    "greedy": (SUPPORTS, BALLOT),
    "greedy-per-cost": (SUPPORTS, BALLOT),
    "max-welfare": (SUPPORTS, BALLOT, SCORES),
    "equal-shares": (BALLOT,),
    "exact-equal-shares": (BALLOT,),
    "phragmen": (BALLOT,),
}
#: Rules for which it matters how much a funded work is worth to those who want it.
BY_WORTH = frozenset({"max-welfare", "equal-shares", "exact-equal-shares"})
STEPPED = frozenset({Completion.ADD1, Completion.ADD1_UTILITARIAN})
STEP = 1_000
STEP_MOST = 10**12
_SEED = re.compile(r"[0-9A-Za-z .:/-]{4,64}")
ROWS_MOST = 200
PER_VILLAGE_MOST = 99
_WHOLE, _TWO, _DIGITS = 100, 2, 4
_BETWEEN = re.compile(r"[\s,;]+")

Errors = dict[str, list[str]]


@dataclass(frozen=True)
class Wish:
    """A rule with all its options as they are kept."""

    rule: str
    options: dict[str, Any] = field(default_factory=dict)


def wish(rule: Any, options: Any) -> Wish:
    """Read what was sent. Raises Invalid by field; options that are unknown are named under `options`."""
    if not isinstance(rule, str) or rule not in VOTES:
        raise Invalid({"rule": [_("Choose one of these rules: %(rules)s.") % {"rules": ", ".join(VOTES)}]})
    if options is not None and not isinstance(options, dict):
        raise Invalid({"options": [_("Send the options as an object: a name and a value each.")]})
    sent = {name: value for name, value in (options or {}).items() if value is not None and value not in ("", [], {})}
    readers = _readers(rule)
    errors: Errors = {}
    if unknown := sorted(set(sent) - set(readers)):
        errors["options"] = [
            _("This rule does not know: %(names)s. It knows: %(known)s.") % {"names": ", ".join(unknown), "known": ", ".join(readers)}
        ]
    kept = {}
    for name, read in readers.items():
        try:
            kept[name] = read(sent.get(name))
        except ValueError as error:
            errors[name] = [str(error)]
    _together(kept, errors)
    if errors:
        raise Invalid(errors)
    return Wish(rule, {name: value for name, value in kept.items() if value is not None})


def known_options(rule: str) -> tuple[str, ...]:
    """The options that a rule knows, in the order of the form; none for a rule that does not exist."""
    return tuple(_readers(rule)) if rule in VOTES else ()


def _readers(rule: str) -> dict[str, Callable[[Any], Any]]:
    """The options of a rule, each with who reads it; None is what was not sent."""
    readers: dict[str, Callable[[Any], Any]] = {}
    if votes := VOTES[rule]:
        readers["votes"] = lambda sent: _one_of(sent or votes[0], votes)
    if BALLOT in votes:
        readers["ballot"] = _key
    if rule == "rank" or SCORES in votes:
        readers["meeting"] = _key
    if rule in BY_WORTH:
        readers["satisfaction"] = lambda sent: _one_of(sent or Satisfaction.COST, (Satisfaction.COST, Satisfaction.CARDINALITY))
    if rule in COMPLETABLE:
        readers["completion"] = lambda sent: _one_of(sent or Completion.ADD_OPT, tuple(Completion))
        readers["increment"] = lambda sent: None if sent is None else _rupiah(sent, STEP_MOST)
    return readers | {"ties": lambda sent: _one_of(sent or CHEAPER, (CHEAPER, LOT)), "seed": _seed} | CONSTRAINTS


def _together(kept: dict[str, Any], errors: Errors) -> None:
    """What one option asks of another."""
    if kept.get("votes") == BALLOT and not kept.get("ballot") and "ballot" not in errors:
        errors["ballot"] = [_("Choose the ballot whose votes count.")]
    if kept.get("votes") == SCORES and not kept.get("meeting") and "meeting" not in errors:
        errors["meeting"] = [_("Choose the meeting whose scores count.")]
    if kept.get("ties") == LOT and not kept.get("seed") and "seed" not in errors:
        errors["seed"] = [_("A lot needs its seed: the word or number that was announced before.")]
    if kept.get("ties") != LOT:
        kept["seed"] = None
    if kept.get("votes") != BALLOT:
        kept["ballot"] = None
    if "votes" in kept and kept["votes"] != SCORES:
        kept["meeting"] = None
    if "completion" in kept:
        kept["increment"] = (kept.get("increment") or STEP) if kept["completion"] in STEPPED else None
    if sum(kept.get(name) or 0 for name in ("non_physical_percent", "women_percent")) > _WHOLE:
        errors["women_percent"] = [_("The two shares are together more than the whole ceiling.")]


def _one_of(sent: Any, offered: tuple[str, ...]) -> str:
    if sent not in offered:
        raise ValueError(_("Choose one of these: %(words)s.") % {"words": ", ".join(offered)})
    return str(sent)


def _key(sent: Any) -> str | None:
    if sent is None:
        return None
    try:
        return str(UUID(sent))
    except (ValueError, TypeError, AttributeError):
        raise ValueError(_("Send its id.")) from None


def _seed(sent: Any) -> str | None:
    if sent is None:
        return None
    text = plain(sent) if isinstance(sent, str) else str(sent) if isinstance(sent, int) else ""
    if not _SEED.fullmatch(text):
        raise ValueError(_("A seed has 4 to 64 letters, digits, spaces or one of . : / -"))
    return text


def _rupiah(sent: Any, most: int) -> int:
    try:
        amount = read_rupiah(sent)
    except Unreadable as error:
        raise ValueError(error.sentence) from None
    if amount is None or not 0 < amount <= most:
        raise ValueError(_("Amount must be whole rupiah, for example 481000000."))
    return amount


def _count(most: int) -> Callable[[Any], int]:
    def read(sent: Any) -> int:
        text = "0" if sent is None else str(sent).strip()
        if isinstance(sent, bool) or not (text.isascii() and text.isdigit() and len(text) < _DIGITS and int(text) <= most):
            raise ValueError(_("Write a whole number from 0 to %(most)s.") % {"most": most})
        return int(text)

    return read


def _tick(sent: Any) -> bool:
    if sent is None:
        return True
    if not isinstance(sent, bool):
        raise ValueError(_("Send true or false."))  # noqa: TRY004 - every reader refuses in the same way
    return sent


def _pairs(sent: Any) -> list[list[str]]:
    """Pairs of proposals' numbers: a list of pairs, or a text with a pair a line."""
    return sorted(_rows(sent, lambda row: [str(number) for number in row]))


def _phases(sent: Any) -> dict[str, int]:
    """The smallest sensible amount by number: an object, or a text with number and rupiah a line."""
    rows = [list(row) for row in sent.items()] if isinstance(sent, dict) else sent
    return dict(sorted((str(row[0]), _rupiah(row[1], AMOUNT_MAX)) for row in _rows(rows, list)))


def _rows(sent: Any, told: Callable[[list[Any]], Any]) -> list[Any]:
    if isinstance(sent, str):
        sent = [_BETWEEN.split(line.strip()) for line in sent.splitlines() if line.strip()]
    if not isinstance(sent, list | None) or len(sent or ()) > ROWS_MOST:
        raise ValueError(_("Write at most %(most)s lines.") % {"most": ROWS_MOST})
    for at, row in enumerate(sent or (), start=1):
        if not isinstance(row, list) or len(row) != _TWO or not isinstance(row[0], str):
            raise ValueError(_("Line %(line)s does not have two parts.") % {"line": at})
    return [told(row) for row in sent or ()]


#: What may bind every rule: see `budgeting.rules.constraints`.
CONSTRAINTS: dict[str, Callable[[Any], Any]] = {
    "mandatory_first": _tick,
    "per_village": _count(PER_VILLAGE_MOST),
    "non_physical_percent": _count(_WHOLE),
    "women_percent": _count(_WHOLE),
    "excluding": _pairs,
    "requiring": _pairs,
    "phases": _phases,
}

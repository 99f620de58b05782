"""What the rows of our own form mean: one line becomes the values of a proposal, or errors by column.

Words of choices are read as codes (`road`) and as the screen writes them in either language ("Jalan dan jembatan").
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from django.utils import translation
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from accounts import text
from accounts.refusals import Invalid
from proposals import units
from proposals.sheets import Line
from proposals.sheets.cells import Unclear, flag, is_nothing, measure, rupiah, volume_of
from proposals.sheets.files import Figure
from proposals.sheets.form import BY_KEY, OWN_SOURCE, SHEET_SOURCE
from proposals.sheets.rows import TITLE_SHORTEST, Wish, sector_of
from proposals.stages import Outcome, Realisation, Stage
from proposals.words import OUTCOME_WORDS, REALISATION_WORDS, STAGE_WORDS, Channel, LandOwner, LocationSource, Sector

T = TypeVar("T")
_WORD = re.compile(r"[\w.:-]{1,40}")
_COUNT_MOST = 10_000_000
_CODE_DIGITS = 10
#: Key, longest text, and whether it may have several lines.
_TEXTS: tuple[tuple[str, int, bool], ...] = (
    ("title", 160, False), ("problem", 4000, True), ("objective", 2000, True), ("locus", 200, False), ("unit", 30, False),
    ("sponsor", 160, False), ("sponsor_reference", 160, False), ("amount_reason", 300, False), ("mismatch_reason", 300, False),
    ("pre_meeting", 160, False), ("on_behalf_of", 120, False), ("funding_source", 24, False),
)  # fmt: skip
_COUNTS = ("beneficiaries_female", "beneficiaries_male", "beneficiary_households", "poor_households", "rank", "location_accuracy_m")
_MARKS = ("raised_by_women", "raised_by_youth", "raised_by_disabled", "raised_by_poor")
_CHOICES: dict[str, tuple[tuple[Any, Any], ...]] = {
    "sector": tuple(Sector.choices),
    "channel": tuple(Channel.choices),
    "land_owner": tuple(LandOwner.choices),
    "location_source": tuple(LocationSource.choices),
    "stage": tuple((stage.value, word) for stage, word in STAGE_WORDS.items() if stage is not Stage.DRAFT),
    "outcome": tuple((outcome.value, word) for outcome, word in OUTCOME_WORDS.items()),
    "realisation": tuple((state.value, word) for state, word in REALISATION_WORDS.items() if state is not Realisation.NONE),
}


@cache
def _words_of(key: str) -> dict[str, str]:
    """Every way to write a choice, in lower case, to its code."""
    known = {str(code): str(code) for code, _words in _CHOICES[key]}
    for language in ("id", "en"):
        with translation.override(language):
            known |= {str(words).casefold(): str(code) for code, words in _CHOICES[key]}
    return known


@dataclass
class _Row:
    """Reads cells by our keys and collects errors by the sheet's own columns."""

    line: Line
    errors: dict[str, str] = field(default_factory=dict)

    def column(self, key: str) -> str:
        column = BY_KEY[key]
        return column.heading if column.heading in self.line.cells or key not in self.line.cells else key

    def raw(self, key: str) -> str:
        return self.line.cells.get(self.column(key), "")

    def has(self, key: str) -> bool:
        return bool(self.raw(key))

    def fail(self, key: str, sentence: str) -> None:
        self.errors.setdefault(self.column(key), sentence)

    def words(self, key: str, longest: int, *, lines: bool = False) -> str:
        """A cleaned text; an error is noted and answers an empty one."""
        try:
            return text.clean(str(self.raw(key)), field=key, max_length=longest, lines=lines)
        except Invalid as error:
            self.fail(key, (error.fields or {}).get(key, [str(error)])[0])
            return ""

    def read(self, key: str, how: Callable[[str], T]) -> T | None:
        """What a cell means; None where it is empty, or where an error was noted."""
        if not self.has(key):
            return None
        try:
            return how(self.raw(key))
        except Unclear as error:
            self.fail(key, str(error))
            return None

    def choice(self, key: str) -> str:
        return self.read(key, lambda cell: _chosen(key, cell)) or ""


def wish_of_ours(line: Line, *, plan_year: int) -> Wish | dict[str, str]:
    """The proposal that a line of our form describes, or its errors: the sheet's column and a sentence."""
    if line.error:
        return dict([line.error])
    row = _Row(line)
    if (year := row.read("plan_year", _year)) is not None and year != plan_year:
        row.fail("plan_year", _("This row is for another plan year."))
    told = {key: row.words(key, longest, lines=lines) for key, longest, lines in _TEXTS}
    if len(told["title"]) < TITLE_SHORTEST and row.column("title") not in row.errors:
        row.fail("title", _("Write a title of at least 10 characters, so that others know what it is about."))
    volume, unit = _volume(row, told["unit"])
    price = row.read("unit_price", rupiah)
    amount = _amount(row, volume, price)
    stage, outcome = _place(row)
    system, identity = _source(row, told, volume)
    wish = Wish(
        row=line.number,
        source_id=identity,
        source_system=system,
        title=told["title"],
        problem=told["problem"],
        objective=told["objective"],
        sector=row.choice("sector") or ("" if row.has("sector") or row.has("stage") else sector_of(f"{told['title']} {told['problem']}")),
        locus=told["locus"],
        on_behalf_of=told["on_behalf_of"],
        agency_name=row.words("agency", 160),
        volume=volume,
        unit=unit,
        amount=amount,
        unit_price=price,
        stage=stage,
        outcome=outcome,
        status=f"{STAGE_WORDS[stage]}, {OUTCOME_WORDS[outcome]}" if row.has("stage") else "",
        reason="",
        position=_position(row),
        more=_more(row, told),
        dictionary_code=row.words("dictionary_code", 40),
        shape=str(row.raw("shape")) + str(row.raw("shape_rest")),
        own_id=str(row.raw("id")),
        merged_into=str(row.raw("merged_into")),
        photos=tuple(name for part in re.split(r"[;\n|]", str(row.raw("photos"))) if (name := part.strip())),
        is_ours=True,
    )
    return row.errors or wish


def village_of(line: Line) -> tuple[str, str, str]:
    """The village that a row names: the column, its code and its name; empty where it names none."""
    row = _Row(line)
    code, name = str(row.raw("village")).strip(), str(row.raw("village_name")).strip()
    if code and len(re.sub(r"\D", "", code)) != _CODE_DIGITS:
        return row.column("village"), "", code  # a name where the code belongs
    return row.column("village" if code else "village_name"), code, name


def _volume(row: _Row, unit: str) -> tuple[Decimal, str]:
    """The volume and its unit; "35 Orang" in the volume's cell is both."""
    cell = row.raw("volume")
    if not cell:
        row.fail("volume", _("This cell must not be empty."))
        return Decimal(1), unit
    if isinstance(cell, Figure) or re.fullmatch(r"[\d.,]+", cell):
        return row.read("volume", lambda written: volume_of(written, exact=isinstance(cell, Figure))) or Decimal(1), _spelt(unit)
    found, named = row.read("volume", measure) or (Decimal(1), "")
    if unit and named and not units.same(unit, named):
        row.fail("unit", _("Volume and unit name two different units: %(one)s and %(other)s.") % {"one": named, "other": unit})
    return found, _spelt(unit or named)


def _spelt(unit: str) -> str:
    """The unit in its one spelling: m for "meter" and "m'"."""
    return units.normal(unit)[:30]


def _amount(row: _Row, volume: Decimal, price: int | None) -> int:
    """The amount, or volume x unit price where only those are given."""
    if row.has("amount"):
        return row.read("amount", rupiah) or 1
    product = (volume * price).to_integral_value() if price else Decimal(0)
    if product < 1:
        row.fail("amount", _("This cell must not be empty."))
        return 1
    return row.read("unit_price", lambda _cell: rupiah(str(int(product)))) or 1


def _place(row: _Row) -> tuple[Stage, Outcome]:
    stage = Stage(row.choice("stage") or Stage.VILLAGE)
    return stage, Outcome(row.choice("outcome") or Outcome.OPEN)


def _source(row: _Row, told: dict[str, str], volume: Decimal) -> tuple[str, str]:
    """Which system the row comes from and its id there. A row without any is known by what it says."""
    system = row.read("source_system", _name) or ""
    if identity := row.words("source_id", 80):
        return system or SHEET_SOURCE, identity
    if row.has("id"):
        return system or OWN_SOURCE, str(row.read("id", _uuid) or "")
    said = "\n".join([told["title"], told["problem"], told["locus"], str(volume.normalize()), *village_of(row.line)[1:]])
    return SHEET_SOURCE, "isi-" + hashlib.sha256(said.casefold().encode()).hexdigest()[:20]


def _position(row: _Row) -> tuple[str, str]:
    lon, lat = str(row.raw("lon")).strip(), str(row.raw("lat")).strip()
    return ("", "") if is_nothing(lon) and is_nothing(lat) else (lon, lat)


def _more(row: _Row, told: dict[str, str]) -> dict[str, Any]:
    """The attributes of a proposal that only our form has."""
    more: dict[str, Any] = {
        key: told[key] for key in ("sponsor", "sponsor_reference", "amount_reason", "mismatch_reason", "pre_meeting", "funding_source")
    }
    more |= {key: row.read(key, _count) for key in _COUNTS}
    more |= {key: bool(row.read(key, flag)) for key in _MARKS}
    more["channel"] = row.choice("channel") or Channel.VILLAGE.value
    more["land_owner"] = row.choice("land_owner")
    more["location_source"] = row.choice("location_source")
    more["realisation"] = row.choice("realisation")
    more["first_asked_year"] = row.read("first_asked_year", _year)
    more["funded_amount"] = row.read("funded_amount", rupiah)
    more["submitted_at"] = row.read("submitted_at", _moment)
    return more


def _chosen(key: str, cell: str) -> str:
    found = _words_of(key).get(" ".join(cell.split()).casefold())
    if found is None:
        raise Unclear(_("Choose one of these words: %(words)s.") % {"words": ", ".join(str(word) for _code, word in _CHOICES[key])})
    return found


def _year(cell: str) -> int:
    found = re.findall(r"(?<!\d)20\d\d(?!\d)", cell)
    if len(found) != 1:
        raise Unclear(_("Write a year from 2000 to 2100."))
    return int(found[0])


def _count(cell: str) -> int | None:
    if is_nothing(cell) and cell.strip() != "0":
        return None
    if not re.fullmatch(r"\d{1,8}", cell) or int(cell) > _COUNT_MOST:
        raise Unclear(_("Write a whole number, or leave it empty."))
    return int(cell)


def _name(cell: str) -> str:
    if not _WORD.fullmatch(cell):
        raise Unclear(_("Write the source's name in letters and digits, without blanks."))
    return cell.casefold()


def _uuid(cell: str) -> UUID:
    try:
        return UUID(cell)
    except ValueError:
        raise Unclear(_("This is no id of ours. Leave it empty, and write your own number as id_sumber.")) from None


def _moment(cell: str) -> datetime:
    try:
        moment = parse_datetime(cell)
        day = None if moment else parse_date(cell)
    except ValueError:
        moment, day = None, None
    if moment is None and day is not None:
        moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    if moment is None:
        raise Unclear(_("Write the day as 2027-03-31."))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

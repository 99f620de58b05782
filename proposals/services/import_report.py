"""What became of each row of a sheet."""

from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True)
class Fate:
    """What became of one row: `created`, `unchanged`, `skipped`, `elsewhere`, `not_written`, or `error` with the column and the sentence.

    `differs` names what the sheet says otherwise than the register; `note` what of the row could not be taken along.
    """

    row: int
    status: str
    source_id: str = ""
    number: str = ""
    field: str = ""
    message: str = ""
    differs: tuple[str, ...] = ()
    note: str = ""


@dataclass
class Report:
    """Every row of the file. `written` is False for a dry run and where rows in error kept the file out."""

    fates: list[Fate] = field(default_factory=list)
    blank: int = 0
    written: bool = False
    #: Row -> the proposal that came of it, and the photos it names.
    made: dict[int, UUID] = field(default_factory=dict)
    photos: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def count(self, status: str) -> int:
        """How many rows have this status; a row with two errors counts once."""
        return len({fate.row for fate in self.fates if fate.status == status})

    @property
    def differing(self) -> int:
        """How many rows are here already, and are told otherwise by the sheet."""
        return sum(bool(fate.differs) for fate in self.fates)

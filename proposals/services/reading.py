"""An entry while it is being read: what is right so far, and what is wrong by the name that was sent."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from accounts import text
from accounts.refusals import Invalid
from geo.models import Region
from proposals.models import Cycle
from proposals.services.entries import Unreadable


@dataclass
class Entry:
    """What was read: `values` by model attribute, `errors` by the name that was sent."""

    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, list[str]] = field(default_factory=dict)
    village: Region | None = None
    cycle: Cycle | None = None

    def take(self, name: str, read: Callable[[], Any], *, into: str = "") -> Any:
        """Read one field into the values, or keep its sentence."""
        try:
            value = read()
        except Unreadable as error:
            self.wrong(name, error.sentence)
            return None
        except Invalid as error:
            for sentences in (error.fields or {}).values():
                self.errors.setdefault(name, []).extend(sentences)
            return None
        self.values[into or name] = value
        return value

    def wrong(self, name: str, sentence: str) -> None:
        """Keep one more sentence about a field."""
        self.errors.setdefault(name, []).append(sentence)

    def or_refuse(self) -> dict[str, Any]:
        """The values, or the refusal that names every field at fault."""
        if self.errors:
            raise Invalid(self.errors)
        return self.values


def written(value: Any, name: str, longest: int, *, lines: bool = False) -> str:
    """A text, clean and not too long; nothing sent is an empty one."""
    return "" if value is None else text.clean(value, field=name, max_length=longest, lines=lines)

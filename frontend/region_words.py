"""A region asked for by its name where a filter takes a code: found, or offered to choose from."""

from dataclasses import dataclass, field

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _

from geo.lookup import search_regions
from geo.models import Region

#: Regions offered for one name.
_OFFERED = 8


@dataclass(frozen=True)
class Meant:
    """What a name in the region filter may mean; nothing typed, or a code, means nothing here."""

    words: str = ""
    regions: list[Region] = field(default_factory=list)

    @property
    def only(self) -> Region | None:
        """The one region that can be meant: the only one found, or the only one of exactly this name."""
        name = self.words.casefold()
        exact = [region for region in self.regions if name in (region.name.casefold(), region.title.casefold())]
        certain = self.regions if len(self.regions) == 1 else exact
        return certain[0] if len(certain) == 1 else None

    @property
    def error(self) -> str:
        """What stands beside the field when nothing is called so."""
        return _("No region is called “%(words)s”. Check the spelling.") % {"words": self.words} if self.words and not self.regions else ""


def meant_by(query: QueryDict) -> Meant:
    """The name typed into `region`, looked up in the home kabupaten first; at most two queries."""
    words = query.get("region", "").replace("\0", "").strip()[:80]
    if not any(letter.isalpha() for letter in words):
        return Meant()
    return Meant(words, search_regions(words, settings.HOME_REGION, _OFFERED) or search_regions(words, limit=_OFFERED))

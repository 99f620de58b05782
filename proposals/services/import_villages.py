"""Which village a row is for: the sheet's own, or the one it names by code or by name and sub-district."""

import re
from collections import defaultdict

from django.utils.translation import gettext as _

from geo import codes
from geo.codes import Level
from geo.models import Region
from proposals.services.import_places import bare, names_another
from proposals.sheets import Line
from proposals.sheets import ours as sheet_ours
from proposals.sheets.rows import subdistrict_said, village_said


class Villages:
    """The villages of a region, loaded once; of a single village only itself."""

    def __init__(self, region: Region, *, ours: bool) -> None:
        self.region = region
        self.ours = ours
        self._by_code, self._by_name = dict[str, Region](), defaultdict[str, list[Region]](list)
        if codes.level(region.pk) is Level.VILLAGE:
            return
        below = Region.objects.light().at(Level.VILLAGE).in_force().filter(pk__startswith=f"{region.pk}.")
        for village in below.select_related("parent").defer("parent__boundary", "parent__outline"):
            self._by_code[village.pk.replace(".", "")] = village
            self._by_name[bare(village.name)].append(village)

    def of(self, line: Line) -> Region | tuple[str, str]:
        """The village, or the column and the sentence why there is none."""
        column, code, name = (sheet_ours.village_of if self.ours else village_said)(line)
        if not self._by_code:
            sentence = names_another(self.region, code=code, name=name)
            return (column, sentence) if sentence else self.region
        found = self._named(line, code, name)
        return found if isinstance(found, Region) else (column, found)

    def _named(self, line: Line, code: str, name: str) -> Region | str:
        digits = re.sub(r"\D", "", code)
        if len(digits) == 10:
            outside = _("The village with the code %(code)s is not in %(region)s.")
            return self._by_code.get(digits) or outside % {"code": code, "region": self.region.title}
        wanted = name or code
        if not wanted:
            return _("Write which village asks: its code or its name.")
        found = self._by_name.get(bare(wanted), [])
        if len(found) > 1 and (above := bare(subdistrict_said(line))):
            found = [village for village in found if village.parent is not None and bare(village.parent.name) == above]
        if len(found) == 1:
            return found[0]
        if found:
            return _("Several villages of %(region)s are called %(name)s. Write the code.") % {"region": self.region.title, "name": wanted}
        return _("%(region)s has no village called %(name)s.") % {"region": self.region.title, "name": wanted}

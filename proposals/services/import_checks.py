"""What is asked of a row beyond its own cells: its importer's rights, the dictionary, its photos, and that it comes once."""

from django.utils.translation import gettext as _

from proposals.models import DictionaryEntry
from proposals.services.import_rights import PLATFORM, Authority, not_allowed
from proposals.sheets.form import BY_KEY
from proposals.sheets.rows import Wish
from proposals.stages import Outcome

Error = tuple[str, str]
_REASON_SHORTEST = 20


class Checks:
    """The same questions for every row; each answers with the column and the sentence."""

    def __init__(self, authority: Authority, dictionary: dict[str, DictionaryEntry], photos: frozenset[str]) -> None:
        self.authority = authority
        self.dictionary = dictionary
        self.photos = photos

    def errors_of(self, wish: Wish, seen: dict[tuple[str, str], int]) -> list[Error]:
        """Everything that is wrong with a row; a row that is right is remembered in `seen`."""
        found = [
            self._twice(wish, seen),
            not_allowed(wish, self.authority),
            self._work(wish),
            self._funded(wish),
            self._cost(wish),
            self._files(wish),
        ]
        errors = [error for error in found if error]
        if not errors:
            seen[wish.source_system, wish.source_id] = wish.row
        return errors

    @staticmethod
    def _twice(wish: Wish, seen: dict[tuple[str, str], int]) -> Error | None:
        first = seen.get((wish.source_system, wish.source_id))
        if first is None:
            return None
        if wish.source_id.startswith("isi-"):
            return BY_KEY["title"].heading, _("Row %(row)d says the same. Give each its own id_sumber if both are meant.") % {"row": first}
        return BY_KEY["source_id"].heading if wish.is_ours else "id_usulan", _("Row %(row)d has the same id.") % {"row": first}

    def _work(self, wish: Wish) -> Error | None:
        """The dictionary's entry, which must be there and not locked."""
        if not wish.dictionary_code:
            return None
        entry = self.dictionary.get(wish.dictionary_code)
        if entry is None:
            return BY_KEY["dictionary_code"].heading, _("The dictionary of this plan year has no work with the code %(code)s.") % {
                "code": wish.dictionary_code
            }
        if entry.is_locked and self.authority is not PLATFORM:
            return BY_KEY["dictionary_code"].heading, _("“%(work)s” is locked in the dictionary: it cannot be asked for.") % {"work": entry.name}
        return None

    @staticmethod
    def _funded(wish: Wish) -> Error | None:
        given = wish.more.get("funded_amount")
        if wish.outcome is Outcome.FUNDED and not given:
            return BY_KEY["funded_amount"].heading, _("A funded row says what it was given.")
        if given and wish.outcome is not Outcome.FUNDED:
            return BY_KEY["funded_amount"].heading, _("Only a funded row was given money.")
        return None

    def _cost(self, wish: Wish) -> Error | None:
        """Who brings in new wishes says why an amount is another than volume x unit price; a list taken over stays as it was."""
        if not wish.is_ours or self.authority.is_planning or not wish.unit_price:
            return None
        product = int((wish.volume * wish.unit_price).to_integral_value())
        if product == wish.amount or len(str(wish.more.get("amount_reason") or "")) >= _REASON_SHORTEST:
            return None
        sentence = _("Volume times unit price is %(product)s. Correct one of the three, or say why in %(column)s, in at least 20 characters.")
        told = f"Rp{product:,}".replace(",", ".")
        return BY_KEY["amount"].heading, sentence % {"product": told, "column": BY_KEY["amount_reason"].heading}

    def _files(self, wish: Wish) -> Error | None:
        """Every photo that a row names came along."""
        missing = [name for name in wish.photos if name.casefold() not in self.photos]
        if missing:
            return BY_KEY["photos"].heading, _("These files did not come with the sheet: %(names)s.") % {"names": ", ".join(missing[:5])}
        return None

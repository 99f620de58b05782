"""What somebody typed or a program sent about a ceiling, read into its own shapes; what is wrong is told by field."""

from typing import Any

from django.utils.translation import gettext as _

from accounts import text
from accounts.models import Agency
from budgeting.ceilings import tree
from budgeting.models import Ceiling
from budgeting.models.ceiling import FundingSource
from budgeting.sources import WITHOUT_CEILINGS, levels_of, reaches
from geo.codes import Level
from geo.models import Region
from proposals.services.entries import Unreadable
from proposals.services.entries import rupiah as read_rupiah

Errors = dict[str, list[str]]
YEARS = range(2000, 2101)
BASIS_LONGEST = 300
_PARTS = (Level.DISTRICT, Level.SUBDISTRICT, Level.VILLAGE)


def place_errors(plan_year: Any, region_code: str, funding_source: str, agency_id: int | None, parent: Ceiling | None, *, is_part: bool) -> Errors:
    """What is wrong with where a ceiling would stand, by field."""
    errors: Errors = {}
    if isinstance(plan_year, bool) or not isinstance(plan_year, int) or plan_year not in YEARS:
        errors["plan_year"] = [_("Give the plan year as four digits, for example 2028.")]
    if funding_source not in FundingSource.values or funding_source in WITHOUT_CEILINGS:
        errors["funding_source"] = [_("Choose one of the funding sources.")]
    region = Region.objects.light().filter(pk=region_code).first()
    if region is None:
        errors["region"] = [_("There is no such region.")]
    elif region.level not in _PARTS or (not is_part and "funding_source" not in errors and region.level not in levels_of(funding_source)):
        errors["region"] = [_("A ceiling of this source belongs to another level of region, or is a part of a ceiling above: choose that one.")]
    elif not reaches(funding_source, region_code):
        errors["region"] = [_("A ward has the ward fund alone; the Village Fund and the village budget belong to villages.")]
    if agency_id is not None and (fault := tree.agency_fault(Agency.objects.filter(pk=agency_id).first(), region_code)):
        errors["agency"] = [fault]
    if is_part and not errors:
        where = {"plan_year": plan_year, "region_code": region_code, "funding_source": funding_source, "agency_id": agency_id}
        if fault := tree.parent_fault(parent, **where):
            errors["parent"] = [fault]
    return errors


def figures_read(amount: Any, reserve: Any, legal_basis: Any, errors: Errors) -> dict[str, Any]:
    """The figures as they will be stored; what is wrong goes into the errors by field."""
    whole = rupiah_read(amount, "amount", errors)
    kept = 0 if reserve is None or str(reserve).strip() in {"0", ""} else rupiah_read(reserve, "reserve", errors)
    if whole is not None and kept is not None and kept >= whole:
        errors["reserve"] = [_("The reserve must be smaller than the ceiling.")]
    return {"amount": whole, "reserve": kept, "legal_basis": basis_read(legal_basis, errors)}


def rupiah_read(value: Any, field: str, errors: Errors) -> int | None:
    """Whole rupiah above zero."""
    try:
        amount = read_rupiah(value)
    except Unreadable as error:
        errors[field] = [error.sentence]
        return None
    if amount is None:
        errors[field] = [_("Amount must be whole rupiah, for example 481000000.")]
    return amount


def basis_read(legal_basis: Any, errors: Errors) -> str:
    """The decree or letter that an act rests on."""
    sentence = _("Name the decree or letter this ceiling rests on, in at most 300 characters.")
    return line_read(legal_basis, "legal_basis", sentence, errors, longest=BASIS_LONGEST)


def line_read(value: Any, field: str, sentence: str, errors: Errors, *, longest: int, shortest: int = 1) -> str:
    """A line of text of that many characters; anything else is the sentence."""
    try:
        line = text.plain(value) if isinstance(value, str) else ""
    except ValueError:
        line = ""
    if not shortest <= len(line) <= longest:
        errors[field] = [sentence]
    return line

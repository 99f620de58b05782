"""What the pages of the dictionary of works show: the public list, the planner's list, a sheet before it is kept."""

import base64
import zlib
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from accounts import scope
from accounts.models import User
from accounts.refusals import Invalid, Missing
from accounts.roles import Role
from frontend.paging import Page, page_of
from geo import codes
from geo.codes import Level
from geo.models import Region
from proposals.dictionary import sheet as dictionary_sheet
from proposals.dictionary import suggestions
from proposals.dictionary.querysets import DictionaryQuerySet
from proposals.models import Cycle, DictionaryEntry
from proposals.services import dictionary
from proposals.services.dictionary_import import Report, import_dictionary
from proposals.words import Sector

#: A sheet of works is words and figures: larger ones come by the command.
UPLOAD_MOST = 1024 * 1024
#: How long a sheet that was looked at may wait before it is kept.
_WAITS_SECONDS = 3600
_SALT = "frontend.dictionary.upload"
_WORDS_MOST = 200
SHOWS = ("", "offered", "locked", "unpriced")


@dataclass(frozen=True)
class Shelf:
    """One kabupaten's dictionary of one plan year, and the years there are. `cycle` None: no year is open yet."""

    region: Region
    cycle: Cycle | None
    cycles: list[Cycle] = field(default_factory=list)
    keeps: bool = False


def shelf_of(request: HttpRequest, *, keeps: bool) -> Shelf:
    """The dictionary that an address names; for its keeper, the one of the kabupaten the person plans for."""
    asked = request.GET.get("region", "") or request.POST.get("region", "")
    default = _planned_by(request.user) if keeps else settings.HOME_REGION
    district = codes.ancestor(asked, Level.DISTRICT) if codes.is_code(asked) else default
    region = Region.objects.light().filter(pk=district or default).first()
    if region is None:
        raise Missing
    if keeps:
        dictionary.may_keep(request.user, region.pk).or_refuse()  # type: ignore[arg-type] # the middleware's user
    cycles = list(Cycle.objects.filter(region=region).begun_first())
    year = request.GET.get("plan_year", "") or request.POST.get("plan_year", "")
    chosen = next((cycle for cycle in cycles if str(cycle.plan_year) == year), None)
    if year and chosen is None:
        raise Missing(_("There is no such plan year here."))
    return Shelf(region, chosen or (cycles[0] if cycles else None), cycles, keeps)


def _planned_by(user: Any) -> str:
    """A kabupaten that the person plans for: home where it is among them."""
    regions = [code for code in scope.regions_of(user, Role.PLANNER) if codes.level(code) is Level.DISTRICT] if isinstance(user, User) else []
    return regions[0] if regions and settings.HOME_REGION not in regions else settings.HOME_REGION


def list_of(request: HttpRequest, shelf: Shelf) -> dict[str, Any]:
    """The entries that the filters find, and for words what they may mean besides."""
    asked = {name: request.GET.get(name, "").replace("\0", "").strip()[:_WORDS_MOST] for name in ("q", "sector", "show")}
    if shelf.cycle is None:
        return {"shelf": shelf, "page": Page([]), "asked": asked, "sectors": Sector.choices, "query": ""}
    everything = shelf.cycle.dictionary.all()
    found = _narrowed(everything if shelf.keeps else everything.offered(), asked)
    page = page_of(request, found.select_related("agency").order_by("name", "id"), total=found.count())
    meant = suggestions.suggest(shelf.cycle, asked["q"]) if asked["q"] and "cursor" not in request.GET else []
    here = {entry.pk for entry in page.rows}
    return {
        "shelf": shelf,
        "page": page,
        "asked": asked,
        "meant": [one for one in meant if one.entry.pk not in here],
        "sectors": Sector.choices,
        "query": _query(request.GET),
        **(_keepers_view(shelf.cycle) if shelf.keeps else {}),
    }


def _narrowed(found: DictionaryQuerySet, asked: dict[str, str]) -> DictionaryQuerySet:
    if asked["sector"] in Sector.values:
        found = found.filter(sector=asked["sector"])
    if asked["show"] == "locked":
        found = found.filter(is_locked=True)
    elif asked["show"] == "offered":
        found = found.offered()
    elif asked["show"] == "unpriced":
        found = found.offered().filter(unit_price__isnull=True)
    return found.with_words(asked["q"])


def _keepers_view(cycle: Cycle) -> dict[str, Any]:
    return {"earlier": dictionary.earlier_dictionary(cycle), "unpriced": cycle.dictionary.offered().filter(unit_price__isnull=True).count()}


def _query(given: QueryDict) -> str:
    kept = given.copy()
    kept.pop("cursor", None)
    return kept.urlencode()


@dataclass(frozen=True)
class Looked:
    """A sheet that was read but not kept: what it would do, and the sheet itself, signed, for the form that keeps it."""

    report: Report
    name: str
    parcel: str


def look_at(user: User, shelf: Shelf, name: str, content: bytes) -> Looked:
    """A dry run of an uploaded sheet. Raises Invalid by field where the file cannot be read at all."""
    cycle = _open(shelf)
    if len(content) > UPLOAD_MOST:
        raise Invalid({"sheet": [_("The file is larger than 1 MB. Ask the operator to import it by the command.")]})
    report = _imported(user, cycle, name, content, dry_run=True)
    packed = base64.b64encode(zlib.compress(content, 9)).decode()
    parcel = signing.dumps({"user": user.pk, "cycle": cycle.pk, "name": name, "content": packed}, salt=_SALT)
    return Looked(report, name, parcel)


def keep(user: User, shelf: Shelf, parcel: str) -> Report:
    """Take in the sheet that was looked at: read again, for the dictionary may have changed meanwhile."""
    cycle = _open(shelf)
    try:
        held = signing.loads(parcel, salt=_SALT, max_age=_WAITS_SECONDS)
    except signing.BadSignature:
        raise Invalid({"sheet": [_("This sheet waited too long. Choose the file again.")]}) from None
    if (held["user"], held["cycle"]) != (user.pk, cycle.pk):
        raise Invalid({"sheet": [_("This sheet was looked at for another dictionary. Choose the file again.")]})
    return _imported(user, cycle, held["name"], zlib.decompress(base64.b64decode(held["content"])), dry_run=False)


def _open(shelf: Shelf) -> Cycle:
    if shelf.cycle is None:
        raise Missing(_("There is no such plan year here."))
    return shelf.cycle


def _imported(user: User, cycle: Cycle, name: str, content: bytes, *, dry_run: bool) -> Report:
    try:
        table = dictionary_sheet.read(content, name=name)
    except dictionary_sheet.Unreadable as error:
        raise Invalid({"sheet": [str(error)]}) from error
    return import_dictionary(region_code=cycle.region_id, plan_year=cycle.plan_year, table=table, actor=user, dry_run=dry_run)


def entry_of(user: Any, pk: int) -> DictionaryEntry:
    """An entry that this person may change. Raises Refusal: 401, 403, 404."""
    entry = DictionaryEntry.objects.told_whether_used().select_related("cycle__region", "agency").filter(pk=pk).first()
    if entry is None:
        raise Missing
    dictionary.may_keep(user, entry.cycle.region_id).or_refuse()
    return entry

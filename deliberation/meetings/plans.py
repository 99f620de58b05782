"""What somebody typed or a program sent as the plan of a meeting, read into its own shapes: one place for pages and API."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import translation
from django.utils.timezone import is_aware
from django.utils.translation import gettext as _

from accounts import text
from accounts.models import Agency, User
from accounts.refusals import Invalid
from deliberation.models import Meeting
from deliberation.words import STAGE_OF, MeetingKind
from geo import codes
from geo.codes import Level
from geo.models import Region
from proposals.models import Cycle
from proposals.stages import Stage

#: A meeting may run for some days; longer is a slip of the pen.
LONGEST = timedelta(days=7)
#: What is fixed once a meeting stands: another of these is another meeting.
FIXED = ("kind", "region", "plan_year", "agency")
#: Years in which anybody meets or votes; at the ends of the calendar no hour can be added or taken away.
YEARS = range(2000, 2101)
_URL = URLValidator(schemes=["https", "http"])
#: Field and most characters.
_TEXTS = (
    ("title", 160),
    ("purpose", 2000),
    ("place", 200),
    ("hamlet", 80),
    ("chair_name", 120),
    ("note_taker_name", 120),
    ("letter_number", 60),
    ("online_address", 500),
)


class Plan:
    """One walk over the plan of a meeting: `values` by field of the model, `errors` by field with every sentence."""

    def __init__(self, sent: Mapping[str, Any], *, standing: Meeting | None = None) -> None:
        self.sent, self.standing = sent, standing
        self.values: dict[str, Any] = {}
        self.errors: dict[str, list[str]] = {}

    def read(self) -> dict[str, Any]:
        """The fields of a meeting. Raises Invalid with every field at fault."""
        if self.standing is None:
            self._frame()
        checks: list[Callable[[], None]] = [partial(self._text, *row) for row in _TEXTS]
        for check in (*checks, self._times, self._address, self._people):
            self._try(check)
        if self.errors:
            raise Invalid(self.errors)
        if not self.values["title"]:
            self.values["title"] = self._own_title()
        return self.values

    def _try(self, check: Callable[[], None]) -> None:
        try:
            check()
        except Invalid as error:
            self.errors |= error.fields or {}

    def _frame(self) -> None:
        """Kind, region, plan year, stage and agency. The policy has asked that kind and region go together."""
        kind, region = self.sent["kind"], Region.objects.defer("boundary", "outline", "search_text").get(pk=self.sent["region"])
        district = codes.ancestor(region.pk, Level.DISTRICT) or region.pk
        year = self.sent.get("plan_year")
        cycle = Cycle.objects.filter(region_id=district, plan_year=year).first() if isinstance(year, int) and 0 < year < 10000 else None
        stage = STAGE_OF.get(kind, "")
        if cycle is None:
            self.errors["plan_year"] = [_("This kabupaten plans no such year.")]
        elif stage and cycle.window(Stage(stage)) is None:
            self.errors["kind"] = [_("This plan year has no stage at which such a meeting decides.")]
        self.values |= {"kind": kind, "region": region, "cycle": cycle, "stage": stage, "agency": self._agency(kind, district)}

    def _agency(self, kind: str, district: str) -> Agency | None:
        if kind != MeetingKind.AGENCY_FORUM:
            return None
        key = self.sent.get("agency")
        found = Agency.objects.filter(pk=key, region_id=district).first() if isinstance(key, int) and 0 < key < 2**31 else None
        if found is None:
            self.errors["agency"] = [_("Choose the agency whose forum it is.")]
        return found

    def _text(self, name: str, longest: int) -> None:
        given = self.sent.get(name) or ""
        self.values[name] = text.clean(given, field=name, max_length=longest, min_length=1 if name == "place" else 0, lines=name == "purpose")
        kind = self.standing.kind if self.standing else self.sent["kind"]
        if name == "hamlet" and (kind == MeetingKind.HAMLET) != bool(self.values[name]):
            if kind == MeetingKind.HAMLET:
                raise Invalid({"hamlet": [_("Name the hamlet, RW or RT.")]})
            self.values[name] = ""

    def _times(self) -> None:
        starts, ends = self.sent.get("starts_at"), self.sent.get("ends_at")
        if not isinstance(starts, datetime) or not is_aware(starts) or starts.year not in YEARS:
            raise Invalid({"starts_at": [_("Write the day and the hour at which it begins.")]})
        self.values["starts_at"], self.values["ends_at"] = starts, None
        if ends is None:
            return
        if not isinstance(ends, datetime) or not is_aware(ends) or not starts < ends <= starts + LONGEST:
            raise Invalid({"ends_at": [_("It ends after it begins, at most seven days later.")]})
        self.values["ends_at"] = ends

    def _address(self) -> None:
        address = self.values.get("online_address")
        if not address:
            return
        try:
            _URL(address)
        except ValidationError:
            raise Invalid({"online_address": [_("Paste the whole address of the online room; it begins with https://.")]}) from None

    def _people(self) -> None:
        for name in ("chair", "note_taker"):
            username = self.sent.get(name) or ""
            person = User.objects.filter(username=str(username).strip()[:150], is_active=True).first() if username else None
            if username and person is None:
                self.errors[name] = [_("There is no account with this user name. Leave it empty if the person has none.")]
            self.values[name] = person
            if person and not self.values.get(f"{name}_name"):
                self.values[f"{name}_name"] = str(person)[:120]

    def _own_title(self) -> str:
        """`Musrenbang kecamatan Sungai Raya`: titles are kept, so they are made in the language of the papers."""
        kind = self.standing.kind if self.standing else self.values["kind"]
        region = self.standing.region if self.standing else self.values["region"]
        agency = self.standing.agency if self.standing else self.values["agency"]
        of = agency.short_name or agency.name if agency else self.values["hamlet"] or region.name
        with translation.override("id"):
            return f"{MeetingKind(kind).label} {of}"[:160]

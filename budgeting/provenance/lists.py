"""Lines of the budget by where they come from, and those that nobody proposed, as lists, pages and files ask for them."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Agency
from accounts.refusals import Invalid
from budgeting.models import FundedWork, OriginClaim, OriginStatement
from budgeting.models.ceiling import FundingSource
from budgeting.words import Origin
from geo import codes
from geo.codes import Level

#: What is known by now about a line that nobody proposed.
UNEXPLAINED, EXPLAINED, STATED, CLAIMED = "unexplained", "explained", "stated", "claimed"
STATES = [
    (UNEXPLAINED, gettext_lazy("not explained")),
    (EXPLAINED, gettext_lazy("explained since")),
    (STATED, gettext_lazy("origin told when entered")),
    (CLAIMED, gettext_lazy("a village points at its proposal")),
]
ORDERS = [("", gettext_lazy("last changed first")), ("amount", gettext_lazy("largest first"))]
_KEYS = {"": ("-plan_year", "-changed_at", "id"), "amount": ("-amount", "id")}


class _SeveralField(django_filters.fields.MultipleChoiceField):
    """Some of a list; a form that was left empty sends `origin=`, which asks for nothing."""

    def to_python(self, value: Any) -> list[str]:
        return super().to_python([one for one in value or () if one != ""])


class _SeveralFilter(django_filters.MultipleChoiceFilter):
    field_class = _SeveralField


class OriginFilter(django_filters.FilterSet):
    """`?plan_year=2028&region=61.12&origin=unknown&never_proposed=1&agency=3&funding_source=…&state=unexplained&q=…&ordering=amount`."""

    plan_year = django_filters.NumberFilter(min_value=2000, max_value=2100)
    region = django_filters.CharFilter(method="in_region")
    origin = _SeveralFilter(choices=Origin.choices)
    never_proposed = django_filters.ChoiceFilter(choices=[("1", "1"), ("0", "0")], method="without_proposal")
    agency = django_filters.ModelChoiceFilter(queryset=Agency.objects.all())
    funding_source = django_filters.ChoiceFilter(choices=FundingSource.choices)
    state = django_filters.ChoiceFilter(choices=STATES, method="explained")
    q = django_filters.CharFilter(method="with_words", max_length=120)
    ordering = django_filters.ChoiceFilter(choices=[("amount", "amount")], method="in_order")

    class Meta:
        model = FundedWork
        fields = ("plan_year", "region", "origin", "never_proposed", "agency", "funding_source", "state", "q", "ordering")

    def in_region(self, rows: Any, name: str, code: str) -> QuerySet[Any]:  # noqa: ARG002 - as the library calls it
        """The region and everything below it."""
        if not codes.is_code(code):
            raise Invalid({"region": [_("Write an official code, for example 61.12.")]})
        return rows.within(code)

    def without_proposal(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:  # noqa: ARG002
        """Lines without a proposal in the register, or with one."""
        return rows.filter(proposal__isnull=value == "1")

    def explained(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:  # noqa: ARG002
        """Lines without a proposal about which so much is known."""
        said = Exists(OriginStatement.objects.filter(work=OuterRef("pk")))
        pointed = Exists(OriginClaim.objects.filter(work=OuterRef("pk"), state=OriginClaim.State.OPEN))
        known = {UNEXPLAINED: Q(origin=Origin.UNKNOWN), EXPLAINED: Q(said), STATED: ~Q(origin=Origin.UNKNOWN) & ~Q(said), CLAIMED: Q(pointed)}
        return rows.filter(known[value], proposal__isnull=True)

    def with_words(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:  # noqa: ARG002
        """All words in the title, the programme, the activity or the document."""
        for word in value.replace("\0", "").split()[:8]:
            places = ("title", "programme", "activity", "sub_activity", "budget_document")
            found = Q()
            for place in places:
                found |= Q(**{f"{place}__icontains": word})
            rows = rows.filter(found)
        return rows

    def in_order(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:  # noqa: ARG002
        """The largest first instead of the last changed."""
        return rows.order_by(*_KEYS[value])

    def or_refuse(self) -> QuerySet[FundedWork]:
        """The lines; raises Invalid (400) with every filter that is wrong."""
        if not self.is_valid():
            raise Invalid({name: [str(sentence) for sentence in sentences] for name, sentences in self.form.errors.items()})
        found: QuerySet[FundedWork] = self.qs
        return found


def lines(asked: Any) -> QuerySet[FundedWork]:
    """The lines that an address asks for, in a total order. Raises Invalid (400)."""
    _within_reach(asked)
    return OriginFilter(asked, queryset=FundedWork.objects.order_by(*_KEYS[""])).or_refuse()


def _within_reach(asked: Any) -> None:
    """Words are read line by line, so they are looked for within a kabupaten, not in a nation's half million lines. Raises Invalid."""
    code = asked.get("region", "")
    if asked.get("q", "").strip() and not (codes.is_code(code) and codes.ancestor(code, Level.DISTRICT)):
        raise Invalid({"region": [_("Words are looked for within one kabupaten: choose it, or a smaller region of it.")]})


def with_what_is_said(works: Any) -> Any:
    """With region, agency, who entered them, and everything that was said about their origin: four queries a page."""
    statements = OriginStatement.objects.select_related("said_by").order_by("turn")
    claims = OriginClaim.objects.select_related("proposal", "asked_by", "decided_by").order_by("asked_at", "id")
    said = [Prefetch("origin_statements", statements), Prefetch("origin_claims", claims)]
    return works.for_cards().select_related("region__parent", "agency", "proposal", "created_by").prefetch_related(*said)

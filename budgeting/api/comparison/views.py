"""Changes by hand, answers and comparisons over HTTP."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.refusals import Invalid
from budgeting import selectors
from budgeting.answers import reading as answers
from budgeting.api.comparison.serializers import ComparisonSerializer, OverrideBody, OverrideSerializer, VillageAnswerSerializer
from budgeting.api.views import MoneyList, MoneyView
from budgeting.comparison.facts import Column, Fifth, nearest
from budgeting.comparison.reading import MOST, Comparison, comparison
from budgeting.models import AllocationRun
from budgeting.overrides import reading
from budgeting.overrides.services import sign_override, withdraw_override
from geo.api.pagination import Pages

_CONFLICT = OpenApiResponse(description="Not a draft, another change stands on the line, or the ceiling does not cover it.")
_REFUSED = OpenApiResponse(description="Not yours, or you are bound to the village that asks: the message says why.")


class OverridesView(MoneyList):
    """Every change by hand of a run, withdrawn ones too."""

    serializer_class = OverrideSerializer
    pagination_class = Pages

    def get_queryset(self) -> Any:
        """Of a run that the reader may see, in the order of signing."""
        return reading.signed_on(selectors.run(self.request.user, self.kwargs["run_id"]))


class OverrideView(MoneyView):
    """One change under the client's own UUID."""

    serializer_class = OverrideSerializer

    @extend_schema(operation_id="sign_override", request=OverrideBody, responses={200: OverrideSerializer, 403: _REFUSED, 409: _CONFLICT})
    def put(self, request: Request, run_id: UUID, override_id: UUID) -> Response:
        """Sign it; the same again changes nothing."""
        sent = request.data if isinstance(request.data, dict) else {}
        told = {name: sent.get(name, "") for name in ("verdict", "reason")}
        kept = sign_override(override_id=override_id, run_id=run_id, proposal_id=_key(sent), amount=sent.get("amount"), actor=request.user, **told)
        return Response(OverrideSerializer(kept).data)

    @extend_schema(operation_id="withdraw_override", request=None, responses={200: OverrideSerializer, 403: _REFUSED, 409: _CONFLICT})
    def delete(self, request: Request, run_id: UUID, override_id: UUID) -> Response:
        """Withdraw it; it stays readable."""
        return Response(OverrideSerializer(withdraw_override(override_id=override_id, run_id=run_id, actor=request.user)).data)


class AnswersView(MoneyList):
    """What a published run answered to every village."""

    serializer_class = VillageAnswerSerializer
    pagination_class = Pages

    def get_queryset(self) -> Any:
        """By region."""
        return answers.of_run(selectors.run(self.request.user, self.kwargs["run_id"]).pk)


class ComparisonView(MoneyView):
    """Two to four runs of a plan year beside each other."""

    serializer_class = ComparisonSerializer

    @extend_schema(
        operation_id="compare_runs", responses=ComparisonSerializer, parameters=[OpenApiParameter("run", OpenApiTypes.UUID, many=True, required=True)]
    )
    def get(self, request: Request) -> Response:
        """`?run=…&run=…`: what each gives in all and by group."""
        found = comparison(request.user, _keys(request.query_params.getlist("run")))
        rows = [_row(found, run, column) for run, column in zip(found.runs, found.columns, strict=True)]
        return Response(ComparisonSerializer({"plan_year": found.runs[0].ceiling.plan_year, "runs": rows}).data)


def _row(found: Comparison, run: AllocationRun, column: Column) -> dict[str, Any]:
    kept = ("total", "by_hand", "villages_reached", "sectors", "origins", "marks", "villages", "supporters", "voters")
    told = {name: getattr(column, name) for name in kept}
    facts = {"run": run.pk, "rule": run.rule, "status": run.status, "budget": run.budget}
    return {**facts, **told, "fifths": [_fifth(one, column) for one in found.fifths]}


def _fifth(one: Fifth, column: Column) -> dict[str, Any]:
    per_head = one.per_head(column.villages)
    rounded = None if per_head is None else nearest(per_head)
    return {"index": one.index, "villages": len(one.villages), "population": one.population, "per_head": rounded}


def _key(sent: dict[str, Any]) -> UUID:
    try:
        return UUID(str(sent.get("proposal")))
    except ValueError:
        raise Invalid({"proposal": [_("Send the UUID of a proposal.")]}) from None


def _keys(texts: list[str]) -> list[UUID]:
    try:
        return [UUID(text) for text in texts[: MOST + 1]]
    except ValueError:
        raise Invalid({"run": [_("Choose two to four runs.")]}) from None

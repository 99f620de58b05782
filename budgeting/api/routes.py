"""Routes of proposals and the authorities behind them, over HTTP."""

from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import StreamingHttpResponse
from django.urls import URLPattern, path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.refusals import Missing
from budgeting.api.provenance import sent_object, sent_turn, sent_uuid
from budgeting.api.provenance_rows import (
    AuthoritySerializer,
    GrantRecipientBody,
    GrantRecipientSerializer,
    RouteBody,
    RouteDecisionSerializer,
    RouteSerializer,
)
from budgeting.api.views import MoneyList, MoneyView
from budgeting.models import AuthorityRule
from budgeting.routes import files
from budgeting.routes.choosing import choose_route
from budgeting.routes.lists import RouteFilter, routes
from budgeting.routes.lookup import with_route
from budgeting.routes.recipients import name_recipient
from geo import codes
from proposals import policy as register
from proposals.api.list_views import AnyAccept
from proposals.long_answers import LongText
from proposals.models import Proposal

PARAMETERS = [OpenApiParameter(name, OpenApiTypes.STR) for name in RouteFilter.base_filters]


class RoutesView(MoneyList):
    """Proposals with the route of their money."""

    serializer_class = RouteSerializer

    def get_queryset(self) -> Any:
        """Last changed first."""
        return routes(self.request.query_params)

    @extend_schema(operation_id="routes", parameters=PARAMETERS)
    def get(self, request: Request) -> Response:
        """The table's answer with its sentence, and what an official chose instead."""
        return self.list(request)


@extend_schema_view(get=extend_schema(operation_id="routes_csv", parameters=PARAMETERS, responses={(200, "text/csv"): OpenApiTypes.STR}))
class RoutesCsv(APIView):
    """The same as a file for spreadsheets, streamed."""

    content_negotiation_class = AnyAccept

    def get(self, request: Request) -> StreamingHttpResponse:
        """Wrong filters are refused before its first byte."""
        headers = {"Content-Disposition": 'attachment; filename="jalur-usulan.csv"'}
        text = LongText(partial(files.csv, routes(request.query_params)))
        return StreamingHttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)


class RouteView(MoneyView):
    """One proposal's route."""

    serializer_class = RouteSerializer

    @extend_schema(operation_id="route")
    def get(self, request: Request, proposal_id: UUID) -> Response:
        """With the decisions that officials made about it, and who receives it where it is a grant; first to last."""
        found: Any = with_route(Proposal.objects.select_related("dictionary_entry", "village")).filter(pk=proposal_id).first()
        if found is None:
            raise Missing
        register.may_see(request.user, found).or_refuse()
        decisions = found.route_decisions.select_related("signed_by").order_by("turn")
        recipients = found.grant_recipients.select_related("said_by").order_by("turn")
        told = {"decisions": RouteDecisionSerializer(decisions, many=True).data, "recipients": GrantRecipientSerializer(recipients, many=True).data}
        return Response({**RouteSerializer(found).data, **told})

    @extend_schema(operation_id="choose_route", request=RouteBody, responses={200: RouteDecisionSerializer, 201: RouteDecisionSerializer})
    def post(self, request: Request, proposal_id: UUID) -> Response:
        """Choose another route: 201 where it is new, 200 where it stood there already."""
        sent = sent_object(request)
        wish = {name: sent.get(name) for name in ("target", "funding_source", "reason")}
        made, is_new = choose_route(proposal_id=proposal_id, actor=request.user, **wish, seen=sent_turn(sent), decision_id=sent_uuid(sent, "id"))
        return Response(RouteDecisionSerializer(made).data, status=201 if is_new else 200)


class GrantRecipientView(MoneyView):
    """Who receives a grant."""

    serializer_class = GrantRecipientSerializer

    @extend_schema(
        operation_id="name_grant_recipient",
        request=GrantRecipientBody,
        responses={200: GrantRecipientSerializer, 201: GrantRecipientSerializer},
    )
    def post(self, request: Request, proposal_id: UUID) -> Response:
        """201 where it is new, 200 where it stood there already."""
        sent = sent_object(request)
        said = {name: sent.get(name) for name in ("name", "form", "registration")}
        made, is_new = name_recipient(proposal_id=proposal_id, actor=request.user, **said, seen=sent_turn(sent), statement_id=sent_uuid(sent, "id"))
        return Response(GrantRecipientSerializer(made).data, status=201 if is_new else 200)


class AuthoritiesView(MoneyList):
    """Whose authority works are, by kabupaten and plan year."""

    serializer_class = AuthoritySerializer

    def get_queryset(self) -> Any:
        """`?region=61.12&plan_year=2028`; newest year first."""
        asked, wanted = self.request.query_params, Q()
        if codes.is_code(asked.get("region", "")):
            wanted &= Q(cycle__region=asked["region"])
        if asked.get("plan_year", "").isascii() and asked.get("plan_year", "").isdigit():
            wanted &= Q(cycle__plan_year=int(asked["plan_year"][:4]))
        return AuthorityRule.objects.filter(wanted).select_related("cycle").order_by("-cycle_id", "sector", "work_code", "id")

    @extend_schema(
        operation_id="authorities", parameters=[OpenApiParameter("region", OpenApiTypes.STR), OpenApiParameter("plan_year", OpenApiTypes.INT)]
    )
    def get(self, request: Request) -> Response:
        """Works and sectors with their level and legal basis."""
        return self.list(request)


urlpatterns: list[URLPattern] = [
    path("routes/", RoutesView.as_view(), name="routes"),
    path("routes.csv", RoutesCsv.as_view(), name="routes-csv"),
    path("proposals/<uuid:proposal_id>/route/", RouteView.as_view(), name="route"),
    path("proposals/<uuid:proposal_id>/recipient/", GrantRecipientView.as_view(), name="grant-recipient"),
    path("authorities/", AuthoritiesView.as_view(), name="authorities"),
]

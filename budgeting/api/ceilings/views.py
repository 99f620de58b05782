"""What belongs to a ceiling over HTTP: its ledger, versions, transfers and formulas."""

from uuid import UUID

from django.db.models import Q, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.refusals import Invalid, Missing
from budgeting import selectors, services
from budgeting.api.ceilings.serializers import (
    CeilingVersionSerializer,
    FormulaBody,
    FormulaSerializer,
    LedgerEntrySerializer,
    TransferBody,
    TransferSerializer,
)
from budgeting.api.serializers import CeilingSerializer, PublishCeilingBody
from budgeting.api.views import MoneyList, MoneyView, _ceiling, _object, _whole
from budgeting.ceilings import policy
from budgeting.models import CeilingVersion, Formula, LedgerEntry, Transfer
from budgeting.policy import is_on_team


class LedgerView(MoneyList):
    """Everything that happened to the money of a ceiling, newest first."""

    serializer_class = LedgerEntrySerializer

    def get_queryset(self) -> QuerySet[LedgerEntry]:
        """Of a ceiling that the reader may see."""
        ceiling = selectors.ceiling(self.request.user, self.kwargs["ceiling_id"])
        return LedgerEntry.objects.filter(ceiling=ceiling).select_related("proposal", "actor").order_by("-id")


class VersionsView(MoneyList):
    """The published versions of a ceiling, newest first."""

    serializer_class = CeilingVersionSerializer

    def get_queryset(self) -> QuerySet[CeilingVersion]:
        """Of a ceiling that the reader may see."""
        ceiling = selectors.ceiling(self.request.user, self.kwargs["ceiling_id"])
        return CeilingVersion.objects.filter(ceiling=ceiling).select_related("set_by", "published_by").order_by("-number", "-id")


class CeilingTransfersView(MoneyList):
    """Transfers from and to a ceiling, newest first: confirmed ones for everybody, the others for its team."""

    serializer_class = TransferSerializer

    def get_queryset(self) -> QuerySet[Transfer]:
        """Of a ceiling that the reader may see."""
        ceiling = selectors.ceiling(self.request.user, self.kwargs["ceiling_id"])
        rows = Transfer.objects.filter(Q(source=ceiling) | Q(target=ceiling)).select_related("asked_by", "decided_by")
        if not is_on_team(self.request.user, ceiling):
            rows = rows.filter(status=Transfer.Status.CONFIRMED)
        return rows.order_by("-asked_at", "id")


class TransferView(MoneyView):
    """One transfer, under the UUID that the client gave it."""

    serializer_class = TransferSerializer

    @extend_schema(operation_id="transfer")
    def get(self, request: Request, transfer_id: UUID) -> Response:
        """Confirmed for everybody, else for the team."""
        found = Transfer.objects.select_related("source", "asked_by", "decided_by").filter(pk=transfer_id).first()
        if found is None or not (found.status == Transfer.Status.CONFIRMED or is_on_team(request.user, found.source)):
            raise Missing
        return Response(TransferSerializer(found).data)

    @extend_schema(operation_id="ask_transfer", request=TransferBody, responses=TransferSerializer)
    def put(self, request: Request, transfer_id: UUID) -> Response:
        """Ask for it; a second person confirms. Repeating it changes nothing."""
        sent = _object(request)
        from_reserve = sent.get("from_reserve", False)
        if not isinstance(from_reserve, bool):
            raise Invalid({"from_reserve": ["true / false"]})
        made = services.ask_transfer(
            actor=request.user,
            transfer_id=transfer_id,
            source_id=_whole(sent, "source") or 0,
            target_id=_whole(sent, "target") or 0,
            amount=sent.get("amount", ""),
            reason=sent.get("reason", ""),
            legal_basis=sent.get("legal_basis", ""),
            from_reserve=from_reserve,
        )
        return Response(TransferSerializer(made).data)


class ConfirmTransferView(MoneyView):
    """The second person."""

    http_method_names = ("post", "options")
    serializer_class = TransferSerializer

    @extend_schema(operation_id="confirm_transfer", request=None, responses=TransferSerializer)
    def post(self, request: Request, transfer_id: UUID) -> Response:
        """Move the money: both ledgers tell it."""
        return Response(TransferSerializer(services.confirm_transfer(actor=request.user, transfer_id=transfer_id)).data)


class WithdrawTransferView(MoneyView):
    """Taking a transfer back, or refusing it."""

    http_method_names = ("post", "options")
    serializer_class = TransferSerializer

    @extend_schema(operation_id="withdraw_transfer", request=None, responses=TransferSerializer)
    def post(self, request: Request, transfer_id: UUID) -> Response:
        """Nothing has moved."""
        return Response(TransferSerializer(services.withdraw_transfer(actor=request.user, transfer_id=transfer_id)).data)


class FormulasView(MoneyList):
    """The formulas of a ceiling, newest first: published ones for everybody, the one in preparation for its team."""

    serializer_class = FormulaSerializer

    def get_queryset(self) -> QuerySet[Formula]:
        """Of a ceiling that the reader may see."""
        ceiling = selectors.ceiling(self.request.user, self.kwargs["ceiling_id"])
        rows = Formula.objects.filter(ceiling=ceiling).select_related("set_by", "published_by")
        if not policy.may_set_formula(self.request.user, ceiling):
            rows = rows.filter(published_at__isnull=False)
        return rows.order_by("-number", "id")

    @extend_schema(operation_id="set_formula", request=FormulaBody, responses={201: FormulaSerializer})
    def post(self, request: Request, ceiling_id: int) -> Response:
        """Prepare the next formula, or change the one in preparation that was read at `version`."""
        sent = _object(request)
        inputs = sent.get("inputs")
        made = services.set_formula(
            actor=request.user,
            ceiling_id=ceiling_id,
            inputs=inputs if isinstance(inputs, dict) else {},
            legal_basis=sent.get("legal_basis", ""),
            version=_whole(sent, "version", required=False),
        )
        return Response(FormulaSerializer(made).data, status=201)


class FormulaView(MoneyView):
    """One formula with every figure."""

    serializer_class = FormulaSerializer

    @extend_schema(operation_id="formula")
    def get(self, request: Request, formula_id: UUID) -> Response:
        """As `python -m budgeting.formula` reads it."""
        found = Formula.objects.select_related("ceiling", "set_by", "published_by").filter(pk=formula_id).first()
        if found is None or not (found.published_at or policy.may_set_formula(request.user, found.ceiling)):
            raise Missing
        return Response(FormulaSerializer(found).data)


class PublishFormulaView(MoneyView):
    """The second person."""

    http_method_names = ("post", "options")
    serializer_class = FormulaSerializer

    @extend_schema(operation_id="publish_formula", request=PublishCeilingBody, responses=FormulaSerializer)
    def post(self, request: Request, formula_id: UUID) -> Response:
        """Publish the formula that somebody else has set."""
        version = _whole(_object(request), "version", required=False)
        return Response(FormulaSerializer(services.publish_formula(actor=request.user, formula_id=formula_id, version=version)).data)


class ApplyFormulaView(MoneyView):
    """Ceilings out of a formula."""

    http_method_names = ("post", "options")

    @extend_schema(operation_id="apply_formula", request=None, responses=CeilingSerializer(many=True))
    def post(self, request: Request, formula_id: UUID) -> Response:
        """Make or change the ceilings of its regions as drafts: all of them or none."""
        made = services.apply_formula(actor=request.user, formula_id=formula_id)
        return Response([_ceiling(request, ceiling.pk) for ceiling in made])

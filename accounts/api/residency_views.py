"""Where people live: claimed by the person, decided by the village."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import policy, services
from accounts.api.serializers import ClaimBody, ClaimSerializer, DecisionBody, EndBody, ResidencySerializer
from accounts.models import Residency
from geo.codes import is_code


class ClaimsView(APIView):
    """Claims of residence."""

    permission_classes = (IsAuthenticated,)

    @extend_schema(operation_id="claims", parameters=[OpenApiParameter("village", str, required=True)], responses=ClaimSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Claims that wait for one village, the oldest first: for its facilitator and its head."""
        village = request.query_params.get("village", "")
        policy.may_see_claims(request.user, village if is_code(village) else "-").or_refuse()
        waiting = Residency.objects.filter(village_id=village, status=Residency.Status.PENDING).select_related("user").order_by("requested_at", "pk")
        return Response(ClaimSerializer(waiting[:200], many=True).data)

    @extend_schema(operation_id="claim_residence", request=ClaimBody, responses=ResidencySerializer)
    def post(self, request: Request) -> Response:
        """Say where you live; saying it again changes nothing."""
        sent = ClaimBody(data=request.data)
        sent.is_valid(raise_exception=True)
        made = services.request_residency(actor=request.user, village_code=sent.validated_data["village"], hint=sent.validated_data["hint"])
        return Response(ResidencySerializer(made).data)


class DecisionView(APIView):
    """The village's answer to a claim."""

    permission_classes = (IsAuthenticated,)

    @extend_schema(operation_id="decide_residence", request=DecisionBody, responses=ResidencySerializer)
    def post(self, request: Request, residency_id: int) -> Response:
        """Confirm or refuse; whoever comes second hears 409."""
        sent = DecisionBody(data=request.data)
        sent.is_valid(raise_exception=True)
        decided = services.decide_residency(residency_id=residency_id, actor=request.user, **sent.validated_data)
        return Response(ResidencySerializer(decided).data)


class EndView(APIView):
    """The end of a residence."""

    permission_classes = (IsAuthenticated,)

    @extend_schema(operation_id="end_residence", request=EndBody, responses=ResidencySerializer)
    def post(self, request: Request, residency_id: int) -> Response:
        """By the person, or by the village with a reason."""
        sent = EndBody(data=request.data)
        sent.is_valid(raise_exception=True)
        ended = services.end_residency(residency_id=residency_id, actor=request.user, reason=sent.validated_data["reason"])
        return Response(ResidencySerializer(ended).data)

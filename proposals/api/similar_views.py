"""What looks like a proposal, over HTTP: of a saved one, and of what somebody is just typing; and what people say about it."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.refusals import Invalid
from geo import codes
from geo.codes import Level
from proposals import services
from proposals.api.rows import ProposalRow
from proposals.api.views import RegisterView, visible
from proposals.models import Resemblance, Verdict
from proposals.services import entries, place
from proposals.services.entries import Unreadable
from proposals.similar import candidates as similar
from proposals.similar import words as similar_words
from proposals.similar.candidates import Candidate
from proposals.words import Sector

_YEARS = range(2000, 2101)
#: As many as a note beside a form can hold.
_BESIDE_A_FORM = 5


class JudgementSerializer(serializers.ModelSerializer):
    """The newest judgement about a pair; `id` is what the next one sends as `seen`."""

    by_name = serializers.CharField(source="by.__str__", read_only=True)

    class Meta:
        model = Resemblance
        fields = ("id", "verdict", "difference", "by_name", "role", "at")
        read_only_fields = fields


class CandidateSerializer(serializers.Serializer):
    """A proposal that looks alike, why, and what was said about the two."""

    proposal = ProposalRow(read_only=True)
    points = serializers.IntegerField(help_text="0 to 100; shown from 50, a probable duplicate from 75.")
    distance_m = serializers.IntegerField(source="facts.distance_m", allow_null=True)
    overlap = serializers.IntegerField(source="facts.overlap", allow_null=True, help_text="Per mille of the shorter line or the smaller area.")
    work = serializers.CharField(source="facts.work.value")
    reasons = serializers.SerializerMethodField()
    must_answer = serializers.BooleanField(help_text="The same work, near, in the same year: its writer answers before sending.")
    judgement = JudgementSerializer(allow_null=True)

    def get_reasons(self, candidate: Candidate) -> list[str]:
        """Why they look alike, in words."""
        return similar_words.reasons(candidate.facts, candidate.proposal)


class JudgementBody(serializers.Serializer):
    """What a person says about two proposals."""

    other = serializers.UUIDField()
    verdict = serializers.ChoiceField(choices=Verdict.choices)
    difference = serializers.CharField(required=False, max_length=1000, help_text="At least 20 characters where they are different works.")
    seen = serializers.IntegerField(required=False, allow_null=True, help_text="`id` of the judgement that was read, where there was one.")


class SimilarView(RegisterView):
    """What looks like one proposal."""

    @extend_schema(operation_id="similar", responses=CandidateSerializer(many=True))
    def get(self, request: Request, proposal_id: UUID) -> Response:
        """At most ten, those that must be answered first, then the most alike; drafts of others are never among them."""
        proposal = visible(request, proposal_id)
        return Response(CandidateSerializer(similar.candidates(similar.asked_of(proposal)), many=True).data)

    @extend_schema(
        operation_id="judge_similar",
        request=JudgementBody,
        responses={
            200: JudgementSerializer,
            201: JudgementSerializer,
            409: OpenApiResponse(description="Somebody judged the pair meanwhile: the message says what."),
        },
    )
    def post(self, request: Request, proposal_id: UUID) -> Response:
        """Say what the two are to each other; the same again changes nothing."""
        sent = request.data if isinstance(request.data, dict) else {}
        judgement, is_new = services.judge_resemblance(
            proposal_id=proposal_id,
            other_id=_uuid(sent.get("other")),
            actor=request.user,
            verdict=sent.get("verdict"),
            difference=sent.get("difference"),
            seen=_seen(sent.get("seen")),
        )
        return Response(JudgementSerializer(judgement).data, status=201 if is_new else 200)


def _uuid(value: Any) -> UUID | None:
    try:
        return UUID(str(value)) if value else None
    except ValueError:
        raise Invalid({"other": [_("There is no such proposal.")]}) from None


def _seen(value: Any) -> int | None:
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise Invalid({"seen": [_("Send the id of the judgement that you have read, a whole number.")]})


class NearbyView(APIView):
    """What looks like something that is not saved yet. Public proposals only, the same for every reader."""

    @extend_schema(
        operation_id="similar_nearby",
        parameters=[
            OpenApiParameter("village", OpenApiTypes.STR, required=True),
            OpenApiParameter("plan_year", OpenApiTypes.INT, required=True),
            OpenApiParameter("lon", OpenApiTypes.DOUBLE),
            OpenApiParameter("lat", OpenApiTypes.DOUBLE),
            OpenApiParameter("title", OpenApiTypes.STR),
            OpenApiParameter("dictionary_entry", OpenApiTypes.STR, description="Code in the dictionary of the plan year."),
            OpenApiParameter("sector", OpenApiTypes.STR, enum=Sector.values),
        ],
        responses=CandidateSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        """At most five, the most alike first."""
        found = similar.candidates(_asked(request), most=_BESIDE_A_FORM)
        return Response(CandidateSerializer(found, many=True).data)


def _asked(request: Request) -> similar.Asked:
    """What is being typed, or a 400 that names each wrong parameter."""
    given = {name: request.query_params.get(name, "").replace("\0", "")[:200] for name in ("village", "title", "dictionary_entry", "sector")}
    errors: dict[str, list[str]] = {}
    if not codes.is_code(given["village"]) or codes.level(given["village"]) is not Level.VILLAGE:
        errors["village"] = [_("Choose the village that asks.")]
    if given["sector"] and given["sector"] not in Sector.values:
        errors["sector"] = [_("Choose one of the list.")]
    try:
        year = entries.whole(request.query_params.get("plan_year", ""), _("Write the plan year as a year, for example 2028."), most=9999) or 0
    except Unreadable as error:
        errors["plan_year"], year = [error.sentence], 0
    if not errors and year not in _YEARS:
        errors["plan_year"] = [_("Write the plan year as a year, for example 2028.")]
    pair = [request.query_params.get(name, "") for name in ("lon", "lat")]
    try:
        point = place.read_point(pair if any(pair) else None)
    except Unreadable as error:
        errors["location"], point = [error.sentence], None
    if errors:
        raise Invalid(errors)
    return similar.asked_by_typing(
        village=given["village"], plan_year=year, title=given["title"], place=point, entry=given["dictionary_entry"], sector=given["sector"]
    )

"""Support and comments of a proposal, by programs and by the page's own scripts."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import AnonRateThrottle, UserRateThrottle
from rest_framework.utils.urls import remove_query_param, replace_query_param
from rest_framework.views import APIView

from accounts.refusals import Missing
from deliberation import policy, reading, services
from deliberation.api.serializers import CommentBody, CommentPage, CommentSerializer, HideBody, RangeQuery, SupportSerializer
from deliberation.models import Comment
from proposals import policy as register
from proposals.api.throttles import WriteThrottle
from proposals.models import Proposal

_CONFLICT = OpenApiResponse(description="The state does not allow it, or the identifier is another's; the message says so.")
_TOO_OFTEN = OpenApiResponse(description="Too often; `Retry-After` says when again.")


class TalkView(APIView):
    """What all views of this room share."""

    throttle_classes = (AnonRateThrottle, UserRateThrottle, WriteThrottle)


def visible(request: Request, proposal_id: UUID) -> Proposal:
    """The proposal's place, if this person may see it; 404 otherwise."""
    proposal = Proposal.objects.only("pk", "stage", "village_id", "author_id", "supports").filter(pk=proposal_id).first()
    if proposal is None:
        raise Missing
    register.may_see(request.user, proposal).or_refuse()
    return proposal


class SupportView(TalkView):
    """The asker's own support of a proposal."""

    @extend_schema(operation_id="support_of", responses=SupportSerializer)
    def get(self, request: Request, proposal_id: UUID) -> Response:
        """How many support it, and whether you do."""
        proposal = visible(request, proposal_id)
        return Response({"supports": proposal.supports, "supported": bool(reading.supported_by(request.user, [proposal.pk]))})

    @extend_schema(operation_id="support", request=None, responses={200: SupportSerializer, 409: _CONFLICT})
    def put(self, request: Request, proposal_id: UUID) -> Response:
        """Support it; repeating changes nothing."""
        return Response({"supports": services.support(proposal_id=proposal_id, actor=request.user), "supported": True})

    @extend_schema(operation_id="withdraw_support", responses={200: SupportSerializer, 409: _CONFLICT})
    def delete(self, request: Request, proposal_id: UUID) -> Response:
        """Take your support back; repeating changes nothing."""
        return Response({"supports": services.withdraw_support(proposal_id=proposal_id, actor=request.user), "supported": False})


class CommentsView(TalkView):
    """The discussion of a proposal."""

    @extend_schema(operation_id="comments", parameters=[RangeQuery], responses=CommentPage)
    def get(self, request: Request, proposal_id: UUID) -> Response:
        """Comments in order; `?after=SEQ` is what a page asks that missed something."""
        proposal = visible(request, proposal_id)
        part = RangeQuery(data=request.query_params)
        part.is_valid(raise_exception=True)
        found = reading.comments(proposal, request.user, **part.validated_data)
        return Response({**_links(request, found, part.validated_data), "results": CommentSerializer(found, many=True).data})

    @extend_schema(
        operation_id="comment",
        request=CommentBody,
        responses={200: CommentSerializer, 201: CommentSerializer, 409: _CONFLICT, 429: _TOO_OFTEN},
    )
    def post(self, request: Request, proposal_id: UUID) -> Response:
        """Say something; the same `id` again answers what is already there."""
        policy.signed_in(request.user)
        sent = CommentBody(data=request.data)
        sent.is_valid(raise_exception=True)
        values = sent.validated_data
        said, created = services.comment(
            comment_id=values["id"],
            proposal_id=proposal_id,
            actor=request.user,
            body=values["body"],
            stance=values["stance"],
            parent_id=values["parent"],
        )
        return Response(_told(said, request), status=201 if created else 200)


class HideView(TalkView):
    """Hiding a comment."""

    @extend_schema(operation_id="hide_comment", request=HideBody, responses={200: CommentSerializer})
    def post(self, request: Request, comment_id: UUID) -> Response:
        """Hide it, with a reason; hiding again changes nothing."""
        policy.signed_in(request.user)
        sent = HideBody(data=request.data)
        sent.is_valid(raise_exception=True)
        said = services.hide_comment(comment_id=comment_id, actor=request.user, reason=sent.validated_data["reason"])
        return Response(_told(said, request))


def _told(said: Comment, request: Request) -> Any:
    return CommentSerializer(reading.veiled([said], request.user, said.proposal.village_id)[0]).data


def _links(request: Request, found: list[Comment], part: dict[str, Any]) -> dict[str, str | None]:
    """Neighbouring stretches; a full one may have a neighbour on the side it was cut."""
    address = remove_query_param(remove_query_param(request.build_absolute_uri(), "after"), "before")
    full = len(found) == part["limit"]
    more_after = bool(found) and (full if part["before"] is None else True)
    more_before = bool(found) and (full if part["before"] is not None else part["after"] > 0)
    return {
        "next": replace_query_param(address, "after", found[-1].seq) if more_after else None,
        "previous": replace_query_param(address, "before", found[0].seq) if more_before else None,
    }

"""What is asked of a proposal beside its form, and the village's answers, over HTTP."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from proposals import services
from proposals.api.attachment_rows import AnswerBody, ItemSerializer
from proposals.api.views import RegisterView, visible
from proposals.papers.checklist import checklist_of


def _checklist(request: Request, proposal_id: UUID) -> list[Any]:
    proposal = visible(request, proposal_id)
    items: Any = checklist_of(proposal)  # the stubs know no list here, whatever `many` says
    return list(ItemSerializer(items, many=True, context={"stage": proposal.stage}).data)


class ReadinessView(RegisterView):
    """The checklist of a proposal."""

    @extend_schema(operation_id="readiness", responses=ItemSerializer(many=True))
    def get(self, request: Request, proposal_id: UUID) -> Response:
        """What is asked for, what is there, and what holds the proposal back; empty where its plan year asks for nothing."""
        return Response(_checklist(request, proposal_id))


class AnswerView(RegisterView):
    """The village's word that a document is not applicable."""

    @extend_schema(operation_id="answer_readiness", request=AnswerBody, responses=ItemSerializer(many=True))
    def put(self, request: Request, proposal_id: UUID, document: str) -> Response:
        """Say why; repeating it changes nothing. Answers the checklist."""
        sent = request.data if isinstance(request.data, dict) else {}
        services.answer(proposal_id=proposal_id, document=document, actor=request.user, reason=sent.get("reason", ""))
        return Response(_checklist(request, proposal_id))

    @extend_schema(operation_id="take_back_readiness", responses=ItemSerializer(many=True))
    def delete(self, request: Request, proposal_id: UUID, document: str) -> Response:
        """Take the answer back; repeating it changes nothing. Answers the checklist."""
        services.take_back(proposal_id=proposal_id, document=document, actor=request.user)
        return Response(_checklist(request, proposal_id))

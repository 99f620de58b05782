"""The floor of a vote: a plain Django view that inserts a mark and a vote in one transaction, and knows nobody.

Its address is below `/api/`, where no middleware asks who is signed in or counts anything.
"""

import json
import uuid
from datetime import date

from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from deliberation.models import Vote, VoterMark


@csrf_exempt
def vote(request: HttpRequest, ballot: uuid.UUID) -> JsonResponse:
    """Two rows, no question asked."""
    sent = json.loads(request.body)
    with transaction.atomic():
        mark = VoterMark(ballot_id=ballot, user_id=int(sent["user"]), village_id="61.12.09.2010", channel="online", day=date(2027, 1, 1))
        mark.save(force_insert=True)
        Vote(ballot_id=ballot, channel="online", marks=[[1, 1], [2, 1]], receipt_sha256=uuid.uuid4().hex * 2).save(force_insert=True)
    return JsonResponse({"recorded": True}, status=201)


urlpatterns = [path("api/bare-vote/<uuid:ballot>/", vote)]

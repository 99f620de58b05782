"""Addresses that misbehave on purpose, for the tests of the API's errors."""

# ruff: noqa: ARG002 - the library names the arguments

from django.db import OperationalError, connection
from django.urls import include, path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

from accounts.models import AuditEntry, User
from accounts.refusals import Conflict, Refusal, sign_in_first
from geo.models import Region


class NoteSerializer(serializers.Serializer):
    body = serializers.CharField(max_length=20)


class NoteView(APIView):
    def post(self, request: Request) -> Response:
        note = NoteSerializer(data=request.data)
        note.is_valid(raise_exception=True)
        return Response(note.validated_data)


class OnceAnHour(SimpleRateThrottle):
    rate = "1/hour"

    def get_cache_key(self, request, view):
        return "once"


class RareView(APIView):
    throttle_classes = (OnceAnHour,)

    def get(self, request: Request) -> Response:
        return Response({})


class WriteView(APIView):
    def post(self, request: Request) -> Response:
        if not request.user.is_authenticated:
            sign_in_first().or_refuse()
        return Response({"user": request.user.username})


class RefusedView(APIView):
    def get(self, request: Request, kind: str) -> Response:
        raise {"denied": Refusal("Not yours."), "conflict": Conflict("Somebody was faster.")}[kind]


class StorageView(APIView):
    def get(self, request: Request, kind: str) -> Response:
        if kind == "away":
            raise OperationalError("server closed the connection unexpectedly") from Exception("what the driver said, without a code")
        with connection.cursor() as cursor:
            match kind:
                case "number":
                    cursor.execute("SELECT 99999999999::int")
                case "nul":
                    Region.objects.filter(pk="61\x00").exists()
                case "surrogate":
                    Region.objects.filter(pk="61\ud800").exists()
                case "uuid":
                    AuditEntry.objects.filter(pk="no uuid").exists()
                case "twice":
                    User.objects.bulk_create([User(username="a"), User(username="a")])
                case "deadlock":
                    cursor.execute("DO $$ BEGIN RAISE deadlock_detected; END $$")
        return Response({})


urlpatterns = [
    path("api/v1/note/", NoteView.as_view()),
    path("api/v1/rare/", RareView.as_view()),
    path("api/v1/write/", WriteView.as_view()),
    path("api/v1/refused/<kind>/", RefusedView.as_view()),
    path("api/v1/storage/<kind>/", StorageView.as_view()),
    path("", include("musrenbang.urls")),
]

"""Who am I, and where nothing is."""

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.serializers import MeSerializer


class MeView(APIView):
    """The person behind the token or the session: name, offices held today, residence."""

    permission_classes = (IsAuthenticated,)

    @extend_schema(responses=MeSerializer)
    def get(self, request: Request) -> Response:
        """401 for a visitor."""
        return Response(MeSerializer(request.user).data)


@extend_schema(exclude=True)
class NowhereView(APIView):
    """Any address of the API that is none: 404 in the API's own shape, whatever the verb."""

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:  # noqa: ARG002 - the library's signature
        """Nothing is here, so nothing is asked."""
        raise Http404

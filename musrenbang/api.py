"""The API's table of contents: each room brings its own addresses; the schema and its reader stand beside them."""

from django.urls import URLPattern, URLResolver, include, path, re_path
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.decorators import api_view
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import schema as _authentication_schemes  # noqa: F401 - the schema finds them by their import
from deliberation.ballots.api.views import VoteView

app_name = "api"


@extend_schema(exclude=True)
@api_view(["GET", "POST", "PUT", "PATCH", "DELETE"])
def no_such_address(_request: Request) -> Response:
    """Everything else below /api/v1/ answers 404 in the API's own shape."""
    raise NotFound


class Reader(SpectacularSwaggerSplitView):
    """The description to read and try; its page has no style of its own inside, which our content security policy would block."""

    template_name = "musrenbang/api_docs.html"
    http_method_names = ("get", "head")


urlpatterns: list[URLPattern | URLResolver] = [
    # First, since a hall presses at once and every address before it is tried before it.
    path("ballots/<uuid:ballot_id>/vote/", VoteView.as_view(), name="vote"),
    path("", include("geo.api.urls")),
    path("", include("accounts.api.urls")),
    path("", include("proposals.api.list_urls")),
    path("", include("proposals.api.urls")),
    path("", include("deliberation.api.urls")),
    path("", include("budgeting.api.urls")),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", Reader.as_view(url_name="api:schema"), name="docs"),
    re_path(r"", no_such_address),
]

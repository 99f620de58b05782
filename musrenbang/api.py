"""The API's table of contents: each room brings its own addresses; the schema and its reader stand beside them."""

from django.urls import URLPattern, URLResolver, include, path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

app_name = "api"


class NoSuchAddress(APIView):
    """Everything else below /api/v1/ answers 404 in the API's own shape."""

    schema = None

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        """Refuse before any method is looked for."""
        raise NotFound

    def get(self, request: Request, *args: object, **kwargs: object) -> Response:  # pragma: no cover - initial refuses
        """Never reached."""
        raise NotFound


urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("geo.api.urls")),
    path("", include("accounts.api.urls")),
    path("", include("proposals.api.list_urls")),
    path("", include("proposals.api.urls")),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", SpectacularSwaggerView.as_view(url_name="api:schema"), name="docs"),
    re_path(r"", NoSuchAddress.as_view()),
]

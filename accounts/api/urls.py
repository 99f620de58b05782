"""Addresses of the accounts room, below `/api/v1/`."""

from django.urls import URLPattern, URLResolver, path, register_converter
from django.urls.converters import IntConverter

from accounts.api.residency_views import ClaimsView, DecisionView, EndView
from accounts.api.views import MeView


class KeyConverter(IntConverter):
    """A row's key: a whole number that a bigint holds."""

    regex = "[0-9]{1,18}"


register_converter(KeyConverter, "key")

urlpatterns: list[URLPattern | URLResolver] = [
    path("me/", MeView.as_view(), name="api-me"),
    path("residencies/", ClaimsView.as_view(), name="claims"),
    path("residencies/<key:residency_id>/decision/", DecisionView.as_view(), name="decide-residency"),
    path("residencies/<key:residency_id>/end/", EndView.as_view(), name="end-residency"),
]

"""Addresses of the accounts room, below `/api/v1/`."""

from django.urls import URLPattern, URLResolver, path

from accounts.api.views import MeView

urlpatterns: list[URLPattern | URLResolver] = [path("me/", MeView.as_view(), name="api-me")]

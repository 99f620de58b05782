"""The list's own addresses, so that these tests need no other room."""

from django.urls import include, path

urlpatterns = [path("api/v1/", include("proposals.api.list_urls"))]

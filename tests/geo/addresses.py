"""The region addresses alone, so that these tests need no other room."""

from django.urls import include, path

urlpatterns = [path("api/v1/", include("geo.api.urls"))]

"""Addresses of the planners' pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

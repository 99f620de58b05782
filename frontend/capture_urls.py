"""Addresses of the map and of writing a proposal."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

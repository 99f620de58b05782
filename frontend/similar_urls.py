"""Addresses of proposals that look alike."""

from django.urls import path

from frontend.views import similar

urlpatterns = [
    path("kerja/serupa/", similar.pairs, name="similar_pairs"),
    path("pembangunan/ganda/", similar.paid_twice, name="paid_twice"),
    path("usulan/<str:address>/serupa/", similar.judge, name="judge"),
    path("usulan/<str:address>/banding/<str:other>/", similar.compare, name="compare"),
]

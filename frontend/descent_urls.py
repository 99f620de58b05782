"""Addresses of descent and versions."""

from django.urls import path

from frontend.views import descent

urlpatterns = [
    path("kerja/bawa/", descent.carry, name="carry"),
    path("usulan/<str:address>/silsilah/", descent.lineage, name="lineage"),
    path("usulan/<str:address>/riwayat/", descent.versions, name="versions"),
    path("usulan/<str:address>/pecah/", descent.split, name="split"),
    path("usulan/<str:address>/bawa/", descent.carry_over, name="carry_over"),
]

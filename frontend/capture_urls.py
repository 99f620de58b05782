"""Addresses of the map and of writing a proposal."""

from django.urls import path

from frontend.views import capture
from frontend.views import map as map_views
from frontend.views.works_found import works_found

urlpatterns = [
    path("peta/", map_views.map_page, name="map"),
    path("usulan/karya/", works_found, name="works_found"),
    path("usulan/baru/", capture.new, name="new_proposal"),
    path("usulan/<uuid:proposal_id>/ubah/", capture.edit, name="edit_proposal"),
    path("usulan/<uuid:proposal_id>/periksa/", capture.check, name="check_proposal"),
    path("usulan/<uuid:proposal_id>/foto/<str:sha256>/hapus/", capture.remove_photo, name="remove_photo"),
]

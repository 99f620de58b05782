"""Addresses about the origin of money, and the way it goes."""

from django.urls import path

from frontend.views.provenance import authorities, origins, routes, same_place

urlpatterns = [
    path("anggaran/asal/", origins.overview, name="provenance"),
    path("anggaran/asal/daftar/", origins.lines, name="provenance_lines"),
    path("anggaran/asal/tak-diusulkan/", origins.never_proposed, name="never_proposed"),
    path("anggaran/asal/pokir/", same_place.same_place, name="same_place"),
    path("anggaran/asal/jalur/", routes.listed, name="routes"),
    path("anggaran/asal/klaim/<uuid:claim_id>/", origins.settle, name="settle_claim"),
    path("anggaran/asal/<uuid:work_id>/", origins.line, name="line_origin"),
    path("anggaran/asal/<uuid:work_id>/penjelasan/", origins.state, name="state_origin"),
    path("anggaran/asal/<uuid:work_id>/klaim/", origins.claim, name="claim_line"),
    path("usulan/<str:address>/jalur/", routes.route, name="route"),
    path("usulan/<str:address>/penerima/", routes.recipient, name="grant_recipient"),
    path("kerja/kewenangan/", authorities.page, name="authorities"),
    path("kerja/kewenangan/lembar.csv", authorities.download, name="authorities_sheet"),
    path("kerja/kewenangan/unggah/", authorities.upload, name="upload_authorities"),
    path("kerja/kewenangan/<str:verb>/", authorities.change, name="change_authorities"),
]

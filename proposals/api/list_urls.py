"""Addresses of lists, files and map tiles."""

from django.urls import URLPattern, path

from proposals.api.list_views import ProposalCsv, ProposalGeoJson, ProposalList
from proposals.api.map_views import MapTile

urlpatterns: list[URLPattern] = [
    path("proposals/", ProposalList.as_view(), name="proposals"),
    path("proposals.geojson", ProposalGeoJson.as_view(), name="proposals-geojson"),
    path("proposals.csv", ProposalCsv.as_view(), name="proposals-csv"),
    path("map/<int:z>/<int:x>/<int:y>.json", MapTile.as_view(), name="map-tile"),
]

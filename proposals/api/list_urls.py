"""Addresses of lists, files and map tiles."""

from django.urls import URLPattern, path

from proposals.api import sheet_views
from proposals.api.list_views import ProposalCsv, ProposalGeoJson, ProposalList
from proposals.api.map_views import MapTile
from proposals.api.search_views import OneSavedSearch, SavedSearches

urlpatterns: list[URLPattern] = [
    path("proposals/", ProposalList.as_view(), name="proposals"),
    path("proposals.geojson", ProposalGeoJson.as_view(), name="proposals-geojson"),
    path("proposals.xlsx", sheet_views.ProposalXlsx.as_view(), name="proposals-xlsx"),
    path("imports/", sheet_views.ImportsView.as_view(), name="imports"),
    path("imports/<uuid:job_id>/", sheet_views.ImportView.as_view(), name="import"),
    path("imports/<uuid:job_id>/take-in/", sheet_views.TakeInView.as_view(), name="import-take-in"),
    path("exports/", sheet_views.ExportsView.as_view(), name="exports"),
    path("exports/<uuid:job_id>/", sheet_views.ExportView.as_view(), name="export"),
    path("exports/<uuid:job_id>/file/", sheet_views.ExportFileView.as_view(), name="export-file"),
    path("proposals.csv", ProposalCsv.as_view(), name="proposals-csv"),
    path("searches/", SavedSearches.as_view(), name="saved-searches"),
    path("searches/<int:search_id>/", OneSavedSearch.as_view(), name="saved-search"),
    path("map/<int:z>/<int:x>/<int:y>.json", MapTile.as_view(), name="map-tile"),
]

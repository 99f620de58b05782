"""Addresses of regions under /api/v1/."""

from django.urls import URLPattern, URLResolver, path

from geo.api import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("regions/", views.RegionList.as_view(), name="api_regions"),
    path("regions/at/", views.RegionAt.as_view(), name="api_region_at"),
    path("regions/outlines/", views.NationOutlines.as_view(), name="api_nation_outlines"),
    path("regions/<str:code>/", views.RegionDetail.as_view(), name="api_region"),
    path("regions/<str:code>/boundary/", views.RegionBoundary.as_view(), name="api_region_boundary"),
    path("regions/<str:code>/outlines/", views.RegionOutlines.as_view(), name="api_region_outlines"),
]

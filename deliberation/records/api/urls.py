"""Addresses of papers, below `/api/v1/meetings/{uuid}/documents/`."""

from django.urls import path

from deliberation.records.api import views

urlpatterns = [
    path("", views.PapersView.as_view(), name="documents"),
    path("<str:code>/", views.PaperView.as_view(), name="document"),
    path("<str:code>/pdf/", views.PaperPdfView.as_view(), name="document-pdf"),
]

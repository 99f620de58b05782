"""Addresses of uploaded files; to be included under `berkas/`, the MEDIA_URL."""

from django.urls import path

from proposals.papers.files import file

urlpatterns = [path("<path:path>", file, name="photo")]

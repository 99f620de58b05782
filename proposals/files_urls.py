"""Addresses of uploaded files; to be included under `berkas/`, the MEDIA_URL."""

from django.urls import path

from proposals.files import file

urlpatterns = [path("<path:path>", file, name="photo")]

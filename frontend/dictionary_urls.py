"""Addresses of the dictionary of works."""

from django.urls import path

from frontend.views import dictionary

urlpatterns = [
    path("panduan/kamus/", dictionary.public, name="dictionary"),
    path("kerja/kamus/", dictionary.keeper, name="dictionary_keeper"),
    path("kerja/kamus/baru/", dictionary.add, name="add_work"),
    path("kerja/kamus/unggah/", dictionary.upload, name="upload_dictionary"),
    path("kerja/kamus/salin/", dictionary.copy, name="copy_dictionary"),
    path("kerja/kamus/<int:pk>/", dictionary.change, name="change_work"),
    path("kerja/kamus/<int:pk>/kunci/", dictionary.lock, name="lock_work"),
]

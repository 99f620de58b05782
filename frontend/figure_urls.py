"""The address of the figures about a plan year."""

from django.urls import path

from frontend.views.key_figures import key_figures

urlpatterns = [path("anggaran/angka/", key_figures, name="key_figures")]

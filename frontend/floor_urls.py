"""Addresses of the live room of a meeting, and of the wall."""

from django.urls import path

from frontend.views.meetings import appealing, floor, wall

urlpatterns = [
    path("rapat/<uuid:meeting_id>/ruang/", floor.parts, name="floor_parts"),
    path("rapat/<uuid:meeting_id>/ruang/<slug:verb>/", floor.act, name="floor_act"),
    path("rapat/<uuid:meeting_id>/ucapan/<uuid:said_id>/keberatan/", appealing.appeal, name="statement_appeal"),
    path("rapat/<uuid:meeting_id>/proyektor/", wall.wall, name="wall"),
    path("rapat/<uuid:meeting_id>/proyektor/isi/", wall.wall_contents, name="wall_contents"),
]

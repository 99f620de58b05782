"""Addresses of a meeting's roll, below `/rapat/<id>/daftar-hadir/`."""

from django.urls import include, path

from frontend.views.roll import coming, door, pasting, showing, writing

_OF_A_ROLL = [
    path("", showing.roll, name="roll"),
    path("unduh.<str:kind>", showing.download, name="roll_download"),
    path("kembali/", showing.back, name="roll_back"),
    path("ketik/", writing.type_lines, name="roll_type"),
    path("tempel/", pasting.paste, name="roll_paste"),
    path("baris/<uuid:line_id>/", writing.line, name="roll_line"),
    path("pintu/", door.door, name="roll_door"),
    path("masuk/", coming.check_in, name="roll_check_in"),
    path("daring/", coming.join, name="roll_join"),
    path("pergi/", coming.leave, name="roll_leave"),
    path("kode-saya/", coming.own_code, name="roll_pass"),
]
urlpatterns = [path("rapat/<uuid:meeting_id>/daftar-hadir/", include(_OF_A_ROLL))]

"""Addresses of a meeting's papers, of checking a printed one, and of the clauses of the forms."""

from django.urls import path

from frontend.views.documents import checking, clauses, correcting, drafts, opening, papers, photos

urlpatterns = [
    path("periksa/", checking.ask, name="check"),
    path("periksa/<str:code>/", checking.check, name="check_document"),
    path("rapat/<uuid:meeting_id>/dokumen/", papers.shelf, name="documents"),
    path("rapat/<uuid:meeting_id>/dokumen/terbitkan/", papers.issue, name="issue_documents"),
    path("rapat/<uuid:meeting_id>/dokumen/pindai/", papers.sign, name="sign_documents"),
    path("rapat/<uuid:meeting_id>/dokumen/halaman/", papers.pages, name="document_pages"),
    path("rapat/<uuid:meeting_id>/dokumen/naskah/", drafts.draft, name="document_draft"),
    path("rapat/<uuid:meeting_id>/dokumen/pratinjau/<str:kind>/", drafts.preview, name="document_preview"),
    path("rapat/<uuid:meeting_id>/dokumen/foto/", photos.add, name="meeting_photos"),
    path("rapat/<uuid:meeting_id>/dokumen/foto/<str:sha256>/", photos.photo, name="meeting_photo"),
    path("rapat/<uuid:meeting_id>/dokumen/foto/<str:sha256>/ubah/", photos.change, name="change_meeting_photo"),
    path("rapat/<uuid:meeting_id>/dokumen/<str:code>/", opening.whole, name="document"),
    path("rapat/<uuid:meeting_id>/dokumen/<str:code>/pdf/", opening.pdf, name="document_pdf"),
    path("rapat/<uuid:meeting_id>/dokumen/<str:code>/pindaian/<str:sha256>/", opening.scan, name="document_scan"),
    path("rapat/<uuid:meeting_id>/dokumen/<str:code>/adendum/", correcting.addendum, name="document_addendum"),
    path("kerja/klausul/<int:cycle_id>/<str:meeting_kind>/", clauses.clauses, name="clauses"),
]

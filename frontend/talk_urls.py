"""Addresses of the talk between meetings: following, inbox, questions' figures, moderation."""

from django.urls import URLPattern, path

from frontend.views.talking import appealing, figures, follows, inbox, moderation, reporting

urlpatterns: list[URLPattern] = [
    path("usulan/<str:address>/ikuti/", follows.follow_proposal, name="follow_proposal"),
    path("usulan/<str:address>/tanggapan/<uuid:comment_id>/laporkan/", reporting.report, name="report_comment"),
    path("usulan/<str:address>/tanggapan/<uuid:comment_id>/keberatan/", appealing.appeal, name="appeal"),
    path("wilayah/<str:code>/ikuti/", follows.follow_region, name="follow_region"),
    path("wilayah/<str:code>/tanya-jawab/", figures.figures, name="talk_figures"),
    path("akun/ikuti/", follows.follows, name="follows"),
    path("akun/ikuti/surel/", follows.choose_mail, name="choose_mail"),
    path("akun/kotak-masuk/", inbox.inbox, name="inbox"),
    path("akun/kabar/berhenti/<str:token>/", inbox.end_mail, name="end_mail"),
    path("kerja/moderasi/", moderation.queue, name="moderation"),
    path("kerja/moderasi/keberatan/<uuid:comment_id>/", moderation.decide_appeal, name="decide_appeal"),
    path("kerja/moderasi/keberatan/ucapan/<uuid:said_id>/", moderation.decide_statement_appeal, name="decide_statement_appeal"),
]

"""Addresses of the pages. The map, the form of a new proposal and the planners' pages bring their own."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from frontend import (
    ballot_urls,
    capture_urls,
    comparison_urls,
    descent_urls,
    dictionary_urls,
    document_urls,
    floor_urls,
    meeting_urls,
    paper_urls,
    planner_urls,
    roll_urls,
    scoring_urls,
    sheet_urls,
    similar_urls,
    talk_urls,
    year_urls,
)
from frontend.account_urls import urlpatterns as account_urls
from frontend.views import account, display, guide, home, proposal, proposals, region, searches, talk, works

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("bahasa/", set_language, name="set_language"),
    path("tampilan/", display.choose, name="display"),
    path("panduan/", guide.guide, name="guide"),
    path("pembangunan/", works.works, name="works"),
    path("wilayah/", region.search, name="region_search"),
    path("wilayah/<str:code>/", region.region, name="region"),
    path("", include(ballot_urls)),
    path("", include(capture_urls)),
    path("", include(comparison_urls)),
    path("", include(dictionary_urls)),
    path("", include(document_urls)),
    path("", include(floor_urls)),
    path("", include(meeting_urls)),
    path("", include(planner_urls)),
    path("", include(roll_urls)),
    path("", include(scoring_urls)),
    path("", include(descent_urls)),
    path("", include(paper_urls)),
    path("", include(similar_urls)),
    path("", include(sheet_urls)),
    path("", include(year_urls)),
    path("", include(talk_urls)),
    path("usulan/", proposals.proposals, name="proposals"),
    path("usulan/<str:address>/", proposal.proposal, name="proposal"),
    path("usulan/<str:address>/dukungan/", talk.support, name="support"),
    path("usulan/<str:address>/tanggapan/", talk.comment, name="comment"),
    path("usulan/<str:address>/tanggapan/<uuid:comment_id>/sembunyikan/", talk.hide, name="hide_comment"),
    path("usulan/<str:address>/langkah/", proposal.move, name="move"),
    path("usulan/<str:address>/foto/", proposal.attach, name="attach"),
    path("akun/", account.account, name="account"),
    path("akun/domisili/", account.request_residency, name="request_residency"),
    path("akun/domisili/<int:pk>/", account.decide_residency, name="decide_residency"),
    path("akun/pencarian/", searches.saved_searches, name="saved_searches"),
    path("akun/pencarian/<int:pk>/", searches.saved_search, name="saved_search"),
    path("akun/", include(account_urls)),
]

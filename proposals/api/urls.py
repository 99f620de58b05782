"""The register's addresses below /api/v1/."""

from django.urls import URLPattern, URLResolver, path

from proposals.api import attachment_views, cycles, dictionary, lineage_views, readiness_views, similar_views, views, vocabulary

urlpatterns: list[URLPattern | URLResolver] = [
    path("proposals/<uuid:proposal_id>/", views.ProposalView.as_view(), name="proposal"),
    path("proposals/<uuid:proposal_id>/moves/", views.MovesView.as_view(), name="proposal-moves"),
    path("proposals/<uuid:proposal_id>/lineage/", lineage_views.LineageView.as_view(), name="proposal-lineage"),
    path("proposals/<uuid:proposal_id>/carry-over/", lineage_views.CarryOverView.as_view(), name="proposal-carry-over"),
    path("proposals/<uuid:proposal_id>/split/", lineage_views.SplitView.as_view(), name="proposal-split"),
    path("proposals/<uuid:proposal_id>/versions/", lineage_views.VersionsView.as_view(), name="proposal-versions"),
    path("proposals/<uuid:proposal_id>/attachments/", attachment_views.AttachmentsView.as_view(), name="proposal-attachments"),
    path("proposals/<uuid:proposal_id>/attachments/<str:sha256>/", attachment_views.AttachmentView.as_view(), name="proposal-attachment"),
    path("proposals/<uuid:proposal_id>/readiness/", readiness_views.ReadinessView.as_view(), name="proposal-readiness"),
    path("proposals/<uuid:proposal_id>/readiness/<str:document>/", readiness_views.AnswerView.as_view(), name="proposal-readiness-answer"),
    path("dictionary/", dictionary.DictionaryList.as_view(), name="dictionary"),
    path("dictionary/suggestions/", dictionary.DictionarySuggestions.as_view(), name="dictionary-suggestions"),
    path("proposals/<uuid:proposal_id>/similar/", similar_views.SimilarView.as_view(), name="proposal-similar"),
    path("proposals/similar/", similar_views.NearbyView.as_view(), name="similar-nearby"),
    path("cycles/", cycles.CyclesView.as_view(), name="cycles"),
    path("cycles/<int:cycle_id>/", cycles.CycleView.as_view(), name="cycle"),
    path("agencies/", vocabulary.AgenciesView.as_view(), name="agencies"),
    path("vocabulary/", vocabulary.VocabularyView.as_view(), name="vocabulary"),
]

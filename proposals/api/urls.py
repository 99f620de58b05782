"""The register's addresses below /api/v1/."""

from django.urls import URLPattern, URLResolver, path

from proposals.api import views, vocabulary

urlpatterns: list[URLPattern | URLResolver] = [
    path("proposals/<uuid:proposal_id>/", views.ProposalView.as_view(), name="proposal"),
    path("proposals/<uuid:proposal_id>/moves/", views.MovesView.as_view(), name="proposal-moves"),
    path("proposals/<uuid:proposal_id>/attachments/", views.AttachmentsView.as_view(), name="proposal-attachments"),
    path("proposals/<uuid:proposal_id>/attachments/<str:sha256>/", views.AttachmentView.as_view(), name="proposal-attachment"),
    path("agencies/", vocabulary.AgenciesView.as_view(), name="agencies"),
    path("vocabulary/", vocabulary.VocabularyView.as_view(), name="vocabulary"),
]

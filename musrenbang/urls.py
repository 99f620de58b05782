"""All addresses of the platform; the contract's names."""

from django.urls import URLPattern, URLResolver, include, path

from budgeting.works.files import photo as work_photo

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include("musrenbang.api")),
    path("berkas/works/<path:path>", work_photo, name="work_photo"),
    path("berkas/", include("proposals.papers.urls")),
    path("ogc/", include("musrenbang.ogc")),
    path("", include("musrenbang.health")),
    path("", include("proposals.live_urls")),
    path("", include("deliberation.floor.live_urls")),
    path("", include("frontend.urls")),
]

handler400 = "frontend.views.errors.bad_request"
handler403 = "frontend.views.errors.forbidden"
handler404 = "frontend.views.errors.not_found"
handler429 = "frontend.views.errors.too_many"  # allauth asks for it
handler500 = "frontend.views.errors.server_error"

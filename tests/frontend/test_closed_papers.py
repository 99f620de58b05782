"""What is closed stays closed on every page that shows a proposal or what became of it."""

import pytest

from proposals import services
from proposals.models import Attachment, Proposal
from proposals.papers import documents
from proposals.services import splitting
from proposals.stages import Outcome, Stage
from tests import make
from tests.proposals import pictures, told

pytestmark = pytest.mark.django_db
NAME = "Sertifikat a.n. Ibu Halimah"


@pytest.fixture(autouse=True)
def kept_apart(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_no_page_and_no_list_tells_strangers_of_a_closed_paper_more_than_that_it_is_there(client, people):
    """Copies that came along to parts and successors, thumbnails, pages of likeness and descent: each has its own way to the file."""
    make.cycle(plan_year=2027)
    whole = make.proposal(stage=Stage.DRAFT, of=make.open_cycle(plan_year=2027))
    for place, kind in enumerate(sorted(set(Attachment.Kind.values) - documents.WORK_PHOTOS)):
        services.attach(
            proposal_id=whole.pk, actor=people.facilitator, content=pictures.jpeg(200 + place), kind=kind, caption=NAME, is_closed=kind != "photo"
        )
    Proposal.objects.filter(pk=whole.pk).update(stage=Stage.VILLAGE, number="6112-2027-0900")
    parts = [{"title": f"Bagian {word} dari jalan", "volume": 100} for word in ("utara", "selatan")]
    one, other = splitting.split(proposal_id=whole.pk, actor=people.village_head, version=1, reason=told.REASON, parts=parts)
    Proposal.objects.filter(pk=other.pk).update(outcome=Outcome.REJECTED)
    make.cycle()
    draft, _is_new = services.carry_over(proposal_id=other.pk, actor=people.facilitator, plan_year=2028)
    assert draft.attachments.filter(kind="land_evidence").exists()
    whole.refresh_from_db()
    Attachment.objects.filter(kind="photo").update(caption="")
    Attachment.objects.exclude(kind="photo").update(pages=2)

    closed = [name for row in Attachment.objects.exclude(kind="photo") for name in (row.file.name, row.thumbnail.name)]
    closed += [name for row in draft.attachments.all() for name in (row.file.name, row.thumbnail.name)]
    assert len(closed) > 30
    assert {client.get(f"/berkas/{name}").status_code for name in closed} <= {401, 403, 404, 302}
    pages = [page for row in (whole, one, other) for page in _pages(row)] + [f"/usulan/{one.number}/banding/{other.pk}/"]
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200, page
        body = answer.content.decode() if not answer.streaming else b"".join(answer.streaming_content).decode()
        assert NAME not in body, page
        assert [name for name in closed if name in body] == [], page
    assert client.get(f"/usulan/{draft.pk}/").status_code == 404


def _pages(row):
    api, own = f"/api/v1/proposals/{row.pk}/", f"/usulan/{row.number}/"
    yield from (own, f"{own}berkas/", f"{own}riwayat/", f"{own}silsilah/")
    yield from (api, f"{api}attachments/", f"{api}versions/", f"{api}lineage/", f"{api}readiness/", f"{api}similar/")
    yield from (
        "/api/v1/proposals.csv",
        "/api/v1/proposals.geojson",
        "/ogc/collections/proposals/items",
        f"/ogc/collections/proposals/items/{row.pk}",
    )

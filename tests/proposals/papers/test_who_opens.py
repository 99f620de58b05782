"""Which file who may open: the table of rights walked whole, and the way files leave the house."""

import pytest
from django.test import Client
from knox.models import AuthToken

from accounts import clock
from accounts.refusals import Conflict, Refusal
from proposals import services
from proposals.models import Attachment, Proposal
from proposals.papers import documents
from proposals.papers import policy as file_policy
from proposals.stages import Outcome, Stage
from tests import make
from tests.proposals import pictures, told
from tests.proposals.papers import pdfs

LINE = {
    "facilitator",
    "village_head",
    "subdistrict_officer",
    "agency_officer",
    "planner",
    "second_planner",
    "budget_team",
    "second_budget_team",
    "auditor",
}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def papers(people):
    """One file of every kind that may be brought to a draft, and the proposal as it was then sent in."""
    draft = make.proposal(stage=Stage.DRAFT, agency=people.works_agency)
    for place, kind in enumerate(sorted(set(Attachment.Kind.values) - documents.WORK_PHOTOS)):
        services.attach(proposal_id=draft.pk, actor=people.facilitator, content=pictures.jpeg(200 + place), kind=kind)
    Proposal.objects.filter(pk=draft.pk).update(stage=Stage.AGENCY, number="6112-2028-0007")
    return {row.kind: row for row in Attachment.objects.select_related("proposal")}


def _opens(people, attachment):
    return {name for name, person in people.people().items() if file_policy.may_open(person, attachment)}


@pytest.mark.parametrize("kind", ["photo", "design", "meeting_record"])
def test_what_shows_the_place_is_open_to_everybody_unless_it_is_marked(people, papers, kind):
    assert _opens(people, papers[kind]) == set(people.people())
    services.close(
        proposal_id=papers[kind].proposal_id, actor=people.facilitator, sha256=papers[kind].sha256, is_closed=True
    ) if kind != "photo" else None
    if kind != "photo":
        papers[kind].refresh_from_db()
        assert _opens(people, papers[kind]) == LINE


@pytest.mark.parametrize("kind", sorted(documents.CLOSED))
def test_what_names_persons_and_prices_is_read_by_its_village_its_line_and_the_auditor(people, papers, kind):
    """Not by the agency of another proposal, not by moderators and operators, not by another kabupaten."""
    assert _opens(people, papers[kind]) == LINE


def test_before_it_has_an_agency_every_agency_of_the_kabupaten_reads_it(people, papers):
    Proposal.objects.update(agency=None)
    paper = Attachment.objects.select_related("proposal").get(kind="cost_plan")
    assert _opens(people, paper) == {*LINE, "other_agency_officer"}


def test_a_resident_reads_the_papers_of_the_own_proposal(people, papers):
    Proposal.objects.update(author=people.resident)
    paper = Attachment.objects.select_related("proposal").get(kind="cover_letter")
    assert _opens(people, paper) == {*LINE, "resident"}


def test_nothing_of_a_draft_is_open_to_anybody_but_its_writers(people):
    draft = make.proposal(stage=Stage.DRAFT)
    for kind in ("photo", "cost_plan"):
        paper, _is_new = services.attach(proposal_id=draft.pk, actor=people.facilitator, content=pictures.jpeg(len(kind) * 30), kind=kind)
        assert _opens(people, paper) == {"facilitator", "village_head"}


def test_what_is_never_public_cannot_be_opened(people, papers):
    with pytest.raises(Refusal) as refusal:
        services.close(proposal_id=papers["cost_plan"].proposal_id, actor=people.facilitator, sha256=papers["cost_plan"].sha256, is_closed=False)
    assert refusal.value.status == 400


def _get(paper, person=None):
    client = Client()
    if person:
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(f"/berkas/{paper.file.name}")


def test_a_closed_paper_leaves_only_to_its_readers_and_into_no_cache(people, papers):
    paper = papers["land_evidence"]
    visitor = _get(paper)
    assert (visitor.status_code, visitor["Location"].split("?")[0]) == (302, "/akun/masuk/"), "who signs in may well be allowed"
    refused = _get(paper, people.moderator)
    assert refused.status_code == 403
    served = _get(paper, people.auditor)
    assert (served.status_code, served["Cache-Control"]) == (200, "private, no-store")


def test_a_pdf_is_saved_never_shown_by_the_browser(people):
    draft = make.proposal(stage=Stage.DRAFT)
    paper, _is_new = services.attach(proposal_id=draft.pk, actor=people.facilitator, content=pdfs.honest(), kind="meeting_record")
    Proposal.objects.filter(pk=draft.pk).update(stage=Stage.VILLAGE, number="6112-2028-0008")
    served = _get(paper)
    assert (served.status_code, served["Content-Type"]) == (200, "application/pdf")
    assert served["Content-Disposition"].startswith('attachment; filename="6112-2028-0008-meeting_record-')
    assert (served["X-Content-Type-Options"], served["Content-Security-Policy"]) == ("nosniff", "default-src 'none'; sandbox")
    assert b"".join(served.streaming_content) == pdfs.honest()


def _adds(people, proposal, kind):
    return {name for name, person in people.people().items() if file_policy.may_attach(person, proposal, kind)}


def test_papers_follow_while_somebody_still_has_to_decide_photos_of_the_place_do_not(people):
    proposal = make.proposal(stage=Stage.AGENCY)
    assert _adds(people, proposal, "cost_plan") == {"facilitator", "village_head"}
    assert _adds(people, proposal, "photo") == set()
    for stage, outcome in ((Stage.AGENCY, Outcome.REJECTED), (Stage.BUDGET, Outcome.OPEN), (Stage.WORKS, Outcome.FUNDED)):
        assert _adds(people, make.proposal(stage=stage, outcome=outcome), "cost_plan") == set()


def test_the_work_is_shown_by_who_builds_it_and_by_its_village_once_it_is_paid_for(people):
    funded = make.proposal(stage=Stage.WORKS, outcome=Outcome.FUNDED, agency=people.works_agency)
    for kind in sorted(documents.WORK_PHOTOS):
        assert _adds(people, funded, kind) == {"facilitator", "village_head", "agency_officer", "planner", "second_planner"}
        assert _adds(people, make.proposal(), kind) == set()
    with pytest.raises(Conflict):
        services.attach(proposal_id=make.proposal().pk, actor=people.facilitator, content=pictures.jpeg(), kind="photo_after")


def test_a_paper_stays_once_a_level_has_decided_with_it_on_the_table(people):
    proposal = told.sent(people) if make.open_cycle() else None
    paper, _is_new = services.attach(proposal_id=proposal.pk, actor=people.facilitator, content=pictures.jpeg(), kind="cost_plan")
    assert services.detach(proposal_id=proposal.pk, actor=people.facilitator, sha256=paper.sha256), "a slip may be taken back"
    paper, _is_new = services.attach(proposal_id=proposal.pk, actor=people.facilitator, content=pictures.jpeg(), kind="cost_plan")
    told.move(proposal, "forward", people.village_head)
    with pytest.raises(Conflict) as refusal:
        services.detach(proposal_id=proposal.pk, actor=people.facilitator, sha256=paper.sha256)
    assert refusal.value.code == "decided_upon"


def test_the_list_tells_that_a_closed_paper_is_there_and_not_where(people, papers, client):
    address = f"/api/v1/proposals/{papers['photo'].proposal_id}/attachments/"
    rows = {row["kind"]: row for row in client.get(address).json()}
    assert set(rows) == set(papers)
    assert (rows["cost_plan"]["url"], rows["cost_plan"]["thumbnail_url"], rows["cost_plan"]["is_open"]) == (None, None, False)
    assert rows["photo"]["url"].endswith(".jpg")
    assert [row["kind"] for row in client.get(address, {"kind": "design"}).json()] == ["design"]
    client.force_login(people.auditor)
    assert {row["kind"]: row for row in client.get(address).json()}["cost_plan"]["url"]


def test_the_photos_distance_to_the_place_is_told_not_its_position(people, client):
    draft = make.proposal(stage=Stage.DRAFT)
    services.attach(proposal_id=draft.pk, actor=people.facilitator, content=pictures.jpeg(exif=True))
    client.force_login(people.facilitator)
    (row,) = client.get(f"/api/v1/proposals/{draft.pk}/attachments/").json()
    assert row["distance_m"] == 0
    assert "taken_location" not in row
    Proposal.objects.update(location="POINT(109.42 -0.09)")
    (row,) = client.get(f"/api/v1/proposals/{draft.pk}/attachments/").json()
    assert 1100 < row["distance_m"] < 1125


def test_the_vocabulary_lists_the_kinds_with_their_limits(db, client):
    kinds = {row["code"]: row for row in client.get("/api/v1/vocabulary/").json()["attachment_kinds"]}
    assert set(kinds) == set(Attachment.Kind.values)
    assert (kinds["photo"]["pictures_only"], kinds["photo"]["is_open"]) == (True, True)
    assert (kinds["land_evidence"]["pictures_only"], kinds["land_evidence"]["is_open"]) == (False, False)


def test_the_checklist_over_the_api(people, client):
    from proposals.services import requirements

    plan = make.cycle(plan_year=2029)
    requirements.give(plan)
    plan.requirements.update(verified_at=clock.now())
    proposal = make.proposal(of=plan, stage=Stage.SUBDISTRICT, land_owner="disputed")
    address = f"/api/v1/proposals/{proposal.pk}/readiness/"
    rows = {row["document"]: row for row in client.get(address).json()}
    assert (rows["photo"]["holds_back"], rows["cost_plan"]["holds_back"], rows["land_evidence"]["land"]) == (True, False, "at_risk")
    body = {"reason": "Pekerjaan berada di badan jalan desa."}
    assert client.put(f"{address}land_evidence/", body, content_type="application/json").status_code == 401
    client.force_login(people.facilitator)
    answered = client.put(f"{address}land_evidence/", body, content_type="application/json")
    assert {row["document"]: row["state"] for row in answered.json()}["land_evidence"] == "not_applicable"
    assert client.put(f"{address}land_evidence/", {"reason": 7}, content_type="application/json").status_code == 400
    assert client.put(f"{address}rumah/", body, content_type="application/json").status_code == 400
    assert client.delete(f"{address}land_evidence/").status_code == 200
    assert client.get(f"/api/v1/proposals/{make.proposal(stage=Stage.DRAFT, of=plan).pk}/readiness/").status_code == 200
    client.logout()
    assert client.get(f"/api/v1/proposals/{make.proposal(stage=Stage.DRAFT, of=plan).pk}/readiness/").status_code == 404


def test_a_closed_paper_tells_strangers_nothing_that_was_written_beside_it(people, papers, client):
    """Who lends the land is often named in the caption; a photo of a certificate is taken in somebody's house."""
    closed = papers["land_evidence"]
    Attachment.objects.filter(pk=closed.pk).update(caption="Sertifikat a.n. Ibu Halimah", pages=2, taken_at=closed.added_at)
    address = f"/api/v1/proposals/{closed.proposal_id}/attachments/?kind=land_evidence"
    told = client.get(address).json()[0]
    assert (told["caption"], told["taken_at"], told["distance_m"], told["url"]) == ("", None, None, None)
    client.force_login(people.village_head, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(address).json()[0]["caption"] == "Sertifikat a.n. Ibu Halimah"


def test_a_program_opens_with_its_token_what_its_person_may_open(people):
    draft = make.proposal(stage=Stage.DRAFT)
    services.attach(proposal_id=draft.pk, actor=people.facilitator, content=pictures.jpeg(300), kind=Attachment.Kind.PHOTO)
    address = Attachment.objects.get(proposal=draft).file.url
    for person, status in ((people.facilitator, 200), (people.next_facilitator, 404)):
        token = AuthToken.objects.create(user=person)[1]
        assert Client().get(address, headers={"authorization": f"Bearer {token}"}).status_code == status
    for wrong in ("Bearer nobody", "Bearer", "Bearer a b", "Basic eA==", ""):
        assert Client().get(address, headers={"authorization": wrong}).status_code == 404

"""Papers from a real browser: parts over a line that breaks, refusals beside the file, and the same form without scripts."""

import pytest

from accounts import clock
from proposals.models import Attachment, Upload
from proposals.services import requirements
from proposals.stages import Stage
from tests import cast, make
from tests.browser.window import DESK, PHONE, window
from tests.proposals import pictures
from tests.proposals.papers import pdfs

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def asked(site, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    cast.build()
    plan = make.cycle()
    requirements.give(plan)
    plan.requirements.update(verified_at=clock.now())
    return make.proposal(of=plan, stage=Stage.SUBDISTRICT, land_owner="private")


def _file(name, content, kind):
    return {"name": name, "mimeType": kind, "buffer": content}


def test_a_paper_goes_on_after_the_line_broke_and_a_bad_one_says_why(new_context, site, asked):
    opened = window(new_context(width=PHONE), site)
    opened.sign_in("facilitator")
    opened.visit(f"/usulan/{asked.number}/berkas/")
    opened.check()
    opened.shoot("berkas")
    page, broken = opened.page, []

    def break_the_first_parts(route):
        if route.request.method == "PATCH" and len(broken) < 2:
            broken.append(route.request.url)
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/attachments/**", break_the_first_parts)
    shelf = page.locator("#land_evidence")
    shelf.locator("input[type=file]").set_input_files(_file("surat hibah.pdf", pdfs.honest(pages=2), "application/pdf"))
    shelf.get_by_role("button", name="Unggah").click()
    shelf.get_by_text("2 halaman").wait_for(timeout=30_000)  # the page shows itself anew once all is sent
    opened.settle()
    kept = Attachment.objects.get()
    assert (len(broken), kept.kind, kept.pages, Upload.objects.count()) == (2, "land_evidence", 2, 0)
    opened.complaints.clear()  # the browser tells of the lines we broke

    bad = pdfs.ACTING["a script that runs on opening"][0]()
    plan = page.locator("#cost_plan")
    plan.locator("input[type=file]").set_input_files(_file("rab.pdf", bad, "application/pdf"))
    plan.get_by_role("button", name="Unggah").click()
    plan.get_by_text("JavaScript").wait_for(timeout=30_000)
    opened.refused(415)
    opened.shoot("berkas-ditolak")
    opened.check()
    assert Attachment.objects.count() == 1


def test_a_photo_made_smaller_on_the_phone_still_says_where_and_when_it_was_taken(new_context, site, asked):
    """The phone shrinks it before it is sent; the camera's notes travel with it, and the server keeps two facts of them."""
    draft = make.proposal(of=asked.cycle, stage=Stage.DRAFT, author=asked.author)
    photo = pictures.jpeg(3000, 2000, exif=True, taken="2026:03:02 09:30:00")
    opened = window(new_context(width=DESK), site)
    opened.sign_in("facilitator")
    opened.visit(f"/usulan/{draft.pk}/berkas/")
    shelf = opened.page.locator("#photo")
    shelf.locator("input[type=file]").set_input_files(_file("jalan.jpg", photo, "image/jpeg"))
    shelf.get_by_role("button", name="Unggah").click()
    shelf.get_by_text("Sekitar 0 m dari titik usulan").wait_for(timeout=30_000)
    opened.settle()
    kept = Attachment.objects.get()
    assert (kept.taken_location.coords, kept.taken_at.year) == ((109.41, -0.09), 2026)
    assert kept.height > kept.width, "turned upright once, not twice"
    opened.check()


def test_without_scripts_the_form_sends_the_same_file(new_context, site, asked):
    plain = window(new_context(java_script_enabled=False), site, scripts=False)
    plain.sign_in("facilitator")
    plain.visit(f"/usulan/{asked.number}/berkas/")
    shelf = plain.page.locator("#land_evidence")
    shelf.locator("input[type=file]").set_input_files(_file("surat.pdf", pdfs.honest(), "application/pdf"))
    shelf.get_by_role("button", name="Unggah").click()
    plain.page.get_by_text("Tersimpan: bukti lahan").wait_for()
    assert Attachment.objects.get().kind == "land_evidence"

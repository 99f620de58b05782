"""Two windows on one proposal: what one person does, the other sees without reloading."""

import pytest
from playwright.sync_api import expect

from tests import make
from tests.browser.window import window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def proposal(people):
    return make.proposal()


def _comment(page, text: str) -> None:
    page.locator("#tulis textarea").fill(text)
    page.locator("#tulis [value=question]").check(force=True)
    page.locator("#tulis button").last.click()


def test_a_comment_and_a_support_arrive_in_the_other_window(new_context, site, proposal):
    reader, writer = window(new_context(), site), window(new_context(), site)
    reader.visit(f"/usulan/{proposal.number}/")
    expect(reader.page.locator(".live")).to_have_attribute("data-state", "live")
    writer.sign_in("resident")
    writer.visit(f"/usulan/{proposal.number}/")
    writer.press(writer.page.locator("#dukungan button[value=give]"))
    expect(reader.page.locator("[data-live-supports]")).to_have_text("1")
    _comment(writer.page, "Apakah lahannya <b>sudah</b> bersih?")
    arrived = reader.page.locator("[data-live-comments] [data-fill=body]")
    expect(arrived).to_have_text("Apakah lahannya <b>sudah</b> bersih?")
    expect(reader.page.locator("[data-live-comment-count]")).to_have_text("1")
    assert reader.page.locator("[data-live-comments] b b").count() == 0
    reader.shoot("usulan-langsung")
    reader.check()
    assert not writer.complaints


def test_what_happened_while_the_line_was_down_is_not_missed(new_context, site, proposal):
    reader, writer = window(new_context(), site), window(new_context(), site)
    writer.sign_in("resident")
    reader.visit(f"/usulan/{proposal.number}/")
    expect(reader.page.locator(".live")).to_have_attribute("data-state", "live")
    reader.page.context.set_offline(True)
    reader.page.evaluate("window.dispatchEvent(new Event('offline'))")
    writer.visit(f"/usulan/{proposal.number}/")
    writer.press(writer.page.locator("#dukungan button[value=give]"))
    expect(writer.page.locator("#dukungan .note.ok")).to_be_visible()
    reader.page.context.set_offline(False)
    expect(reader.page.locator("[data-live-supports]")).to_have_text("1", timeout=15_000)


def test_where_sockets_are_blocked_the_same_address_is_asked(new_context, site, proposal):
    context = new_context()
    context.add_init_script(
        "window.WebSocket = class { constructor() { this.readyState = 3; setTimeout(() => this.onclose && this.onclose(), 10); } close() {} };"
    )
    reader, writer = window(context, site), window(new_context(), site)
    reader.visit(f"/usulan/{proposal.number}/")
    expect(reader.page.locator(".live")).to_have_attribute("data-state", "polling", timeout=20_000)
    writer.sign_in("resident")
    writer.visit(f"/usulan/{proposal.number}/")
    writer.press(writer.page.locator("#dukungan button[value=give]"))
    expect(reader.page.locator("[data-live-supports]")).to_have_text("1", timeout=20_000)
    assert not reader.complaints

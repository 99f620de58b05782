"""The whole line by hand, in a real Chromium: each person in a window of their own, two of them open on the same proposal."""

import re
from collections.abc import Callable

import pytest

from budgeting.calculation import perform_run
from budgeting.models import AllocationRun
from tests import cast, make
from tests.browser.window import DESK, PHONE, Window, window
from tests.proposals.pictures import jpeg

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

TITLE = "Rabat beton jalan Parit Sari"
REASON = "Lima puluh meter terakhir sudah dikerjakan dari Dana Desa tahun lalu."
Open = Callable[..., Window]


@pytest.fixture
def enter(site, new_context, settings, tmp_path) -> Open:
    """Open a watched window and sign somebody in: `enter("resident", width=360)`."""
    settings.MEDIA_ROOT = tmp_path

    def opened(username: str, width: int = DESK) -> Window:
        made = window(new_context(width=width), site)
        made.sign_in(username)
        return made

    return opened


def _write(facilitator: Window) -> str:
    """The facilitator fills the form on a phone, checks, and sends. Returns the page's address."""
    page = facilitator.page
    facilitator.visit("/usulan/baru/")
    facilitator.shoot("cerita-usulan-baru")
    facilitator.check()
    facilitator.press(page.get_by_role("button", name="Periksa dan kirim"))
    assert page.locator(".error").count() >= 1, "an empty form says what is missing"
    facilitator.refused(400)
    page.locator("select[name=village]").select_option(cast.VILLAGE)
    page.locator("summary", has_text="koordinat").click()
    point = cast.point_in(cast.VILLAGE)
    page.locator("input[name=lat]").fill(f"{point.y:.5f}")
    page.locator("input[name=lon]").fill(f"{point.x:.5f}")
    for name, text in {
        "locus": "Dusun Karya RT 03",
        "title": TITLE,
        "problem": "Jalan tanah tergenang enam bulan dalam setahun.",
        "objective": "Jalan dapat dilalui sepanjang tahun.",
        "volume": "650",
        "unit": "m",
        "unit_price": "740000",
    }.items():
        page.locator(f"[name={name}]").fill(text)
    page.locator("select[name=sector]").select_option("road")
    page.locator("input[name=photos]").set_input_files({"name": "jalan.jpg", "mimeType": "image/jpeg", "buffer": jpeg(800, 600)})
    facilitator.press(page.get_by_role("button", name="Periksa dan kirim"))
    assert page.url.endswith("/periksa/")
    facilitator.shoot("cerita-periksa")
    facilitator.check()
    facilitator.press(page.get_by_role("button", name="Kirim", exact=True))
    assert page.url.endswith("/usulan/6112-2028-0001/")
    assert page.get_by_role("heading", name=TITLE, level=1).is_visible()
    return "/usulan/6112-2028-0001/"


def _talk(first: Window, second: Window, address: str) -> None:
    """What one window says and gives, the other shows without reloading."""
    for opened in (first, second):
        opened.visit(address)
    second.page.evaluate("window.notReloaded = true")
    page = first.page
    first.press(page.get_by_role("button", name="Dukung usulan ini"))
    page.get_by_text("Anda mendukung usulan ini", exact=False).first.wait_for()
    page.get_by_text("Pertanyaan", exact=True).last.click()
    page.locator("textarea[name=body]").last.fill("Kapan dikerjakan? <b>Jawab</b>")
    first.press(page.get_by_role("button", name="Kirim tanggapan"))
    other = second.page
    other.wait_for_function("() => document.querySelector('[data-live-supports]').textContent.trim() === '1'", timeout=15_000)
    news = other.locator("[data-live-show]")
    other.wait_for_function(
        "() => document.body.innerText.includes('Kapan dikerjakan?') || !document.querySelector('[data-live-show]').hidden", timeout=15_000
    )
    if news.is_visible():
        news.click()
    other.get_by_text("Kapan dikerjakan? <b>Jawab</b>").wait_for()
    assert other.evaluate("window.notReloaded") is True
    for opened in (first, second):
        opened.shoot("cerita-usulan")
        opened.check()


def _decide(decider: Window, address: str, move: str, **typed: str) -> None:
    """Open the proposal from the desk's list, then decide on its page."""
    page = decider.page
    decider.visit("/kerja/")
    assert page.get_by_role("link", name=TITLE).first.is_visible(), "the desk shows what waits"
    decider.visit(address)
    form = page.locator("#putuskan details").filter(has=page.locator("summary", has_text=re.compile(rf"^\s*{move}\s*$")))
    if form.get_attribute("open") is None:
        form.locator("summary").click()
    for name, text in typed.items():
        form.locator(f"[name$={name}]").fill(text)
    decider.press(form.get_by_role("button", name=move, exact=True))


def _pay(planner: Window, team: Window) -> None:
    """The planner sets a ceiling and asks for the calculation; the budget team publishes both."""
    page = planner.page
    planner.visit("/anggaran/")
    planner.press(page.get_by_role("link", name="Susun pagu"))
    form = page.locator("main form")
    form.locator("[name=plan_year]").fill("2028")
    form.locator("[name=region]").select_option(cast.HOME)
    form.locator("[name=funding_source]").select_option("district_budget")
    form.locator("[name=amount]").fill("1000000000")
    form.locator("[name=legal_basis]").fill("Perbup 12/2027")
    planner.press(form.get_by_role("button"))
    assert re.search(r"/anggaran/pagu/[0-9]+/", page.url)
    team.visit("/anggaran/")
    team.press(team.page.locator("table.ceilings").get_by_role("link").first)
    team.press(team.page.get_by_role("button", name="Terbitkan pagu ini"))
    page.reload()
    planner.press(page.get_by_role("link", name="Hitung").first)
    planner.press(page.get_by_role("button", name="Hitung"))
    assert re.search(r"/anggaran/[0-9a-f-]{36}/", page.url)
    run = AllocationRun.objects.get()
    page.goto("about:blank")  # the page that waits for its list shows itself anew, just when it is opened again
    perform_run(run.pk)
    for opened in (planner, team):
        opened.visit(f"/anggaran/{run.pk}/")
    planner.shoot("cerita-anggaran-draf")
    planner.check()
    assert planner.page.get_by_role("button", name="Setujui").count() == 0, "nobody publishes what they prepared"
    team.press(team.page.get_by_role("button", name="Setujui"))
    team.shoot("cerita-anggaran-terbit")
    team.check()


def test_a_proposal_is_written_discussed_decided_paid_for_and_seen_on_the_map(enter, site, new_context, transactional_db):
    cast.build()
    make.cycle()
    facilitator = enter("facilitator", width=PHONE)
    address = _write(facilitator)
    resident, head = enter("resident", width=PHONE), enter("village_head")
    _talk(resident, head, address)
    _decide(head, address, "Teruskan")
    _decide(enter("subdistrict_officer"), address, "Teruskan, ubah", volume="600", reason=REASON)
    _decide(enter("agency_officer"), address, "Teruskan")
    planner = enter("planner")
    _decide(planner, address, "Teruskan")
    _pay(planner, enter("budget_team"))

    anybody = window(new_context(width=DESK), site)
    anybody.visit(address)
    assert anybody.page.get_by_text("Didanai").first.is_visible()
    assert anybody.page.locator("dl").get_by_text("Rp444.000.000").first.is_visible(), "the amount that was given stands among the facts"
    anybody.shoot("cerita-didanai")
    anybody.check()
    anybody.visit("/peta/?plan_year=2028")
    anybody.page.locator(".leaflet-marker-icon:visible, .leaflet-marker-icon svg:visible").first.wait_for()
    anybody.shoot("cerita-peta")
    anybody.check()

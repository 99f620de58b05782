"""A road is drawn by taps, by the keyboard and by walking it, in a real Chromium at a phone's width."""

import re

import pytest
from playwright.sync_api import expect

from proposals.models import Proposal
from tests import make
from tests.browser.window import PHONE, window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def opened(people, new_context, site):
    make.cycle()
    phone = window(new_context(width=PHONE, height=740), site)
    phone.sign_in("facilitator")
    phone.visit("/usulan/baru/")
    return phone


def _choose(page, kind):
    page.locator(f"[name=shape_kind][value={kind}]").check()


def _has_points(page, count):
    expect(page.locator("#id_shape")).to_have_value(re.compile(rf"^[^\n]+(\n[^\n]+){{{count - 1}}}$") if count else "")


def test_taps_draw_a_road_whose_length_can_be_the_volume(opened):
    page = opened.page
    _choose(page, "line")
    for x, y in ((90, 90), (150, 140), (200, 120), (230, 200)):
        page.locator(".picker-map .atlas").click(position={"x": x, "y": y})
    expect(page.locator("[data-told]")).to_contain_text("4 titik")
    page.locator("[data-undo]").click()
    _has_points(page, 3)
    expect(page.locator("#id_lat")).to_have_value("")
    page.locator("[data-take]").click()
    expect(page.locator("#id_unit")).to_have_value("m")
    expect(page.locator("#id_volume")).not_to_have_value("")
    opened.shoot("usulan-garis")
    opened.check()
    page.locator("#id_title").fill("Rabat beton jalan Parit Sari")
    page.locator(".capture-actions button[value=save]").click()
    expect(page).to_have_url(re.compile("/ubah/$"))
    kept = Proposal.objects.get()
    assert (len(kept.shape), kept.location_source) == (3, "map")
    expect(page.locator("[data-told]")).to_contain_text("3 titik")
    assert not opened.complaints


def test_the_keyboard_draws_too_and_every_target_is_large_enough(opened):
    page = opened.page
    _choose(page, "area")
    page.locator(".picker-map .atlas").focus()
    for key in ("Enter", "ArrowRight", "Enter", "ArrowDown", "Enter", "ArrowLeft", "Enter", "Backspace"):
        page.keyboard.press(key)
        expect(page.locator(".leaflet-pan-anim")).to_have_count(0)  # the map glides, and what is pressed meanwhile counts elsewhere
    _has_points(page, 3)
    expect(page.locator("[data-told]")).to_contain_text("Lahan: 3 titik")
    assert page.url.endswith("/usulan/baru/"), "Enter on the map sends nothing"
    small = page.evaluate(
        "[...document.querySelectorAll('.sketch button, .picker .pill, .ticks label')].filter(one => one.offsetParent)"
        ".map(one => [one.textContent.trim(), one.getBoundingClientRect().height]).filter(([, height]) => height < 44)"
    )
    assert small == []
    page.locator("[data-clear]").click()
    _has_points(page, 0)


def test_typed_points_appear_on_the_map_and_one_spot_takes_them_off_again(opened):
    page = opened.page
    _choose(page, "line")
    page.locator("[data-shape] summary").click()
    page.locator("#id_shape").fill("-0,09; 109,406\n-0.09, 109.41")
    page.locator("#id_shape").press("Tab")
    expect(page.locator("[data-told]")).to_contain_text("445 m")
    expect(page.locator(".atlas .sketch-line")).to_have_count(1)
    _choose(page, "point")
    expect(page.locator(".atlas .sketch-line")).to_have_count(0)
    expect(page.locator("#id_shape")).to_have_value("")
    _choose(page, "line")
    _has_points(page, 2)  # they were not forgotten


#: A second listener beside the page's: each position reaches both in one turn, so what one has heard the other has.
_LISTEN = """() => {
  if (window.heard) return;
  window.heard = [];
  navigator.geolocation.watchPosition(({ coords }) => window.heard = [coords.longitude, coords.latitude, coords.accuracy], null, { enableHighAccuracy: true });
}"""


def _stand(page, lon, lat, accuracy):
    page.evaluate(_LISTEN)  # first: who begins to listen while a position is on its way hears only the next
    page.context.set_geolocation({"longitude": lon, "latitude": lat, "accuracy": accuracy})
    page.wait_for_function("place => JSON.stringify(window.heard) === JSON.stringify(place)", arg=[lon, lat, accuracy])


def _walk(page, *places, accuracy=6):
    for lon, lat in places:
        _stand(page, lon, lat, accuracy)


def test_a_walk_is_recorded_filtered_and_survives_a_reload(opened):
    page = opened.page
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"longitude": 109.406, "latitude": -0.09, "accuracy": 80})
    _choose(page, "line")
    page.locator("[data-walk]").click()
    expect(page.locator("[data-walk-told]")).to_contain_text("80 m")
    _has_points(page, 0)  # a position this poor draws nothing
    _walk(page, (109.406, -0.09), (109.40601, -0.09), (109.407, -0.09), (109.408, -0.09))
    expect(page.locator("[data-walk-told]")).to_contain_text("223 m")
    _has_points(page, 3)  # standing still is no bend
    page.locator("[data-pause]").click()
    _walk(page, (109.409, -0.099))
    _has_points(page, 3)
    page.reload()
    opened.settle()
    expect(page.locator("[data-kept]")).to_be_visible()
    page.locator("[data-restore]").click()
    _has_points(page, 3)
    _walk(page, (109.408, -0.09))  # back to where it stopped
    page.locator("[data-resume]").click()
    _walk(page, (109.408, -0.088))
    _has_points(page, 4)
    page.locator("[data-stop]").click()
    page.locator("#id_title").fill("Rabat beton jalan Parit Sari")
    page.locator(".capture-actions button[value=save]").click()
    expect(page).to_have_url(re.compile("/ubah/$"))
    assert (len(Proposal.objects.get().shape), Proposal.objects.get().location_source) == (4, "gps")
    opened.settle()  # the page of what was received forgets the recording once its script runs, and not before
    assert page.evaluate("localStorage.getItem('musrenbang:walk')") is None
    opened.visit("/usulan/baru/")
    expect(page.locator("[data-kept]")).to_be_hidden()
    assert not opened.complaints


def test_another_amount_opens_its_reason_and_only_then(opened):
    page = opened.page
    expect(page.locator("#id_amount_reason")).to_be_hidden()
    page.locator("#id_volume").fill("500")
    page.locator("#id_unit_price").fill("800.000")
    expect(page.locator("#id_amount")).to_have_value("400.000.000")
    expect(page.locator("#id_amount_reason")).to_be_hidden()
    page.locator("#id_amount").fill("450.000.000")
    expect(page.locator("#id_amount_reason")).to_be_visible()


def test_a_line_is_sent_without_any_script(people, new_context, site):
    make.cycle()
    plain = window(new_context(width=PHONE, java_script_enabled=False), site, scripts=False)
    plain.sign_in("facilitator")
    plain.visit("/usulan/baru/")
    page = plain.page
    page.locator("[name=shape_kind][value=line]").check()
    page.locator("[data-shape] summary").click()
    page.locator("#id_shape").fill("109.406, -0.09\n109.41, -0.09")
    page.locator("#id_title").fill("Rabat beton jalan Parit Sari")
    page.locator(".capture-actions button[value=save]").click()
    page.locator("button[value=swap]").click()
    expect(page).to_have_url(re.compile("/ubah/$"))
    assert Proposal.objects.get().shape.coords == ((109.406, -0.09), (109.41, -0.09))

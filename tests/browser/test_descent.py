"""The pages of descent in a real Chromium, on the demonstration: graph, versions, carrying over, dividing, at both widths."""

import pytest

from musrenbang.demo import people as demo
from proposals.models import Lineage, Proposal
from proposals.stages import Outcome
from tests.browser.window import DESK, FIRST_VIEW, PHONE, window

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_descent_is_seen_by_everybody_and_continued_by_the_village(new_context, site, demonstration, width):
    joined = Lineage.objects.filter(kind="merged", child__village=demo.VILLAGE).order_by("pk").first()
    divided = Lineage.objects.filter(kind="split").order_by("pk").first()
    carried = Proposal.objects.filter(first_asked_year__isnull=False, number__isnull=False).order_by("number").first()
    reader = window(new_context(width=width), site)
    for name, path in {
        "digabung": f"/usulan/{joined.child.address}/",
        "silsilah-gabung": f"/usulan/{joined.child.address}/silsilah/",
        "silsilah-pecah": f"/usulan/{divided.parent.address}/silsilah/",
        "dibawa": f"/usulan/{carried.address}/",
        "silsilah-bawa": f"/usulan/{carried.address}/silsilah/",
        "riwayat": f"/usulan/{joined.child.address}/riwayat/",
        "riwayat-banding": f"/usulan/{carried.address}/riwayat/?dari={carried.version}&ke={carried.version}",
    }.items():
        reader.visit(path, most=FIRST_VIEW)
        reader.shoot(name)
        reader.check()
    village = window(new_context(width=width), site)
    village.sign_in("fasilitator", demo.PASSWORD)
    village.visit("/kerja/bawa/")
    village.shoot("bawa")
    village.check()
    head = window(new_context(width=width), site)
    head.sign_in("kades", demo.PASSWORD)
    whole = Proposal.objects.filter(village=demo.VILLAGE, stage="village", outcome=Outcome.OPEN).order_by("-number").first()
    head.visit(f"/usulan/{whole.number}/pecah/")
    head.shoot("pecah")
    head.check()

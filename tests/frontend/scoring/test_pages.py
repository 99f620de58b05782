"""The pages of scoring: who sees what when, forms without scripts, what was typed is kept, queries stay constant."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from deliberation.models import CriteriaSet, Criterion, Panel, Score, Sheet
from proposals.stages import Stage
from tests import cast, make
from tests.deliberation.scoring import scored
from tests.deliberation.scoring.test_panels import scorers, waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def panel(people):
    waiting(3)
    return scored.opened(people.subdistrict_officer, *scorers(people))


def at(name, panel, *more):
    return reverse(name, args=[panel.pk, *more])


def test_every_page_opens_for_everybody_and_tells_no_score_before_the_close(people, panel, client):
    scored.submitted(panel, people.planner, {1: 5, 2: 1, 3: 2})
    for page in (reverse("panels"), at("panel", panel), at("panel_entry", panel, 1), reverse("criteria", args=[panel.cycle_id, panel.stage])):
        answer = client.get(page)
        assert answer.status_code == 200, page
        assert "row" not in answer.context or answer.context["row"] is None
    assert client.get(at("panel_table", panel)).status_code == 404
    client.force_login(people.subdistrict_officer)
    told = client.get(at("panel_entry", panel, 1)).content.decode()
    assert all(value.spread == "" and not value.comments for value in client.get(at("panel_entry", panel, 1)).context["values"])
    assert "score-line" not in told


def test_the_sheet_is_for_its_scorer_alone(people, panel, client):
    assert client.get(at("score_sheet", panel)).status_code == 302
    client.force_login(people.auditor)
    assert client.get(at("score_sheet", panel)).status_code == 403
    client.force_login(people.planner)
    assert client.get(at("score_sheet", panel)).status_code == 200
    assert client.get(at("score_row", panel, 2)).status_code == 200
    assert client.get(at("score_row", panel, 9)).status_code == 404


def test_the_grid_keeps_what_was_typed_where_it_refuses(people, panel, client):
    client.force_login(people.planner)
    sent = {"nilai-1-URG": "7", "nilai-1-POV": "4", "nilai-2-URG": "dua"}

    answer = client.post(at("score_sheet", panel), {**sent, "verb": "save"})

    assert answer.status_code == 400
    page = answer.content.decode()
    assert 'value="7"' in page
    assert 'value="dua"' in page
    assert not Score.objects.exists()


def test_a_whole_sheet_is_filled_by_a_plain_form_and_handed_in(people, panel, client):
    client.force_login(people.planner)
    fields = {f"nilai-{number}-{code}": "3" for number in (1, 2, 3) for code in scored.CODES}

    missing = client.post(at("score_sheet", panel), {"nilai-1-URG": "3", "verb": "submit"})
    assert missing.status_code == 409
    answer = client.post(at("score_sheet", panel), {**fields, "verb": "submit"})

    assert (answer.status_code, Sheet.objects.get(scorer=people.planner).state) == (303, "submitted")
    late = client.post(at("score_sheet", panel), {**fields, "verb": "save"})
    assert late.status_code == 409


def test_one_proposal_is_scored_by_anchors_and_leads_to_the_next(people, panel, client):
    client.force_login(people.planner)

    answer = client.post(at("score_row", panel, 1), {"asked": "1-POV", "nilai-1-URG": "4", "komentar-1-URG": "Jembatan satu-satunya"})

    assert answer["Location"] == at("score_row", panel, 2)
    assert Score.objects.values_list("code", "value", "comment").get() == ("URG", 4, "Jembatan satu-satunya")


def test_a_link_is_declared_on_the_page_and_locks_the_row(people, panel, client):
    client.force_login(people.planner)
    assert client.post(at("declare_tie", panel, 1), {"reason": "ya"}).status_code == 400

    assert client.post(at("declare_tie", panel, 1), {"reason": "Adik saya perangkat desa di sana."}).status_code == 303
    assert client.get(at("score_row", panel, 1)).context["row"].lock is not None


def test_a_closed_panel_shows_places_spread_and_sensitivity_to_everybody(people, panel, client):
    scored.submitted(panel, people.planner, {1: 5, 2: 1, 3: 2})
    scored.closed(panel, people.subdistrict_officer, reason=scored.REASON)

    page = client.get(at("panel", panel))
    assert [row.place for row in page.context["rows"]] == [1, 2, 3]
    assert len(page.context["shifts"]) == 9
    table = client.get(at("panel_table", panel)).content.decode()
    assert table.splitlines()[1].startswith("1,")
    proposal = panel.entries.get(number=1).proposal
    for other in (at("panel_entry", panel, 1), reverse("proposal", args=[proposal.address]), reverse("region", args=[cast.SUBDISTRICT])):
        assert panel.title in client.get(other).content.decode()


def test_a_draft_is_drawn_up_for_a_meeting_by_its_page_and_keeps_what_was_typed(people, client):
    waiting(1)
    meeting = make.a_meeting(kind="subdistrict")
    client.force_login(people.subdistrict_officer)
    assert reverse("new_panel") in client.get(reverse("meeting", args=[meeting.pk])).content.decode()
    address = f"{reverse('new_panel')}?rapat={meeting.pk}"
    assert client.get(address).status_code == 200

    wrong = client.post(address, {"title": "Panel", "username": ["planner", "tiada"], "capacity": ["Bappeda", "LPM"]})
    assert wrong.status_code == 400
    assert 'value="tiada"' in wrong.content.decode()
    made = client.post(address, {"title": "Panel", "username": ["planner"], "capacity": ["Bappeda"]})

    panel = Panel.objects.get()
    assert made["Location"] == at("panel", panel)
    assert client.get(at("panel", panel)).status_code == 200
    assert client.get(at("edit_panel", panel)).status_code == 200
    assert client.post(at("panel_step", panel), {"verb": "open"}).status_code == 303
    panel.refresh_from_db()
    assert panel.state == "open"
    client.force_login(people.planner)
    assert at("score_sheet", panel) in client.get(reverse("work")).content.decode()


def test_the_planner_sets_weights_until_scoring_opens(people, client):
    cycle = make.open_cycle()
    address = reverse("criteria", args=[cycle.pk, "subdistrict"])
    client.force_login(people.planner)
    page = client.get(address)
    weights = {f"bobot-{line.asked.code}": line.weight for line in page.context["lines"]}

    assert client.post(address, {**weights, "bobot-URG": "tiga", "median_from": "5"}).status_code == 400
    assert client.post(address, {**weights, "bobot-URG": "30", "median_from": "3", "version": "0"}).status_code == 303
    assert Criterion.objects.get(code="URG").weight == 30
    assert client.post(address, {**weights, "median_from": "5", "version": "0"}).status_code == 409, "somebody changed it meanwhile"
    assert client.post(reverse("confirm_criteria", args=[cycle.pk, "subdistrict"]), {"legal_basis": "Perbup 12/2027"}).status_code == 303
    assert CriteriaSet.objects.get().verified_by == people.planner

    waiting(1)
    scored.opened(people.subdistrict_officer, people.planner)
    assert client.post(address, {**weights, "median_from": "5"}).status_code == 409
    assert Criterion.objects.get(code="URG").weight == 30


def test_one_criterion_is_added_changed_and_taken_out(people, client):
    cycle = make.open_cycle()
    client.force_login(people.planner)
    new, one = reverse("new_criterion", args=[cycle.pk, "village"]), reverse("criterion", args=[cycle.pk, "village", "AIR"])
    fields = {f"anchor_{number}": f"Jangkar {number}" for number in range(1, 6)} | {
        "name": "Air bersih",
        "question": "Menyangkut air?",
        "weight": "5",
    }

    assert client.get(new).status_code == 200
    assert client.post(new, {**fields, "code": "x!", "source": "panel", "when_unknown": "middle"}).status_code == 400
    assert client.post(new, {**fields, "code": "air", "source": "computed", "when_unknown": "middle"}).status_code == 400
    assert client.post(new, {**fields, "code": "air", "source": "panel", "when_unknown": "middle"}).status_code == 303
    assert client.get(one).status_code == 200
    benefits = reverse("criterion", args=[cycle.pk, "village", "BEN"])
    falling = {**fields, "source": "computed", "when_unknown": "lowest", "bands": ["5", "5", "30", "60"]}
    assert client.post(benefits, falling).status_code == 400
    assert client.post(benefits, {**falling, "bands": ["5", "10", "30", "60"]}).status_code == 303
    assert client.post(one, {"verb": "remove"}).status_code == 303
    assert not Criterion.objects.filter(code="AIR").exists()


@pytest.mark.parametrize("name", ["resident", "village_head", "subdistrict_officer", "foreign_planner", "auditor"])
def test_nobody_but_the_planner_sets_criteria(people, client, name):
    cycle = make.open_cycle()
    client.force_login(getattr(people, name))

    assert client.post(reverse("criteria", args=[cycle.pk, "village"]), {"bobot-URG": "1"}).status_code == 403
    assert not CriteriaSet.objects.exists()


def test_the_pages_ask_as_much_for_forty_proposals_as_for_four(people, client):
    def cost(count):
        waiting(count, author=people.auditor)
        panel = scored.opened(people.subdistrict_officer, people.planner)
        client.force_login(people.planner)
        with CaptureQueriesContext(connection) as sheet:
            client.get(at("score_sheet", panel))
        scored.submitted(panel, people.planner, dict.fromkeys(range(1, panel.entries.count() + 1), 3))
        scored.closed(panel, people.subdistrict_officer)
        client.logout()
        with CaptureQueriesContext(connection) as result:
            client.get(at("panel", panel))
        return len(sheet), len(result)

    cost(1)
    assert cost(3) == cost(40)


def test_the_agenda_is_put_into_the_order_of_the_scores(people, client):
    waiting(3)
    meeting = make.a_meeting(kind="subdistrict")
    panel = scored.opened(people.subdistrict_officer, people.planner, meeting=meeting)
    rows = {entry.number: entry.proposal for entry in panel.entries.select_related("proposal")}
    for number in (1, 2, 3):
        make.an_item(meeting, rows[number])
    scored.submitted(panel, people.planner, {1: 1, 2: 5, 3: 3})
    client.force_login(people.subdistrict_officer)
    assert client.post(reverse("agenda_by_scores", args=[meeting.pk])).status_code == 303
    scored.closed(panel, people.subdistrict_officer)

    client.post(reverse("agenda_by_scores", args=[meeting.pk]))

    assert [item.proposal for item in meeting.items.order_by("position")] == [rows[2], rows[3], rows[1]]
    assert Stage(meeting.stage) is Stage.SUBDISTRICT

"""How often one may write on the pages, and what a session left open may change."""

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from accounts.models import AuditEntry
from proposals.api.throttles import WriteThrottle
from tests import cast, make

pytestmark = pytest.mark.django_db


def test_pages_take_no_more_writes_than_the_api(client, people, monkeypatch):
    """Support given and taken back writes the journal each time, and the journal keeps everything for good."""
    monkeypatch.setattr(WriteThrottle, "rate", "4/min", raising=False)
    address = f"/usulan/{make.proposal().number}/dukungan/"
    client.force_login(people.resident, backend="django.contrib.auth.backends.ModelBackend")
    answers = [client.post(address, {"verb": verb}) for verb in ("give", "withdraw") * 4]
    assert [answer.status_code for answer in answers] == [303] * 4 + [429] * 4
    assert int(answers[-1]["Retry-After"]) > 0
    assert "Tunggu" in answers[-1].content.decode()
    assert AuditEntry.objects.filter(action__startswith="deliberation.support").count() == 4
    assert client.get("/").status_code == 200, "reading is not writing"


def test_what_another_site_sends_is_not_counted_as_mine(people, monkeypatch):
    from django.test import Client

    monkeypatch.setattr(WriteThrottle, "rate", "2/min", raising=False)
    address = f"/usulan/{make.proposal().number}/dukungan/"
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(people.resident, backend="django.contrib.auth.backends.ModelBackend")
    assert {browser.post(address).status_code for _ in range(5)} == {403}
    assert not AuditEntry.objects.exists()


def test_a_session_left_open_cannot_change_the_address_for_lost_passwords(client, people):
    """On the village office's computer the next person would own the account by way of "I forgot my password"."""
    client.force_login(people.village_head, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post(reverse("account_email"), {"action_add": "", "email": "orang.lain@example.org"})
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, reverse("account_reauthenticate"))
    assert not EmailAddress.objects.exists()
    page = client.get(answer["Location"])
    assert page.status_code == 200
    assert 'name="password"' in page.content.decode()
    client.post(answer["Location"], {"password": cast.PASSWORD})
    client.post(reverse("account_email"), {"action_add": "", "email": "kepala.desa@example.org"})
    assert EmailAddress.objects.filter(user=people.village_head, email="kepala.desa@example.org").exists()


def test_another_kabupatens_drafts_do_not_push_ours_off_the_desk(client, people, monkeypatch):
    """Its planners could otherwise hide ours from the second person by asking for many runs."""
    from budgeting import services
    from budgeting.models import AllocationRun
    from frontend import desk
    from proposals.stages import Stage

    monkeypatch.setattr(desk, "SHOWN", 1)
    money = {"plan_year": 2028, "funding_source": "district_budget", "amount": 10**9, "legal_basis": "Perbup 1"}
    for village, setter, publisher in (
        (cast.FOREIGN_VILLAGE, people.foreign_planner, people.foreign_budget_team),
        (cast.VILLAGE, people.planner, people.budget_team),
    ):
        make.proposal(village=village, stage=Stage.BUDGET)
        ceiling = services.set_ceiling(actor=setter, region_code=village[:5], **money)
        services.publish_ceiling(actor=publisher, ceiling_id=ceiling.pk)
        services.perform_run(services.request_run(ceiling_id=ceiling.pk, rule="greedy", actor=setter).pk)
        services.set_ceiling(actor=setter, region_code=village[:5], **{**money, "plan_year": 2029})
    shown = desk.desk_view(people.budget_team)
    ours = AllocationRun.objects.get(ceiling__region=cast.HOME)
    assert [run for run, _called in shown["runs"]] == [ours]
    assert [ceiling.region_id for ceiling in shown["ceilings"]] == [cast.HOME]

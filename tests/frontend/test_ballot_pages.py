"""Ballots on the screen, by plain forms: marking, checking, casting, the receipt; and what officials do."""

import re
import uuid

import pytest
from django.test import Client

from deliberation.ballots.services.closing import close_ballot
from deliberation.ballots.services.publishing import publish_ballot
from deliberation.models import Ballot, Vote, VoterMark
from tests import cast, make
from tests.deliberation.ballots import drawn_up as up
from tests.frontend.html import read

pytestmark = pytest.mark.django_db


def text(answer) -> str:
    return answer.content.decode()


def nonce_in(page: str) -> str:
    return re.search(r'name="nonce" value="([^"]+)"', page)[1]


def page_of(client: Client, ballot: Ballot) -> str:
    return text(client.get(f"/rapat/pemungutan/{ballot.pk}/"))


@pytest.mark.parametrize(
    ("kind", "filled", "marks"),
    [
        ("approval", {"pilih": ["1", "3"]}, [[1, 1], [3, 1]]),
        ("knapsack", {"pilih": ["2"]}, [[2, 1]]),
        ("ranking", {"nilai-3": "1", "nilai-1": "2", "nilai-2": ""}, [[1, 2], [3, 1]]),
        ("points", {"nilai-1": "3", "nilai-2": "2"}, [[1, 3], [2, 2]]),
    ],
)
def test_a_resident_votes_by_plain_forms_in_two_steps(people, reader, kind, filled, marks):
    ballot, client = up.opened(people.village_head, kind=kind), reader("resident")
    page = page_of(client, ballot)
    address = f"/rapat/pemungutan/{ballot.pk}/suara/"
    checked = client.post(address, {**filled, "nonce": nonce_in(page), "then": "check"})
    assert checked.status_code == 200
    assert not Vote.objects.exists(), "the check page records nothing"
    assert "no-store" in checked["Cache-Control"]
    fields = dict(re.findall(r'<input type="hidden" name="((?!csrf)[^"]+)" value="([^"]*)"', text(checked)))
    sent = {**fields, **({"pilih": filled["pilih"]} if "pilih" in filled else {}), "then": "cast"}
    done = client.post(address, sent)
    assert re.search(r"<code>[A-Z2-7]{4}(-[A-Z2-7]{4}){4}</code>", text(done))
    assert Vote.objects.get(ballot=ballot).marks == marks
    code = re.search(r"<code>[A-Z2-7-]{24}</code>", text(done))[0]
    assert code in text(client.post(address, sent)), "sent again it is the same vote and the same receipt"
    assert Vote.objects.count() == VoterMark.objects.count() == 1
    assert 'name="nonce"' not in page_of(client, ballot)


def test_what_breaks_the_rules_keeps_every_mark_and_says_what_to_change(people, reader):
    ballot, client = up.opened(people.village_head, kind="knapsack"), reader("resident")
    page = page_of(client, ballot)
    answer = client.post(f"/rapat/pemungutan/{ballot.pk}/suara/", {"pilih": ["1", "2", "3"], "nonce": nonce_in(page), "then": "check"})
    assert answer.status_code == 400
    assert text(answer).count(" checked") == 3
    assert "Rp1.200.000.000" in text(answer)
    assert nonce_in(text(answer)) == nonce_in(page)


def test_changing_ones_mind_leads_back_to_the_filled_form(people, reader):
    ballot, client = up.opened(people.village_head), reader("resident")
    answer = client.post(f"/rapat/pemungutan/{ballot.pk}/suara/", {"pilih": ["2"], "nonce": str(uuid.uuid4()), "then": "change"})
    assert (answer.status_code, text(answer).count(" checked")) == (200, 1)


def test_a_visitor_is_led_to_sign_in_and_a_neighbour_hears_why_not(people, reader):
    ballot = up.opened(people.village_head)
    assert "/akun/masuk/?next=/rapat/pemungutan/" in page_of(reader("stranger"), ballot)
    for name in ("stranger", "neighbour", "newcomer"):
        assert 'name="nonce"' not in page_of(reader(name), ballot)
    assert reader("stranger").post(f"/rapat/pemungutan/{ballot.pk}/suara/", {"then": "cast"}).status_code == 302


def test_a_receipt_is_found_and_says_nothing_of_the_choice(people, reader):
    ballot = up.opened(people.village_head)
    code = up.vote(ballot, people.resident, 2).code
    address = f"/rapat/pemungutan/{ballot.pk}/tanda-terima/"
    found = text(reader("stranger").post(address, {"code": code.lower()}))
    missing = text(reader("stranger").post(address, {"code": "AAAA-BBBB"}))
    assert 'class="note ok"' in found
    assert 'class="note warn"' in missing
    assert "Perbaikan jalan" not in found.split("<main")[1]


def test_officials_write_open_close_and_publish_by_plain_forms(people, reader):
    client = reader("village_head")
    make.cycle()
    proposals = make.proposals(3)
    typed = {
        "id": str(uuid.uuid4()), "title": "Usulan mana yang didahulukan", "purpose": "", "scope": "residents", "kind": "approval", "most": "2",
        "budget": "", "points_total": "", "points_each": "", "secrecy": "secret", "shows_turnout": "on", "opens_at": "2020-01-01T08:00",
        "closes_at": "2099-01-01T08:00", "proposals": [str(one.pk) for one in proposals], "numbers": "",
    }  # fmt: skip
    form = f"/rapat/pemungutan/baru/?wilayah={cast.VILLAGE}"
    assert client.get(form).status_code == 200
    refused = client.post(form, {**typed, "most": "nol", "title": ""})
    assert refused.status_code == 400
    assert 'value="nol"' in text(refused)
    made = client.post(form, typed)
    assert made.status_code == 303
    address = made["Location"] + "langkah/"
    assert client.post(address, {"verb": "open"}).status_code == 303
    client.post(address, {"verb": "close", "reason": "pendek"})
    assert Ballot.objects.get().state == "open"
    client.post(address, {"verb": "close", "reason": up.REASON})
    client.post(address, {"verb": "publish"})
    assert Ballot.objects.get().state == "published"
    assert reader("resident").post(address, {"verb": "annul", "reason": up.REASON}).status_code == 403


def test_paper_is_marked_typed_twice_and_counted_on_the_pages(people, reader):
    ballot = up.opened(people.village_head)
    head, facilitator = reader("village_head"), reader("facilitator")
    base = f"/rapat/pemungutan/{ballot.pk}/kertas/"
    up.vote(ballot, people.resident, 1)
    told = facilitator.post(f"{base}pemilih/", {"village": cast.VILLAGE, "names": f"Aminah\n{people.resident.display_name}\nBasri; RT 02"})
    assert VoterMark.objects.filter(channel="paper").count() == 2
    assert people.resident.display_name in text(told).split('role="alert"')[1]
    close_ballot(ballot_id=ballot.pk, actor=people.village_head, reason=up.REASON)
    refused = head.post(f"{base}tumpukan/", {"id": str(uuid.uuid4()), "label": "Kotak 1", "sheets": "3"})
    assert refused.status_code == 409
    assert 'value="Kotak 1"' in text(refused)
    head.post(f"{base}tumpukan/", {"id": str(uuid.uuid4()), "label": "Kotak 1", "sheets": "2"})
    batch = f"{base}{ballot.batches.get().pk}/"
    wrong = head.post(batch, {"rows": "1\n7", "verb": "type"})
    assert (wrong.status_code, "1\n7" in text(wrong)) == (400, True)
    head.post(batch, {"rows": "1\r\n2", "verb": "type"})
    assert "1\n2" not in text(facilitator.get(batch)), "nobody sees another's lines before typing"
    facilitator.post(batch, {"rows": "1\n2", "verb": "type"})
    facilitator.post(batch, {"verb": "count"})
    assert Vote.objects.filter(ballot=ballot, channel="paper").count() == 2


def test_every_page_is_sound_and_leads_on(people, reader):
    held = up.meeting(people.village_head)
    up.on_the_roll(held, people.village_head, "Aminah")
    running = up.opened(people.village_head, kind="ranking", scope="roll", meeting=held)
    ended = up.opened(people.village_head, kind="points")
    for resident, points in zip(up.residents(6), (1, 2, 3, 1, 2, 3), strict=True):
        up.vote(ended, resident, (1, points))
    close_ballot(ballot_id=ended.pk, actor=people.village_head, reason=up.REASON)
    publish_ballot(ballot_id=ended.pk, actor=people.village_head)
    draft = up.draft(people.village_head)
    base = "/rapat/pemungutan/"
    addresses = [base, f"{base}{running.pk}/", f"{base}{ended.pk}/", f"{base}{draft.pk}/", f"{base}{draft.pk}/ubah/", f"{base}{running.pk}/kertas/"]
    addresses += [f"{base}{running.pk}/cetak/", f"{base}baru/?rapat={held.pk}", "/kerja/", f"/wilayah/{cast.VILLAGE}/", f"/rapat/{held.pk}/", "/"]
    for address in addresses:
        answer = reader("village_head").get(address)
        assert answer.status_code == 200, address
        assert read(text(answer)).faults == [], address
        leads = address in {base, "/kerja/", f"/wilayah/{cast.VILLAGE}/", f"/rapat/{held.pk}/", "/"}
        assert not leads or f"{base}{running.pk}/" in text(answer), address
    for kind in ("ballots.pb", "ballots.csv", "receipts.csv"):
        assert reader("stranger").get(f"{base}{ended.pk}/berkas/{kind}").status_code == 200
        assert reader("village_head").get(f"{base}{running.pk}/berkas/{kind}").status_code == 404


def test_the_list_is_empty_in_words(people, reader):
    assert text(reader("stranger").get("/rapat/pemungutan/")).count('class="empty"') == 2


def test_a_ballot_costs_the_same_number_of_queries_however_many_candidates(people, reader, django_assert_max_num_queries):
    small, large = up.opened(people.village_head), up.opened(people.village_head, count=30)
    client = reader("resident")
    for ballot in (small, large):
        with django_assert_max_num_queries(12):
            page_of(client, ballot)


def test_after_publication_an_open_ballot_says_who_voted_for_what_and_not_before(people, reader):
    ballot = up.opened(people.village_head, secrecy="open")
    up.vote(ballot, people.resident, 1, 3)
    assert 'id="nama"' not in page_of(reader("village_head"), ballot)
    close_ballot(ballot_id=ballot.pk, actor=people.village_head, reason=up.REASON)
    publish_ballot(ballot_id=ballot.pk, actor=people.village_head)
    told = page_of(reader("stranger"), ballot).split('id="nama"')[1]
    assert people.resident.display_name in told
    assert ">1 3<" in told

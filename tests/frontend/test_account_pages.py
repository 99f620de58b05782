"""One's own page, where one lives, and the pages for signing in."""

import pytest
from django.core import mail

from accounts.models import Residency, User
from proposals.stages import Stage
from tests import cast, make
from tests.frontend.html import read

pytestmark = pytest.mark.django_db


def test_the_own_page_is_ones_own(client, people):
    assert client.get("/akun/")["Location"] == "/akun/masuk/?next=/akun/"


def test_drafts_stand_on_the_writers_page(reader, people):
    draft = make.proposal(stage=Stage.DRAFT, author=people.resident, title="Draf jembatan kayu")
    assert draft.title in reader("resident").get("/akun/").content.decode()
    assert draft.title not in reader("neighbour").get("/akun/").content.decode()
    assert draft.title in reader("facilitator").get("/akun/").content.decode()


def test_each_office_sees_what_waits_for_it(reader):
    made = make.proposal(stage=Stage.SUBDISTRICT)
    assert reader("subdistrict_officer").get("/akun/").context["to_decide"] == [made]
    assert reader("other_subdistrict_officer").get("/akun/").context["to_decide"] == []
    assert reader("resident").get("/akun/").context["to_decide"] == []


def test_the_page_costs_no_query_a_row(reader, django_assert_max_num_queries):
    make.proposals(12)
    client = reader("village_head")
    with django_assert_max_num_queries(16):
        client.get("/akun/")


def test_somebody_says_where_she_lives_and_the_facilitator_confirms(reader, people):
    User.objects.create_user("baru", password=cast.PASSWORD, display_name="Bu Baru")
    client = reader("stranger")
    client.force_login(User.objects.get(username="baru"), backend="django.contrib.auth.backends.ModelBackend")
    found = client.get("/akun/", {"q": "Kapur"})
    assert cast.VILLAGE in [region.pk for region in found.context["found"]]
    assert client.post("/akun/domisili/", {"village": cast.VILLAGE, "hint": "RT 02"}).status_code == 303
    claim = Residency.objects.get(user__username="baru")
    facilitator = reader("facilitator")
    assert "RT 02" in facilitator.get("/akun/").content.decode()
    assert facilitator.post(f"/akun/domisili/{claim.pk}/", {"verb": "confirm"}).status_code == 303
    claim.refresh_from_db()
    assert claim.status == Residency.Status.CONFIRMED


def test_nobody_confirms_oneself_or_strangers(reader, people):
    claim = Residency.objects.get(user=people.newcomer)
    for name in ("newcomer", "next_facilitator", "planner"):
        assert reader(name).post(f"/akun/domisili/{claim.pk}/", {"verb": "confirm"}).status_code == 403
    claim.refresh_from_db()
    assert claim.status == Residency.Status.PENDING


def test_a_refusal_without_reason_comes_back_with_what_was_typed(reader, people):
    claim = Residency.objects.get(user=people.newcomer)
    answer = reader("facilitator").post(f"/akun/domisili/{claim.pk}/", {"verb": "refuse", "reason": "bukan"})
    assert answer.status_code == 400
    assert 'value="bukan"' in answer.content.decode()


def test_a_village_that_is_none_is_refused(reader, people):
    assert reader("neighbour").post("/akun/domisili/", {"village": "61.12"}).status_code in {400, 409}


def test_signing_up_asks_for_a_name_and_nothing_more(client, people):
    sent = {"display_name": "Bu Melati", "username": "melati", "email": "", "password1": cast.PASSWORD, "password2": cast.PASSWORD}
    assert client.post("/akun/daftar/", sent).status_code == 302
    assert User.objects.get(username="melati").display_name == "Bu Melati"
    assert client.get("/akun/").status_code == 200


def test_a_wrong_sign_up_keeps_what_was_typed_but_the_password(client, people):
    answer = client.post("/akun/daftar/", {"display_name": "Bu Melati", "username": "melati", "password1": "abc", "password2": "abd"})
    page = answer.content.decode()
    assert 'value="Bu Melati"' in page
    assert "abc" not in page
    assert read(page).faults == []


def test_a_forgotten_password_is_answered_alike_for_known_and_unknown_addresses(client, people):
    people.resident.email = "warga@contoh.id"
    people.resident.save(update_fields=["email"])
    answers = [client.post("/akun/sandi/lupa/", {"email": email}) for email in ("warga@contoh.id", "entah@contoh.id")]
    assert {answer.status_code for answer in answers} == {302}
    assert len(mail.outbox) == 2 or len(mail.outbox) == 1


@pytest.mark.parametrize(
    "path", ["/akun/sandi/", "/akun/keluar/", "/akun/surel/", "/akun/tidak-aktif/", "/akun/surel/terkirim/", "/akun/sandi/lupa/terkirim/"]
)
def test_all_other_account_pages_wear_our_frame(reader, path):
    answer = reader("resident").get(path, follow=True)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'class="band"' in page
    assert read(page).faults == []


def test_signing_out_takes_a_press(reader):
    client = reader("resident")
    assert client.get("/akun/keluar/").status_code == 200
    assert client.get("/akun/").status_code == 200
    client.post("/akun/keluar/")
    assert client.get("/akun/").status_code == 302

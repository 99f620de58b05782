"""The doors: who is counted as whom, who can be shut out, and whose names nobody takes."""

import pytest
from django.contrib.auth import get_user
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.models import User
from proposals.services.importing import SYSTEM_USER
from tests import cast

pytestmark = pytest.mark.django_db


def sign_in(client, username: str, password: str, address: str):
    return client.post(reverse("account_login"), {"login": username, "password": password}, REMOTE_ADDR=address)


def test_a_visitor_who_invents_addresses_is_still_one_visitor(rf):
    """Otherwise a header that anybody may write lifts every limit on visitors."""
    from rest_framework.throttling import AnonRateThrottle

    class OneAMinute(AnonRateThrottle):
        rate = "1/min"

    answers = []
    for invented in ("203.0.113.1", "203.0.113.2", "203.0.113.3, 10.0.0.1"):
        request = rf.get("/api/v1/vocabulary/", HTTP_X_FORWARDED_FOR=invented)
        request.user = None
        answers.append(OneAMinute().allow_request(request, None))
    assert answers == [True, False, False]


def test_wrong_passwords_from_elsewhere_do_not_shut_an_official_out(client, people):
    """On the last day of a stage somebody could keep the head of a village from deciding."""
    for _ in range(12):
        sign_in(client, "village_head", "wrong-password", "203.0.113.9")
    assert sign_in(client, "village_head", cast.PASSWORD, "198.51.100.4").status_code == 302
    assert get_user(client) == people.village_head


def test_the_one_who_guesses_is_shut_out_all_the_same(client, people):
    for _ in range(12):
        sign_in(client, "village_head", "wrong-password", "203.0.113.9")
    cache.clear()
    assert sign_in(client, "village_head", cast.PASSWORD, "203.0.113.9").status_code == 429


@pytest.mark.parametrize("name", [SYSTEM_USER, SYSTEM_USER.upper(), "import", "system", "admin", "musrenbang"])
def test_nobody_signs_up_under_a_name_of_the_platform(client, db, name):
    """What is imported belongs to that account: whoever holds it could take a kabupaten's imported proposals back."""
    password = "kapal-tambang-di-kapuas"
    client.post(reverse("account_signup"), {"username": name, "display_name": "Siti", "password1": password, "password2": password})
    assert not User.objects.filter(username__iexact=name).exists()


def refusal_of_load_demo() -> str:
    with pytest.raises(CommandError) as refusal:
        call_command("load_demo")
    return str(refusal.value)


def test_the_account_of_imports_is_no_real_user_and_everybody_else_is(db):
    """The demonstration's password is public: it is loaded beside no person, however that person is called."""
    cast.country()
    User.objects.create(username=SYSTEM_USER)
    assert "Load the regions" in refusal_of_load_demo()
    User.objects.create(username="import")
    assert "real users" in refusal_of_load_demo()


def test_names_that_differ_in_their_capitals_are_one_name_in_the_database_too(client, db):
    """The form's look-up alone lets two through that are sent at the same moment."""
    password = "kapal-tambang-di-kapuas"
    client.post(reverse("account_signup"), {"username": "SitiAminah", "display_name": "Siti", "password1": password, "password2": password})
    assert User.objects.get().username == "sitiaminah"
    client.post(reverse("account_logout"))
    assert sign_in(client, "SITIaminah", password, "203.0.113.9").status_code == 302

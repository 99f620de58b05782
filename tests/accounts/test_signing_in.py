"""Signing up and in: a name, a name for others, a password; and a door that closes before whoever guesses."""

import pytest
from django.contrib.auth import get_user
from django.urls import reverse

from accounts import scope
from accounts.models import User
from tests import cast

pytestmark = pytest.mark.django_db
FORM = {
    "username": "siti",
    "display_name": "Siti Aminah",
    "password1": "kapal-tambang-di-kapuas",
    "password2": "kapal-tambang-di-kapuas",
}


def sign_in(client, username: str, password: str):
    return client.post(reverse("account_login"), {"login": username, "password": password})


def test_signing_up_needs_no_address_and_makes_a_citizen_without_any_right(client):
    response = client.post(reverse("account_signup"), FORM)
    assert response.status_code == 302, response.content.decode()
    siti = User.objects.get(username="siti")
    assert (siti.display_name, siti.email, siti.is_staff, siti.is_demo) == ("Siti Aminah", "", False, False)
    assert get_user(client) == siti
    assert scope.offices_of(siti) == ()


@pytest.mark.parametrize(
    "change",
    [
        {"username": ""},
        {"display_name": ""},
        {"display_name": "x" * 81},
        {"password1": "12345678", "password2": "12345678"},
        {"password2": "another-password-here"},
        {"username": "a\x00b"},
        {"display_name": "a\x00b"},
        {"username": "resident"},
    ],
    ids=repr,
)
def test_a_form_with_something_wrong_comes_back_and_makes_no_account(client, people, change):
    before = User.objects.count()
    response = client.post(reverse("account_signup"), {**FORM, **change})
    assert response.status_code in {200, 400}
    assert User.objects.count() == before


def test_a_name_that_turns_the_line_around_is_straightened(client):
    client.post(reverse("account_signup"), {**FORM, "display_name": "\u202e Siti\u200b  <b>"})
    assert User.objects.get(username="siti").display_name == "Siti <b>"


def test_nobody_signs_up_with_rights_by_adding_fields_to_the_form(client):
    client.post(reverse("account_signup"), {**FORM, "is_staff": "on", "is_superuser": "on", "is_demo": "on"})
    siti = User.objects.get(username="siti")
    assert not (siti.is_staff)
    assert not (siti.is_superuser)
    assert not (siti.is_demo)


def test_one_signs_in_by_name_and_out_by_a_button_only(client, people):
    assert sign_in(client, "resident", cast.PASSWORD).status_code == 302
    client.get(reverse("account_logout"))
    assert get_user(client).is_authenticated
    client.post(reverse("account_logout"))
    assert not get_user(client).is_authenticated


def test_after_too_many_wrong_passwords_even_the_right_one_opens_nothing(client, people):
    for _ in range(10):
        assert sign_in(client, "resident", "wrong-password").status_code in {200, 403, 429}
    response = sign_in(client, "resident", cast.PASSWORD)
    assert response.status_code in {200, 403, 429}
    assert not get_user(client).is_authenticated


def test_the_lock_is_kept_in_the_database_so_that_a_restart_does_not_open_it(client, people):
    from django.core.cache import cache

    for _ in range(10):
        sign_in(client, "resident", "wrong-password")
        cache.clear()
    response = sign_in(client, "resident", cast.PASSWORD)
    assert (response.status_code, response["Retry-After"]) == (429, "900")
    assert "Tunggu seperempat jam" in response.content.decode()
    assert not get_user(client).is_authenticated


def test_guessing_one_persons_password_locks_nobody_else_out(client, people):
    from django.core.cache import cache

    for _ in range(12):
        sign_in(client, "resident", "wrong-password")
        cache.clear()
    assert sign_in(client, "neighbour", cast.PASSWORD).status_code == 302


def test_who_may_no_longer_sign_in_does_not(client, people):
    User.objects.filter(username="resident").update(is_active=False)
    sign_in(client, "resident", cast.PASSWORD)
    assert not get_user(client).is_authenticated


def test_a_session_key_that_no_database_can_hold_is_nobodys(client, people):
    """A quoted cookie may hold any sign, also one that the database refuses: it is an unknown key like any other, not an error."""
    client.cookies["sessionid"] = "abcdefgh\x00abcdefgh"
    assert client.get(reverse("home")).status_code == 200

"""The demonstration: told once, never beside real people, with something waiting for every part."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from tests import cast

pytestmark = pytest.mark.django_db


def test_real_people_are_never_joined_by_accounts_whose_password_is_public():
    cast.country()
    cast.person(username="real")
    with pytest.raises(CommandError, match="real users"):
        call_command("load_demo", stdout=StringIO())
    assert not User.objects.filter(is_demo=True).exists()


def test_without_regions_it_says_what_to_load_first():
    with pytest.raises(CommandError, match="load_regions"):
        call_command("load_demo", stdout=StringIO())

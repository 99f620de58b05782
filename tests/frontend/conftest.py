"""Readers of the pages."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from tests.cast import Cast


@pytest.fixture
def reader(people: Cast) -> Callable[[str], Client]:
    """`reader("resident")` is a browser in which that person is signed in; the stranger is in nobody's name."""

    def of(name: str) -> Client:
        client = Client()
        person = getattr(people, name)
        if not isinstance(person, AnonymousUser):
            client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return of

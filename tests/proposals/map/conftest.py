"""The country and one author, for every test of lists and maps."""

import pytest

from accounts.models import User
from tests import cast


@pytest.fixture
def author(db: None) -> User:
    cast.country()
    return cast.person(username="facilitator")

"""What the tests of the floor share."""

import pytest

from tests.cast import Cast
from tests.deliberation.floor.room import Room, in_session


@pytest.fixture
def room(people: Cast) -> Room:
    """A village's planning deliberation in session; the village head runs it, its resident takes part online."""
    return in_session(people)

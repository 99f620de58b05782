"""The works of the rooms below, and readers of pages."""

from tests.budgeting.works.conftest import bridge, road, work  # noqa: F401 - fixtures

from tests.cast import people  # noqa: F401

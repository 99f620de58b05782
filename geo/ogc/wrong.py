"""What a request has wrong, as the standard tells it: a code and a description."""


class Wrong(Exception):  # noqa: N818 - the request's fault, not the service's
    """Answered as `{"code", "description"}`. `parameter` is the query parameter at fault, if one is."""

    def __init__(self, description: str, *, parameter: str = "", status: int = 400) -> None:
        super().__init__(description)
        self.description = f"{parameter}: {description}" if parameter else description
        self.code, self.status = ("not_found" if status == 404 else "invalid"), status

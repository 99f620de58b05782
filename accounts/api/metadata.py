"""What OPTIONS answers: what an address is and takes. Its fields are in the OpenAPI description, which is exact."""

from typing import Any

from rest_framework.metadata import SimpleMetadata
from rest_framework.request import Request


class Described(SimpleMetadata):
    """Name, description and media types; no object is loaded and no right asked, so it answers everybody alike."""

    def determine_actions(self, request: Request, view: Any) -> dict[str, Any]:  # noqa: ARG002 - the library's signature
        """None: looking them up would need the object itself."""
        return {}

"""How often one may write."""

from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.throttling import UserRateThrottle
from rest_framework.views import APIView


class WriteThrottle(UserRateThrottle):
    """The scope `write`: counts writes only, for each user, and each address of those who did not sign in."""

    scope = "write"

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Reading is counted elsewhere."""
        return request.method in SAFE_METHODS or super().allow_request(request, view)


class SuggestThrottle(UserRateThrottle):
    """The scope `suggest`: suggestions are asked for while somebody types, and cost more than a page of a list."""

    scope = "suggest"


class CheckThrottle(UserRateThrottle):
    """The scope `check`: codes of printed papers are typed one by one, not tried by the thousand."""

    scope = "check"

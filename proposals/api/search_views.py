"""Searches that one keeps, for programs."""

from typing import Any

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import permissions, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from proposals.api.views import RegisterView
from proposals.models import SavedSearch
from proposals.services import searches

_CONFLICT = OpenApiResponse(description="The name is taken, or there are too many: the message says which.")


class SavedSearchRow(serializers.ModelSerializer[SavedSearch]):
    """One search: its name, its filters as an address writes them, and how many are new in it."""

    #: Null where nobody can count it cheaply; 100 means more than 99.
    new = serializers.SerializerMethodField()

    class Meta:
        model = SavedSearch
        read_only_fields = fields = ("id", "name", "query", "new", "created_at", "seen_at")

    def get_new(self, search: SavedSearch) -> int | None:
        """Sent in since it was last looked at."""
        found: int | None = self.context.get("new", {}).get(search.pk)
        return found


class SavedSearchBody(serializers.Serializer[Any]):
    """What to keep."""

    name = serializers.CharField(max_length=searches.NAME_LONGEST)
    query = serializers.CharField(help_text="The filters as in the address of the list: region=61.12&q=drainase")


class SavedSearchName(serializers.Serializer[Any]):
    """Another name, or `seen` when one has looked at what is new."""

    name = serializers.CharField(max_length=searches.NAME_LONGEST, required=False)
    seen = serializers.BooleanField(required=False)


def _sent(request: Request, name: str) -> str:
    value = request.data.get(name, "") if isinstance(request.data, dict) else ""
    return value if isinstance(value, str) else ""


class SavedSearches(RegisterView):
    """One's own searches, at most 30."""

    permission_classes = (permissions.IsAuthenticated,)

    @extend_schema(operation_id="saved_searches", responses=SavedSearchRow(many=True))
    def get(self, request: Request) -> Response:
        """All of them by name, with what is new."""
        kept = list(SavedSearch.objects.filter(user_id=request.user.pk or 0).order_by("name", "pk"))
        return Response(SavedSearchRow(kept, many=True, context={"new": searches.new_in(kept)}).data)

    @extend_schema(operation_id="save_search", request=SavedSearchBody, responses={201: SavedSearchRow, 409: _CONFLICT})
    def post(self, request: Request) -> Response:
        """Keep a search; the same filters again are the same search."""
        kept = searches.save_search(actor=request.user, name=_sent(request, "name"), query=_sent(request, "query"))
        return Response(SavedSearchRow(kept).data, status=201)


class OneSavedSearch(RegisterView):
    """One of one's own searches."""

    permission_classes = (permissions.IsAuthenticated,)

    @extend_schema(operation_id="change_saved_search", request=SavedSearchName, responses={200: SavedSearchRow, 409: _CONFLICT})
    def patch(self, request: Request, search_id: int) -> Response:
        """Rename it, or say that one has seen what is new."""
        if isinstance(request.data, dict) and request.data.get("seen") is True:
            return Response(SavedSearchRow(searches.open_search(actor=request.user, search_id=search_id)).data)
        return Response(SavedSearchRow(searches.rename_search(actor=request.user, search_id=search_id, name=_sent(request, "name"))).data)

    @extend_schema(operation_id="delete_saved_search", responses={204: None})
    def delete(self, request: Request, search_id: int) -> Response:
        """Forget it."""
        searches.delete_search(actor=request.user, search_id=search_id)
        return Response(status=204)

"""Searches that people keep: save, rename, delete, open. Each person's own; they are noted in no journal, nobody else sees them."""

from datetime import datetime
from urllib.parse import urlencode

from django.db import connection, transaction
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import clock
from accounts.models import User
from accounts.refusals import Conflict, Invalid, Missing
from accounts.scope import Person
from proposals import facets
from proposals.filters import ProposalFilter
from proposals.models import Proposal, SavedSearch
from proposals.services import rows

#: So many a person may keep.
SAVED_AT_MOST = 30
NAME_LONGEST = 60
_QUERY_LONGEST = 2000
#: New ones are counted so far; the page says "more than".
NEW_AT_MOST = 99
_NEW = f"""
    SELECT kept.id, (SELECT count(*) FROM (
        SELECT 1 FROM proposals_searchentry AS entry JOIN proposals_proposal AS p ON p.id = entry.proposal_id
        WHERE entry.document @@ kept.terms::tsquery AND p.submitted_at > kept.seen_at AND p.stage <> 'draft' LIMIT {NEW_AT_MOST + 1}) AS found)
    FROM unnest(%s::bigint[], %s::text[], %s::timestamptz[]) AS kept(id, terms, seen_at)
"""  # noqa: S608 - a number of this module only


def filters_of(query: str) -> ProposalFilter:
    """The filters that an address's query asks for, empty ones left out. They may be wrong: ask `is_valid`."""
    given = QueryDict(query[: 4 * _QUERY_LONGEST].replace("\0", ""))
    kept = QueryDict(mutable=True)
    for name in sorted(set(given) & set(ProposalFilter.base_filters)):
        if values := sorted({value.strip() for value in given.getlist(name) if value.strip()}):
            kept.setlist(name, values)
    return ProposalFilter(kept, queryset=Proposal.objects.public())


def canonical(filters: ProposalFilter) -> str:
    """The filters as an address, in one order, whatever order they were given in."""
    return urlencode([(name, value) for name, values in sorted(filters.data.lists()) for value in values])


def _named(name: str) -> str:
    words = " ".join(str(name).replace("\0", "").split())
    if not words:
        raise Invalid({"name": [_("Give the search a name.")]})
    if len(words) > NAME_LONGEST:
        raise Invalid({"name": [_("At most %(most)d characters.") % {"most": NAME_LONGEST}]})
    return words


def _terms(filters: ProposalFilter) -> str:
    return "" if facets.need_columns(filters.form.cleaned_data) else filters.terms


@transaction.atomic
def save_search(*, actor: Person, name: str, query: str) -> SavedSearch:
    """Keep a search under a name. The same search again is the one that is there, under its new name.

    Raises Refusal (401), Invalid by field, Conflict where the name is taken or there are too many.
    """
    user = _locked(actor)
    words, filters = _named(name), filters_of(query).or_refuse()
    text = canonical(filters)
    if not facets.asked(filters.form.cleaned_data):
        raise Invalid({"query": [_("Choose a filter or write a word first: a search for everything needs no name.")]})
    if len(text) > _QUERY_LONGEST:
        raise Invalid({"query": [_("This search is too long to be kept.")]})
    same = SavedSearch.objects.filter(user=user, query=text).first()
    if same:
        return _renamed(user, same, words)
    if SavedSearch.objects.filter(user=user).count() >= SAVED_AT_MOST:
        raise Conflict(
            ngettext("You keep %(most)d search already. Delete one first.", "You keep %(most)d searches already. Delete one first.", SAVED_AT_MOST)
            % {"most": SAVED_AT_MOST},
            code="too_many",
        )
    now = clock.now()
    return SavedSearch.objects.create(user=user, name=_free(user, words), query=text, terms=_terms(filters), created_at=now, seen_at=now)


def _free(user: User, name: str, search_id: int | None = None) -> str:
    """The name, if this person has no other search called so; the person's row is locked, so it stays so."""
    if SavedSearch.objects.filter(user=user, name__iexact=name).exclude(pk=search_id or 0).exists():
        raise Conflict(_("You already keep a search called “%(name)s”. Choose another name.") % {"name": name}, code="name_taken")
    return name


def _renamed(user: User, search: SavedSearch, name: str) -> SavedSearch:
    if search.name != name:
        search.name = _free(user, name, search.pk)
        search.save(update_fields=["name"])
    return search


def _locked(actor: Person) -> User:
    """The person, locked against other changes of their searches."""
    return User.objects.select_for_update(no_key=True).get(pk=rows.signed_in(actor).pk)


def _own(user: User, search_id: int) -> SavedSearch:
    found = SavedSearch.objects.filter(user=user, pk=search_id).first()
    if found is None:
        raise Missing
    return found


@transaction.atomic
def rename_search(*, actor: Person, search_id: int, name: str) -> SavedSearch:
    """Give one's own search another name. Raises Refusal (401, 404), Invalid, Conflict."""
    user = _locked(actor)
    return _renamed(user, _own(user, search_id), _named(name))


@transaction.atomic
def delete_search(*, actor: Person, search_id: int) -> None:
    """Forget one's own search. Raises Refusal (401, 404)."""
    _own(_locked(actor), search_id).delete()


@transaction.atomic
def open_search(*, actor: Person, search_id: int) -> SavedSearch:
    """Note that one looked at what is new in one's own search; what its words mean is understood anew. Raises Refusal (401, 404)."""
    found = _own(_locked(actor), search_id)
    filters = filters_of(found.query)
    found.seen_at = clock.now()
    found.terms = _terms(filters) if filters.is_valid() else ""
    found.save(update_fields=["seen_at", "terms"])
    return found


def new_in(searches: list[SavedSearch]) -> dict[int, int]:
    """How many proposals were sent in since each search was last looked at, no further than one above `NEW_AT_MOST`.

    One query for all. Searches that the index cannot answer (money, days, distances) have no figure.
    """
    now = clock.now()
    asked = [(kept.pk, f"({kept.terms}) & {facets.since(kept.seen_at, now)}", kept.seen_at) for kept in searches if kept.terms]
    if not asked:
        return {}
    ids, terms, moments = _columns(asked)
    with connection.cursor() as cursor:
        cursor.execute(_NEW, [ids, terms, moments])
        return {int(pk): int(count) for pk, count in cursor.fetchall()}


def _columns(asked: list[tuple[int, str, datetime]]) -> tuple[list[int], list[str], list[datetime]]:
    return [row[0] for row in asked], [row[1] for row in asked], [row[2] for row in asked]

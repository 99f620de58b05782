"""What full-text search reads: a document a proposal, the words that occur, the texts not yet read for words.

Triggers keep all three in the transaction that changes a proposal or a region (docs/search.md).
"""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from proposals.models.proposal import Proposal


class SearchEntry(models.Model):
    """A proposal's words with their weights, its number (`#6112-2028-0417`) and its facets (`@61.12`, `@stage:works`) as lexemes.

    Beside the proposals, not in them: support is counted all day and must not touch this index.
    """

    #: No constraint: the trigger writes and deletes the row with the proposal's.
    proposal = models.OneToOneField(Proposal, models.CASCADE, primary_key=True, db_constraint=False, related_name="search_entry")
    document = SearchVectorField()

    class Meta:
        verbose_name_plural = "search entries"
        indexes: ClassVar = [GinIndex(fields=["document"], name="proposals_by_document")]

    def __str__(self) -> str:
        return str(self.proposal_id)


class SearchWord(models.Model):
    """A word as people wrote it, in public proposals or in the names of regions: what a misspelt word is corrected to."""

    word = models.CharField(primary_key=True, max_length=40)
    lexeme = models.CharField(max_length=40)
    #: How often it was read in proposals, about: a corrected text counts again until the words are read anew.
    occurrences = models.BigIntegerField(default=0)
    is_place = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.word


class UnreadText(models.Model):
    """A public proposal whose words wait to be added to `SearchWord`; read in the background, and by searchers until then."""

    proposal_id = models.UUIDField()

    def __str__(self) -> str:
        return str(self.proposal_id)

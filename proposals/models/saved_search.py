"""A search that somebody keeps, to come back to what is new in it."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower

from accounts.models import User


class SavedSearch(models.Model):
    """One person's search under a name of their own. Nobody else sees it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="saved_searches")
    name = models.CharField(max_length=60)
    #: The filters as an address writes them, in one order: the same search twice is the same text.
    query = models.CharField(max_length=2000)
    #: The same for the search index; empty where a filter is asked that the index cannot answer (money, dates, boxes).
    terms = models.TextField(blank=True)
    created_at = models.DateTimeField()
    #: New is what was sent in after this.
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "saved searches"
        ordering: ClassVar = ["user_id", "name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint("user", Lower("name"), name="one_saved_search_per_person_and_name"),
            models.UniqueConstraint(fields=["user", "query"], name="the_same_search_is_saved_once_per_person"),
        ]

    def __str__(self) -> str:
        return self.name

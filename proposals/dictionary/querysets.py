"""Questions about the dictionary of works."""

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

#: More words than anybody types into a search box are not looked at.
_WORDS_MOST = 8
_FORGIVING_FROM = 5


class DictionaryQuerySet(models.QuerySet):
    """`DictionaryEntry.objects.offered().with_words("paving makam")`."""

    def offered(self) -> "DictionaryQuerySet":
        """What may be proposed now: all but what is locked."""
        return self.filter(is_locked=False)

    def with_words(self, text: str) -> "DictionaryQuerySet":
        """Every word somewhere in code, name, output, group or the everyday words; a longer one may be misspelt in the name."""
        found = self
        for word in text.replace("\0", "").split()[:_WORDS_MOST]:
            spots = Q(code__iexact=word)
            for name in ("name", "output", "group", "programme", "everyday_words"):
                spots |= Q(**{f"{name}__icontains": word})
            if len(word) >= _FORGIVING_FROM:
                spots |= Q(name__trigram_word_similar=word)
            found = found.filter(spots)
        return found

    def told_whether_used(self) -> "DictionaryQuerySet":
        """With `is_used`: whether any proposal, drafts included, rests on the entry."""
        # by the relation: the models import this module
        proposals: Any = self.model._meta.get_field("proposals").related_model  # noqa: SLF001 - documented API
        return self.annotate(is_used=Exists(proposals.objects.filter(dictionary_entry=OuterRef("pk"))))

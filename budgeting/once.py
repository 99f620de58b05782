"""A row under the writer's own UUID, made once: the same UUID for something else is told, not an error of the database."""

from django.db import IntegrityError, models, transaction

from accounts.refusals import Conflict


def keep_once(row: models.Model, sentence: str) -> None:
    """Insert the row; where its key is taken already, a Conflict (409, `sent_already`) with this sentence.

    In a savepoint of its own, so that the caller's transaction lives on.
    """
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Conflict(sentence, code="sent_already") from None

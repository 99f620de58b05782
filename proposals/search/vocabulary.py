"""The words that people wrote: which ones are known, which known word a misspelt one is nearest to, and how they are read.

A trigger notes every public text that is new or changed (`UnreadText`); `read_waiting` adds its words to `SearchWord` in the
background. Searchers read the newest unread texts themselves, so that a word of this minute is known.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from proposals.models import UnreadText
from proposals.search.near import slipped, slips_allowed, slips_between

#: Unread texts from which on reading is asked for in the background.
READ_FROM = 100
#: So many unread texts a searcher reads on the way to a correction.
_READ_ON_THE_WAY = 200
_READ_AT_ONCE = 20_000
#: One reader at a time, over all processes. Any number, as long as nothing else uses it.
_LOCK = 7_011_003
_WORDS_OF = """unnest(string_to_array(proposals_plain(p.title || ' ' || p.locus || ' ' || p.sponsor || ' ' || p.problem || ' ' || p.objective), ' '))
    AS word WHERE p.stage <> 'draft' AND word ~ '^[[:alpha:]]{3,40}$'"""
_LOOK_UP = """
    SELECT asked.word, proposals_stem(asked.word),
        EXISTS (SELECT 1 FROM proposals_searchword AS known WHERE known.lexeme = proposals_stem(asked.word))
    FROM unnest(%s::text[]) AS asked(word)
"""
_NEAR = f"""
    WITH asked AS (SELECT * FROM jsonb_to_recordset(%s) AS asked(word text, slipped text[])),
    fresh AS (
        SELECT DISTINCT word FROM proposals_proposal AS p, {_WORDS_OF}
        AND p.id IN (SELECT proposal_id FROM proposals_unreadtext ORDER BY id DESC LIMIT {_READ_ON_THE_WAY})
    )
    SELECT asked.word, 'written', asked.word, 1 FROM asked WHERE EXISTS (
        SELECT 1 FROM proposals_searchentry WHERE document @@ ('''' || proposals_stem(asked.word) || ''' & !''@stage:draft''')::tsquery)
    UNION ALL SELECT asked.word, 'begun', near.* FROM asked CROSS JOIN LATERAL (
        SELECT word, occurrences FROM proposals_searchword
        WHERE word ~>=~ asked.word AND word ~<~ (asked.word || '~') ORDER BY occurrences DESC, word LIMIT 12) AS near
    UNION ALL SELECT asked.word, 'begun', fresh.word, 1 FROM asked JOIN fresh ON starts_with(fresh.word, asked.word)
    UNION ALL SELECT asked.word, 'alike', near.* FROM asked CROSS JOIN LATERAL (
        SELECT word, occurrences FROM proposals_searchword
        WHERE word %% asked.word ORDER BY similarity(word, asked.word) DESC, occurrences DESC, word LIMIT 60) AS near
    UNION ALL SELECT asked.word, 'alike', known.word, known.occurrences FROM asked
        JOIN proposals_searchword AS known ON known.word = ANY(asked.slipped)
    UNION ALL SELECT asked.word, 'alike', fresh.word, 1 FROM asked JOIN fresh ON fresh.word %% asked.word OR fresh.word = ANY(asked.slipped)
"""  # noqa: S608 - constants of this module only
_READ = f"""
    WITH taken AS (DELETE FROM proposals_unreadtext WHERE id IN (SELECT id FROM proposals_unreadtext ORDER BY id LIMIT {_READ_AT_ONCE})
        RETURNING proposal_id),
    read AS (
        SELECT word, count(*) AS times FROM (SELECT DISTINCT proposal_id FROM taken) AS of JOIN proposals_proposal AS p ON p.id = of.proposal_id,
        {_WORDS_OF} GROUP BY word
    ),
    kept AS (
        INSERT INTO proposals_searchword AS known (word, lexeme, occurrences, is_place)
        SELECT word, proposals_stem(word), times, false FROM read ORDER BY word
        ON CONFLICT (word) DO UPDATE SET occurrences = known.occurrences + excluded.occurrences
    )
    SELECT count(*) FROM taken
"""  # noqa: S608
_READ_ANEW = f"""
    CREATE TEMPORARY TABLE read_anew ON COMMIT DROP AS SELECT word, count(*) AS times FROM proposals_proposal AS p, {_WORDS_OF} GROUP BY word;
    DELETE FROM proposals_unreadtext WHERE id <= (SELECT max(id) FROM proposals_unreadtext);
    DELETE FROM proposals_searchword WHERE NOT is_place AND word NOT IN (SELECT word FROM read_anew);
    UPDATE proposals_searchword SET occurrences = 0 WHERE occurrences > 0 AND word NOT IN (SELECT word FROM read_anew);
    INSERT INTO proposals_searchword AS known (word, lexeme, occurrences, is_place)
    SELECT word, proposals_stem(word), times, false FROM read_anew ORDER BY word
    ON CONFLICT (word) DO UPDATE SET occurrences = excluded.occurrences;
"""  # noqa: S608


@dataclass(frozen=True)
class Near:
    """What stands for a word that nobody knows: itself (written, not read yet), words that begin so, or the nearest one."""

    begun: tuple[str, ...] = ()
    meant: str = ""


def _rows(sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def look_up(words: Iterable[str]) -> dict[str, tuple[str, bool]]:
    """Each word's stem, and whether anything with that stem is known. One query."""
    return {word: (stem, known) for word, stem, known in _rows(_LOOK_UP, [sorted(set(words))])}


def nearest(words: Iterable[str]) -> dict[str, Near]:
    """For words that are not known: what they begin, or the known word with the fewest slips, the commoner of two. One query."""
    wanted = sorted(set(words))
    if not wanted:
        return {}
    found: dict[str, dict[str, dict[str, int]]] = {word: {"written": {}, "begun": {}, "alike": {}} for word in wanted}
    for word, how, known, times in _rows(_NEAR, [json.dumps([{"word": word, "slipped": slipped(word)} for word in wanted])]):
        found[word][how][known] = times
    return {word: _near(word, ways) for word, ways in found.items()}


def _near(word: str, ways: dict[str, dict[str, int]]) -> Near:
    if ways["written"]:
        return Near((word,))
    if ways["begun"]:
        return Near(tuple(ways["begun"]))
    ranked = sorted((slips_between(word, known), known[0] != word[0], -times, known) for known, times in ways["alike"].items())
    return Near(meant=ranked[0][3]) if ranked and ranked[0][0] <= slips_allowed(word) else Near()


def waiting() -> int:
    """How many texts wait to be read, counted no further than one above `READ_FROM`."""
    return UnreadText.objects.all()[: READ_FROM + 1].count()


def read_waiting() -> bool:
    """Read the words of every waiting text; False where another process is reading right now."""
    while (read := _read_some()) == _READ_AT_ONCE:
        pass
    return read is not None


@transaction.atomic
def _read_some() -> int | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            return None
        cursor.execute(_READ)
        return int(cursor.fetchone()[0])


@transaction.atomic
def read_anew() -> None:
    """Read every public text again: counts become exact, words that nobody writes any more go. Waits for a reader."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute(_READ_ANEW)

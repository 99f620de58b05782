"""Free words find works: "jalan becek" suggests paving, rabat beton and drainage. Suggested, never chosen: the person confirms.

Three things find a work: the words of the text itself, stemmed in Indonesian by PostgreSQL; the same misspelt (trigrams); and
what everyday words mean in the language of works, by a table of our own (`everyday_words.csv`). Two queries, whatever the text.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection

from proposals.models import Cycle, DictionaryEntry
from proposals.search.same_words import WHOLE

_TABLE = Path(__file__).with_name("everyday_words.csv")
TEXT_MOST, SHOWN = 4000, 6
_SENTENCES_MOST, _TERMS_MOST, _OWN_WORDS_MOST = 40, 80, 40
_SHORTEST, _FORGIVING_FROM = 3, 5
#: What a term weighs: meant by everyday words, said itself, said but common, or only resembling.
_MEANT, _SAID, _COMMON, _LIKE = 10, 4, 1, 2
#: A work that only a common word finds ("jalan") is no suggestion.
_LEAST = 2
#: Words that say nothing of a work, or stand in half of all names.
_EMPTY = frozenset(
    re.findall(
        r"\w+",
        "yang dan atau di ke dari untuk dengan pada oleh karena agar supaya sudah belum tidak ada akan bisa dapat saat ketika "
        "jika kalau juga lebih sangat sering selalu setiap tiap hari bulan tahun musim kami kita mereka ini itu para antara "
        "warga desa dusun kelurahan kampung rt rw pembangunan pembuatan perbaikan pemasangan konstruksi rehabilitasi pengadaan "
        "usulan mohon tolong perlu butuh baru lama besar kecil banyak sekali lagi masih sampai serta bagi tersebut sebagai "
        "dalam atas bawah depan belakang satu dua tiga orang tdk gak nggak blm punya ingin mau minta tempat umum "
        # What is wrong with a thing says nothing of the work that mends it, beyond what the table knows.
        "rusak mati padam putus bocor roboh runtuh ambruk ambrol amblas jebol hancur lapuk tumbang sakit parah penuh lewat masuk keluar "
        "susah sulit jauh sepi mahal kurang hilang bau kotor main",
    )
)
_COMMON_WORDS = frozenset(
    {"jalan", "air", "anak", "tanah", "sungai", "hujan", "lebar", "panjang", "tebal", "utama"}
    | {"rumah", "usaha", "sekolah", "sumur", "listrik", "pemuda", "ibu", "kelompok", "motor", "perahu", "sawah", "kabel"}
)

_FIND_MEANT = """
WITH asked AS MATERIALIZED (SELECT to_tsvector('indonesian', sentence) AS words FROM unnest(%s::text[]) AS sentence),
     known AS MATERIALIZED (
         SELECT place, plainto_tsquery('indonesian', phrase) AS query FROM unnest(%s::text[]) WITH ORDINALITY AS known(phrase, place)
     )
SELECT DISTINCT place FROM known JOIN asked ON asked.words @@ known.query ORDER BY place
"""
_FIND_WORKS = """
WITH term AS MATERIALIZED (
    SELECT place, weight, plainto_tsquery('indonesian', words) AS query
    FROM unnest(%s::text[], %s::int[]) WITH ORDINALITY AS term(words, weight, place)
), near AS MATERIALIZED (SELECT word, place FROM unnest(%s::text[], %s::int[]) AS near(word, place)
), found AS (
    SELECT work.id, term.place, term.weight FROM term JOIN proposals_dictionaryentry AS work
        ON to_tsvector('indonesian', work.name || ' ' || work.everyday_words || ' ' || work.output || ' ' || work."group") @@ term.query
        WHERE work.cycle_id = %s AND NOT work.is_locked AND numnode(term.query) > 0
    UNION ALL
    SELECT work.id, near.place, %s FROM near JOIN proposals_dictionaryentry AS work ON work.name %%> near.word
        WHERE work.cycle_id = %s AND NOT work.is_locked
), best AS (SELECT id, place, max(weight) AS weight FROM found GROUP BY id, place)
SELECT best.id, (array_agg(best.place ORDER BY best.weight DESC, best.place))[1]
FROM best JOIN proposals_dictionaryentry AS work USING (id)
GROUP BY best.id, work.name HAVING max(best.weight) >= %s
ORDER BY sum(best.weight) DESC, work.name, best.id LIMIT %s
"""


@dataclass(frozen=True)
class Meaning:
    """One everyday phrase and the works it may mean, the likeliest first."""

    phrase: str
    works: tuple[str, ...]


@dataclass(frozen=True)
class Term:
    """Something looked for among the works, what it weighs, and the words of the person that it stands for."""

    words: str
    weight: int
    said: str


@dataclass(frozen=True)
class Suggestion:
    """A work that may be meant; `said` are the person's words that found it, `meant` what they were taken for (empty where the same)."""

    entry: DictionaryEntry
    said: str
    meant: str = ""


@cache
def meanings() -> tuple[Meaning, ...]:
    """The shipped table: everyday phrases with the works they may mean."""
    with _TABLE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return tuple(Meaning(phrase, tuple(row["works"].split("|"))) for row in rows for phrase in row["everyday"].split("|"))


def suggest(cycle: Cycle, text: str, *, limit: int = SHOWN) -> list[Suggestion]:
    """The works of a plan year that a text may mean, the likeliest first; locked ones never. Three queries at most."""
    plain = _plain(text)
    meant = _meant(plain)
    terms = [*meant, *_said(plain, alone=not meant)][:_TERMS_MOST]
    if not terms:
        return []
    found = _works(cycle, terms, limit)
    entries = DictionaryEntry.objects.select_related("agency").in_bulk([key for key, _place in found])
    return [_told(entries[key], terms[place - 1]) for key, place in found if key in entries]


def _plain(text: str) -> str:
    """Small letters, with the short forms of phones written out: `jln.` -> jalan, `gorong2` -> gorong gorong."""
    doubled = re.sub(r"\b([^\W\d]{3,})2\b", r"\1 \1", text.replace("\0", " ").casefold()[:TEXT_MOST])
    return re.sub(r"([^\W\d]+)\.?", lambda word: WHOLE.get(word[1], word[0]), doubled)


def _told(entry: DictionaryEntry, term: Term) -> Suggestion:
    return Suggestion(entry, term.said, "" if term.said == term.words else term.words)


def _sentences(text: str) -> list[str]:
    """Words belong together within a clause; a phrase whose words stand in two is nobody's."""
    return [part for part in re.split(r"[.;!?\n,]+", text) if part.strip()][:_SENTENCES_MOST]


def _meant(text: str) -> list[Term]:
    """What the everyday phrases of a text mean. A work meant by several is looked for once, under the longest phrase."""
    known = meanings()
    with connection.cursor() as cursor:
        cursor.execute(_FIND_MEANT, [_sentences(text), [one.phrase for one in known]])
        found = _closest([known[place - 1] for (place,) in cursor.fetchall()])
    terms: dict[str, Term] = {}
    for meaning in sorted(found, key=lambda one: (-len(one.phrase.split()), one.phrase)):
        for place, works in enumerate(meaning.works):
            terms.setdefault(works, Term(works, max(_MEANT - place, _MEANT // 2), meaning.phrase))
    return sorted(terms.values(), key=lambda term: (-term.weight, term.words))


def _closest(found: list[Meaning]) -> list[Meaning]:
    """Without the phrases that a longer one holds: in "pasar becek" the market is muddy, not a road."""
    words = [frozenset(one.phrase.split()) for one in found]
    return [one for one, own in zip(found, words, strict=True) if not any(own < other for other in words)]


@cache
def _spelt() -> frozenset[str]:
    """The words of the table: who writes one of them has made no typing error (panen is no panel)."""
    return frozenset(word for one in meanings() for phrase in (one.phrase, *one.works) for word in phrase.split())


def _said(text: str, *, alone: bool) -> list[Term]:
    """The words of the text itself, without those that say nothing; `alone`: nothing else speaks, so common ones must do."""
    words = dict.fromkeys(word for word in re.findall(r"[^\W_]+", text) if len(word) >= _SHORTEST and not word.isdigit() and word not in _EMPTY)
    said = [Term(word, _COMMON if word in _COMMON_WORDS else _SAID, word) for word in words][:_OWN_WORDS_MOST]
    if alone and all(term.weight == _COMMON for term in said):
        return [Term(term.words, _SAID, term.said) for term in said]
    return said


def _works(cycle: Cycle, terms: list[Term], limit: int) -> list[tuple[int, int]]:
    """Keys of works with the place of the term that speaks for each."""
    near = [
        (term.words, place)
        for place, term in enumerate(terms, start=1)
        if term.weight == _SAID and len(term.words) >= _FORGIVING_FROM and term.words not in _spelt()
    ]
    words, places = _columns(near)
    looked_for: list[Any] = [[term.words for term in terms], [term.weight for term in terms], words, places]
    with connection.cursor() as cursor:
        cursor.execute(_FIND_WORKS, [*looked_for, cycle.pk, _LIKE, cycle.pk, _LEAST, limit])
        return [(key, place) for key, place in cursor.fetchall()]


def _columns(pairs: Iterable[tuple[str, int]]) -> tuple[list[str], list[int]]:
    kept = list(pairs)
    return [word for word, _place in kept], [place for _word, place in kept]

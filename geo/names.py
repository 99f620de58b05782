"""Names of places: how they are written, and how people write them instead. Pure functions."""

import re
import unicodedata

from geo.codes import Level, level

_ROMAN = re.compile(r"M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
_SMALL_WORDS = frozenset({"dan", "di", "ke", "dari"})
#: Capitals of this length or more are a word that somebody shouted, not an abbreviation such as PJKA.
_SHOUTED = 5

#: What stands at the head of a name, cut short the way signs, letters and phones do.
ABBREVIATIONS: dict[str, str] = {
    "sei": "sungai", "s": "sungai", "sg": "sungai", "sui": "sungai", "sungei": "sungai",
    "tj": "tanjung", "tjg": "tanjung", "tg": "tanjung", "tanjong": "tanjung",
    "tl": "teluk", "tlk": "teluk", "telok": "teluk",
    "pk": "pangkalan", "pkl": "pangkalan",
    "pd": "padang", "ps": "pasar", "psr": "pasar", "p": "pulau", "pl": "pulau",
    "gn": "gunung", "gng": "gunung", "bt": "batu", "bkt": "bukit", "kp": "kampung", "kpg": "kampung", "kamp": "kampung",
    "ma": "muara", "mr": "muara", "lb": "lubuk", "rt": "rantau", "sp": "simpang", "pt": "parit", "prt": "parit",
}  # fmt: skip
#: Words for a level that people put before a name; the level they mean.
LEVEL_WORDS: dict[str, Level] = {
    "prov": Level.PROVINCE, "propinsi": Level.PROVINCE, "provinsi": Level.PROVINCE, "province": Level.PROVINCE,
    "kab": Level.DISTRICT, "kabupaten": Level.DISTRICT,
    "kec": Level.SUBDISTRICT, "kecamatan": Level.SUBDISTRICT, "distrik": Level.SUBDISTRICT,
    "ds": Level.VILLAGE, "desa": Level.VILLAGE, "kel": Level.VILLAGE, "kelurahan": Level.VILLAGE,
}  # fmt: skip


def _word(word: str, *, first: bool, shouted: bool) -> str:
    if shouted and word.isupper() and _ROMAN.fullmatch(word.strip("()., ")):
        return word
    if word.lower() in _SMALL_WORDS and not first:
        return word.lower()
    if shouted and not any(sign.isdigit() for sign in word):
        return re.sub(r"[^\W\d_]+(?:['’\"][^\W\d_]+)*", lambda part: part[0][0] + part[0][1:].lower(), word)
    return word[0].upper() + word[1:] if word[0].isalpha() and len(word) > 1 else word


def proper(name: str) -> str:
    """A name as it is written on paper: `SUNGAI RAYA II` and `sungai raya II` become `Sungai Raya II`.

    A name that already mixes cases keeps what its spelling says (`SeuneubokTeungoh`, `Abal-abal`, `MKCM`);
    only a word that begins small is raised, except `dan`, `di`, `ke`, `dari` and single letters (`2 x 11`).
    """
    words = name.split()
    shouted = name.isupper() and any(len(re.sub(r"\W", "", word)) >= _SHOUTED for word in words)
    return " ".join(_word(word, first=number == 0, shouted=shouted) for number, word in enumerate(words))


def split_kind(code: str, name: str, *, papua: bool = False) -> tuple[str, str]:
    """The official word and the bare name: ("Kabupaten", "Kubu Raya").

    The decree writes the word only for kabupaten and kota. A village's follows from its code: the first of its last
    four digits is 1 for a kelurahan, 2 for a desa, 3 for a desa adat. Papua's provinces have distrik for kecamatan.
    """
    match level(code):
        case Level.PROVINCE:
            return "Provinsi", name
        case Level.DISTRICT:
            kind, space, rest = name.partition(" ")
            return (kind, rest) if space and kind in {"Kabupaten", "Kota"} else ("Kota" if code[3] == "7" else "Kabupaten", name)
        case Level.SUBDISTRICT:
            return ("Distrik" if papua else "Kecamatan"), name
        case _:
            return {"1": "Kelurahan", "3": "Desa Adat"}.get(code[9], "Desa"), name


def plain(text: str) -> list[str]:
    """The words of a text without case, accents and signs, abbreviations written out: "Sei. Raya" -> sungai, raya."""
    letters = unicodedata.normalize("NFKD", text.replace("\0", " ")).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", re.sub(r"['\"`]", "", letters))
    last = len(words) - 1
    return [ABBREVIATIONS.get(word, word) if number < last else word for number, word in enumerate(words)]


def search_words(text: str) -> tuple[str, Level | None]:
    """What somebody typed, ready to be compared, and the level they named: "kec. sei raya" -> ("sungai raya", SUBDISTRICT)."""
    words = plain(text[:200])
    meant = LEVEL_WORDS.get(words[0]) if len(words) > 1 else None
    return " ".join(words[1:] if meant else words), meant

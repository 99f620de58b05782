"""Names as they are written and as they are compared. Pure: no Django.

A list that somebody pastes numbers its rows and writes titles; two lists of one evening write the same person twice,
once as "H. Sutrisno, S.Pd." and once as "Sutrisno".
"""

import re
import unicodedata

#: Before a name: forms of address, religious and academic degrees, in lower case and without dots.
_BEFORE = frozenset(
    [
        "bpk",
        "bapak",
        "pak",
        "ibu",
        "bu",
        "sdr",
        "sdri",
        "saudara",
        "saudari",
        "tn",
        "ny",
        "nn",
        "hj",
        "h",
        "kh",
        "ustadz",
        "ustad",
        "ust",
        "ustadzah",
        "ustz",
        "drs",
        "dra",
        "dr",
        "drg",
        "prof",
        "ir",
        "rm",
        "romo",
        "pdt",
        "pastor",
    ]
)
#: "1.", "12)", "3 -", "4\t": what stands before a name in a numbered list; a bullet, too.
_NUMBERING = re.compile(r"^\s*(?:\(?\d{1,4}\s*[.):\]\-–]+\s*|\d{1,4}\s+(?=\D)|[-*•·]\s*)")
#: A degree: "S.Pd.", "M.Si", "S. Sos", "Amd.Keb", "Sp.A(K)". By list: "H. M. Yusuf" and "Aminah, Siti" end in names.
_SUBJECTS = "pd|pdi|sos|si|kom|ikom|ag|hum|hut|th|pt|pi|psi|kep|ked|ak|ip|sc|kes|farm|gz|km|ars|ling|eng|keb|ap|or|sn|stat|tr|adm|par|kn|tp"
_LONG = (
    rf"(?:[smd]|a\.?md|sp)\.?\s?(?:{_SUBJECTS})(?:\.?\s?i)?|a\.?md|ph\.?\s?d|sp\.\s?\w{{1,4}}(?:\s?\(\w\))?"
    r"|s\.?\s?(?:tr|st)\.?\s?[a-z]{1,4}|apt|lc|ns|m\.?b\.?a|b\.?\s?(?:sc|eng|a)"
)
_SHORT = r"s\.?\s?(?:h|e|t|p|m|i)|m\.?\s?(?:h|m|e|t|p|a|k)"
_AFTER = re.compile(rf",\s*(?:(?:{_LONG}|{_SHORT})\.?(?:\s+|(?=,|$)))+(?=,|$)", re.IGNORECASE)
#: Without a comma before it only with its dots, one letter only without a blank: "Dewi Lestari A.Md.Keb", "Yusuf S.H."
_DEGREE = re.compile(rf"\s+(?:[SM]\.\s?(?i:{_SUBJECTS})\.?|[SM]\.(?:H|E|T|P|M)\.?|A\.?Md\.?(?:\.?\s?[A-Z][a-z]{{1,4}}\.?)?|Ph\.?D\.?)$")
_NOT_LETTERS = re.compile(r"[^\w\s'’-]", re.UNICODE)


#: What the columns of keys take.
KEY_MAX = 120


def unnumbered(text: str) -> str:
    """The text without the number or bullet of its row."""
    return _NUMBERING.sub("", text, count=1).strip()


def bare(name: str) -> str:
    """The name without numbering, forms of address and degrees: "2. Bpk. H. Sutrisno, S.Pd., M.Si" is "Sutrisno"."""
    text = unnumbered(" ".join(name.split()))
    while (shorter := _AFTER.sub("", text).rstrip(", ")) != text:
        text = shorter
    while (shorter := _DEGREE.sub("", text)) != text:
        text = shorter
    words = re.sub(r"\.(?=\S)", ". ", text).split()
    while len(words) > 1 and words[0].rstrip(".").lower() in _BEFORE:
        words.pop(0)
    return " ".join(words) or text


def key(name: str) -> str:
    """The name as it is compared: bare, lower case, without accents and signs, one blank between words; at most `KEY_MAX` letters.

    A sign that stands for a whole phrase is written out, so a short name can have a long key.
    """
    plain = unicodedata.normalize("NFKD", bare(name))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(_NOT_LETTERS.sub(" ", letters).replace("'", "").replace("’", "").casefold().split())[:KEY_MAX].rstrip()


def words(name_key: str) -> tuple[str, ...]:
    """The words of a key whatever their order: what a long roll is searched by."""
    return tuple(sorted(name_key.split()))


def nearly(one: str, other: str) -> bool:
    """Whether two keys of long names are one letter apart."""
    return abs(len(one) - len(other)) <= 1 and min(len(one), len(other)) >= 8 and _one_letter_apart(one, other)


def _one_letter_apart(one: str, other: str) -> bool:
    """Whether one letter added, dropped or changed makes one of the other."""
    short, long = sorted((one, other), key=len)
    at = next((place for place, letter in enumerate(short) if letter != long[place]), len(short))
    return short[at:] == long[at + 1 :] if len(short) < len(long) else short[at + 1 :] == long[at + 1 :]

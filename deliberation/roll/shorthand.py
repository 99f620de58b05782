"""What people type and paste for a sex, an element of society, a yes: short codes and everyday words, in Indonesian and English.

Pure but for the words of the choices themselves. A note-taker types "p" and "ta"; a pasted list says "Perempuan" and "Kelompok tani".
"""

import re

from deliberation.words import Element, Sex

#: What stands before each element in the note-taker's list: typing it picks it.
SHORT: dict[Element, str] = {
    Element.CUSTOM: "ad",
    Element.RELIGION: "ag",
    Element.COMMUNITY: "tm",
    Element.EDUCATION: "pd",
    Element.FARMERS: "ta",
    Element.FISHERS: "ne",
    Element.ARTISANS: "us",
    Element.WOMEN: "pk",
    Element.CHILDREN: "an",
    Element.YOUTH: "pm",
    Element.DISABILITY: "di",
    Element.POOR: "mi",
    Element.HAMLET: "rt",
    Element.VILLAGE_GOVERNMENT: "ds",
    Element.CONSULTATIVE: "bp",
    Element.EMPOWERMENT: "lp",
    Element.SUBDISTRICT: "kc",
    Element.AGENCY: "op",
    Element.COUNCIL: "dp",
    Element.FACILITATOR: "fa",
    Element.OTHER: "la",
}
_FEMALE = frozenset(["p", "pr", "w", "f", "perempuan", "wanita", "female", "woman", "ibu"])
_MALE = frozenset(["l", "lk", "m", "pria", "laki", "lelaki", "male", "man", "bapak"])
_YES = frozenset(["y", "ya", "yes", "v", "x", "1", "ada", "true", "benar"])
#: Words that name an element wherever they stand in what was written; the first that is found decides.
_TELLING: tuple[tuple[str, Element], ...] = (
    (r"disabilitas|difabel|hwdi|ppdi|penyandang", Element.DISABILITY),
    (r"miskin|pra ?sejahtera|pkh|rtm|poor", Element.POOR),
    (r"\banak\b|\bfad\b|child", Element.CHILDREN),
    (r"pemuda|pemudi|karang ?taruna|remaja|youth", Element.YOUTH),
    (r"\bpkk\b|perempuan|wanita|dasa ?wisma|kader|posyandu|women", Element.WOMEN),
    (r"\bbpd\b|permusyawaratan", Element.CONSULTATIVE),
    (r"\blpmd?\b|\blpmk\b|pemberdayaan", Element.EMPOWERMENT),
    (r"\bdprd\b|dewan|council", Element.COUNCIL),
    (r"kecamatan|camat|distrik|sub-?district", Element.SUBDISTRICT),
    (r"dinas|\bopd\b|\bskpd\b|\buptd?\b|badan|bappeda|puskesmas|agency", Element.AGENCY),
    (r"fasilitator|pendamping|facilitator", Element.FACILITATOR),
    (r"perangkat|kepala desa|kades|sekdes|kaur|kasi|pemdes|pemerintah desa|lurah|kelurahan|village gov", Element.VILLAGE_GOVERNMENT),
    (r"\brt\b|\brw\b|\brt[ ./-]?\d|\brw[ ./-]?\d|dusun|kadus|hamlet|lingkungan", Element.HAMLET),
    (r"\badat\b|temenggung|custom", Element.CUSTOM),
    (r"agama|ustad|ulama|pastor|pendeta|imam|masjid|gereja|religio", Element.RELIGION),
    (r"guru|sekolah|pendidik|paud|kampus|educat|teacher", Element.EDUCATION),
    (r"nelayan|ikan|perikanan|fisher", Element.FISHERS),
    (r"tani|petani|gapoktan|poktan|kebun|ternak|farm", Element.FARMERS),
    (r"perajin|pengrajin|umkm|dagang|usaha|warung|koperasi|artisan|trade", Element.ARTISANS),
    (r"tokoh|tomas|masyarakat|warga|community", Element.COMMUNITY),
    (r"lain|other", Element.OTHER),
)


def sex_of(text: str) -> Sex | None:
    """The sex that a short code or word names; None where it names none: "L/P" is not an answer."""
    word = re.sub(r"[^a-z]", " ", text.casefold()).split()
    if len(word) == 2 and word[0] in ("laki", "lelaki"):
        word = word[:1]
    if len(word) != 1:
        return None
    return Sex.FEMALE if word[0] in _FEMALE else Sex.MALE if word[0] in _MALE else None


def element_of(text: str) -> Element | None:
    """The element that a code, short code, label or everyday words name; None where they name none."""
    plain = " ".join(text.casefold().split())
    if plain in Element.values:
        return Element(plain)
    for element in Element:
        if plain in (SHORT[element], str(element.label).casefold()):
            return element
    return next((element for words, element in _TELLING if re.search(words, plain)), None)


def is_yes(text: str) -> bool:
    """Whether a cell of a list says yes."""
    return text.strip().casefold() in _YES

"""Identity and phone numbers that people write into a text are masked before it is kept (DOMAIN 8.13).

Pure: no Django. `masked(text)` is for every free text that the public reads. Amounts of money have the same digits and dots, so
a number counts only where its shape leaves no doubt; tricks with look-alike letters and signs between the digits are seen through.
"""

import re
from collections.abc import Callable

MASK = "•••"

#: Letters that are written for digits, inside a run of digits only.
_ALIKE = str.maketrans("OoQIil|", "0001111")
_RUN = re.compile(r"(?<![^\W\d_])[\dOoQIil|]*\d[\dOoQIil|]*(?![^\W\d_])")
#: What stands between digits without being seen: joiners, the marks of an emoji's keycap.
_UNSEEN = re.compile("[\u200b-\u200d\u2060\ufe0e\ufe0f\u20e3]")
_GONE = "\x00"

#: Between two digits of a number: nothing, a blank, a dot, a line or a bracket, at most three of them.
_BETWEEN = r"[ .()/_*\x00\u00a0-]{0,3}"
#: Dots and blanks alone, as in amounts: where the beginning is not sure, no brackets and no long gaps.
_TIGHT = r"[ \x00-]?"
#: 16 digits in one piece, or in groups; a NIK carries its region and a date of birth (women: day + 40).
_SIXTEEN = re.compile(rf"(?<![\d+])(?<!\d[.,])\d(?:{_BETWEEN}\d){{15}}(?!{_BETWEEN}\d)")
#: Mobile numbers: 08…, +62 8…; "62 8…" without its plus only where no dot stands between, or it would be 62,8 billion.
_PHONE = re.compile(
    r"(?<![\d+])(?<!\d[.,])(?:"
    rf"\+{_BETWEEN}6{_BETWEEN}2(?:{_BETWEEN}0)?{_BETWEEN}8(?:{_BETWEEN}\d){{7,11}}"
    rf"|[(\[]?0{_BETWEEN}8(?:{_BETWEEN}\d){{7,11}}"
    rf"|[(\[]62[)\]]{_BETWEEN}0?{_BETWEEN}8(?:{_BETWEEN}\d){{7,11}}"
    rf"|628\d{{7,11}}|62[ -]8\d{{1,2}}(?:{_TIGHT}\d){{6,9}}"
    r")(?![ .-]?\d)"
)
#: Numbers in one piece with only a blank before the next: together they look like one that is too long.
_SIXTEEN_IN_A_ROW = re.compile(r"(?<![\d+])(?<!\d[.,])\d{16}(?=[ \u00a0])")
_PHONE_IN_A_ROW = re.compile(r"(?<![\d+])(?<!\d[.,])(?:0|\+?62)8\d{8,11}(?=[ \u00a0])")
#: After a word for it, a mobile number may lack its zero.
_NAMED = re.compile(
    r"(?:\b(?:wa|whats ?app|hp|hape|telp|telepon|tlp|telegram|sms|kontak|hub(?:ungi)?)\b[ .:=/-]{0,3}(?:no|nomor)?[ .:=/-]{0,3})"
    rf"(8(?:{_BETWEEN}\d){{8,11}})(?![ .-]?\d)",
    re.IGNORECASE,
)
#: Links that lead to one person's phone, whatever stands behind them.
_CHAT = re.compile(r"(?:https?://)?(?:\bwa\.me|\b(?:api|chat|web)\.whatsapp\.com|whatsapp:/)/\S*", re.IGNORECASE)
#: A day and an hour have as many digits as a phone: `08-12-2027 09.30`.
_DATE = re.compile(r"[(\[]?\d{1,2}[ ]?[./-][ ]?(?:0[1-9]|1[0-2])[ ]?[./-][ ]?(?:19|20)\d\d(?!\d)")


def masked(text: str) -> str:
    """The text with NIK, KK, mobile numbers and links to a person's chat replaced by `MASK`."""
    text = _CHAT.sub(MASK, text)
    for pattern, counts in _LOOKED_FOR:
        text = _replaced(text, pattern, counts)
    return text


#: The older name.
mask = masked


def _replaced(text: str, pattern: re.Pattern[str], counts: Callable[[str], bool]) -> str:
    """Find in the canonical text, which is as long, and replace in the one that was written."""
    spans = [found.span(found.lastindex or 0) for found in pattern.finditer(_canonical(text)) if counts(found.group(found.lastindex or 0))]
    for start, end in reversed(spans):
        text = text[:start] + MASK + text[end:]
    return text


def _canonical(text: str) -> str:
    """Every digit as 0-9, look-alike letters inside a number too, unseen marks as one sign that no pattern minds."""
    text = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in _UNSEEN.sub(_GONE, text))
    return _RUN.sub(lambda found: found.group().translate(_ALIKE), text)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _is_identity(text: str) -> bool:
    digits = _digits(text)
    if text.isdigit():
        return True
    province, day, month = int(digits[:2]), int(digits[6:8]), int(digits[8:10])
    return 11 <= province <= 97 and 1 <= day % 40 <= 31 and 1 <= month <= 12


def _is_phone(text: str) -> bool:
    return _DATE.match(text) is None


_LOOKED_FOR = (
    (_SIXTEEN, _is_identity),
    (_PHONE, _is_phone),
    (_NAMED, _is_phone),
    (_SIXTEEN_IN_A_ROW, _is_identity),
    (_PHONE_IN_A_ROW, _is_phone),
)

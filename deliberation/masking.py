"""Identity and phone numbers that people write into a comment are masked before it is kept (DOMAIN 8.13).

Pure: no Django. Amounts of money have the same digits and dots, so a number counts only where its shape leaves no doubt.
"""

import re

MASK = "•••"

#: 16 digits in one piece, or in groups; a NIK carries its region and a date of birth (women: day + 40).
_SIXTEEN = re.compile(r"(?<!\d)(?<!\d[.,])\d(?:[ .-]?\d){15}(?![ .-]?\d)")
#: Mobile numbers: 08…, +62 8…; "62 8…" without its plus only where no dot stands between, or it would be 62,8 billion.
_PHONE = re.compile(
    r"(?<![\d+])(?<!\d[.,])(?:"
    r"\+62[ .-]?8(?:[ .-]?\d){7,11}"
    r"|08(?:[ .-]?\d){7,11}"
    r"|628\d{7,11}|62[ -]8\d{1,2}(?:[ -]?\d){6,9}"
    r")(?![ .-]?\d)"
)


def _is_identity(text: str) -> bool:
    digits = re.sub(r"\D", "", text)
    if text.isdigit():
        return True
    province, day, month = int(digits[:2]), int(digits[6:8]), int(digits[8:10])
    return 11 <= province <= 97 and 1 <= day % 40 <= 31 and 1 <= month <= 12


def mask(text: str) -> str:
    """The text with NIK, KK and mobile numbers replaced by `MASK`."""
    text = _SIXTEEN.sub(lambda found: MASK if _is_identity(found.group()) else found.group(), text)
    return _PHONE.sub(MASK, text)

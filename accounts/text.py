"""What people wrote, made safe to keep: nothing invisible, nothing that turns the reading direction around.

HTML stays what it is, a text; every page escapes what it shows.
"""

import re
import unicodedata

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.refusals import Invalid

#: Everything that some system takes for the end of a line.
_LINE_ENDS = re.compile("\r\n|[\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
#: Marks that turn text around or hide in it. Joiners (200C, 200D) stay: scripts and emoji need them.
_HIDDEN = re.compile("[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_BLANKS = re.compile("[^\\S\n]+")
_MANY_LINES = re.compile("\n{3,}")


def plain(raw: str, *, lines: bool = False) -> str:
    """The text in NFC without controls, hidden marks and surplus blanks; one line, or with `lines` at most one empty line in a row.

    Raises ValueError for a NUL or a broken surrogate: such a text was made by a program, and cannot be stored.
    """
    if "\x00" in raw:
        raise ValueError("NUL")
    raw.encode()
    text = _LINE_ENDS.sub("\n" if lines else " ", raw)
    text = _CONTROLS.sub("", _HIDDEN.sub("", text))
    text = _BLANKS.sub(" ", unicodedata.normalize("NFC", text))
    text = "\n".join(line.strip() for line in text.split("\n"))
    return _MANY_LINES.sub("\n\n", text).strip()


def clean(raw: object, *, field: str, max_length: int, min_length: int = 0, lines: bool = False) -> str:
    """`plain` with limits in characters; raises Invalid that names the field. `min_length=1` makes it required."""
    if not isinstance(raw, str):
        raise Invalid({field: [_("Write a text here.")]})
    try:
        text = plain(raw, lines=lines)
    except ValueError:
        raise Invalid({field: [_("This text contains a character that cannot be stored. Write it again by hand.")]}) from None
    if not text and min_length:
        raise Invalid({field: [_("Fill this in.")]})
    if len(text) < min_length:
        shortest = ngettext("Write at least %(limit)d character.", "Write at least %(limit)d characters.", min_length)
        raise Invalid({field: [shortest % {"limit": min_length}]})
    if len(text) > max_length:
        longest = ngettext(
            "Write at most %(limit)d character; this has %(length)d.", "Write at most %(limit)d characters; this has %(length)d.", max_length
        )
        raise Invalid({field: [longest % {"limit": max_length, "length": len(text)}]})
    return text

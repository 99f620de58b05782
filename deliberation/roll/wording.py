"""A snapshot's verdict in words: what is short and by how much, for pages, refusals and records."""

from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def in_words(counted: dict[str, Any]) -> str:
    """The verdict on quorum and women's share in a sentence or two; nothing where no rule asks."""
    return " ".join(sentence for sentence in (quorum_words(counted), women_words(counted), unvouched_words(counted)) if sentence)


def quorum_words(counted: dict[str, Any]) -> str:
    """Whether the quorum is met, and what is missing."""
    quorum = counted["quorum"]
    if quorum["met"] is None:
        return ""
    if quorum["met"]:
        return _("Quorum met.")
    missing = get_text_list([_missing(one) for one in quorum["short"]], _("and"))
    return _("Quorum not met yet: %(missing)s needed.") % {"missing": missing}


def women_words(counted: dict[str, Any]) -> str:
    """Whether the share of women is met, and how many are missing."""
    share = counted["women_share"]
    if share["met"] is None or not counted["total"]:
        return ""
    values = {"percent": share["percent"], "count": share["missing"]}
    if share["met"]:
        return _("Women are %(percent)d %%: the share is met.") % values
    if share["missing"] is None:
        return _("Women are %(percent)d %% of those who are there, fewer than asked for.") % values
    words = ngettext(
        "Women are %(percent)d %%: %(count)d more woman is needed for the share.",
        "Women are %(percent)d %%: %(count)d more women are needed for the share.",
        share["missing"],
    )
    return words % values


def unvouched_words(counted: dict[str, Any]) -> str:
    """How many put themselves on the roll and count for no rule yet; nothing where there are none. Snapshots before this have no such number."""
    count = counted.get("unvouched", 0)
    words = ngettext(
        "%(count)d person put themselves on the roll and is not known yet: they count for the quorum once the note-taker confirms them.",
        "%(count)d people put themselves on the roll and are not known yet: they count for the quorum once the note-taker confirms them.",
        count,
    )
    return words % {"count": count} if count else ""


def _missing(short: dict[str, Any]) -> str:
    count = short["need"] - short["have"]
    words = {
        "people": ngettext("%(count)d more person", "%(count)d more people", count),
        "regions": ngettext("%(count)d more region", "%(count)d more regions", count),
        "elements": ngettext("%(count)d more element of society", "%(count)d more elements of society", count),
    }
    return words[short["rule"]] % {"count": count}

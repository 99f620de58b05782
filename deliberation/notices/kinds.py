"""The sentences of the news, by kind. A room that tells a new kind adds its line here; facts are what the sentence is filled with."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import clock
from accounts.roles import Role
from proposals.stages import Stage
from proposals.words import STAGE_WORDS, STEP_WORDS

Facts = Mapping[str, Any]

#: By kind: the sentence with the names of its facts. `role`, `stage`, `step` and `when` are codes and moments that are put into words.
KINDS: Mapping[str, Any] = MappingProxyType(
    {
        "step": gettext_lazy("%(step)s: “%(title)s”. It now stands at: %(stage)s."),
        "reply": gettext_lazy("%(who)s replied to your comment on “%(title)s”."),
        "answer": gettext_lazy("Official answer on “%(title)s”, by the %(role)s."),
        "question": gettext_lazy("A question about “%(title)s” waits for your answer."),
        "question_moved": gettext_lazy("“%(title)s” moved on. Your question now waits for the %(role)s."),
        "hidden": gettext_lazy("A moderator hid your comment on “%(title)s”. You may ask once for another look."),
        "withheld": gettext_lazy("A moderator did not publish your comment on “%(title)s”. You may ask once for another look."),
        "approved": gettext_lazy("Your comment on “%(title)s” is published."),
        "restored": gettext_lazy("Another moderator looked again: your comment on “%(title)s” stands."),
        "upheld": gettext_lazy("Another moderator looked again: your comment on “%(title)s” stays hidden."),
        "said_hidden": gettext_lazy("What you said in “%(meeting)s” was hidden. You may ask once for another look."),
        "said_restored": gettext_lazy("Another moderator looked again: what you said in “%(meeting)s” stands."),
        "said_upheld": gettext_lazy("Another moderator looked again: what you said in “%(meeting)s” stays hidden."),
        "ballot_open": gettext_lazy("You may vote on “%(ballot)s”."),
        "ballot_result": gettext_lazy("The result of “%(ballot)s” is out."),
        "scoring_open": gettext_lazy("You are asked to score: “%(panel)s”."),
        "sheet_reopened": gettext_lazy("Your sheet of “%(panel)s” was reopened for a correction."),
        "village_answer": gettext_lazy("%(village)s has its answer for %(year)s: of %(asked)s proposals decided, %(funded)s are funded."),
        "village_unasked": gettext_lazy("%(village)s has its answer for %(year)s: no proposal of the village waited for this money."),
        "stage_closed": gettext_lazy("“%(stage)s” is closed in %(region)s for the plan year %(year)s. What was decided stands."),
        "stage_reopened": gettext_lazy("“%(stage)s” is open again in %(region)s for the plan year %(year)s."),
        "reopening_asked": gettext_lazy("%(who)s asks that “%(stage)s” in %(region)s be opened again for %(year)s. A second person has to confirm."),
        "work_disputed": gettext_lazy("A villager disputes the work “%(title)s”. An answer is owed by %(due)s."),
        "work_answered": gettext_lazy("Your dispute about the work “%(title)s” was answered. Is it right now?"),
        "work_late": gettext_lazy("The work “%(title)s” should have been done by %(due)s and is not reported as done."),
        "work_silent": gettext_lazy("Nothing was heard of the work “%(title)s” since %(due)s. Report how far it is."),
        "line_claimed": gettext_lazy("The line “%(title)s” of the budget is said to be proposal %(number)s. A second person is asked."),
        "claim_confirmed": gettext_lazy("It was agreed: the line “%(title)s” of the budget is proposal %(number)s."),
        "claim_refused": gettext_lazy("It was not agreed that the line “%(title)s” of the budget is proposal %(number)s. Read why."),
        "route_chosen": gettext_lazy("“%(title)s” goes another way to its money. Read why."),
        "invitation": gettext_lazy("You are invited to “%(meeting)s”, %(when)s, %(place)s."),
    }
)
#: Told so once the moment that the facts name has passed: a letter may go out late, and the inbox keeps its lines.
OVER: Mapping[str, Any] = MappingProxyType(
    {"invitation": gettext_lazy("You were invited to “%(meeting)s”; it was called for %(when)s, %(place)s.")},
)


def _moment(iso: str) -> str:
    local = localtime(datetime.fromisoformat(iso))
    return f"{date_format(local, 'j F Y')} {local:%H.%M} {clock.zone(local)}".strip()


_IN_WORDS: dict[str, Callable[[str], str]] = {
    "role": lambda code: str(Role(code).label) if code in Role.values else code,
    "stage": lambda code: str(STAGE_WORDS[Stage(code)]),
    "step": lambda code: str(STEP_WORDS[code]),
    "when": _moment,
    "due": lambda iso: date_format(date.fromisoformat(iso), "j F Y") if iso else "–",
}


def reason_of(facts: Facts) -> str:
    """Why it happened, in the words of who decided; empty where nobody had to say."""
    return str(facts.get("reason", ""))


def sentence(kind: str, facts: Facts) -> str:
    """What happened, in the language in force. A kind that a newer version brought is told without its particulars."""
    if kind not in KINDS:
        return _("Something happened that you follow.")
    words = OVER[kind] if kind in OVER and datetime.fromisoformat(facts["when"]) < clock.now() else KINDS[kind]
    return str(words) % {name: _IN_WORDS[name](value) if name in _IN_WORDS else value for name, value in facts.items()}

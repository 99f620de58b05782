"""Whether a stage of a plan year takes input at a moment, in a region; and why not. Answers only."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.refusals import Denied
from geo import codes
from proposals.models import StageWindow
from proposals.stages import Stage
from proposals.words import STAGE_WORDS
from proposals.year import days


def closed_because(window: StageWindow | None, stage: Stage, at: datetime, *, within: str = "", clock_ends_it: bool = True) -> Denied | None:
    """Why a stage takes nothing at a moment; None while it is open. `within` is the region asked for, mostly a village.

    The clock ends input; a run may still be published, and what was captured in time may still arrive, until a person
    has closed the stage (`clock_ends_it=False`). No query where the window was read with its cycle.
    """
    if window is None:
        return Denied(_("This plan year has no stage “%(stage)s”.") % {"stage": STAGE_WORDS[stage]}, code="no_such_stage", status=409)
    if window.opens_at and at < window.opens_at:
        return Denied(_("Input opens on %(date)s.") % {"date": _day(window.opens_at)}, code="not_yet_open", status=409)
    # refusals are falsy, so they are told from "nothing stands in the way" by None
    for stands_in_the_way in (_without_ceilings(window, at), _closed_in(window, within)):
        if stands_in_the_way is not None:
            return stands_in_the_way
    ended = window.closed_at or (window.closes_at if clock_ends_it else None)
    if ended and at >= ended:
        sentence = _("Input closed on %(date)s. Ask the village office about next year.")
        return Denied(sentence % {"date": _last_day(ended)}, code="window_closed", status=409)
    return None


def _without_ceilings(window: StageWindow, at: datetime) -> Denied | None:
    """A stage that has to know the money opens once it is published, whatever the calendar says."""
    published = window.cycle.ceilings_published_at if window.needs_ceilings else at
    if published is not None and published <= at:
        return None
    names = {"stage": window.title, "year": window.cycle.plan_year}
    if window.opens_at is None:
        sentence = _("“%(stage)s” opens once the ceilings of %(year)s are published.") % names
    else:
        sentence = _("“%(stage)s” was to open on %(date)s. It opens once the ceilings of %(year)s are published.")
        sentence = sentence % {**names, "date": _day(window.opens_at)}
    return Denied(sentence, code="ceilings_not_published", status=409)


def _closed_in(window: StageWindow, within: str) -> Denied | None:
    """Whether the region or one above it closed the stage for itself."""
    moment = next((moment for code, moment in window.closed_in.items() if codes.covers(code, within)), None) if within else None
    if moment is None:
        return None
    sentence = _("“%(stage)s” was closed here on %(date)s, and its record is complete. It can be reopened by two people.")
    return Denied(sentence % {"stage": window.title, "date": _day(datetime.fromisoformat(moment))}, code="stage_closed", status=409)


def _day(moment: datetime) -> str:
    return date_format(localtime(moment), "j F Y")


def _last_day(moment: datetime) -> str:
    """A window that ends at midnight ended with the day before: nobody may be told of a day that took nothing."""
    return date_format(days.last_day(moment) or moment, "j F Y")


def state_of(window: StageWindow, at: datetime) -> str:
    """How a stage stands at a moment: `closed`, `ended`, `open`, `waiting` for its ceilings, or `ahead`; `undated` where no day is set."""
    if window.closed_at is not None:
        return "closed"
    if window.closes_at is not None and at >= window.closes_at:
        return "ended"
    if window.opens_at is None and window.closes_at is None:
        return "undated"
    if window.opens_at is not None and at < window.opens_at:
        return "ahead"
    return "open" if _without_ceilings(window, at) is None else "waiting"

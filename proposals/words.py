"""The words of the register for the screen: stages, outcomes, moves, sectors, units, reasons."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from proposals.stages import Outcome, Realisation, Stage

STAGE_WORDS = {
    Stage.DRAFT: _("Draft"),
    Stage.VILLAGE: _("Village"),
    Stage.SUBDISTRICT: _("Sub-district"),
    Stage.AGENCY: _("Agency"),
    Stage.DISTRICT: _("District"),
    Stage.BUDGET: _("Budget"),
    Stage.WORKS: _("Works"),
    Stage.DONE: _("Done"),
}
OUTCOME_WORDS = {
    Outcome.OPEN: _("Under discussion"),
    Outcome.RETURNED: _("Returned"),
    Outcome.RESERVED: _("Reserve"),
    Outcome.REJECTED: _("Rejected"),
    Outcome.WITHDRAWN: _("Withdrawn"),
    Outcome.MERGED: _("Merged"),
    Outcome.SPLIT: _("Split"),
    Outcome.FUNDED: _("Funded"),
    Outcome.NOT_FUNDED: _("Not funded"),
}
REALISATION_WORDS = {
    Realisation.NONE: "",
    Realisation.UNDER_WAY: _("Under way"),
    Realisation.REPORTED_DONE: _("Reported done, awaiting villagers"),
    Realisation.CONFIRMED: _("Confirmed by villagers"),
    Realisation.DISPUTED: _("Disputed by villagers"),
}
MOVE_WORDS = {
    "submit": _("Submit to the village"),
    "forward": _("Forward"),
    "forward_adjusted": _("Forward with changes"),
    "return": _("Return"),
    "reserve": _("Reserve"),
    "reject": _("Reject"),
    "reroute": _("Send to another agency"),
    "merge": _("Merge"),
    "split": _("Split into parts"),
    "split_returned": _("Split into parts"),
    "carry_over": _("Carry over to a later year"),
    "withdraw": _("Withdraw"),
    "fund": _("Fund"),
    "not_fund": _("Do not fund"),
    "start": _("Start the work"),
    "report_done": _("Report done"),
    "confirm": _("It is right"),
    "dispute": _("There is a problem"),
}

#: The same moves once they were made, for histories; `split_off` is the first step of a part, which nobody made by itself.
STEP_WORDS = {
    "submit": _("Sent in"),
    "forward": _("Forwarded"),
    "forward_adjusted": _("Forwarded with changes"),
    "return": _("Returned to the village"),
    "reserve": _("Put in reserve"),
    "reject": _("Turned down"),
    "reroute": _("Sent on to another agency"),
    "merge": _("Merged with another proposal"),
    "split": _("Was split into parts"),
    "split_returned": _("Was split into parts"),
    "split_off": _("Came out of a proposal that was split"),
    "carry_over": _("Its year ended; carried over to a later one"),
    "withdraw": _("Taken back"),
    "fund": _("Given money"),
    "not_fund": _("Given no money"),
    "start": _("Work started"),
    "report_done": _("Reported as done"),
    "confirm": _("Confirmed as right"),
    "dispute": _("Called into question"),
}


class Sector(models.TextChoices):
    """What kind of good a proposal is; each has its icon (design, section 5)."""

    ROAD = "road", _("Roads and bridges")
    WATER = "water", _("Clean water")
    DRAINAGE = "drainage", _("Rivers and drainage")
    EDUCATION = "education", _("Education")
    HEALTH = "health", _("Health")
    FARMING = "farming", _("Farming")
    FISHERY = "fishery", _("Fishery")
    BUSINESS = "business", _("Residents' businesses")
    ENERGY = "energy", _("Electricity and lighting")
    GOVERNMENT = "government", _("Government")
    EMPOWERMENT = "empowerment", _("Empowerment")
    TRANSPORT = "transport", _("Water transport")
    SANITATION = "sanitation", _("Waste and sanitation")
    HOUSING = "housing", _("Housing")
    DISASTER = "disaster", _("Disaster")


class Channel(models.TextChoices):
    """By which door a proposal came into the register, so that provenance and double funding can be told."""

    VILLAGE = "village", _("village proposal")
    COUNCIL = "council", _("council member (pokir)")
    AGENCY = "agency", _("agency plan")
    MANDATORY = "mandatory", _("mandatory item")


#: What is asked of the sponsor's name, and of what it rests on, by channel.
SPONSOR_WORDS: dict[str, tuple[Any, Any]] = {
    Channel.COUNCIL: (_("Council member and faction"), _("Recess in which it was heard")),
    Channel.AGENCY: (_("Body that plans it"), _("Line of the agency's plan")),
    Channel.MANDATORY: (_("Body that is obliged"), _("Regulation that obliges")),
}


class WorkKind(models.TextChoices):
    """What kind of work it is: which papers are asked for depends on it."""

    PHYSICAL = "physical", _("physical work")
    SERVICE = "service", _("service or training")
    GRANT = "grant", _("grant to a group")


class LandOwner(models.TextChoices):
    """Whose land the work stands on (DOMAIN 5): the commonest reason for a refusal."""

    VILLAGE = "village", _("village asset")
    GOVERNMENT = "government", _("government")
    GRANTED = "granted", _("private, granted by its owner")
    PRIVATE = "private", _("private")
    STATE_FIRM = "state_firm", _("state-owned firm")
    DISPUTED = "disputed", _("disputed")
    UNKNOWN = "unknown", _("not known yet")


class LocationSource(models.TextChoices):
    """How the position was given."""

    MAP = "map", _("chosen on the map")
    GPS = "gps", _("from the phone's GPS")
    TYPED = "typed", _("typed coordinates")
    PHOTO = "exif", _("from a photo")
    NONE = "none", _("no position given")


class ReasonCode(models.TextChoices):
    """Why a proposal is rejected (DOMAIN 7.2). The sentence beside it is what citizens read."""

    WRONG_AGENCY = "WRONG_AGENCY", _("belongs to another agency")
    INCOMPLETE = "INCOMPLETE", _("data or files are incomplete")
    SITE_INELIGIBLE = "SITE_INELIGIBLE", _("the site is not eligible after a survey")
    LAND_NOT_CLEAR = "LAND_NOT_CLEAR", _("land status is not clear")
    ALREADY_BUDGETED = "ALREADY_BUDGETED", _("already in the budget")
    NOT_IN_KAMUS = "NOT_IN_KAMUS", _("not among the works that may be proposed")
    RECIPIENT_NOT_LEGAL = "RECIPIENT_NOT_LEGAL", _("the recipient is not a legal entity")
    STILL_ADEQUATE = "STILL_ADEQUATE", _("what stands is still adequate")
    LOW_URGENCY = "LOW_URGENCY", _("less urgent than others")
    OVER_CEILING = "OVER_CEILING", _("exceeds the ceiling")
    OTHER_AUTHORITY = "OTHER_AUTHORITY", _("belongs to another level of government")
    OUTSIDE_SPATIAL_PLAN = "OUTSIDE_SPATIAL_PLAN", _("does not fit the spatial plan")
    NO_DESIGN = "NO_DESIGN", _("no design or cost plan")
    DUPLICATE = "DUPLICATE", _("the same as another proposal")
    NOT_MANDATED_BY_MEETING = "NOT_MANDATED_BY_MEETING", _("not agreed in a recorded meeting")

"""The roles a person can hold in a region. Pure: no Django but its translation."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """Held by an assignment (user, role, region, period); a region covers everything below it."""

    FACILITATOR = "facilitator", _("village facilitator")
    VILLAGE_HEAD = "village_head", _("village head")
    SUBDISTRICT_OFFICER = "subdistrict_officer", _("sub-district officer")
    AGENCY_OFFICER = "agency_officer", _("agency officer")
    PLANNER = "planner", _("planner (Bappeda)")
    BUDGET_TEAM = "budget_team", _("budget team (TAPD)")
    COUNCIL_SECRETARY = "council_secretary", _("council secretariat (DPRD)")
    MODERATOR = "moderator", _("moderator")
    AUDITOR = "auditor", _("auditor")
    OPERATOR = "operator", _("operator")


#: Every signed-in person is a citizen; a vote counts once a residency is confirmed.
CITIZEN = "citizen"

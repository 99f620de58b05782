"""What stages and outcomes mean, told to citizens."""

from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from proposals.stages import DECIDERS, Outcome, Stage

STAGE_SENTENCES = {
    Stage.DRAFT: _("Still being written. Nobody else sees it yet."),
    Stage.VILLAGE: _("Discussed in the village meeting."),
    Stage.SUBDISTRICT: _("The villages agree on an order together."),
    Stage.AGENCY: _("The agency checks land, cost and plans."),
    Stage.DISTRICT: _("The district sets its priorities."),
    Stage.BUDGET: _("Money is looked for in the annual plan and budget."),
    Stage.WORKS: _("The work is being done."),
    Stage.DONE: _("Reported as done. Villagers check."),
}
OUTCOME_SENTENCES = {
    Outcome.OPEN: _("No decision at this stage yet."),
    Outcome.RETURNED: _("Something is missing. It can be completed and sent again."),
    Outcome.RESERVED: _("Worth doing, waiting for money that is left over."),
    Outcome.REJECTED: _("It does not go on. The reason and who answers for it are written."),
    Outcome.WITHDRAWN: _("Taken back by those who proposed it."),
    Outcome.MERGED: _("Joined with another proposal, which goes on."),
    Outcome.SPLIT: _("Divided into parts, which go on with numbers of their own."),
    Outcome.FUNDED: _("There is money for it in the village or district budget."),
    Outcome.NOT_FUNDED: _("Worth doing, but the money ran out. It can be proposed again next year."),
}


def deciders_of(stage: Stage) -> str:
    """Who decides at a stage, in words."""
    words = dict(Role.choices)
    return ", ".join(str(words[role]) for role in DECIDERS[stage]) if stage is not Stage.WORKS else ""

"""What stands beside the files of a bundle: how to calculate again, in the reader's language."""

from django.utils.translation import gettext as _

from budgeting.models import AllocationRun
from budgeting.runs import words
from proposals.money import rupiah

_COMMAND = "manage.py replay_bundle"


def text(run: AllocationRun) -> str:
    """The explanation for one run, as lines."""
    ceiling = run.ceiling
    place = {"year": ceiling.plan_year, "name": ceiling.region.title}
    facts = [
        (_("Funding source"), str(ceiling.get_funding_source_display())),
        (_("To give"), rupiah(run.budget)),
        (_("Given by the rule"), rupiah(run.spent)),
        (_("Rule"), f"{run.rule}: {words.rule(run.rule)}"),
        (_("Ties"), words.ties(run.seed)),
        (_("Software"), run.software_version),
        (_("SHA-256 of the inputs"), run.inputs_sha256),
    ]
    steps = [
        _("sha256sum -c SHA256SUMS compares the files with their sums."),
        _("The SHA-256 of inputs.json is the fingerprint on the run's page."),
        _("%(command)s FILE.zip calculates again from inputs.json, without a database, and compares with result.json byte by byte.")
        % {"command": _COMMAND},
        _("What people changed by hand stands in overrides.json with names and reasons. The rule knows nothing of it."),
    ]
    if "ballot" in run.inputs:
        steps.append(_("problem.pb holds the ballots for other programs (Pabulib); it cannot hold constraints."))
    head = _("Allocation %(year)s: %(name)s") % place
    return "\n".join([head, "", *(f"{name}: {value}" for name, value in facts), "", *(f"{at}. {step}" for at, step in enumerate(steps, 1)), ""])

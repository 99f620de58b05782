"""What the village says as a whole, told from what each of its people says. Pure."""

from collections.abc import Iterable

from budgeting.words import Witness
from proposals.stages import Realisation


def state_of(verdicts: Iterable[str]) -> Realisation:
    """Disputed while one word in force disputes; confirmed once one confirms and none disputes (decision 0254)."""
    said = set(verdicts)
    if Witness.DISPUTE.value in said:
        return Realisation.DISPUTED
    return Realisation.CONFIRMED if Witness.CONFIRM.value in said else Realisation.REPORTED_DONE

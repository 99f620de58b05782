"""What the planner sets before scoring: weights, one criterion, what the whole rests on."""

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit, clock
from accounts.models import User
from accounts.refusals import Conflict, Invalid, Missing
from accounts.scope import Person
from accounts.text import clean
from deliberation.models import CriteriaSet, Criterion
from deliberation.scoring import criteria, policy
from deliberation.scoring.law import BANDS, HIGHEST, MEASURES
from deliberation.scoring.words import Source, Unknown
from proposals.models import Cycle

WEIGHT_MOST, CRITERIA_MOST, LIMIT_MOST = 100, 20, 1000
_CODE = re.compile(r"[A-Z][A-Z0-9]{1,7}")


@transaction.atomic
def set_weights(*, cycle_id: int, stage: str, actor: Person, weights: Mapping[str, Any], median_from: Any, version: int | None) -> CriteriaSet:
    """Set what every criterion weighs, and from how many scorers the median counts. Fields are `bobot-<code>` and `median_from`."""
    kept, rows, role = _own(cycle_id, stage, actor, version)
    wrong: dict[str, list[str]] = {}
    read = {row.code: _whole(weights.get(row.code), f"bobot-{row.code}", WEIGHT_MOST, wrong) for row in rows}
    kept.median_from = _whole(median_from, "median_from", 99, wrong)
    if not wrong and not any(read.values()):
        wrong["weights"] = [_("At least one criterion must weigh something.")]
    if wrong:
        raise Invalid(wrong)
    before = {row.code: row.weight for row in rows}
    for row in rows:
        row.weight = read[row.code]
    Criterion.objects.bulk_update(rows, ["weight"])
    _changed(kept, actor, role, "weights", {"before": before, "after": read, "median_from": kept.median_from})
    return kept


@transaction.atomic
def change_criterion(*, cycle_id: int, stage: str, actor: Person, code: str, fields: Mapping[str, Any], version: int | None) -> Criterion:
    """Change one criterion, or add it where the set has none of this code. Raises Invalid by field."""
    kept, rows, role = _own(cycle_id, stage, actor, version)
    row = next((one for one in rows if one.code == code), None)
    if row is None:
        if not isinstance(code, str) or not _CODE.fullmatch(code):
            raise Invalid({"code": [_("A code has 2 to 8 capital letters and digits, for example AIR.")]})
        if len(rows) >= CRITERIA_MOST:
            raise Conflict(_("At most %(count)d criteria; take one out first.") % {"count": CRITERIA_MOST}, code="full")
        row = Criterion(set=kept, code=code, position=max((one.position for one in rows), default=0) + 1)
    for name, value in _read(code, fields).items():
        setattr(row, name, value)
    row.save()
    _changed(kept, actor, role, "criterion", criteria.told([row])[0])
    return row


@transaction.atomic
def remove_criterion(*, cycle_id: int, stage: str, actor: Person, code: str, version: int | None) -> CriteriaSet:
    """Take a criterion out; one must stay. Taking it out again changes nothing."""
    kept, rows, role = _own(cycle_id, stage, actor, None)
    row = next((one for one in rows if one.code == code), None)
    if row is None:
        return kept
    _same_version(kept, version)
    if len(rows) == 1:
        raise Conflict(_("One criterion must stay."), code="last")
    row.delete()
    _changed(kept, actor, role, "remove", {"code": code})
    return kept


@transaction.atomic
def confirm_criteria(*, cycle_id: int, stage: str, actor: Person, legal_basis: str, version: int | None) -> CriteriaSet:
    """Say what the set rests on; every later change takes the confirmation back."""
    kept, _rows, role = _own(cycle_id, stage, actor, version)
    kept.legal_basis = clean(legal_basis, field="legal_basis", max_length=300, min_length=5)
    assert isinstance(actor, User)  # noqa: S101 - the policy has refused everybody else
    kept.verified_by, kept.verified_at = actor, clock.now()
    kept.save(update_fields=["legal_basis", "verified_by", "verified_at"])
    _record(kept, actor, role, "confirm", {"legal_basis": kept.legal_basis})
    return kept


def _own(cycle_id: int, stage: str, actor: Person, version: int | None) -> tuple[CriteriaSet, list[Criterion], str]:
    """The set under lock, its criteria, and the role that may change it."""
    cycle = Cycle.objects.filter(pk=cycle_id).prefetch_related("windows").first()
    if cycle is None or stage not in criteria.stages_of(cycle):
        raise Missing
    policy.may_set_criteria(actor, CriteriaSet(cycle=cycle, stage=stage)).or_refuse()
    kept, rows = criteria.locked(cycle, stage)
    kept.cycle = cycle
    role = policy.may_set_criteria(actor, kept).or_refuse().role
    _same_version(kept, version)
    return kept, rows, role


def _same_version(kept: CriteriaSet, version: int | None) -> None:
    # defaults are shown as version 0 and kept as version 1
    if version is not None and version != kept.version and (version, kept.version) != (0, 1):
        raise Conflict(_("Someone changed these criteria meanwhile. See what changed before you save."), code="version")


def _changed(kept: CriteriaSet, actor: Person, role: str, verb: str, changes: dict[str, Any]) -> None:
    kept.version, kept.changed_at = kept.version + 1, clock.now()
    kept.verified_by = kept.verified_at = None
    kept.save(update_fields=["median_from", "version", "changed_at", "verified_by", "verified_at"])
    _record(kept, actor, role, verb, {**changes, "version": kept.version})


def _record(kept: CriteriaSet, actor: Person, role: str, verb: str, changes: dict[str, Any]) -> None:
    action, subject = f"deliberation.criteria.{verb}", f"cycle:{kept.cycle_id}"
    audit.record(actor=actor, role=role, action=action, subject=subject, region_code=kept.cycle.region_id, changes={"stage": kept.stage, **changes})


def _whole(sent: Any, field: str, most: int, wrong: dict[str, list[str]]) -> int:
    text = str(sent).strip() if sent is not None and not isinstance(sent, bool) else ""
    if text.isascii() and text.isdigit() and len(text) < 6 and int(text) <= most:
        return int(text)
    wrong[field] = [_("Write a whole number from 0 to %(most)d.") % {"most": most}]
    return 0


def _read(code: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    wrong: dict[str, list[str]] = {}
    texts = {name: _text(fields.get(name), name, longest, wrong) for name, longest in (("name", 80), ("question", 300))}
    sent = fields.get("anchors")
    given = list(sent) if isinstance(sent, list | tuple) else []
    anchors = [_text(given[at] if at < len(given) else "", f"anchor_{at + 1}", 200, wrong) for at in range(HIGHEST)]
    source, unknown = fields.get("source"), fields.get("when_unknown")
    if source not in Source.values or unknown not in Unknown.values:
        wrong["source" if source not in Source.values else "when_unknown"] = [_("Choose one of the list.")]
    elif source == Source.COMPUTED and code not in MEASURES:
        wrong["source"] = [_("Nothing is known from which this could be computed; the panel scores it.")]
    bands = _bands(fields.get("bands"), wrong) if source == Source.COMPUTED else []
    weight = _whole(fields.get("weight"), "weight", WEIGHT_MOST, wrong)
    if wrong:
        raise Invalid(wrong)
    return {**texts, "anchors": anchors, "source": source, "when_unknown": unknown, "bands": bands, "weight": weight}


def _text(sent: Any, field: str, longest: int, wrong: dict[str, list[str]]) -> str:
    try:
        return clean(sent, field=field, max_length=longest, min_length=2)
    except Invalid as error:
        wrong |= error.fields or {}
        return ""


def _bands(sent: Any, wrong: dict[str, list[str]]) -> list[int]:
    """Four whole limits, each above the one before it."""
    given = list(sent) if isinstance(sent, list | tuple) else []
    read = [_whole(one, "bands", LIMIT_MOST, wrong) for one in given]
    if len(read) != BANDS or any(above <= below for below, above in pairwise(read)):
        wrong["bands"] = [_("Write four whole numbers, each larger than the one before it.")]
    return read

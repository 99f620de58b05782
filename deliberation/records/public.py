"""What of a paper everybody may read: all that was decided, and of persons only those who speak for an office or by mandate.

The roll, the addresses and who else signs stand on the signed paper, which the region's officials and auditors open
(docs/decisions/0182; UU 27/2022: no more of a person than the purpose needs). Pure: no Django.
"""

from copy import deepcopy
from typing import Any

Facts = dict[str, Any]
#: Papers that are lists of persons, or tell what each of them said: what is corrected there is a name.
_OF_PERSONS = ("attendance", "minutes")


def reduced(facts: Facts) -> Facts:
    """The snapshot without what is personal; the given one stays as it is."""
    told = deepcopy(facts)
    if "presence" in told:
        told["presence"] = {"whole": told["presence"]["public"], "public": told["presence"]["public"]}
    if "roll" in told:
        told["roll"] = {"rows": [], "struck": told["roll"]["struck"]}
    for item in told.get("items", []):
        item["said"] = [_unnamed(one) for one in item["said"]]
    if "delegates" in told:
        told["delegates"] = [{**one, "sex": ""} for one in told["delegates"]]
    if "texts" in told:
        told["texts"]["representatives"] = [{"name": "", "element": one["element"], "address": ""} for one in told["texts"]["representatives"]]
        told["texts"]["signers"] = [_without_line(one) for one in told["texts"]["signers"]]
    if "signers" in told:
        told["signers"] = [_without_line(one) for one in told["signers"]]
    if told.get("kind") in _OF_PERSONS and "corrections" in told:
        told["reason"] = ""
        told["corrections"] = [{**one, "where": "", "written": "", "should": ""} for one in told["corrections"]]
    for key in ("left_out", "reserved", "undecided", "rows", "decisions"):
        for row in told.get(key) or []:
            row["proposal"]["proposer"] = ""
    return told


def _unnamed(one: Facts) -> Facts:
    """An answer of an office keeps its name; whoever else spoke is told by the capacity."""
    return one if one["is_official"] else {**one, "name": ""}


def _without_line(one: Facts) -> Facts:
    """Without what stands below a name: usually a number of service."""
    return {**one, "line": ""}

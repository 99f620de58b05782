"""A run's problem as a Pabulib file, so that other programs calculate it, too. Pure.

Project ids are the places in the run's tie order, written with leading zeros: `manage.py allocate` and the reference break ties by the
text of the id, and so go the same way. Weights of ballots are written as points, constraints cannot be written at all.
"""

import csv
import io
from collections.abc import Iterable, Sequence

from budgeting.runs.inputs import Inputs, counted, ids_of, weighs


def written(inputs: Inputs) -> str:
    """The text of the file. The inputs hold ballots."""
    rows, ballot = {row["number"]: row for row in inputs["proposals"]}, inputs["ballot"]
    ids, seeded = ids_of(inputs), bool(inputs.get("seed"))
    order = sorted(rows, key=lambda number: (0 if seeded else rows[number]["amount"], ids[number]))
    names = {number: f"{place:0{len(str(len(order)))}d}" for place, number in enumerate(order, start=1)}
    marks, points = counted(ballot)
    weighed = weighs(inputs)
    lines: list[Sequence[object]] = [["META"], ["key", "value"], *_meta(inputs, weighed=weighed)]
    lines += [["PROJECTS"], ["project_id", "cost", "votes", *(["score"] if weighed else []), "name", "number", "district"]]
    for number in order:
        row = rows[number]
        score = [points[number]] if weighed else []
        lines.append([names[number], row["amount"], marks[number], *score, row["title"], number, row["village"]])
    lines += [["VOTES"], ["voter_id", "vote", *(["points"] if weighed else [])]]
    for voter, marked in enumerate(_voters(ballot), start=1):
        by = sorted((names[number], worth) for number, worth in marked)
        given = [",".join(str(worth) for _name, worth in by)] if weighed else []
        lines.append([voter, ",".join(name for name, _worth in by), *given])
    return _text(lines)


def _voters(ballot: Inputs) -> Iterable[Sequence[tuple[str, int]]]:
    """Each voter's marks; those who marked nothing that waits come last."""
    named = 0
    for times, marks in ballot["groups"]:
        named += times
        yield from [marks] * times
    yield from [()] * (ballot["voters"] - named)


def _meta(inputs: Inputs, *, weighed: bool) -> list[Sequence[object]]:
    ceiling, ballot = inputs["ceiling"], inputs["ballot"]
    comment = f"ballot {ballot['id']}, {ballot['file']} SHA-256 {ballot['sha256']}; rule {inputs['rule']}"
    told = {
        "description": ballot["title"],
        "country": "Indonesia",
        "unit": ceiling["region"],
        "instance": ceiling["plan_year"],
        "num_projects": len(inputs["proposals"]),
        "num_votes": ballot["voters"],
        "budget": inputs["budget"],
        "vote_type": "cumulative" if weighed else "approval",
        "currency": "IDR",
        "comment": f"{comment}; its constraints are not in this file" if inputs.get("constraints") else comment,
    }
    return [[key, value] for key, value in told.items()]


def _text(rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", lineterminator="\n").writerows(rows)
    return text.getvalue()

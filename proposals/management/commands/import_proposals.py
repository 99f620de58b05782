"""Imports a sheet of proposals in the national export form."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from accounts.refusals import Refusal
from proposals import sheets, tallies
from proposals.services.importing import Report, import_sheet


class Command(BaseCommand):
    help = "Import proposals from a CSV or XLSX file in the national export form: the whole file, or nothing where a row is in error."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--village", required=True, help="official code of the village or ward, 35.73.02.1007")
        parser.add_argument("--plan-year", required=True, type=int)
        parser.add_argument("--actor", default="", help="who imports; without it the platform's own account")
        parser.add_argument("--sheet", default="", help="the worksheet, where several hold proposals")
        parser.add_argument("--only-village", action="store_true", help="leave rows that name another village to it, instead of refusing them")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, write nothing")
        parser.add_argument("--json", action="store_true", help="print the counts and every row as JSON")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django calls it so
        report = self._report(options)
        if report.written:
            tallies.fold()
        self.stdout.write(_as_json(report, options) if options["json"] else _as_text(report, options))
        if report.count("error"):
            raise CommandError(f"{report.count('error')} rows are in error; nothing was written.", returncode=1)

    def _report(self, options: dict[str, Any]) -> Report:
        actor = User.objects.filter(username=options["actor"]).first() if options["actor"] else None
        if options["actor"] and actor is None:
            raise CommandError(f"There is no account {options['actor']}.")
        try:
            return import_sheet(
                sheet=sheets.read(options["file"], page=options["sheet"]),
                village_code=options["village"],
                plan_year=options["plan_year"],
                actor=actor,
                dry_run=options["dry_run"],
                only_village=options["only_village"],
            )
        except (OSError, sheets.Unreadable) as error:
            raise CommandError(str(error)) from error
        except Refusal as refusal:
            raise CommandError("; ".join(s for sentences in (refusal.fields or {"": [str(refusal)]}).values() for s in sentences)) from refusal


def _counts(report: Report) -> dict[str, int]:
    return {
        "created": report.count("created"),
        "unchanged": report.count("unchanged"),
        "differs": report.differing,
        "errors": report.count("error"),
        "elsewhere": report.count("elsewhere"),
        "skipped": report.count("skipped"),
        "blank": report.blank,
    }


def _as_json(report: Report, options: dict[str, Any]) -> str:
    rows = [{name: value for name, value in asdict(fate).items() if value not in ("", ())} for fate in report.fates]
    facts = {"file": str(options["file"]), "village": options["village"], "plan_year": options["plan_year"], "dry_run": options["dry_run"]}
    return json.dumps({**facts, "written": report.written, **_counts(report), "rows": rows}, ensure_ascii=False, indent=1)


def _as_text(report: Report, options: dict[str, Any]) -> str:
    lines = []
    for fate in report.fates:
        if fate.status in {"error", "elsewhere"}:
            lines.append(f"row {fate.row}, {fate.field}: {fate.message}")
        elif fate.status == "skipped":
            lines.append(f"row {fate.row}, skipped: {fate.message}")
        if fate.differs:
            lines.append(f"row {fate.row}, unchanged here, but the sheet differs in: {', '.join(fate.differs)}")
        if fate.note:
            lines.append(f"row {fate.row}: {fate.note}")
    counts = ", ".join(f"{count} {name}" for name, count in _counts(report).items())
    return "\n".join([*lines, counts + (" (dry run, nothing written)" if options["dry_run"] else "")])

"""Imports a sheet of works into the dictionary of a plan year."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from accounts.refusals import Refusal
from proposals.dictionary import sheet as dictionary_sheet
from proposals.services.dictionary_import import Fate, Report, import_dictionary


class Command(BaseCommand):
    help = "Import works (CSV, XLSX) into a kabupaten's dictionary: the whole file, or nothing where a row is in error."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--region", required=True, help="official code of the kabupaten or kota, 61.12")
        parser.add_argument("--plan-year", required=True, type=int)
        parser.add_argument("--actor", default="", help="who imports; without it the platform's own account")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, write nothing")
        parser.add_argument("--json", action="store_true", help="print the counts and every row as JSON")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django calls it so
        report = self._report(options)
        self.stdout.write(_as_json(report, options) if options["json"] else _as_text(report, options))
        if report.count("error"):
            raise CommandError(f"{report.count('error')} rows are in error; nothing was written.", returncode=1)

    def _report(self, options: dict[str, Any]) -> Report:
        actor = User.objects.filter(username=options["actor"]).first() if options["actor"] else None
        if options["actor"] and actor is None:
            raise CommandError(f"There is no account {options['actor']}.")
        try:
            return import_dictionary(
                region_code=options["region"],
                plan_year=options["plan_year"],
                table=dictionary_sheet.read(options["file"].read_bytes(), name=options["file"].name),
                actor=actor,
                dry_run=options["dry_run"],
            )
        except (OSError, dictionary_sheet.Unreadable) as error:
            raise CommandError(str(error)) from error
        except Refusal as refusal:
            raise CommandError(refusal.in_words()) from refusal


def _counts(report: Report) -> dict[str, int]:
    told = {f"{status}": report.count(status) for status in ("created", "changed", "revised", "unchanged")}
    return {**told, "errors": report.count("error"), "without_price": report.without_price, "not_in_sheet": report.not_in_sheet}


def _as_json(report: Report, options: dict[str, Any]) -> str:
    rows = [{name: value for name, value in asdict(fate).items() if value not in ("", (), 0)} for fate in report.fates]
    facts = {"file": str(options["file"]), "region": options["region"], "plan_year": options["plan_year"], "dry_run": options["dry_run"]}
    more = {"new_agencies": report.new_agencies, "unread_columns": list(report.unread)}
    return json.dumps({**facts, "written": report.written, **_counts(report), **more, "rows": rows}, ensure_ascii=False, indent=1)


def _as_text(report: Report, options: dict[str, Any]) -> str:
    lines = [line for fate in report.fates for line in _told(fate)]
    lines += [f"new agency: {name}" for name in report.new_agencies]
    lines += [f"column not read: {name}" for name in report.unread]
    counts = ", ".join(f"{count} {name}" for name, count in _counts(report).items())
    return "\n".join([*lines, counts + (" (dry run, nothing written)" if options["dry_run"] else "")])


def _told(fate: Fate) -> list[str]:
    if fate.status == "error":
        return [f"row {fate.row}, {fate.column}: {fate.message}"]
    head = f"row {fate.row}, {fate.code} {fate.name}"
    lines = [f"{head}: {one.field} {one.value} ({one.because})" for one in fate.derived]
    lines += [f"{head}: {name} {before} -> {after}" for name, before, after in fate.changes if fate.status != "created"]
    if fate.rests:
        lines.append(f"{head}: {fate.rests} proposals keep the old entry; a new one takes the code")
    return lines

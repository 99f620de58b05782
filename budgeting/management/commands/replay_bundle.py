"""`manage.py replay_bundle FILE`: calculate a run again from its bundle, without a database, and compare byte for byte."""

import hashlib
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from budgeting.runs import bundle


class Command(BaseCommand):
    """Exit 1 and every difference where another result comes out, or where the file is not whole."""

    help = "Calculate an allocation run again from its downloaded bundle and compare with the result in it. Needs no database."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the ZIP file of a run, as downloaded from its page")
        parser.add_argument("--write", type=Path, help="also write the result that comes out to this file")

    def handle(self, *, file: Path, write: Path | None, **_: Any) -> None:
        try:
            members = bundle.unpacked(file.read_bytes())
            differences, text = bundle.replayed(members)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        except ValueError as error:
            raise CommandError(f"{file}: {error}") from error
        if write:
            write.write_bytes(text)
        if found := [*bundle.broken(members), *differences]:
            raise CommandError("\n".join([f"{file}: another result comes out, or the file was changed:", *found]))
        if text == members[bundle.RESULT]:
            self.stdout.write(f"The same result comes out, byte for byte: {bundle.RESULT} SHA-256 {hashlib.sha256(text).hexdigest()}.")
        else:
            self.stdout.write("The same list comes out. The result was written by an earlier software, which told fewer facts.")

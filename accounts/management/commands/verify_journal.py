"""`manage.py verify_journal`: whether every entry of the journal still says what was written."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts import journal


class Command(BaseCommand):
    help = "Walk every chain of the journal. Where one breaks: name its first bad entry, exit 1."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        """Say how long each chain is, and where it breaks first."""
        broken, total = 0, 0
        for chain in journal.chains():
            length, fault = journal.first_break(chain)
            total += length
            if fault is None:
                self.stdout.write(f"{chain}: {length} entries, unbroken")
                continue
            broken += 1
            self.stderr.write(f"{chain}: breaks at place {fault.position or '-'}, entry {fault.entry_id or '-'}: {fault.fault}")
        if broken:
            raise CommandError(f"The journal is broken in {broken} of its chains.")
        self.stdout.write(f"The journal holds: {total} entries.")

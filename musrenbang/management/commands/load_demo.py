"""One kabupaten of demonstration data and one account a role."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import User
from budgeting.figures import keeping
from geo.models import Region
from musrenbang.demo import people
from musrenbang.demo.stage_play import tell
from proposals.services.importing import SYSTEM_USER


class Command(BaseCommand):
    help = "Load one kabupaten of demonstration data, with an account for each role. Refuses a database with real users."

    @transaction.atomic
    def handle(self, *_args: str, **_options: Any) -> None:
        if User.objects.filter(is_demo=False).exclude(username=SYSTEM_USER).exists():
            raise CommandError("This database has real users: the demonstration, whose password is public, is not loaded beside them.")
        if User.objects.filter(is_demo=True).exists():
            self.stdout.write("The demonstration is loaded already.")
        elif not Region.objects.filter(pk=people.VILLAGE).exists():
            raise CommandError("Load the regions first: manage.py load_regions")
        else:
            told = tell()
            keeping.count_due()
            self.stdout.write(f"{told.proposals} proposals in {told.villages} villages of Kabupaten Kubu Raya.")
        names = ", ".join(part.username for part in (*people.PARTS, people.NEWCOMER))
        self.stdout.write(f"Accounts: {names}\nPassword of each: {people.PASSWORD}")

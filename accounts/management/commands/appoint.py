"""`manage.py appoint USERNAME ROLE REGION`: the first operator of a region, who appoints everybody else."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts import clock
from accounts.models import Agency, User
from accounts.refusals import Refusal
from accounts.roles import Role
from accounts.services import assign


class Command(BaseCommand):
    help = "Give a role in a region, from today. The journal names the platform itself as the one who gave it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="who gets the role")
        parser.add_argument("role", choices=Role.values, help="what the person may do there")
        parser.add_argument("region", help="official code, for example 61.12")
        parser.add_argument("--until", type=date.fromisoformat, help="last day, YYYY-MM-DD")
        parser.add_argument("--agency", help="code of the agency, for an agency officer")
        parser.add_argument("--basis", required=True, help="the letter that names the person")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        """Say who now holds what where, or why not."""
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"There is no account with the user name {options['username']!r}.")
        agency = Agency.objects.filter(code=options["agency"], region_id=options["region"]).first() if options["agency"] else None
        try:
            made = assign(
                actor=None,
                user=user,
                role=options["role"],
                region_code=options["region"],
                starts_on=clock.today(),
                ends_on=options["until"],
                basis=options["basis"],
                agency=agency,
            )
        except Refusal as refusal:
            raise CommandError(refusal.in_words()) from None
        self.stdout.write(f"{user.username}: {made.role} in {made.region_id} from {made.starts_on}")

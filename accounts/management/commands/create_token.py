"""`manage.py create_token USERNAME`: a bearer token for programs; printed once, kept only as its hash."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from knox.models import get_token_model

from accounts.models import User


class Command(BaseCommand):
    help = "Print a token for the API, to be sent as: Authorization: Bearer <token>."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="whose token it is; whoever holds it acts as this person")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        """Print the token and nothing else, so that a script can take it."""
        username = options["username"]
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no account with the user name {username!r}.")
        if not user.is_active:
            raise CommandError(f"The account {username!r} may no longer sign in.")
        self.stdout.write(get_token_model().objects.create(user)[1])

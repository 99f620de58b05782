"""A program that speaks to the real server with a person's token."""

from dataclasses import dataclass
from io import StringIO
from typing import Any

import httpx
from django.core.management import call_command

from accounts.models import User
from tests.server import LiveServer


@dataclass
class Program:
    """One person's program: every call is checked for the status that the story expects."""

    site: LiveServer
    token: str = ""

    def call(self, verb: str, address: str, *, expect: int, **sent: Any) -> Any:
        """The answer's JSON, or its text where it is none."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        answer = httpx.request(verb, f"{self.site.url}/api/v1/{address}", headers={**headers, **sent.pop("headers", {})}, timeout=30, **sent)
        assert answer.status_code == expect, f"{verb} {address}: {answer.status_code} {answer.text[:600]}"
        if not answer.content:
            return None
        return answer.json() if "json" in answer.headers.get("Content-Type", "") else answer.text


def program(site: LiveServer, person: User | None = None) -> Program:
    """A program with a token of the command that operators use; without a person, an anonymous one."""
    if person is None:
        return Program(site)
    printed = StringIO()
    call_command("create_token", person.username, stdout=printed)
    return Program(site, printed.getvalue().strip())

"""What must be right before the platform starts: `manage.py check` names what is not."""

from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004 - Django's own name

SECRET_KEY_LENGTH = 40


@register()
def one_database_driver(**_options: Any) -> list[CheckMessage]:
    """Django silently prefers psycopg 3 where both are installed, and the measured set-up is psycopg2."""
    if find_spec("psycopg") is None:
        return []
    return [Error("psycopg 3 is installed beside psycopg2.", hint="Remove it: uv pip sync requirements.txt", id="musrenbang.E001")]


@register()
def a_secret_worth_the_name(**_options: Any) -> list[CheckMessage]:
    """Sessions and password links are only as safe as this key."""
    if len(settings.SECRET_KEY) >= SECRET_KEY_LENGTH:
        return []
    return [Error(f"SECRET_KEY is shorter than {SECRET_KEY_LENGTH} characters.", hint="Set a long random SECRET_KEY.", id="musrenbang.E002")]


@register()
def no_debug_in_public(**_options: Any) -> list[CheckMessage]:
    """DEBUG shows settings and source to whoever provokes an error."""
    if not (settings.DEBUG and settings.BEHIND_TLS):
        return []
    return [Error("DEBUG is on behind TLS.", hint="Unset DEBUG where the public can reach it.", id="musrenbang.E003")]


@register()
def own_hosts_behind_tls(**_options: Any) -> list[CheckMessage]:
    """Behind a proxy the pages have a name; without it every request is refused and every socket too."""
    if not settings.BEHIND_TLS or set(settings.ALLOWED_HOSTS) - {"127.0.0.1", "localhost", "[::1]"}:
        return []
    return [Warning("BEHIND_TLS is set and ALLOWED_HOSTS is not.", hint="ALLOWED_HOSTS=musrenbang.example.go.id", id="musrenbang.W001")]


@register()
def threads_for_pages(**_options: Any) -> list[CheckMessage]:
    """Each thread keeps one database connection, so the pool is bounded on purpose."""
    if 1 <= settings.HTTP_THREADS <= 64:
        return []
    return [Error(f"HTTP_THREADS is {settings.HTTP_THREADS}.", hint="Choose 1 to 64; 8 suits two cores.", id="musrenbang.E004")]


@register()
def mails_lead_to_the_site(**_options: Any) -> list[CheckMessage]:
    """A worker writes links into mails and sees no request that could tell it under which address people reach the site."""
    parts = urlsplit(settings.SITE_URL)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
        return [Error(f"SITE_URL is {settings.SITE_URL!r}.", hint="SITE_URL=https://musrenbang.example.go.id", id="musrenbang.E005")]
    if settings.BEHIND_TLS and (parts.scheme != "https" or parts.hostname in {"127.0.0.1", "localhost"}):
        return [Warning("BEHIND_TLS is set and SITE_URL is not.", hint="SITE_URL=https://musrenbang.example.go.id", id="musrenbang.W002")]
    return []

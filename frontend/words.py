"""Words of the pages that no other room has."""

from django.utils.translation import gettext as _

from accounts.roles import Role


def speaker_word(code: str) -> str:
    """One capacity's word, without putting all of them into words; a code that is none stays as it is."""
    return str(Role(code).label) if code in Role.values else _other_speakers().get(code, code)


def speakers() -> dict[str, str]:
    """In which capacity a person speaks or acts, in the language of the page."""
    roles = {role.value: str(role.label) for role in Role}
    return {**roles, **_other_speakers()}


def _other_speakers() -> dict[str, str]:
    return {"citizen": _("citizen"), "resident": _("resident of the village"), "author": _("author"), "system": _("the platform")}

"""Words of the pages that no other room has."""

from django.utils.translation import gettext as _

from accounts.roles import Role


def speakers() -> dict[str, str]:
    """In which capacity a person speaks or acts, in the language of the page."""
    roles = {role.value: str(role.label) for role in Role}
    return {**roles, "citizen": _("citizen"), "resident": _("resident of the village"), "author": _("author"), "system": _("the platform")}

"""How allauth makes an account here: with the name that others will see."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Saves the display name with the account."""

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:  # noqa: FBT001, FBT002 - allauth's signature
        """The account with its display name; the user name stands in where none was given."""
        user.display_name = form.cleaned_data.get("display_name") or form.cleaned_data["username"]
        return super().save_user(request, user, form, commit=commit)

"""How allauth makes an account here: with the name that others will see."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from accounts.models import User
from accounts.text import plain


class AccountAdapter(DefaultAccountAdapter):
    """Saves the display name with the account."""

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:  # noqa: FBT001, FBT002 - allauth's signature
        """The account with its display name, cleaned; the user name stands in where nothing is left of it."""
        user.display_name = plain(form.cleaned_data.get("display_name", "")) or form.cleaned_data["username"]
        return super().save_user(request, user, form, commit=commit)

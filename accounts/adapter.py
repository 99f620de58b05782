"""How allauth makes an account here: with the name that others will see, and with our own sentences."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.text import plain


class AccountAdapter(DefaultAccountAdapter):
    """Saves the display name with the account; says what happened and what to do."""

    _WRONG = _("The name or the password is not right. Check capital letters, or ask for a new password.")
    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed. Ask the operator of your kabupaten."),
        "cannot_remove_primary_email": _("This address is in use. Choose another one first, then remove this one."),
        "duplicate_email": _("This address already belongs to your account."),
        "email_password_mismatch": _WRONG,
        "username_password_mismatch": _WRONG,
        "invalid_login": _WRONG,
        "email_taken": _("This address already belongs to an account. Sign in, or ask for a new password."),
        "enter_current_password": _("Write the password that you use now."),
        "incorrect_password": _("This is not your password. Try again."),
        "invalid_or_expired_key": _("This link was used already or is too old. Ask for a new one."),
        "invalid_password_reset": _("This link was used already or is too old. Ask for a new one."),
        "max_email_addresses": _("You cannot add more than %d addresses. Remove one first."),
        "too_many_login_attempts": _("Too many wrong passwords. Wait a minute, then try again."),
        "unknown_email": _("No account has this address."),
        "unverified_primary_email": _("Confirm this address first: open the link that was sent to it."),
        "username_blacklisted": _("This user name is kept for the platform. Choose another one."),
        "username_taken": _("Somebody already has this user name. Choose another one."),
        "same_as_current": _("The new one must differ from the one you have."),
        "rate_limited": _("Too many attempts. Wait a few minutes, then try again."),
    }

    def format_email_subject(self, subject: Any) -> str:
        """The subject behind the platform's name instead of the address of a machine."""
        return f"Musrenbang: {subject}"

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:  # noqa: FBT001, FBT002 - allauth's signature
        """The account with its display name, cleaned; the user name stands in where nothing is left of it."""
        user.display_name = plain(form.cleaned_data.get("display_name", "")) or form.cleaned_data["username"]
        return super().save_user(request, user, form, commit=commit)

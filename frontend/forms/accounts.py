"""Signing up and in, in our words and without placeholders that stand in for labels."""

from typing import Any

from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.utils.translation import gettext_lazy as _


def _plain(form: forms.BaseForm) -> None:
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)


class SignupForm(AllauthSignupForm):
    """Asks for the name that others will see."""

    display_name = forms.CharField(label=_("Name shown to others"), max_length=80, help_text=_("As people in your village know you."))
    field_order = ("display_name", "username", "email", "password1", "password2")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self)
        self.fields["username"].label = _("User name")
        self.fields["username"].help_text = _("For signing in. Letters, digits and . _ - without spaces.")
        self.fields["email"].label = _("E-mail address (if you have one)")
        self.fields["password1"].label = _("Password")
        self.fields["password1"].help_text = _("At least 10 characters; several words are easy to remember.")
        self.fields["password2"].label = _("The same password again")


class LoginForm(AllauthLoginForm):
    """A user name or an e-mail address, and the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self)
        self.fields["login"].label = _("User name or e-mail address")
        self.fields["password"].label = _("Password")
        self.fields["password"].help_text = ""

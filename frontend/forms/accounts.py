"""Signing up and in."""

from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.utils.translation import gettext_lazy as _


class SignupForm(AllauthSignupForm):
    """Asks for the name that others will see."""

    display_name = forms.CharField(label=_("Name shown to others"), max_length=80)


class LoginForm(AllauthLoginForm):
    """As allauth has it."""

"""Soon."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def account(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    """Soon."""
    return render(request, "base.html")


def request_residency(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    """Soon."""
    return render(request, "base.html")


def decide_residency(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    """Soon."""
    return render(request, "base.html")


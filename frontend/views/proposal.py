"""Soon."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def proposal(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    """Soon."""
    return render(request, "base.html")


def move(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    """Soon."""
    return render(request, "base.html")


def attach(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    """Soon."""
    return render(request, "base.html")


"""Soon."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def support(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    """Soon."""
    return render(request, "base.html")


def comment(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    """Soon."""
    return render(request, "base.html")


def hide(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    """Soon."""
    return render(request, "base.html")


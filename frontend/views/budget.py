"""Soon."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def ceilings(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Soon."""
    return render(request, "base.html")


def set_ceiling(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Soon."""
    return render(request, "base.html")


def publish_ceiling(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Soon."""
    return render(request, "base.html")


def request_run(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Soon."""
    return render(request, "base.html")


def run(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Soon."""
    return render(request, "base.html")


def publish_run(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Soon."""
    return render(request, "base.html")


def discard_run(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Soon."""
    return render(request, "base.html")


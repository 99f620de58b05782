"""Soon."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def region(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    """Soon."""
    return render(request, "base.html")


def search(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    """Soon."""
    return render(request, "base.html")


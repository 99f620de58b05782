"""Soon."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def new(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Soon."""
    return render(request, "base.html")


def edit(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Soon."""
    return render(request, "base.html")


def check(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Soon."""
    return render(request, "base.html")


def remove_photo(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Soon."""
    return render(request, "base.html")


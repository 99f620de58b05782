"""The officials' desk: what waits at my stage in my region."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frontend.desk import desk_view


@require_safe
@login_required
def desk(request: HttpRequest) -> HttpResponse:
    """Everything that waits for the person, and what each office is for."""
    return render(request, "work/desk.html", desk_view(request.user))

"""A table that a person takes along, as an answer over HTTP."""

from collections.abc import Iterable

from django.http import HttpResponse


def csv_file(lines: Iterable[str], name: str) -> HttpResponse:
    """UTF-8 under a file name; the lines bring their own mark."""
    answer = HttpResponse("".join(lines), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer

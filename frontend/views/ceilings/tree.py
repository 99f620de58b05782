"""The ceilings of a year, and the form that sets one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.refusals import Refusal
from budgeting import services
from frontend import figures
from frontend.answers import see_other
from frontend.ceilings.district import district_of
from frontend.ceilings.setting import desk_for, desk_of_sent
from frontend.ceilings.tree import sheet


@require_safe
def tree(request: HttpRequest) -> HttpResponse:
    """The year's ceilings as a tree, each with where its money is."""
    asked = request.GET
    found = sheet(request.user, asked.get("plan_year", ""), asked.get("wilayah", ""), asked.get("kabupaten", ""))
    return render(request, "ceilings/tree.html", {"sheet": found})


@require_http_methods(["GET", "HEAD", "POST"])
def set_ceiling(request: HttpRequest) -> HttpResponse:
    """Set a ceiling, a part of one, or change one; what is refused keeps what was typed."""
    desk = desk_of_sent(request) if request.method == "POST" else desk_for(request)
    if request.method != "POST":
        return render(request, "ceilings/set.html", {"desk": desk, "form": desk.form})
    if desk.form.is_valid():
        try:
            kept = services.set_ceiling(actor=request.user, **desk.form.as_sent())
        except Refusal as refusal:
            desk.form.refuse(refusal)
        else:
            messages.success(request, _("The ceiling is kept. A second person publishes it."))
            return redirect("ceiling", kept.pk)
    return render(request, "ceilings/set.html", {"desk": desk, "form": desk.form}, status=400)


@require_POST
def publish_parts(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish the parts that the page listed, each at the version that was seen: all of them or none."""
    seen = [text.partition(":") for text in request.POST.getlist("part")]
    versions = {figures.whole(key) or 0: figures.whole(version) or 0 for key, _sign, version in seen}
    done = services.publish_parts(actor=request.user, versions=versions)
    messages.success(request, ngettext("%(count)d part is published.", "%(count)d parts are published.", len(done)) % {"count": len(done)})
    return redirect("ceiling", pk)


@require_POST
def publish_ceiling(request: HttpRequest, pk: int) -> HttpResponse:
    """Let everybody see a ceiling."""
    version = figures.version(request.POST.get("version", ""))
    kept = services.publish_ceiling(actor=request.user, ceiling_id=pk, version=version)
    messages.success(request, _("The ceiling is published."))
    return redirect("ceiling", kept.pk)


@require_POST
def withdraw_ceiling(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away a draft that was set by mistake; what it was a part of is shown next."""
    version = figures.version(request.POST.get("version", ""))
    was = services.withdraw_ceiling(actor=request.user, ceiling_id=pk, version=version or 0)
    messages.success(request, _("The draft is withdrawn. The journal keeps what it was, and who withdrew it."))
    tree = f"{reverse('budget')}?plan_year={was.plan_year}&kabupaten={district_of(was.region_id)}"
    return redirect("ceiling", was.parent_id) if was.parent_id else see_other(tree)

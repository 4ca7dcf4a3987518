"""The register of injuries as a list, and as a file for the Labour Inspection Authority (AML § 5-1)."""

from datetime import timedelta

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tryggmote.access.errors import NotAllowed
from tryggmote.access.requests import PersonRequest
from tryggmote.organisation.models import Unit, Workforce
from tryggmote.statutory import exporting, queries
from tryggmote.statutory.forms import (
    ExportForm,
    RegisterFilter,
)
from tryggmote.ui.cursors import CURSOR, narrowed, older_url
from tryggmote.ui.dates import oslo_today
from tryggmote.ui.spreadsheets import FileKind


@require_GET
def register(request: PersonRequest) -> HttpResponse:
    """What waits for a leader, and the lines one may read. Names stand on the lines' own pages."""
    narrowing = RegisterFilter(request.GET)
    chosen = narrowing.cleaned_data if narrowing.is_valid() else {}
    page = queries.register_page(queries.injuries(**chosen), request.GET.get(CURSOR, ""))
    is_leader = request.person.is_leader
    return render(
        request,
        "statutory/register.html",
        {
            "filter": narrowing,
            "is_narrowed": any(chosen.values()),
            "waiting": queries.waiting() if is_leader else [],
            "injuries": page.injuries,
            "may_export": bool(request.person.led),
            "older_url": older_url(request, page.older),
            "is_first_page": CURSOR not in request.GET,
            "newest_url": narrowed(request),
        },
    )


@require_http_methods(["GET", "POST"])
def export(request: PersonRequest) -> HttpResponse:
    """A file of the register for the Labour Inspection Authority, made by the leader of the unit."""
    units = _units_led(request)
    if not request.person.led:
        raise NotAllowed(_("Bare en leder for enheten kan hente ut registeret."))
    today = oslo_today()
    initial = {"unit": units[0].id if len(units) == 1 else None, "from_on": today - timedelta(days=365)}
    form = ExportForm(request.POST or None, units=units, initial=initial | {"to_on": today})
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        kind = FileKind(request.POST.get("kind", "") or FileKind.XLSX)
        lines = exporting.lines_of(by=request.person, **asked)
        return HttpResponse(
            exporting.file_of(lines, kind),
            content_type=kind.content_type,
            headers={"Content-Disposition": f'attachment; filename="{exporting.file_name(asked, kind)}"'},
        )
    return render(request, "statutory/export.html", {"form": form}, status=422 if form.is_bound else 200)


def _units_led(request: PersonRequest) -> QuerySet[Unit]:
    led = Workforce.objects.filter(id__in=request.person.led).values("unit_id")
    return Unit.objects.filter(id__in=led).order_by("sort_key")

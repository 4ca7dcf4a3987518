"""The pages of residual risk: the list, declaring, reading and confirming, withdrawing (3.0)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggmote.access.requests import PersonRequest
from tryggmote.notices.services import mark_seen_about
from tryggmote.organisation.standing import standing_in
from tryggmote.residual import queries, services
from tryggmote.residual.cells import cells_of
from tryggmote.residual.forms import WithdrawForm
from tryggmote.residual.models import Record
from tryggmote.residual.pages import own_unit, record_or_404, unit_or_404, write_form, write_page
from tryggmote.residual.rules import may_read_draft, may_write
from tryggmote.residual.services import Subject

A_PAGE = 25


@require_GET
def own_records(request: PersonRequest) -> HttpResponse:
    """The residual risk of the chosen unit."""
    return _records(request, own_unit(request))


@require_GET
def records_of(request: PersonRequest, unit_id: int) -> HttpResponse:
    """The residual risk of another unit whose documents one may read."""
    return _records(request, unit_id)


def _records(request: PersonRequest, unit_id: int) -> HttpResponse:
    unit, standing = unit_or_404(unit_id)
    shows_withdrawn = request.GET.get("vis") == "trukket"
    found = queries.records_in(unit_id, withdrawn=shows_withdrawn)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "unit": unit,
        "page_obj": page,
        "lines": queries.lines_of(list(page.object_list)),
        "shows_withdrawn": shows_withdrawn,
        "leads": may_write(standing),
    }
    return render(request, "residual/records.html", context)


@require_http_methods(["GET", "POST"])
def new(request: PersonRequest, unit_id: int) -> HttpResponse:
    """A leader declares that something cannot be done: an element of the matrix, or something else."""
    unit, _standing = unit_or_404(unit_id)
    services.refuse_unless_leader(unit_id)
    subject = _subject(request, unit_id)
    if subject and (there := queries.living_record(unit_id, subject.element, subject.form)):
        return redirect(there)
    about = Record(unit=unit, element=subject.element, form=subject.form) if subject else None
    form = write_form(request, unit_id=unit_id, form=subject.form if subject else "", about=about)
    if request.method == "POST" and form.is_valid():
        declared = services.declare(
            by=request.person, unit_id=unit_id, subject=subject or form.subject(), written=form.written()
        )
        messages.success(request, _("Utkastet er lagret. Verneombudet er bedt om å uttale seg."))
        return redirect(declared.draft_url)
    draft_key = f"{unit_id}-{subject.element}-{subject.form}" if subject else f"{unit_id}"
    return write_page(request, form, unit=unit, about=about, draft_key=draft_key)


def _subject(request: PersonRequest, unit_id: int) -> Subject | None:
    """The element and the meeting form that the address names. Raises: Http404 for what the unit has not."""
    element, form = request.GET.get("element", ""), request.GET.get("moteform", "")
    if not element and not form:
        return None
    if (element, form) not in cells_of(unit_id):
        raise Http404
    return Subject(element=element, form=form)


@require_GET
def record(request: PersonRequest, record_id: UUID) -> HttpResponse:
    """What stands: why it cannot be done, what is done instead, who knows of it."""
    return _show(request, record_or_404(record_id))


def _show(
    request: PersonRequest, found: Record, *, withdraw_form: WithdrawForm | None = None
) -> HttpResponse:
    standing = standing_in(found.unit_id)
    if found.in_force_number is None and not found.withdrawn_at:
        return redirect(found.draft_url)
    mark_seen_about(subject_id=found.id)
    versions = queries.versions_of(found)
    approved = [version for version in versions if version.approved_at]
    context: dict[str, Any] = {
        "record": found,
        "standing": approved[0] if approved else None,
        "earlier": approved[1:],
        "draft": next((version for version in versions if not version.approved_at), None),
        "leads": may_write(standing),
        "watches": may_read_draft(standing),
    }
    if approved:
        context["measures"] = queries.making_up(approved[0])
        context["said"] = queries.heard_on(approved[0])
        context["known"] = queries.known_of(approved[0], request.person.id)
    if may_write(standing) and not found.withdrawn_at:
        context["withdraw_form"] = withdraw_form or WithdrawForm(auto_id="withdraw_%s")
    return render(request, "residual/record.html", context, status=422 if withdraw_form else 200)


@require_POST
def confirm(request: PersonRequest, record_id: UUID) -> HttpResponse:
    """Whoever it concerns confirms that they know of it."""
    found = record_or_404(record_id)
    services.confirm(by=request.person, record=found)
    messages.success(request, _("Takk. Det er registrert at du har lest det."))
    return redirect(found)


@require_POST
def withdraw(request: PersonRequest, record_id: UUID) -> HttpResponse:
    """A leader says that it holds no longer."""
    found = record_or_404(record_id)
    services.refuse_unless_leader(found.unit_id)
    form = WithdrawForm(request.POST, auto_id="withdraw_%s")
    if not form.is_valid():
        return _show(request, found, withdraw_form=form)
    services.withdraw(
        by=request.person,
        record=found,
        withdrawal_id=form.cleaned_data["id"],
        reason=form.cleaned_data["reason"],
    )
    messages.success(request, _("Restrisikoen er trukket tilbake. Er det ikke på plass, mangler det nå."))
    return redirect("residual:records_of", found.unit_id)

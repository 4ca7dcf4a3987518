"""The pages of police reports. Which there are is decided by the database; opening one is logged."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggmote.access.reading import log_read, reads_of
from tryggmote.access.requests import PersonRequest
from tryggmote.exhibits.queries import exhibits_of
from tryggmote.incidents.models import Incident
from tryggmote.incidents.rules import involved
from tryggmote.police import document, queries, services
from tryggmote.police.forms import AccountForm, DecisionForm, FiledForm, NewsForm
from tryggmote.police.guidance import guidance
from tryggmote.police.models import Account
from tryggmote.police.rules import may_decide, may_tell, possible_after
from tryggmote.police.vocabulary import NEWS, Deed

PAGE_SIZE = 25


@require_GET
def matters(request: PersonRequest) -> HttpResponse:
    """Where each matter one sees stands."""
    is_open = request.GET.get("alle") != "1"
    found = Paginator(queries.matters(is_open=is_open), PAGE_SIZE)
    return render(
        request,
        "police/matters.html",
        {"page_obj": found.get_page(request.GET.get("page")), "is_open": is_open},
    )


@require_GET
def matter(request: PersonRequest, incident_id: UUID) -> HttpResponse:
    """One matter: what is decided, what is next, and what has been heard."""
    return _matter(request, _incident(incident_id))


@require_POST
def decide(request: PersonRequest, incident_id: UUID) -> HttpResponse:
    """The leader decides whether to report."""
    incident, form = _incident(incident_id), DecisionForm(request.POST)
    if not form.is_valid():
        return _matter(request, incident, decision=form, status=422)
    services.decide(by=request.person, incident=incident, **form.decision())
    messages.success(request, _("Avgjørelsen er lagret."))
    return redirect("police:matter", incident.id)


@require_POST
def file(request: PersonRequest, incident_id: UUID) -> HttpResponse:
    """The report has been sent."""
    incident = _incident(incident_id)
    form = FiledForm(request.POST, exhibits=exhibits_of(incident))
    if not form.is_valid():
        return _matter(request, incident, filed=form, status=422)
    services.file_report(by=request.person, incident=incident, **form.filing())
    messages.success(request, _("Anmeldelsen er registrert som sendt."))
    return redirect("police:matter", incident.id)


@require_POST
def news(request: PersonRequest, incident_id: UUID) -> HttpResponse:
    """Something was heard from the police."""
    incident, form = _incident(incident_id), NewsForm(request.POST)
    if not form.is_valid():
        return _matter(request, incident, news_form=form, status=422)
    services.record_news(by=request.person, incident=incident, **form.news())
    messages.success(request, _("Det er lagret."))
    return redirect("police:matter", incident.id)


@require_http_methods(["GET", "POST"])
def account(request: PersonRequest, incident_id: UUID) -> HttpResponse:
    """What happened, as the police need it."""
    incident = _incident(incident_id)
    latest = queries.latest_account(incident)
    if request.method == "GET":
        return _account(request, incident, _account_form(latest, incident))
    form = AccountForm(request.POST)
    if not form.is_valid():
        return _account(request, incident, form, status=422)
    if latest and latest.id not in (form.cleaned_data["based_on"], form.cleaned_data["id"]):
        form.show_conflict(latest.by.name, latest.id)
        return _account(request, incident, form, theirs=latest, status=422)
    services.tell_what_happened(
        by=request.person, incident=incident, account_id=form.cleaned_data["id"], told=form.told()
    )
    messages.success(request, _("Grunnlaget er lagret."))
    return redirect("police:matter", incident.id)


@require_GET
def printed(request: PersonRequest, incident_id: UUID) -> HttpResponse:
    """The document for the police, to be printed or copied."""
    incident = _incident(incident_id)
    found = queries.matter_of(incident)
    form = document.form_of_norwegian(request.GET.get("mal", ""), request.person.language)
    log_read(request.person, services.READ_LOG_KIND, incident.id)
    return render(
        request,
        "police/document.html",
        {
            "incident": incident,
            "account": found.account,
            "form_of_norwegian": form,
            "document": document.drawn(found, exhibits_of(incident), form, request.person.name),
        },
    )


def _incident(incident_id: UUID) -> Incident:
    return get_object_or_404(queries.incident_in_full(incident_id))


def _matter(
    request: PersonRequest,
    incident: Incident,
    *,
    decision: DecisionForm | None = None,
    filed: FiledForm | None = None,
    news_form: NewsForm | None = None,
    status: int = 200,
) -> HttpResponse:
    person = request.person
    log_read(person, services.READ_LOG_KIND, incident.id)
    found, exhibits = queries.matter_of(incident), exhibits_of(incident)
    context: dict[str, Any] = {
        "matter": found,
        "incident": incident,
        "exhibits": exhibits,
        "decides": may_decide(person, incident),
        "tells": may_tell(person, incident),
        "law": guidance().law,
    }
    if context["decides"]:
        possible = possible_after(found.state)
        if Deed.REPORT in possible:
            context["decision"] = decision or DecisionForm()
        if Deed.FILED in possible:
            context["filed"] = filed or FiledForm(exhibits=exhibits)
        if possible is NEWS:
            context["news_form"] = news_form or NewsForm()
    if person.id in involved(incident) or incident.safety_area_id in person.areas:
        context["readers"] = reads_of(services.READ_LOG_KIND, incident.id)
    return render(request, "police/matter.html", context, status=status)


def _account_form(latest: Account | None, incident: Incident) -> AccountForm:
    if latest is None:
        # What was reported is where the account begins; nobody should write it twice.
        return AccountForm(initial={"course": incident.what_happened})
    fields = ("channel", "exact_words", "course", "witnesses", "harm")
    return AccountForm(initial={"based_on": latest.id, **{name: getattr(latest, name) for name in fields}})


def _account(
    request: PersonRequest,
    incident: Incident,
    form: AccountForm,
    *,
    theirs: Account | None = None,
    status: int = 200,
) -> HttpResponse:
    log_read(request.person, services.READ_LOG_KIND, incident.id)
    if not may_tell(request.person, incident):
        return redirect("police:matter", incident.id)
    return render(
        request,
        "police/account.html",
        {"incident": incident, "form": form, "theirs": theirs},
        status=status,
    )

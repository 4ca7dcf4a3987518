"""The pages of incidents (requirement 2.4). Which incidents there are is decided by the database."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggmote.access.ids import new_id
from tryggmote.access.reading import reads_of
from tryggmote.access.requests import PersonRequest
from tryggmote.incidents import queries, services
from tryggmote.incidents.consequence_rules import consequence_rules
from tryggmote.incidents.export_mappings import mappings_for
from tryggmote.incidents.forms import IncidentFilter, LevelForm, ReplyForm, ReportForm
from tryggmote.incidents.guide import panels_for
from tryggmote.incidents.guiding import guide_of
from tryggmote.incidents.kept import deleted_from, nearness
from tryggmote.incidents.linking_queries import beside, later_links_of
from tryggmote.incidents.models import Incident
from tryggmote.incidents.rules import answer_by, involved, may_handle, read_by
from tryggmote.incidents.step_forms import StepForm, described
from tryggmote.incidents.vocabulary import Status
from tryggmote.risk.hazard_queries import hazard_from
from tryggmote.risk.vocabulary import Source
from tryggmote.ui.cursors import CURSOR, narrowed, older_url
from tryggmote.ui.templatetags.ui import when


@require_GET
def incident_list(request: PersonRequest) -> HttpResponse:
    """The incidents one sees, with filters."""
    narrowing = IncidentFilter(request.GET)
    chosen = narrowing.cleaned_data if narrowing.is_valid() else {}
    found = queries.incidents(**chosen)
    page = queries.list_page(found, request.GET.get(CURSOR, ""))
    counts = queries.counts(found)
    return render(
        request,
        "incidents/list.html",
        {
            "filter": narrowing,
            "is_narrowed": any(chosen.values()),
            "rows": [_row(incident) for incident in page.incidents],
            "total": counts["total"],
            "is_more": counts["total"] == queries.COUNT_UP_TO,
            "statuses": [
                {"label": status.label, "count": counts[status], "url": narrowed(request, status=status)}
                for status in Status
                if counts[status]
            ],
            "older_url": older_url(request, page.older),
            "is_first_page": CURSOR not in request.GET,
            "newest_url": narrowed(request),
        },
    )


def _row(incident: Incident) -> dict[str, object]:
    """A row of the list. Flat: following attributes through models costs a template half the row."""
    assessed = incident.assessed
    return {
        "url": incident.get_absolute_url(),
        "what": ", ".join(incident.nature_words),
        "happened_at": incident.happened_at,
        "where": f"{incident.form_word}, {incident.workforce.unit.name}",
        "felt": incident.experienced_word,
        "assessed": f"{assessed.number} – {assessed.word}" if assessed else "",
        "status": incident.status,
    }


@require_http_methods(["GET", "POST"])
def report(request: PersonRequest) -> HttpResponse:
    """Three answers, and leader and safety representative know."""
    colleagues = queries.colleagues_to_report_for(request.person)
    if request.method == "GET":
        beginning = queries.report_to_begin_with(request.GET.get("check", ""))
        form = ReportForm(initial=beginning, colleagues=colleagues)
        return render(
            request, "incidents/report.html", {"form": form, "is_prefilled": "check_id" in beginning}
        )
    form = ReportForm(request.POST, colleagues=colleagues)
    if not form.is_valid():
        return render(request, "incidents/report.html", {"form": form}, status=422)
    incident = services.report_incident(by=request.person, report=form.report())
    return redirect("incidents:received", incident.id)


@require_GET
def received(request: PersonRequest, incident_id: UUID) -> HttpResponse:
    """What happens now: for the one who has just reported."""
    incident = get_object_or_404(queries.incident_in_full(incident_id), reporter_id=request.person.id)
    return render(
        request,
        "incidents/received.html",
        {
            "story": queries.story_of(incident),
            "read_by": read_by(incident.created_at),
            "answer_by": answer_by(incident.created_at),
        },
    )


@require_GET
def detail(request: PersonRequest, incident_id: UUID) -> HttpResponse:
    """One incident. When a leader or safety representative opens it, that is the receipt."""
    return show_incident(request, get_object_or_404(queries.incident_in_full(incident_id)))


@require_POST
def answer(request: PersonRequest, incident_id: UUID) -> HttpResponse:
    """The leader answers the one who reported."""
    incident = get_object_or_404(queries.incident_in_full(incident_id))
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return show_incident(request, incident, reply_form=form, status=422)
    reply_id, text = form.reply()
    services.answer_reporter(by=request.person, incident=incident, reply_id=reply_id, text=text)
    messages.success(request, _("Svaret er sendt."))
    return redirect(incident)


@require_POST
def assess(request: PersonRequest, incident_id: UUID) -> HttpResponse:
    """The leader sets a level."""
    incident = get_object_or_404(queries.incident_in_full(incident_id))
    form = LevelForm(request.POST)
    if not form.is_valid():
        return show_incident(request, incident, level_form=form, status=422)
    services.assess_level(by=request.person, incident=incident, **form.assessment())
    messages.success(request, _("Nivået er lagret."))
    return redirect(incident)


def show_incident(
    request: PersonRequest,
    incident: Incident,
    *,
    reply_form: ReplyForm | None = None,
    level_form: LevelForm | None = None,
    step_form: StepForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of one incident, with forms as they were sent when something in them must be put right."""
    person = request.person
    # Whatever led here, the text is on the screen now: that is a reading, and perhaps the receipt.
    services.open_incident(by=person, incident=incident)
    handles = may_handle(person, incident)
    is_own = person.id in involved(incident)
    classification = queries.latest_classification(incident)
    context: dict[str, Any] = {
        "story": queries.story_of(incident),
        "guide": guide_of(incident, opened=_opened(reply_form, level_form), broken=step_form),
        "asks_for": [rule.title for rule in consequence_rules().at_level(incident.assessed_level or 0)],
        "classification": classification,
        "described": described(classification) if classification else [],
        "panels": panels_for(incident, person),
        "later_links": later_links_of(incident),
        "incident": incident,
        "facts": _facts(incident),
        "handles": handles,
        "is_own": is_own,
        "read_by": read_by(incident.created_at),
        "answer_by": answer_by(incident.created_at),
        "kept": _kept(incident),
        "hazard": hazard_from(Source.INCIDENT, incident.id),
    }
    if handles:
        context["together"] = beside(incident, person)
        context["mappings"] = mappings_for(incident.workforce.employer.code)
        context["reply_form"] = reply_form or ReplyForm(initial={"id": new_id()})
        context["level_form"] = level_form or LevelForm(
            initial={"id": new_id(), "level": incident.assessed_level}
        )
    if is_own or incident.safety_area_id in person.areas:
        context["readers"] = reads_of(services.READ_LOG_KIND, incident.id)
    return render(request, "incidents/detail.html", context, status=status)


def _kept(incident: Incident) -> dict[str, object]:
    day = deleted_from("incident", timezone.localdate(incident.created_at))
    return {"deleted_from": day, "nearness": nearness(day, timezone.localdate())}


def _opened(reply_form: ReplyForm | None, level_form: LevelForm | None) -> list[str]:
    return [code for code, form in (("answer", reply_form), ("level", level_form)) if form is not None]


def _facts(incident: Incident) -> list[tuple[str, object]]:
    facts: list[tuple[str, object]] = [
        (_("Skjedde"), when(incident.happened_at)),
        (_("Hvor"), ", ".join(filter(None, [incident.get_form_display(), incident.place]))),
        (_("Hvem det gjelder"), incident.exposed.name if incident.exposed else incident.get_about_display()),
        (_("Meldt av"), incident.reporter.name),
        (_("Meldt"), when(incident.created_at)),
    ]
    if incident.immediate_help:
        facts.append((_("Hjelp med en gang"), incident.get_immediate_help_display()))
    if incident.words_only:
        facts.append((_("Ord eller handling"), _("«Bare ord»")))
    if incident.outside_work:
        facts.append((_("Arbeidstid"), _("Utenfor jobb")))
    return facts

"""The pages of the register of injuries (AML § 5-1) and of the report to NAV (folketrygdloven § 13-14)."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.reading import log_read, reads_of
from tryggmote.access.requests import PersonRequest
from tryggmote.incidents.kept import deleted_from
from tryggmote.incidents.models import Incident
from tryggmote.incidents.rules import may_handle
from tryggmote.notices.services import mark_seen_about_any
from tryggmote.organisation.models import Person, Unit, UnitKind, Workforce
from tryggmote.statutory import exporting, queries, registering, reporting
from tryggmote.statutory.forms import (
    NO,
    YES,
    ConsentForm,
    DecisionForm,
    ExportForm,
    InjuryForm,
    NoInjuryForm,
    RegisterFilter,
    SendingForm,
)
from tryggmote.statutory.legal_data import Recipient, legal_data
from tryggmote.statutory.models import Injury, ReportDecision, ReportSending
from tryggmote.statutory.rules import Line, claim_lost_on, recipients_for
from tryggmote.statutory.texts import report_text
from tryggmote.statutory.vocabulary import Addressee
from tryggmote.ui.cursors import CURSOR, narrowed, older_url
from tryggmote.ui.dates import day, oslo_today
from tryggmote.ui.forms import SentOnce


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
            "waiting": list(queries.waiting()) if is_leader else [],
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
        kind = exporting.FileKind(request.POST.get("kind", "") or exporting.FileKind.XLSX)
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


@require_http_methods(["GET", "POST"])
def enter(request: PersonRequest, incident_id: UUID) -> HttpResponse:
    """The leader enters an injury from an incident, or says that there was none."""
    incident = _incident(request, incident_id)
    form = InjuryForm(
        request.POST or None,
        people=_involved(incident),
        initial=_entered_before(incident, request.GET.get("person", "")),
        auto_id="injury_%s",
    )
    if request.method == "POST" and form.is_valid():
        injury = registering.enter_injury(by=request.person, incident=incident, entry=form.entry())
        messages.success(request, _("Lagret. Den som er skadet, har fått beskjed om at skaden er ført."))
        return redirect(injury)
    return _entering(request, incident, form, NoInjuryForm(auto_id="none_%s"))


@require_POST
def no_injury(request: PersonRequest, incident_id: UUID) -> HttpResponse:
    """Nobody was injured."""
    incident = _incident(request, incident_id)
    form = NoInjuryForm(request.POST, auto_id="none_%s")
    if not form.is_valid():
        return _entering(request, incident, InjuryForm(people=_involved(incident), auto_id="injury_%s"), form)
    registering.declare_no_injury(
        by=request.person,
        incident=incident,
        declaration_id=form.cleaned_data["id"],
        reason=form.cleaned_data["reason"],
    )
    messages.success(request, _("Lagret. Viser det seg en skade senere, kan du føre den da."))
    return redirect(incident)


def _incident(request: PersonRequest, incident_id: UUID) -> Incident:
    """The incident, for a leader who may handle it."""
    found = Incident.objects.select_related("reporter", "exposed", "workforce__unit", "workforce__employer")
    incident = get_object_or_404(found, id=incident_id)
    if not may_handle(request.person, incident):
        raise NotAllowed(
            _("Bare en leder som ikke selv er en del av hendelsen, kan føre skader."),
            who_can_help=_("Nærmeste leder for den det gjelder, eller neste leder."),
        )
    return incident


def _entered_before(incident: Incident, injured_id: str) -> dict[str, Any]:
    """What is said already of the one whose line is put right."""
    lines = (line for line in queries.injuries_of(incident.id) if str(line.injured_id) == injured_id)
    line = next(lines, None)
    return {"injured": line.injured_id, "kinds": line.kinds, "absence": line.absence} if line else {}


def _involved(incident: Incident) -> list[Person]:
    people = [incident.exposed, incident.reporter] if incident.exposed else [incident.reporter]
    return list({person.id: person for person in people}.values())


def _entering(
    request: PersonRequest, incident: Incident, form: InjuryForm, none_form: NoInjuryForm
) -> HttpResponse:
    context = {
        "incident": incident,
        "form": form,
        "none_form": none_form,
        "entered": queries.injuries_of(incident.id),
        "none": queries.no_injury_in(incident.id),
    }
    is_wrong = form.is_bound or none_form.is_bound
    return render(request, "statutory/enter.html", context, status=422 if is_wrong else 200)


@require_GET
def injury(request: PersonRequest, injury_id: UUID) -> HttpResponse:
    """A line of the register, with what those who handle it, and the injured, see besides."""
    return _show(request, _find(injury_id))


@require_POST
def consent(request: PersonRequest, injury_id: UUID) -> HttpResponse:
    """The injured lets the register hold medical information."""
    found = _find(injury_id)
    form = ConsentForm(request.POST, auto_id="consent_%s")
    if not form.is_valid():
        return _show(request, found, consent_form=form)
    registering.give_consent(
        by=request.person, injury=found, consent_id=form.cleaned_data["id"], text=form.cleaned_data["text"]
    )
    messages.success(request, _("Lagret. Du kan trekke det tilbake når du vil."))
    return redirect(found)


@require_POST
def withdraw(request: PersonRequest, injury_id: UUID) -> HttpResponse:
    """The injured takes the consent back."""
    found = _find(injury_id)
    registering.withdraw_consent(by=request.person, injury=found, consent_id=_sent_id(request))
    messages.success(request, _("Samtykket er trukket tilbake, og teksten er slettet."))
    return redirect(found)


@require_POST
def decide(request: PersonRequest, injury_id: UUID) -> HttpResponse:
    """The leader decides whether it is reported as an occupational injury."""
    found = _find(injury_id)
    form = DecisionForm(request.POST, auto_id="decision_%s")
    if not form.is_valid():
        return _show(request, found, decision_form=form)
    decided = reporting.decide_report(by=request.person, injury=found, **form.decision())
    if decided.is_due:
        messages.success(request, _("Lagret. Send skademeldingen så snart dere kan."))
    else:
        messages.success(request, _("Lagret. Du kan bestemme noe annet hvis dere får vite mer."))
    return redirect(f"{found.get_absolute_url()}#yrkesskade")


@require_POST
def sent(request: PersonRequest, injury_id: UUID) -> HttpResponse:
    """The report was sent."""
    found = _find(injury_id)
    recipients = recipients_for(_line_of(found))
    form = SendingForm(request.POST, recipients=recipients, auto_id="sending_%s")
    if not form.is_valid():
        return _show(request, found, sending_form=form)
    reporting.record_sending(by=request.person, injury=found, sending=form.sending())
    messages.success(request, _("Lagret."))
    return redirect(f"{found.get_absolute_url()}#yrkesskade")


def _sent_id(request: PersonRequest) -> UUID:
    form = SentOnce(request.POST)
    if not form.is_valid():
        raise NotPossible(_("Skjemaet kom ikke helt fram. Åpne siden på nytt, og prøv igjen."))
    sent_id: UUID = form.cleaned_data["id"]
    return sent_id


def _find(injury_id: UUID) -> Injury:
    return get_object_or_404(queries.injury_in_full(injury_id))


def _line_of(found: Injury) -> Line:
    is_state = found.workforce.employer.kind == UnitKind.DIRECTORATE
    return Line.STATE if is_state else Line.MUNICIPAL


@dataclass(frozen=True)
class ToSend:
    """Somebody who receives the report, what was sent, and the form that records it."""

    recipient: Recipient
    sending: ReportSending | None
    form: SendingForm


def _show(
    request: PersonRequest,
    found: Injury,
    *,
    consent_form: ConsentForm | None = None,
    decision_form: DecisionForm | None = None,
    sending_form: SendingForm | None = None,
) -> HttpResponse:
    person = request.person
    log_read(person, registering.READ_LOG_KIND, found.id)
    incident = Incident.objects.filter(id=found.incident_id).first()
    handles = incident is not None and may_handle(person, incident)
    is_own = found.injured_id == person.id
    context: dict[str, Any] = {
        "injury": found,
        "facts": _facts(found),
        "incident": incident,
        "handles": handles,
        "is_own": is_own,
        "consent": queries.latest_consent(found.id),
        "medical": queries.medical_detail_of(found.id),
        "follows_report": is_own or handles,
    }
    if is_own:
        context |= {
            "consent_form": consent_form or ConsentForm(auto_id="consent_%s"),
            "sent_once": SentOnce(),
        }
    if is_own or found.safety_area_id in person.areas:
        context["readers"] = reads_of(registering.READ_LOG_KIND, found.id)
    if context["follows_report"]:
        context |= _report(found, incident, decision_form, sending_form)
    mark_seen_about_any(subject_ids=[found.id, *queries.told_about(found.id)])
    is_wrong = any((consent_form, decision_form, sending_form))
    return render(request, "statutory/injury.html", context, status=422 if is_wrong else 200)


def _report(
    found: Injury,
    incident: Incident | None,
    decision_form: DecisionForm | None,
    sending_form: SendingForm | None,
) -> dict[str, Any]:
    decided = queries.latest_decision(found.id)
    sendings = queries.latest_sendings(found.id)
    text = report_text(found, incident) if incident else ""
    recipients = recipients_for(_line_of(found))
    return {
        "report_source": legal_data().report.source,
        "decided": decided,
        "grounds": _in_words(decided),
        "decision_form": decision_form or _deciding(decided),
        "recipients": [_to_send(one, recipients, sendings, sending_form) for one in recipients],
        "is_sent": Addressee.NAV in sendings,
        "report_text": text,
        "report_rows": text.count("\n") + 2,
        "claim_lost_on": claim_lost_on(found.happened_on),
        "limit_has_passed": claim_lost_on(found.happened_on) < oslo_today(),
    }


def _to_send(
    recipient: Recipient,
    recipients: list[Recipient],
    sendings: dict[str, ReportSending],
    wrong: SendingForm | None,
) -> ToSend:
    if wrong is not None and wrong.data.get("to") == recipient.code:
        return ToSend(recipient, sendings.get(recipient.code), wrong)
    initial = {"to": recipient.code, "sent_on": oslo_today()}
    form = SendingForm(recipients=recipients, initial=initial, auto_id=f"{recipient.code}_%s")
    return ToSend(recipient, sendings.get(recipient.code), form)


def _deciding(decided: ReportDecision | None) -> DecisionForm:
    initial: dict[str, Any] = {}
    if decided:
        answer = YES if decided.is_due else NO
        initial = {"holds": decided.grounds, "answer": answer, "reason": decided.reason}
    return DecisionForm(initial=initial, auto_id="decision_%s")


def _in_words(decided: ReportDecision | None) -> list[str]:
    held = set(decided.grounds) if decided else set()
    return [str(ground.says) for ground in legal_data().report.grounds if ground.code in held]


def _facts(found: Injury) -> list[tuple[str, object]]:
    return [
        (_("Den skadede"), found.injured.name),
        (_("Arbeidsgiver"), found.workforce.employer.name),
        (_("Arbeidssted"), found.workforce.unit.name),
        (_("Skjedde"), found.happened_on),
        (_("Hva slags skade"), found.kind_words),
        (_("Årsak"), found.cause_words),
        (_("Situasjon"), found.get_form_display()),
        (_("Fravær"), found.get_absence_display()),
        (_("Ført av"), found.by.name),
        (_("Slettes"), day(deleted_from("injury", found.happened_on))),
    ]

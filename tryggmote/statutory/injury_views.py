"""A line of the register of injuries (AML § 5-1), with the report to NAV (folketrygdloven § 13-14)."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tryggmote.access.errors import NotPossible
from tryggmote.access.reading import log_read, reads_of
from tryggmote.access.requests import PersonRequest
from tryggmote.incidents.kept import deleted_from
from tryggmote.incidents.models import Incident
from tryggmote.incidents.rules import may_handle
from tryggmote.notices.services import mark_seen_about_any
from tryggmote.organisation.models import UnitKind
from tryggmote.statutory import queries, registering, reporting
from tryggmote.statutory.forms import (
    NO,
    YES,
    ConsentForm,
    DecisionForm,
    SendingForm,
)
from tryggmote.statutory.legal_data import Recipient, legal_data
from tryggmote.statutory.models import Injury, ReportDecision, ReportSending
from tryggmote.statutory.rules import Line, claim_lost_on, recipients_for
from tryggmote.statutory.texts import report_text
from tryggmote.statutory.vocabulary import Addressee
from tryggmote.ui.dates import day, oslo_today
from tryggmote.ui.forms import SentOnce


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

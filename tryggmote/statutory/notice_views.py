"""The page that guides a leader through notice of death or serious injury (AML § 5-2)."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tryggmote.access.reading import log_read
from tryggmote.access.requests import PersonRequest
from tryggmote.incidents.models import Incident, Recipient
from tryggmote.incidents.rules import may_handle
from tryggmote.incidents.services import READ_LOG_KIND
from tryggmote.notices.services import mark_seen_about_any
from tryggmote.organisation.models import Person
from tryggmote.statutory import notifying, queries
from tryggmote.statutory.forms import NO, YES, CallForm, ConfirmationForm, CopyForm, JudgementForm
from tryggmote.statutory.legal_data import Authority, legal_data
from tryggmote.statutory.models import Judgement, NoticeAct
from tryggmote.statutory.rules import is_notice_complete, may_read_notice
from tryggmote.statutory.texts import WRITTEN_IN, confirmation_text
from tryggmote.statutory.vocabulary import CALLS, NoticeStep

LANGUAGE = "mal"


@dataclass(frozen=True)
class CallToMake:
    """An authority, the call that was made if any, and the form that records or corrects it.

    `is_next`: whether it is the one to call now.
    """

    authority: Authority
    act: NoticeAct | None
    form: CallForm
    is_next: bool


@require_GET
def notice(request: PersonRequest, incident_id: UUID) -> HttpResponse:
    """Does it count, whom to call now, what to write, who gets a copy."""
    return _show(request, _find(request, incident_id))


@require_POST
def judge(request: PersonRequest, incident_id: UUID) -> HttpResponse:
    """The leader judges whether notice is due."""
    incident = _find(request, incident_id)
    form = JudgementForm(request.POST, auto_id="judgement_%s")
    if not form.is_valid():
        return _show(request, incident, judgement_form=form)
    judged = notifying.judge_notice(by=request.person, incident=incident, **form.judgement())
    if judged.must_notify:
        messages.warning(request, _("Ring nå. Skriv ned når du ringte."))
    else:
        messages.success(request, _("Vurderingen er lagret. Du kan endre den når du vet mer."))
    return redirect(queries.notice_url(incident.id))


@require_POST
def called(request: PersonRequest, incident_id: UUID) -> HttpResponse:
    """An authority was called: one tap, or the correction of one."""
    incident = _find(request, incident_id)
    form = CallForm(request.POST, callers=_callers(request, incident), auto_id="call_%s")
    if not form.is_valid():
        return _show(request, incident, call_form=form)
    notifying.record_call(by=request.person, incident=incident, call=form.call())
    messages.success(request, _("Lagret. Du kan rette klokkeslettet og legge til saksnummer."))
    return redirect(f"{queries.notice_url(incident.id)}#ring")


@require_POST
def confirm(request: PersonRequest, incident_id: UUID) -> HttpResponse:
    """The written confirmation was sent."""
    incident = _find(request, incident_id)
    form = ConfirmationForm(request.POST, auto_id="confirmation_%s")
    if not form.is_valid():
        return _show(request, incident, confirmation_form=form)
    notifying.confirm_in_writing(
        by=request.person,
        incident=incident,
        act_id=form.cleaned_data["id"],
        text=form.cleaned_data["text"],
        sent_at=form.cleaned_data["done_at"],
    )
    messages.success(request, _("Bekreftelsen er lagret."))
    return redirect(f"{queries.notice_url(incident.id)}#kopi")


@require_POST
def copied(request: PersonRequest, incident_id: UUID) -> HttpResponse:
    """The safety representative was given the copy by hand."""
    incident = _find(request, incident_id)
    form = CopyForm(request.POST, auto_id="copy_%s")
    if not form.is_valid():
        return _show(request, incident, copy_form=form)
    notifying.record_copy(
        by=request.person,
        incident=incident,
        act_id=form.cleaned_data["id"],
        done_at=form.cleaned_data["done_at"],
    )
    messages.success(request, _("Lagret."))
    return redirect(f"{queries.notice_url(incident.id)}#kopi")


def _find(request: PersonRequest, incident_id: UUID) -> Incident:
    found = Incident.objects.select_related("reporter", "exposed", "workforce__unit", "workforce__employer")
    incident = get_object_or_404(found, id=incident_id)
    if not may_read_notice(request.person, incident):
        raise Http404
    return incident


def _callers(request: PersonRequest, incident: Incident) -> QuerySet[Person]:
    """Whoever else was told of the incident and may have called."""
    told = Recipient.objects.filter(incident=incident).values("person_id")
    return Person.objects.filter(Q(id__in=told), ~Q(id=request.person.id)).order_by("sort_key")


def _show(
    request: PersonRequest,
    incident: Incident,
    *,
    judgement_form: JudgementForm | None = None,
    call_form: CallForm | None = None,
    confirmation_form: ConfirmationForm | None = None,
    copy_form: CopyForm | None = None,
) -> HttpResponse:
    log_read(request.person, READ_LOG_KIND, incident.id)
    judged = queries.latest_judgement(incident.id)
    acts = queries.latest_acts(incident.id)
    mark_seen_about_any(subject_ids=[act.id for act in acts.values()])
    context: dict[str, Any] = {
        "incident": incident,
        "rules": legal_data().notice,
        "judged": judged,
        "criteria": _in_words(judged),
        "confirmation": acts.get(NoticeStep.CONFIRMED),
        "copy": acts.get(NoticeStep.COPIED),
        "are_called": set(CALLS.values()) <= set(acts),
        "is_complete": is_notice_complete(acts),
        "handles": may_handle(request.person, incident),
    }
    context["calls"] = _calls(request, incident, acts, call_form)
    if context["handles"]:
        context |= {
            "judgement_form": judgement_form or _judging(judged),
            "confirmation_form": confirmation_form or _confirming(request, incident, acts),
            "copy_form": copy_form or CopyForm(auto_id="copy_%s"),
            "languages": WRITTEN_IN,
            "is_text_open": confirmation_form is not None or LANGUAGE in request.GET,
        }
    is_wrong = any((judgement_form, call_form, confirmation_form, copy_form))
    return render(request, "statutory/notice.html", context, status=422 if is_wrong else 200)


def _in_words(judged: Judgement | None) -> list[str]:
    held = set(judged.criteria) if judged else set()
    return [str(criterion.says) for criterion in legal_data().notice.criteria if criterion.code in held]


def _judging(judged: Judgement | None) -> JudgementForm:
    initial: dict[str, Any] = {}
    if judged:
        answer = YES if judged.must_notify else NO
        initial = {"holds": judged.criteria, "answer": answer, "reason": judged.reason}
    return JudgementForm(initial=initial, auto_id="judgement_%s")


def _calls(
    request: PersonRequest, incident: Incident, acts: dict[str, NoticeAct], wrong: CallForm | None
) -> list[CallToMake]:
    callers = _callers(request, incident)
    found: list[CallToMake] = []
    for authority in legal_data().notice.authorities:
        act = acts.get(CALLS[authority.code])
        if wrong is not None and wrong.data.get("authority") == authority.code:
            form = wrong
        else:
            initial = {"authority": authority.code}
            known = {
                "done_at": act.done_at,
                "done_by": act.done_by_id if act.done_by_id != request.person.id else None,
                "reference": act.reference,
            } if act else {}  # fmt: skip
            form = CallForm(callers=callers, initial=initial | known, auto_id=f"{authority.code}_%s")
        is_next = act is None and all(call.act for call in found)
        found.append(CallToMake(authority, act, form, is_next))
    return found


def _confirming(request: PersonRequest, incident: Incident, acts: dict[str, NoticeAct]) -> ConfirmationForm:
    language = request.GET.get(LANGUAGE, "") or get_language() or "nb"
    sent = acts.get(NoticeStep.CONFIRMED)
    text = sent.text if sent and LANGUAGE not in request.GET else confirmation_text(
        incident,
        sender=request.person.name,
        injuries=queries.injuries_of(incident.id),
        acts=acts,
        language=language,
    )  # fmt: skip
    return ConfirmationForm(initial={"text": text}, auto_id="confirmation_%s")

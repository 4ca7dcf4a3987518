"""What people do with a plan: answers, times, wishes, closing, sharing. Parse, call, answer."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from tryggmote.access.requests import PersonRequest
from tryggmote.followup import forms, queries, services
from tryggmote.followup.models import Consent, Plan, Step
from tryggmote.followup.views import show
from tryggmote.followup.vocabulary import StepActKind

_SAID: dict[StepActKind, str | Promise] = {
    StepActKind.ACCEPTED: _("Du har takket ja. Lederen din har fått beskjed."),
    StepActKind.DECLINED: _("Du har takket nei. Du kan ombestemme deg når du vil."),
    StepActKind.DONE: _("Merket som gjort."),
    StepActKind.NOT_DONE: _("Takk for at du sa fra. Steget er åpent igjen."),
}


@require_POST
def act_on_step(request: PersonRequest, plan_id: UUID, offer_id: UUID) -> HttpResponse:
    """Yes, no, done, or not done after all."""
    plan, step = _plan(plan_id), _step(plan_id, offer_id)
    form = forms.StepActForm(request.POST)
    if not form.is_valid():
        return show(request, plan, status=422)
    deed = form.deed()
    services.act_on_step(by=request.person, plan=plan, step=step, deed=deed)
    messages.success(request, str(_SAID[deed.kind]))
    return redirect(plan)


@require_POST
def agree_on_time(request: PersonRequest, plan_id: UUID, offer_id: UUID) -> HttpResponse:
    """When a step is done, and by whom."""
    plan, step = _plan(plan_id), _step(plan_id, offer_id)
    form = forms.StepTimeForm(request.POST, step=step, is_persons=request.person.id == plan.person_id)
    if not form.is_valid():
        return show(request, plan, status=422, time_form=form)
    services.act_on_step(by=request.person, plan=plan, step=step, deed=form.deed())
    messages.success(request, _("Tiden er avtalt."))
    return redirect(plan)


@require_POST
def offer_step(request: PersonRequest, plan_id: UUID) -> HttpResponse:
    """Whoever follows up offers one thing more."""
    plan = _plan(plan_id)
    form = forms.OfferForm(request.POST, others=queries.not_yet_offered(plan, queries.steps_of(plan)))
    if not form.is_valid():
        return show(request, plan, status=422, offer_form=form)
    given = form.cleaned_data
    services.offer_step(by=request.person, plan=plan, step_id=given["id"], code=given["code"])
    messages.success(request, _("Tilbudet er sendt."))
    return redirect(plan)


@require_POST
def wish(request: PersonRequest, plan_id: UUID) -> HttpResponse:
    """The person asks for something in their own words."""
    plan = _plan(plan_id)
    form = forms.WishForm(request.POST)
    if not form.is_valid():
        return show(request, plan, status=422, wish_form=form)
    given = form.cleaned_data
    services.wish(by=request.person, plan=plan, step_id=given["id"], words=given["words"])
    messages.success(request, _("Ønsket er lagt til. Lederen din har fått beskjed."))
    return redirect(plan)


@require_POST
def close(request: PersonRequest, plan_id: UUID) -> HttpResponse:
    """The person's own word that it is enough."""
    form = forms.CloseForm(request.POST, prefix="close")
    return _whole(
        request, plan_id, form, "close_form", _("Oppfølgingen er avsluttet. Du kan åpne den igjen.")
    )


@require_POST
def reopen(request: PersonRequest, plan_id: UUID) -> HttpResponse:
    """The person needs more, perhaps much later."""
    form = forms.ReopenForm(request.POST)
    done = _("Planen er åpnet igjen, og lederen din har fått beskjed.")
    return _whole(request, plan_id, form, "reopen_form", done)


@require_POST
def pause(request: PersonRequest, plan_id: UUID) -> HttpResponse:
    """Nobody can be reached; why, and until when."""
    form = forms.PauseForm(request.POST, prefix="pause")
    return _whole(request, plan_id, form, "pause_form", _("Planen er satt på vent."))


@require_POST
def resume(request: PersonRequest, plan_id: UUID) -> HttpResponse:
    """The plan goes on."""
    return _whole(request, plan_id, forms.ResumeForm(request.POST), "resume_form", _("Planen går videre."))


@require_POST
def hand_over(request: PersonRequest, plan_id: UUID) -> HttpResponse:
    """The person lets another leader follow up from now on."""
    plan = _plan(plan_id)
    leaders = queries.others_who_may_follow_up(plan)
    form = forms.HandOverForm(request.POST, leaders=leaders, prefix="to")
    return _whole(request, plan_id, form, "hand_over_form", _("En annen leder følger opp fra nå av."))


@require_POST
def let_in(request: PersonRequest, plan_id: UUID) -> HttpResponse:
    """The person lets one named other read the plan."""
    plan = _plan(plan_id)
    form = forms.LetInForm(request.POST, people=queries.may_be_let_in(plan), prefix="let_in")
    if not form.is_valid():
        return show(request, plan, status=422, let_in_form=form)
    given = form.cleaned_data
    services.let_in(by=request.person, plan=plan, consent_id=given["id"], to_person_id=given["to_person"].id)
    messages.success(request, _("Planen er delt."))
    return redirect(f"{plan.get_absolute_url()}#innsyn")


@require_POST
def shut_out(request: PersonRequest, plan_id: UUID, consent_id: UUID) -> HttpResponse:
    """The person takes a consent back."""
    plan = _plan(plan_id)
    # Of the person's own alone: the one let in sees the consent too, and cannot take it back.
    consent = get_object_or_404(Consent, id=consent_id, plan_id=plan_id, person_id=request.person.id)
    services.shut_out(by=request.person, consent=consent)
    messages.success(request, _("Innsynet er trukket tilbake."))
    return redirect(f"{plan.get_absolute_url()}#innsyn")


def _plan(plan_id: UUID) -> Plan:
    return get_object_or_404(queries.plan_in_full(plan_id))


def _step(plan_id: UUID, offer_id: UUID) -> Step:
    return get_object_or_404(Step, id=offer_id, plan_id=plan_id)


def _whole(request: PersonRequest, plan_id: UUID, form: Any, name: str, done: str | Promise) -> HttpResponse:
    plan = _plan(plan_id)
    if not form.is_valid():
        return show(request, plan, status=422, **{name: form})
    services.act_on_plan(by=request.person, plan=plan, deed=form.deed())
    messages.success(request, str(done))
    return redirect(plan)

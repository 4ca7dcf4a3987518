"""The pages of sessions: finding one, signing up, holding one, and saying who was there (4.1)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggmote.access.requests import PersonRequest
from tryggmote.notices.services import mark_seen_about
from tryggmote.organisation.models import Unit
from tryggmote.organisation.standing import standing_in
from tryggmote.training import queries, session_queries, sessions
from tryggmote.training.calendar import address_of
from tryggmote.training.models import Session
from tryggmote.training.pages import own_unit_id, unit_or_404
from tryggmote.training.rules import may_hold, may_lead_training, may_record, takes_sign_ups
from tryggmote.training.services import refuse_unless_leader
from tryggmote.training.session_forms import PresentForm, SessionForm, SignOthersUpForm

A_PAGE = 25


@require_GET
def listed(request: PersonRequest) -> HttpResponse:
    """One's own sessions, and those one may sign up for."""
    mine = list(session_queries.mine(request.person.id))
    others = session_queries.coming().exclude(id__in=[session.id for session in mine])
    page = Paginator(others, A_PAGE).get_page(request.GET.get("page"))
    unit_id = own_unit_id(request)
    context = {
        "mine": session_queries.shown(mine),
        "others": session_queries.shown(page.object_list),
        "page_obj": page,
        "unit_id": unit_id,
        "leads": unit_id is not None and may_lead_training(standing_in(unit_id)),
        "address": address_of(request.person.id),
    }
    return render(request, "training/sessions.html", context)


@require_http_methods(["GET", "POST"])
def new(request: PersonRequest, unit_id: int) -> HttpResponse:
    """A leader sets up a session, from something in the plan or by itself."""
    unit, _standing = unit_or_404(unit_id)
    refuse_unless_leader(unit_id)
    initial = {
        "elements": request.GET.getlist("element"),
        "led_by": request.person.id,
        "open_to": unit_id,
    }
    form = _session_form(request, unit, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = sessions.hold(
            by=request.person, session_id=form.cleaned_data["id"], unit_id=unit_id, details=form.details()
        )
        messages.success(request, _("Økten er satt opp. Nå kan folk melde seg på."))
        return redirect(made)
    context = {"unit": unit, "form": form}
    return render(request, "training/session_form.html", context, status=422 if form.is_bound else 200)


def _session_form(
    request: PersonRequest, unit: Unit, *, session: Session | None = None, initial: dict[str, Any]
) -> SessionForm:
    asked = {count.element: count.name for count in queries.counts_in(unit.id)}
    asked |= {each.element: each.name for each in queries.linked_elements(unit.id)}
    return SessionForm(
        request.POST if request.method == "POST" else None,
        elements=list(asked.items()),
        leaders=session_queries.may_lead_in(unit.id),
        units=session_queries.above(unit.id),
        session=session,
        initial=initial,
    )


@require_http_methods(["GET", "POST"])
def change(request: PersonRequest, session_id: UUID) -> HttpResponse:
    """Another time, place or size."""
    session = _session_or_404(session_id)
    sessions.refuse_unless_held_by(request.person, session)
    form = _session_form(request, session.unit, session=session, initial=SessionForm.initial_of(session))
    if request.method == "POST" and form.is_valid():
        sessions.change(by=request.person, session=session, details=form.details())
        messages.success(request, _("Økten er endret. De som er meldt på, har fått beskjed."))
        return redirect(session)
    context = {"unit": session.unit, "form": form, "session": session}
    return render(request, "training/session_form.html", context, status=422 if form.is_bound else 200)


@require_GET
def one(request: PersonRequest, session_id: UUID) -> HttpResponse:
    """When and where, whether one has a place, and for those who hold it who comes."""
    return _show(request, _session_or_404(session_id))


def _show(request: PersonRequest, session: Session, *, status: int = 200, **bound: Any) -> HttpResponse:
    mark_seen_about(subject_id=session.id)
    standing = standing_in(session.unit_id)
    holds = may_hold(standing, is_its_leader=session.led_by_id == request.person.id)
    (shown,) = session_queries.shown([session])
    takes = takes_sign_ups(session.starts_at, session.cancelled_at, now=timezone.now())
    context: dict[str, Any] = {
        "shown": shown,
        "session": session,
        "seats": shown.seats,
        "takes_sign_ups": takes,
        "is_now": may_record(session.starts_at, session.ends_at, timezone.now()),
        "attended": session_queries.attendance_of(session, request.person.id),
        "holds": holds,
    }
    if takes:
        led = session_queries.may_be_signed_up(session)
        context["others_form"] = SignOthersUpForm(people=led, auto_id="others_%s") if led.exists() else None
    if holds:
        comers = session_queries.comers_to(session)
        context["comers"] = comers
        context["present_form"] = _present_form(None, comers) if session.has_started else None
    return render(request, "training/session.html", context | bound, status=status)


def _present_form(data: Any, comers: list[session_queries.Comer]) -> PresentForm:
    there = [comer.sign_up.person_id for comer in comers if comer.attendance]
    people = [(comer.sign_up.person_id, comer.name) for comer in comers]
    return PresentForm(data, people=people, initial={"present": there})


@require_POST
def sign_up(request: PersonRequest, session_id: UUID) -> HttpResponse:
    """I come."""
    session = _session_or_404(session_id)
    sessions.sign_up(by=request.person, session=session, person_ids=[request.person.id])
    if session_queries.seats_of([session])[session.id].is_mine:
        messages.success(request, _("Du har plass på økten."))
    else:
        messages.info(request, _("Økten er full. Du står på venteliste, og får beskjed om du får plass."))
    return redirect(session)


@require_POST
def sign_others_up(request: PersonRequest, session_id: UUID) -> HttpResponse:
    """A leader signs up some of theirs."""
    session = _session_or_404(session_id)
    led = session_queries.may_be_signed_up(session)
    form = SignOthersUpForm(request.POST, people=led, auto_id="others_%s")
    if not form.is_valid():
        return _show(request, session, status=422, others_form=form)
    sessions.sign_up(
        by=request.person,
        session=session,
        person_ids=[person.id for person in form.cleaned_data["people"]],
    )
    messages.success(request, _("De er meldt på, og har fått beskjed."))
    return redirect(session)


@require_POST
def withdraw(request: PersonRequest, session_id: UUID) -> HttpResponse:
    """I do not come, or somebody I lead does not."""
    session = _session_or_404(session_id)
    given = request.POST.get("person", "")
    person_id = int(given) if given.isascii() and given.isdigit() and len(given) < 10 else request.person.id
    sessions.withdraw(by=request.person, session=session, person_id=person_id)
    messages.success(request, _("Meldt av. Plassen går til den neste som venter."))
    return redirect(session)


@require_POST
def record(request: PersonRequest, session_id: UUID) -> HttpResponse:
    """Whoever holds it says who was there."""
    session = _session_or_404(session_id)
    sessions.refuse_unless_held_by(request.person, session)
    form = _present_form(request.POST, session_queries.comers_to(session))
    if not form.is_valid():
        return _show(request, session, status=422, present_form=form)
    sessions.record(by=request.person, session=session, present=form.cleaned_data["present"])
    messages.success(request, _("Hvem som var der, er ført. De som ikke kom, har fått beskjed."))
    return redirect(session)


@require_POST
def cancel(request: PersonRequest, session_id: UUID) -> HttpResponse:
    """It is not held."""
    session = _session_or_404(session_id)
    sessions.cancel(by=request.person, session=session)
    messages.success(request, _("Økten er avlyst. De som var meldt på, har fått beskjed."))
    return redirect(session)


def _session_or_404(session_id: UUID) -> Session:
    return get_object_or_404(session_queries.sessions(), id=session_id)

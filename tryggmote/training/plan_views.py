"""The page of a unit's plan for the year: proposed, adjusted, heard on, approved (4.1, AML § 6-2)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tryggmote.access.requests import PersonRequest
from tryggmote.notices.services import mark_seen_about
from tryggmote.organisation.models import Unit
from tryggmote.organisation.standing import Standing
from tryggmote.risk.people_forms import NobodyElectedForm, NotHeardForm, OpinionForm
from tryggmote.risk.vocabulary import Answer, NotHeard
from tryggmote.training import plan_queries, plan_services, queries
from tryggmote.training.models import Plan, PlanItem
from tryggmote.training.names import names_of
from tryggmote.training.pages import own_unit_id, unit_or_404
from tryggmote.training.plan_forms import AddForm, ApprovePlanForm, MoveForm, RemoveForm, ReviseForm
from tryggmote.training.plan_vocabulary import Cause, Way
from tryggmote.training.planning import proposals, year_asked_for, years_open
from tryggmote.training.rules import may_lead_training, may_see_counts
from tryggmote.training.services import refuse_unless_leader
from tryggmote.training.session_queries import coming_in
from tryggmote.ui.dates import oslo_today
from tryggmote.ui.forms import SentOnce

IN_FORCE = "gjeldende"
EARLIEST_YEAR = 2020


@require_GET
def own_plan(request: PersonRequest) -> HttpResponse:
    """The plan of the chosen unit."""
    unit_id = own_unit_id(request)
    if unit_id is None:
        raise Http404
    return _show(request, unit_id, _year(request))


@require_GET
def plan(request: PersonRequest, unit_id: int) -> HttpResponse:
    """The plan of a year: the draft for those who write and are heard on it, else what is in force."""
    return _show(request, unit_id, _year(request))


def _year(request: PersonRequest) -> int:
    """The year the address names; else the one in which there is something to do."""
    given, today = request.GET.get("aar", ""), oslo_today()
    if given.isascii() and given.isdigit() and EARLIEST_YEAR <= int(given[:4]) <= today.year + 1:
        return int(given[:4])
    return today.year


def _show(
    request: PersonRequest, unit_id: int, year: int, *, status: int = 200, **bound: Any
) -> HttpResponse:
    unit, standing = unit_or_404(unit_id)
    editions = plan_queries.editions_of(unit_id, year)
    in_force = next((edition for edition in editions if edition.approved_at), None)
    draft = next((edition for edition in editions if not edition.approved_at), None)
    shown = in_force if request.GET.get("vis") == IN_FORCE and in_force else draft or in_force
    context = {
        "unit": unit,
        "year": year,
        "years": sorted({*years_open(oslo_today()), year, oslo_today().year}),
        "is_open": year in years_open(oslo_today()),
        "is_asked_for": year == year_asked_for(oslo_today()),
        "plan": shown,
        "in_force": in_force,
        "draft": draft,
        "earlier": [edition for edition in editions if edition.approved_at and edition != in_force],
        "leads": may_lead_training(standing),
    }
    if shown:
        mark_seen_about(subject_id=shown.id)
        context |= _of_plan(shown, standing)
    elif context["leads"] and context["is_open"]:
        context |= _proposed(unit, year)
    return render(request, "training/plan.html", context | bound, status=status)


def _proposed(unit: Unit, year: int) -> dict[str, Any]:
    found = proposals(plan_queries.needs_of(unit.id), year=year, today=oslo_today())
    names = names_of(each.element for each in found)
    return {
        "begin_form": SentOnce(),
        "proposed": [(each, names[each.element]) for each in found],
    }


def _of_plan(shown: Plan, standing: Standing) -> dict[str, Any]:
    leads, is_draft = may_lead_training(standing), shown.approved_at is None
    said = plan_queries.heard_on(shown)
    with_progress = not is_draft and may_see_counts(standing)
    context: dict[str, Any] = {
        "item_forms": {},
        "lines": plan_queries.lines_of(shown, with_progress=with_progress),
        "removed": plan_queries.removed_from(shown),
        "said": said,
        "sessions": coming_in(shown.unit_id),
        "uncovered": queries.uncovered_risks(shown.unit_id),
    }
    if is_draft and standing.represents:
        context["opinion_form"] = OpinionForm(initial={"edition": shown.revision}, auto_id="opinion_%s")
    if leads and is_draft:
        context |= {
            "add_form": _add_form(None, shown.unit_id),
            "item_forms": {line.item.id: _item_forms(line.item) for line in context["lines"]},
            "obstacles": plan_queries.obstacles_to(shown),
            "approve_form": ApprovePlanForm(plan=shown),
            "unheard": [(each, _not_heard_form(each.person_id)) for each in said if each.hearing is None],
            "nobody_form": None if said else NobodyElectedForm(auto_id="nobody_%s"),
        }
    elif leads:
        context["revise_form"] = ReviseForm()
    return context


def _item_forms(item: PlanItem) -> tuple[MoveForm, RemoveForm]:
    return (
        MoveForm(initial={"month": item.month}, auto_id=f"move_{item.id}_%s"),
        RemoveForm(auto_id=f"remove_{item.id}_%s"),
    )


def _not_heard_form(person_id: int | None) -> NotHeardForm:
    return NotHeardForm(initial={"person": person_id}, auto_id=f"not_heard_{person_id}_%s")


def _add_form(data: Any, unit_id: int) -> AddForm:
    choices = {count.element: count.name for count in queries.counts_in(unit_id)}
    choices |= {each.element: each.name for each in queries.linked_elements(unit_id)}
    return AddForm(data, elements=list(choices.items()), auto_id="add_%s")


@require_POST
def begin(request: PersonRequest, unit_id: int) -> HttpResponse:
    """A leader lets the system propose the plan of a year."""
    unit_or_404(unit_id)
    refuse_unless_leader(unit_id)
    form = SentOnce(request.POST)
    if not form.is_valid():
        return redirect("training:plan", unit_id)
    made = plan_services.propose(
        by=request.person, plan_id=form.cleaned_data["id"], unit_id=unit_id, year=_year(request)
    )
    messages.success(request, _("Utkastet er laget. Verneombudet er bedt om å uttale seg."))
    return redirect(made)


@require_POST
def revise(request: PersonRequest, training_plan_id: UUID) -> HttpResponse:
    """A leader begins another edition of what is approved."""
    found = _plan_or_404(training_plan_id)
    refuse_unless_leader(found.unit_id)
    form = ReviseForm(request.POST)
    if not form.is_valid():
        return _show(request, found.unit_id, found.year, status=422, revise_form=form)
    made = plan_services.revise(
        by=request.person, plan_id=form.cleaned_data["id"], before=found, reason=form.cleaned_data["reason"]
    )
    messages.success(request, _("Utkastet er laget. Verneombudet er bedt om å uttale seg."))
    return redirect(made)


@require_POST
def add(request: PersonRequest, training_plan_id: UUID) -> HttpResponse:
    """A leader puts something in the draft."""
    found = _plan_or_404(training_plan_id)
    refuse_unless_leader(found.unit_id)
    form = _add_form(request.POST, found.unit_id)
    if not form.is_valid():
        return _show(request, found.unit_id, found.year, status=422, add_form=form)
    said = form.cleaned_data
    plan_services.add(
        by=request.person,
        plan=found,
        item_id=said["id"],
        element=said["element"],
        month=said["month"],
        people=said["people"],
        way=Way(said["way"]),
        words=said["words"],
    )
    messages.success(request, _("Det er lagt til i planen."))
    return redirect(found)


@require_POST
def move(request: PersonRequest, plan_item_id: UUID) -> HttpResponse:
    """Something comes in another month."""
    item = _item_or_404(plan_item_id)
    refuse_unless_leader(item.plan.unit_id)
    form = MoveForm(request.POST)
    if form.is_valid():
        plan_services.move(by=request.person, item=item, month=form.cleaned_data["month"])
        messages.success(request, _("Det er flyttet."))
    else:
        messages.error(request, " ".join(map(str, form.errors["month"])))
    return redirect(item.plan)


@require_POST
def remove(request: PersonRequest, plan_item_id: UUID) -> HttpResponse:
    """Something is taken out of the draft."""
    item = _item_or_404(plan_item_id)
    refuse_unless_leader(item.plan.unit_id)
    form = RemoveForm(request.POST)
    form.fields["why"].required = item.cause != Cause.OWN
    if form.is_valid():
        plan_services.remove(by=request.person, item=item, why=form.cleaned_data["why"])
        messages.success(request, _("Det er tatt ut av planen."))
    else:
        messages.error(request, " ".join(map(str, form.errors["why"])))
    return redirect(item.plan)


@require_POST
def opinion(request: PersonRequest, training_plan_id: UUID) -> HttpResponse:
    """A safety representative says what they think."""
    found = _plan_or_404(training_plan_id)
    form = OpinionForm(request.POST, auto_id="opinion_%s")
    if not form.is_valid():
        return _show(request, found.unit_id, found.year, status=422, opinion_form=form)
    plan_services.give_opinion(
        by=request.person,
        plan=found,
        opinion_id=form.cleaned_data["id"],
        answer=Answer(form.cleaned_data["answer"]),
        words=form.cleaned_data["words"],
        revision=form.cleaned_data["edition"] or found.revision,
    )
    messages.success(request, _("Takk. Lederen har fått svaret ditt."))
    return redirect(found)


@require_POST
def not_heard(request: PersonRequest, training_plan_id: UUID) -> HttpResponse:
    """A leader records why a safety representative was not heard."""
    found = _plan_or_404(training_plan_id)
    refuse_unless_leader(found.unit_id)
    form = NotHeardForm(request.POST, auto_id=f"not_heard_{request.POST.get('person', '')}_%s")
    if not form.is_valid() or form.cleaned_data["person"] is None:
        return _show(request, found.unit_id, found.year, status=422, not_heard_form=form)
    return _record(request, found, form, form.cleaned_data["person"], NotHeard(form.cleaned_data["why"]))


@require_POST
def nobody(request: PersonRequest, training_plan_id: UUID) -> HttpResponse:
    """A leader records that the unit has no safety representative."""
    found = _plan_or_404(training_plan_id)
    refuse_unless_leader(found.unit_id)
    form = NobodyElectedForm(request.POST, auto_id="nobody_%s")
    if not form.is_valid():
        return _show(request, found.unit_id, found.year, status=422, nobody_form=form)
    return _record(request, found, form, None, NotHeard.NOBODY)


def _record(
    request: PersonRequest, found: Plan, form: SentOnce, person_id: int | None, why: NotHeard
) -> HttpResponse:
    plan_services.record_not_heard(
        by=request.person,
        plan=found,
        record_id=form.cleaned_data["id"],
        person_id=person_id,
        why=why,
        reason=form.cleaned_data["reason"],
    )
    return redirect(found)


@require_POST
def approve(request: PersonRequest, training_plan_id: UUID) -> HttpResponse:
    """A leader puts the draft in force."""
    found = _plan_or_404(training_plan_id)
    refuse_unless_leader(found.unit_id)
    form = ApprovePlanForm(request.POST, plan=found)
    if not form.is_valid():
        return _show(request, found.unit_id, found.year, status=422, approve_form=form)
    try:
        plan_services.approve(
            by=request.person,
            plan=found,
            approval_id=form.cleaned_data["id"],
            revision=form.cleaned_data["revision"],
        )
    except plan_services.NotReady:
        return _show(request, found.unit_id, found.year, status=409)
    messages.success(request, _("Planen er godkjent. Sett opp øktene, så kan folk melde seg på."))
    return redirect(found)


def _plan_or_404(plan_id: UUID) -> Plan:
    return get_object_or_404(plan_queries.plan_in_full(plan_id))


def _item_or_404(item_id: UUID) -> PlanItem:
    return get_object_or_404(PlanItem.objects.select_related("plan__unit"), id=item_id)

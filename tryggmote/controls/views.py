"""The pages of measures (requirement 2.3). Which measures there are is decided by the database."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggmote.access.errors import NotAllowed
from tryggmote.access.requests import PersonRequest
from tryggmote.controls import queries, services
from tryggmote.controls.act_forms import (
    ActForm,
    CancelForm,
    EstablishForm,
    EvaluateForm,
    HandOverForm,
    PostponeForm,
)
from tryggmote.controls.filters import MeasureFilter
from tryggmote.controls.forms import MeasureForm, origin_of
from tryggmote.controls.models import Measure
from tryggmote.controls.origins import origin_of as origin_page_of
from tryggmote.controls.rules import Step, evaluate_by, possible
from tryggmote.controls.vocabulary import Rung, Status
from tryggmote.information.services import mark_read_about
from tryggmote.notices.services import mark_seen_about
from tryggmote.organisation.standing import standing_in, units_led
from tryggmote.ui.cursors import CURSOR, narrowed, older_url
from tryggmote.ui.templatetags.ui import day


@dataclass(frozen=True)
class Doing:
    """How one step is taken: the form, the act, and what is said afterwards."""

    form: type[ActForm]
    act: Callable[..., object]
    said: Promise


DOINGS = {
    Step.ESTABLISH: Doing(
        EstablishForm, services.establish, gettext_lazy("Tiltaket er innført. Enheten får vite det.")
    ),
    Step.EVALUATE: Doing(EvaluateForm, services.evaluate, gettext_lazy("Vurderingen av tiltaket er lagret.")),
    Step.POSTPONE: Doing(PostponeForm, services.postpone, gettext_lazy("Fristen er flyttet.")),
    Step.HAND_OVER: Doing(HandOverForm, services.hand_over, gettext_lazy("Tiltaket har fått ny ansvarlig.")),
    Step.CANCEL: Doing(CancelForm, services.cancel, gettext_lazy("Tiltaket er avsluttet.")),
}


@require_GET
def measure_list(request: PersonRequest) -> HttpResponse:
    """The measures one sees, with filters."""
    person = request.person
    narrowing = MeasureFilter(request.GET, units=[(unit.id, unit.name) for unit in person.units])
    chosen = narrowing.chosen(person.id)
    found = queries.measures(**chosen)
    page = queries.list_page(found, request.GET.get(CURSOR, ""))
    counts = queries.counts(found)
    return render(
        request,
        "controls/measures.html",
        {
            "filter": narrowing,
            "is_narrowed": any(chosen.values()),
            "page": page,
            "total": counts["total"],
            "is_more": counts["total"] == queries.COUNT_UP_TO,
            "counted": _counted(request, counts),
            "leads": units_led().exists(),
            "older_url": older_url(request, page.older),
            "is_first_page": CURSOR not in request.GET,
            "newest_url": narrowed(request),
        },
    )


def _counted(request: PersonRequest, counts: Mapping[str, int]) -> list[dict[str, Any]]:
    late = [
        {
            "label": _("Over fristen"),
            "count": counts[queries.OVERDUE],
            "url": narrowed(request, due=queries.OVERDUE),
        },
        {
            "label": _("Skulle vært vurdert"),
            "count": counts[queries.UNEVALUATED],
            "url": narrowed(request, due=queries.UNEVALUATED),
        },
    ]
    statuses = [
        {"label": status.label, "count": counts[status], "url": narrowed(request, status=status)}
        for status in Status
    ]
    return [row for row in late + statuses if row["count"]]


@require_http_methods(["GET", "POST"])
def plan(request: PersonRequest) -> HttpResponse:
    """A leader plans a measure."""
    units = units_led()
    if not units:
        raise NotAllowed(
            _("Bare en leder for enheten kan planlegge tiltak."), _("Meld fra til lederen din om det du ser.")
        )
    form = MeasureForm(request.POST or None, units=units, initial=_beginning(request))
    if request.method == "POST" and form.is_valid():
        planned = services.plan_measure(by=request.person, draft=form.draft())
        messages.success(request, _("Tiltaket er planlagt. Enheten får vite det."))
        return redirect(planned)
    context = {"form": form, "has_origin": bool(form["origin_id"].value())}
    return render(request, "controls/plan.html", context, status=422 if form.is_bound else 200)


def _beginning(request: PersonRequest) -> dict[str, Any]:
    unit = request.GET.get("enhet") or (request.person.unit and request.person.unit.id)
    return {"unit": unit, **origin_of(request.GET)}


@require_GET
def measure(request: PersonRequest, measure_id: UUID) -> HttpResponse:
    """One measure: what it is, who owes what next, and all that was done."""
    return _show(request, get_object_or_404(queries.measure_in_full(measure_id)))


@require_POST
def act(request: PersonRequest, measure_id: UUID, step: Step) -> HttpResponse:
    """Do one thing about a measure."""
    found = get_object_or_404(queries.measure_in_full(measure_id))
    doing = DOINGS[step]
    form = doing.form(request.POST, measure=found)
    if not form.is_valid():
        services.must_be_possible(step, by=request.person, measure=found)
        return _show(request, found, sent={step: form})
    doing.act(by=request.person, measure=found, **form.answers())
    messages.success(request, str(doing.said))
    return redirect(found)


def _show(request: PersonRequest, found: Measure, *, sent: dict[Step, ActForm] | None = None) -> HttpResponse:
    person = request.person
    mark_read_about(by=person, subject_id=found.id)
    mark_seen_about(subject_id=found.id)
    steps = possible(found, person_id=person.id, leads=standing_in(found.unit_id).leads)
    forms = {step: DOINGS[step].form(measure=found) for step in steps} | (sent or {})
    context = {
        "measure": found,
        "evaluate_by": evaluate_by(found),
        "story": queries.story_of(found),
        "rungs": list(Rung),
        "facts": _facts(found),
        "origin": _origin(found),
        "another_url": _another(found),
        "forms": {step.value: form for step, form in forms.items()},
    }
    return render(request, "controls/measure.html", context, status=422 if sent else 200)


def _facts(found: Measure) -> list[tuple[str, object]]:
    facts: list[tuple[str, object]] = [
        (_("Ansvarlig"), found.owner.name),
        (_("Frist"), day(found.due_on)),
        (_("Enhet"), found.unit.name),
        (_("Type"), found.kind_word),
        (_("Møteformer"), ", ".join(found.form_words) or _("Alle")),
    ]
    if found.factors:
        facts.append((_("Faktorer i § 23A-1"), ", ".join(f"{number}" for number in found.factors)))
    if found.interval_months:
        facts.append((_("Testes"), _("Hver %(n)s. måned") % {"n": found.interval_months}))
    return facts


def _origin(found: Measure) -> dict[str, object]:
    page = origin_page_of(found.origin_kind)
    return {
        "kind": found.get_origin_kind_display(),
        "words": found.origin_words,
        "label": page.label if page else "",
        "url": page.url(found.origin_id) if page and found.origin_id else "",
    }


def _another(found: Measure) -> str:
    """Where another measure against the same thing is planned."""
    came_from = {"opphav": f"{found.origin_kind}:{found.origin_id}", "ord": found.origin_words or found.title}
    return urlencode(came_from | {"enhet": found.unit_id, "former": ",".join(found.forms)})

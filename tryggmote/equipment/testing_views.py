"""The pages of tests (3.5): by a scanned or typed code, several at once, and of measures with an interval."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from tryggmote.access.errors import NotPossible
from tryggmote.access.requests import PersonRequest
from tryggmote.controls.models import Measure
from tryggmote.controls.queries import measure_in_full
from tryggmote.equipment import queries
from tryggmote.equipment.models import Item, MeasureTest
from tryggmote.equipment.rules import PASSED, State
from tryggmote.equipment.testing import Finding, record_measure_test, record_tests
from tryggmote.equipment.testing_forms import AnyTestForm, RoundFilter, RoundForm, TestForm

MOST_IN_A_ROUND = 40


@require_http_methods(["GET", "POST"])
def test(request: PersonRequest, tag: str) -> HttpResponse:
    """Where a scanned label leads: how it is tested, and one tap for how it went."""
    found = get_object_or_404(queries.item_coded(tag))
    if found.state is State.OUT:
        raise NotPossible(_("Dette utstyret er tatt ut av bruk, så det testes ikke lenger."))
    form = TestForm(request.POST or None, type_=found.kind)
    if request.method == "POST" and form.is_valid():
        return _record(request, form.finding(found))
    context = {"form": form, "item": found, "steps": found.kind.steps}
    return render(request, "equipment/test.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def test_any(request: PersonRequest) -> HttpResponse:
    """A test by typing the code: for whoever cannot scan, and without network."""
    form = AnyTestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _record(request, form.finding(form.cleaned_data["label"]))
    return render(request, "equipment/test_any.html", {"form": form}, status=422 if form.is_bound else 200)


def _record(request: PersonRequest, finding: Finding) -> HttpResponse:
    record_tests(by=request.person, findings=[finding])
    _say(request, finding.outcome, _("Rommet og sjekken tar hensyn til det fra nå."))
    return redirect(finding.item)


def _say(request: PersonRequest, outcome: str, more: str) -> None:
    if outcome == PASSED:
        messages.success(request, _("Ført: Det virker."))
    else:
        messages.warning(
            request, _("Ført: Det virker ikke. Lederen har fått et tiltak. %(more)s") % {"more": more}
        )


@require_http_methods(["GET", "POST"])
def measure_test(request: PersonRequest, measure_id: UUID) -> HttpResponse:
    """A test of a measure with an interval."""
    measure = get_object_or_404(measure_in_full(measure_id))
    form = TestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        record_measure_test(
            by=request.person, measure=measure, test_id=data["id"], outcome=data["outcome"],
            words=data["words"], at=data["at"],
        )  # fmt: skip
        _say(request, data["outcome"], "")
        return redirect("equipment:measure_test", measure.id)
    return _measure_page(request, measure, form)


def _measure_page(request: PersonRequest, measure: Measure, form: TestForm) -> HttpResponse:
    context = {
        "form": form,
        "measure": measure,
        "is_tested": measure.is_in_use and measure.interval_months,
        "tests": MeasureTest.objects.filter(measure=measure).select_related("by").order_by("-at", "-id")[:10],
    }
    return render(request, "equipment/measure_test.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def round_(request: PersonRequest) -> HttpResponse:
    """Several items in one go, such as all the buttons in the reception."""
    if request.method == "POST":
        form = RoundForm(request.POST, items=_sent(request))
        if form.is_valid():
            return _record_round(request, form)
        return _round_page(request, form, status=422)
    return _round_page(request, None)


def _sent(request: PersonRequest) -> QuerySet[Item]:
    """The items of a round that was sent: what the page showed, whatever has become of it since."""
    named = (name.removeprefix("r_") for name in request.POST if name.startswith("r_"))
    codes = [code for code in named if code.isalnum()][:MOST_IN_A_ROUND]
    return queries.items().filter(code__in=codes)


def _record_round(request: PersonRequest, form: RoundForm) -> HttpResponse:
    findings = form.findings()
    record_tests(by=request.person, findings=findings)
    failed = sum(found.outcome != PASSED for found in findings)
    said = ngettext("%(count)d test er ført.", "%(count)d tester er ført.", len(findings))
    messages.success(request, said % {"count": len(findings)})
    if failed:
        told = ngettext(
            "%(count)d virket ikke. Lederen har fått et tiltak.",
            "%(count)d virket ikke. Lederen har fått tiltak for dem.",
            failed,
        )
        messages.warning(request, told % {"count": failed})
    return redirect(request.get_full_path())


def _round_page(request: PersonRequest, form: RoundForm | None, *, status: int = 200) -> HttpResponse:
    narrowing = RoundFilter(
        request.GET,
        units=queries.units_with_items(),
        types=queries.types_in_use(),
        zones=queries.zones_with_items(),
    )
    chosen = queries.items(**narrowing.chosen())
    shown = form or RoundForm(items=chosen[:MOST_IN_A_ROUND])
    context = {
        "filter": narrowing,
        "form": shown,
        "more": max(0, chosen.count() - len(shown.items)),
        "is_narrowed": any(narrowing.chosen().values()),
        "leads": bool(request.person.led),
    }
    return render(request, "equipment/round.html", context, status=status)

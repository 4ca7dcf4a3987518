"""The pages of what must be in place: the matrix of a unit, and each cell of it (3.2, 3.3, 3.4)."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggmote.access.requests import PersonRequest
from tryggmote.controls.vocabulary import MeasureKind
from tryggmote.residual import filling
from tryggmote.residual.cells import Cell, State, cells_of, others_like, tables_of, to_choose_from
from tryggmote.residual.forms import ChooseForm
from tryggmote.residual.models import Filling
from tryggmote.residual.pages import own_unit, unit_or_404
from tryggmote.residual.rules import may_write


@require_GET
def own_matrix(request: PersonRequest) -> HttpResponse:
    """What must be in place in the chosen unit."""
    return _matrix(request, own_unit(request))


@require_GET
def matrix_of(request: PersonRequest, unit_id: int) -> HttpResponse:
    """What must be in place in another unit whose documents one may read."""
    return _matrix(request, unit_id)


def _matrix(request: PersonRequest, unit_id: int) -> HttpResponse:
    unit, _standing = unit_or_404(unit_id)
    tables = tables_of(unit_id)
    context = {
        "unit": unit,
        "tables": tables,
        "missing": [cell for table in tables for cell in table.cells if cell.state is State.EMPTY],
    }
    return render(request, "residual/matrix.html", context)


@require_http_methods(["GET", "POST"])
def cell(request: PersonRequest, unit_id: int, element: str, form: str) -> HttpResponse:
    """One element in one meeting form: what sees to it, and the ways to get it in place."""
    unit, standing = unit_or_404(unit_id)
    found = cells_of(unit_id)
    shown = found.get((element, form))
    if shown is None:
        raise Http404
    leads, others = may_write(standing), others_like(shown, found)
    sent = request.POST if request.method == "POST" else None
    if sent is not None:
        filling.refuse_unless_leader(unit_id)
    choose = ChooseForm(sent, things=to_choose_from(shown), others=others) if leads else None
    if choose and choose.is_valid():
        filling.fill(by=request.person, cells=[shown, *choose.other_cells()], things=choose.chosen())
        messages.success(request, _("Valgt. Det gjelder så lenge det du valgte, er i kraft."))
        return redirect(shown.url)
    context = {
        "unit": unit,
        "cell": shown,
        "leads": leads,
        "choose": choose,
        "is_mine": [each for each in shown.filled if each.filling.unit_id == unit_id],
        "measure_url": _new_measure(shown),
        "procedure_url": _new_procedure(shown),
        "card_urls": _cards(shown),
        "residual_url": _declare(shown),
    }
    is_refused = bool(choose and choose.is_bound)
    return render(request, "residual/cell.html", context, status=422 if is_refused else 200)


@require_POST
def take_away(request: PersonRequest, filling_id: UUID) -> HttpResponse:
    """A leader says that something sees to a cell no longer."""
    found = get_object_or_404(Filling, id=filling_id)
    filling.take_away(by=request.person, filling=found)
    messages.success(request, _("Tatt bort. Er det ikke noe annet her, mangler det nå."))
    return redirect("residual:cell", found.unit_id, found.element, found.form)


def _new_measure(shown: Cell) -> str:
    """Where a measure for the cell is planned, with what it is for filled in."""
    kind = shown.element.kind
    given = {
        "enhet": shown.unit_id,
        "former": shown.form.value,
        "type": kind.value if kind is not MeasureKind.PROCEDURE else "",
        "hva": f"{shown.element.title}: {shown.element.what}",
    }
    return f"{reverse('controls:plan')}?{urlencode(given)}"


def _new_procedure(shown: Cell) -> str:
    given = {"enhet": shown.unit_id, "former": shown.form.value}
    return f"{reverse('controls:new_procedure')}?{urlencode(given)}"


def _cards(shown: Cell) -> list[str]:
    """Where the unit writes on the action cards that can be the procedure for the cell."""
    return [
        reverse("controls:card_addition", args=[code, shown.unit_id])
        for code in shown.element.cards_for(shown.form)
    ]


def _declare(shown: Cell) -> str:
    """Where it is declared that the cell cannot be filled."""
    about = {"element": shown.element.code, "moteform": shown.form.value}
    return f"{reverse('residual:new', args=[shown.unit_id])}?{urlencode(about)}"

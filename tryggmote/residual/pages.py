"""What the pages have in common: which unit, which record, which draft (3.0, 3.2-3.4)."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from tryggmote.access.errors import NotPossible
from tryggmote.access.requests import PersonRequest
from tryggmote.organisation.models import Unit
from tryggmote.organisation.standing import Standing, standing_in
from tryggmote.residual import queries
from tryggmote.residual.forms import RecordForm
from tryggmote.residual.models import Record, Version
from tryggmote.risk import libraries
from tryggmote.risk.pages import areas_by_cell


def own_unit(request: PersonRequest) -> int:
    """The unit whose pages are shown. Raises: Http404 for one who belongs nowhere."""
    if request.person.unit is None:
        raise Http404
    return request.person.unit.id


def unit_or_404(unit_id: int) -> tuple[Unit, Standing]:
    """The unit and what one is to it. Raises: Http404 for those who may not read its documents."""
    standing, unit = standing_in(unit_id), Unit.objects.filter(id=unit_id).first()
    if unit is None or not standing.sees:
        raise Http404
    return unit, standing


def record_or_404(record_id: UUID) -> Record:
    """Raises: Http404 when it is not there for the one who asks."""
    return get_object_or_404(queries.record_in_full(record_id))


def draft_or_404(record_id: UUID) -> Version:
    """The version that is written on.

    Raises: NotPossible when it has been approved meanwhile, Http404 when there is none for the one who asks.
    """
    record = record_or_404(record_id)
    draft = queries.draft_of(record)
    if draft:
        return draft
    if record.in_force_number:
        raise NotPossible(_("Utkastet er godkjent. Åpne restrisikoen, så ser du hva som gjelder."))
    raise Http404


def write_form(
    request: PersonRequest,
    *,
    unit_id: int,
    form: str,
    about: Record | None,
    is_review: bool = False,
    **kwargs: Any,
) -> RecordForm:
    """The form on which it is written. `about`: the record; None for something without a name yet."""
    return RecordForm(
        request.POST if request.method == "POST" else None,
        measures=queries.measures_to_choose(unit_id, form),
        is_of_element=about is not None,
        is_review=is_review,
        **kwargs,
    )


def write_page(
    request: PersonRequest,
    form: RecordForm,
    *,
    unit: Unit,
    about: Record | None,
    draft_key: str,
    others: Version | None = None,
) -> HttpResponse:
    """The page it is written on. `draft_key`: under which the device keeps what is typed.

    `others`: what somebody else saved meanwhile.
    """
    matrix = libraries.matrix()
    context = {
        "form": form,
        "unit": unit,
        "about": about,
        "draft_key": draft_key,
        "others": others,
        "matrix": matrix,
        "areas": areas_by_cell(matrix),
        "area": form.area(),
    }
    status = 409 if others else 422 if form.is_bound else 200
    return render(request, "residual/write.html", context, status=status)

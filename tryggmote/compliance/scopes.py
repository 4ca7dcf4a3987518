"""Which units a page is about: what one asks for in the address, and otherwise where one belongs."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from tryggmote.access.requests import PersonRequest
from tryggmote.compliance.forms import UnitFilter
from tryggmote.compliance.queries import measured_units
from tryggmote.compliance.rollup import GROUPS, WORKPLACES, Scope, Size, units_in
from tryggmote.organisation.models import Unit, UnitClosure, UnitKind


@dataclass(frozen=True)
class Asked:
    """The form as it was sent, the unit it is all under (None: all in sight), and the units that count.

    `group`: the kind of the rows where they are groups, else "".
    """

    form: UnitFilter
    focus: Unit | None
    group: str
    units: list[int]

    @property
    def is_narrowed(self) -> bool:
        """Whether something is left out that would be there without filters."""
        return bool(self.form.is_valid() and any(self.form.cleaned_data.values()))


def asked_by(request: PersonRequest) -> Asked:
    """What the request asks for. Reads the filters, and `under`: a unit in sight, or above one in sight."""
    form = UnitFilter(request.GET, counties=_counties())
    chosen = form.cleaned_data if form.is_valid() else {}
    focus = _focus(request, chosen.get("under"))
    kind = chosen.get("kind") or ""
    group = kind if kind in GROUPS else ("" if kind else _usual_group(focus))
    return Asked(form, focus, group, units_in(_scope(chosen, focus, kind)))


def _scope(chosen: dict[str, Any], focus: Unit | None, kind: str) -> Scope:
    is_whole = focus is None or focus.kind in GROUPS
    usual = WORKPLACES if is_whole else ()
    return Scope(
        under=focus.id if focus else None,
        kinds=(kind,) if kind and kind not in GROUPS else usual,
        county=chosen.get("county"),
        form=chosen.get("form") or "",
        size=Size(int(chosen["size"])) if chosen.get("size") not in (None, "") else None,
        name=chosen.get("name") or "",
    )


def _focus(request: PersonRequest, under: int | None) -> Unit | None:
    own = request.person.unit
    wanted = under or (own.id if own else None)
    return Unit.objects.filter(id=wanted).first() if wanted else None


def _usual_group(focus: Unit | None) -> str:
    return UnitKind.COUNTY if focus is not None and focus.kind == UnitKind.DIRECTORATE else ""


def _counties() -> QuerySet[Unit]:
    below = UnitClosure.objects.filter(descendant_id__in=measured_units().order_by().values("id"))
    return Unit.objects.filter(kind=UnitKind.COUNTY, id__in=below.values("ancestor_id")).order_by("sort_key")

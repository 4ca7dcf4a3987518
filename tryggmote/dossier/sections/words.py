"""How days, choices and people are written in a dossier. Never "today": it is read on another day."""

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tryggmote.dossier.registry import Scope
from tryggmote.organisation.models import RoleAssignment, UnitClosure
from tryggmote.organisation.roles import Role
from tryggmote.ui.dates import OSLO, oslo_today

NOTHING = "–"


def on(value: date | datetime | None) -> str:
    """A day in a table, in figures so that the columns are narrow; or a dash."""
    return NOTHING if value is None else _written(value, "SHORT_DATE_FORMAT")


def in_full(value: date | datetime) -> str:
    """A day in words."""
    return _written(value, "DATE_FORMAT")


def _written(value: date | datetime, pattern: str) -> str:
    return date_format(value.astimezone(OSLO) if isinstance(value, datetime) else value, pattern)


def yes_no(value: bool | None) -> str:
    """A yes, a no, or a dash where nobody has said."""
    if value is None:
        return NOTHING
    return _("Ja") if value else _("Nei")


def roles_of(scope: Scope, person_ids: Collection[int]) -> dict[int, str]:
    """What these people are to the unit today, instead of their names; one query."""
    today = oslo_today()
    above = UnitClosure.objects.filter(descendant=scope.unit).values("ancestor_id")
    held = RoleAssignment.objects.filter(
        Q(unit_id__in=scope.unit_ids) | Q(unit_id__in=above),
        Q(ends_on=None) | Q(ends_on__gte=today),
        person_id__in=set(person_ids),
        starts_on__lte=today,
    )
    found: dict[int, set[Role]] = {}
    for person_id, role in held.values_list("person_id", "role"):
        found.setdefault(person_id, set()).add(Role(role))
    order = list(Role)
    return {
        person_id: ", ".join(str(role.label) for role in sorted(roles, key=order.index))
        for person_id, roles in found.items()
    }


def role_of(roles: dict[int, str], person_id: int) -> str:
    """The role of one of them; somebody without is an employee, or was."""
    return roles.get(person_id) or _("Ansatt")

"""What is read of dossiers. The database decides which ones; nothing here asks who is looking."""

from uuid import UUID

from django.db import connection
from django.db.models import Prefetch, QuerySet
from django.db.models.expressions import RawSQL

from tryggmote.compliance.queries import measured_units
from tryggmote.dossier.models import Dossier, Invitation, Opening
from tryggmote.dossier.rules import Ties
from tryggmote.organisation.models import Unit


def units_to_choose() -> QuerySet[Unit]:
    """The units one may have a dossier of, in Norwegian order."""
    return measured_units().filter(id__in=RawSQL("select unnest(app.units_of_dossiers())", []))


_TIES = """
select %(unit)s = any (app.units_led()), %(unit)s = any (app.units_represented()),
       %(unit)s = any (app.units_overseen()), %(unit)s = any (app.units_audited())
"""


def ties_to(unit_id: int) -> Ties:
    """What the one who asks is to the unit; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_TIES, {"unit": unit_id})
        return Ties(*cursor.fetchone())


def dossiers() -> QuerySet[Dossier]:
    """One's own, the latest first, with their units."""
    return Dossier.objects.select_related("unit").order_by("-asked_at", "-id")


def dossier(dossier_id: UUID) -> Dossier | None:
    """One of one's own, with its unit and maker."""
    return Dossier.objects.select_related("unit", "by").filter(id=dossier_id).first()


def invitations_to(dossier: Dossier) -> list[Invitation]:
    """Who has been let in to it, the latest first, with what each has opened; two queries."""
    latest = Prefetch("openings", Opening.objects.order_by("-at"))
    return list(Invitation.objects.filter(dossier=dossier).prefetch_related(latest).order_by("-invited_at"))

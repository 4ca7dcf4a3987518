"""What is read of agreements between employers. The database decides which ones."""

from datetime import date

from django.db import connection
from django.db.models.expressions import RawSQL

from tryggmote.controls.models import Agreement
from tryggmote.organisation.models import Unit, UnitClosure, UnitKind

ABOVE_OFFICES = (UnitKind.DIRECTORATE, UnitKind.COUNTY, UnitKind.MUNICIPALITY)


def office_of(unit_id: int) -> Unit | None:
    """The office that a unit belongs to: the highest unit above it that is no county or municipality."""
    link = (
        UnitClosure.objects.filter(descendant_id=unit_id)
        .exclude(ancestor__kind__in=ABOVE_OFFICES)
        .select_related("ancestor")
        .order_by("-depth")
        .first()
    )
    return link.ancestor if link else None


def employers_in(unit_id: int) -> list[Unit]:
    """The employers with people at work in the unit or below it today, in Norwegian order."""
    at_work = RawSQL("select unnest(app.employers_in(%s))", [unit_id])
    return list(Unit.objects.filter(id__in=at_work).order_by("sort_key"))


def agreements_of(unit_id: int) -> list[Agreement]:
    """All agreements of a unit, the latest first, with who signed; two queries."""
    return list(
        Agreement.objects.filter(unit_id=unit_id)
        .select_related("co_ordinator", "created_by")
        .prefetch_related("signings__by", "signings__employer")
        .order_by("-from_on", "-created_at")
    )


def in_force_of(agreements: list[Agreement], today: date) -> Agreement | None:
    """The one that holds: of those in force the one that began last."""
    return next((agreement for agreement in agreements if agreement.is_in_force(today)), None)


_MAY_SIGN_FOR = """
select party from controls_agreement a, unnest(a.employer_ids) party
where a.id = %s and app.acts_for(party, a.unit_id)
  and not exists (select 1 from controls_agreementsigning s
                  where s.agreement_id = a.id and s.employer_id = party)
"""


def may_sign_for(agreement: Agreement) -> list[int]:
    """The parties that have not signed and that the one who asks acts for (`policies_agreements.sql`)."""
    with connection.cursor() as cursor:
        cursor.execute(_MAY_SIGN_FOR, [agreement.id])
        return [party for (party,) in cursor.fetchall()]

"""Dossiers of the fictional county: what they count, and what stands in neither file (2.4, ADR 0057)."""

from collections.abc import Iterator

import pytest
from django.db import connection

from tryggmote.controls.models import Measure
from tryggmote.dossier.models import Dossier
from tryggmote.dossier.tests.helpers import content_of, made_by, rows_under, sheets_of, text_of
from tryggmote.equipment.models import Item, ItemTest
from tryggmote.incidents.models import Incident, Reply
from tryggmote.organisation.models import Person, RoleAssignment, Unit, UnitClosure
from tryggmote.organisation.roles import Role
from tryggmote.residual.models import Record

pytestmark = pytest.mark.django_db


def office() -> Unit:
    return Unit.objects.get(code="fjordvik")


def below(unit: Unit) -> list[int]:
    return list(UnitClosure.objects.filter(ancestor=unit).values_list("descendant_id", flat=True))


def holder(role: Role, unit: Unit) -> Person:
    return RoleAssignment.objects.filter(role=role, unit=unit, ends_on=None).order_by("id")[0].person


def makers() -> Iterator[tuple[Person, Unit]]:
    """One of each kind: who leads the office, who directs it from above, and who represents a department."""
    unit = office()
    yield holder(Role.OFFICE_LEADER, unit), unit
    yield Person.objects.get(external_id="demo:fylkesdirektor"), unit
    for department in Unit.objects.filter(id__in=below(unit)):
        yield from ((r.person, department) for r in RoleAssignment.objects.filter(
            role=Role.LEADER, unit=department, ends_on=None
        ))  # fmt: skip


def squashed(text: str) -> str:
    """Without what a line break does to words."""
    return "".join(sign for sign in text if sign.isalnum())


def everything_in(dossier: Dossier) -> str:
    cells = " ".join(cell for sheet in sheets_of(dossier).values() for row in sheet for cell in row)
    return squashed(f"{text_of(content_of(dossier))} {cells}")


def test_no_file_holds_the_words_of_an_incident_or_the_name_of_one_exposed(county: None) -> None:
    texts = {squashed(text) for text in Incident.objects.values_list("what_happened", flat=True)}
    texts |= {squashed(text) for text in Reply.objects.values_list("text", flat=True)}
    with connection.cursor() as cursor:
        cursor.execute(
            "select distinct name from organisation_person where id in ("
            "select concerned_id from incidents_incident union select reporter_id from incidents_incident "
            "union select injured_id from statutory_injury union select person_id from followup_plan)"
        )
        names = {squashed(name) for (name,) in cursor.fetchall()}
    assert len(names) > 20
    for maker, unit in makers():
        said = everything_in(made_by(maker, unit))
        assert len(said) > 5000
        assert [text for text in texts if len(text) > 8 and text in said] == []
        assert [name for name in names if name in said and name != squashed(maker.name)] == []


def test_it_counts_what_is_there(county: None) -> None:
    unit = office()
    units = below(unit)
    dossier = made_by(holder(Role.OFFICE_LEADER, unit), unit)
    sheets = sheets_of(dossier)
    measures = rows_under(sheets["Tiltak og virkningen av dem"], "Tiltak")
    assert len(measures) == Measure.objects.filter(unit__in=units, cancelled_at=None).count() > 0
    established = [row for row in measures if row["Innført"] != "–"]
    assert len(established) == Measure.objects.filter(
        unit__in=units, cancelled_at=None, established_at__isnull=False
    ).count()  # fmt: skip
    equipment = rows_under(sheets["Utstyr og tester"], "Utstyr")
    assert len(equipment) == Item.objects.filter(unit__in=units, ended_on=None).count() > 0
    tests = ItemTest.objects.filter(
        item__unit__in=units, item__ended_on=None, at__date__range=(dossier.since, dossier.until)
    )
    assert sum(int(float(row["Tester i perioden"])) for row in equipment) == tests.count() > 0
    in_force = Record.objects.filter(unit__in=units, in_force_number__isnull=False, withdrawn_at=None)
    assert len(rows_under(sheets["Restrisiko"], "Det som ikke lar seg gjøre")) == in_force.count() > 0

"""A dossier is made as the person who asks, section by section, and sealed."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tryggmote.access.context import acting_as, acting_as_job
from tryggmote.access.errors import NotAllowed
from tryggmote.access.history import broken_seal, seal_history
from tryggmote.access.models import HistoryEntry, HistorySeal
from tryggmote.compliance.queries import chapters_of
from tryggmote.controls.tests.helpers import planned_by
from tryggmote.dossier import making
from tryggmote.dossier.models import Dossier, File
from tryggmote.dossier.registry import scope_of, sections
from tryggmote.dossier.tests.helpers import asked_by, content_of, made_by, rows_under, sheets_of, text_of
from tryggmote.forums.tests.helpers import called_by, decided_by, held_by
from tryggmote.incidents.tests.helpers import reported_by
from tryggmote.organisation.models import RoleAssignment
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import Office, assign, employ, make_office, make_person
from tryggmote.ui.dates import oslo_today

pytestmark = pytest.mark.django_db
WHAT = "Kastet stolen etter oss og ropte navnet mitt"


@pytest.fixture
def office() -> Office:
    return make_office()


def reported(office: Office, people: int) -> list[Any]:
    """So many employees of the office report one incident each."""
    found = []
    for number in range(people):
        person = make_person(f"Utsatt Person{number}")
        employ(
            person,
            unit=office.unit,
            employer=office.directorate,
            daily_leader=office.leader,
            safety_area=office.area,
        )
        found.append(reported_by(person, what_happened=WHAT))
    return found


def test_both_files_say_all_sections_and_the_same_checksum(office: Office) -> None:
    dossier = made_by(office.office_leader, office.unit)
    sheets, text = sheets_of(dossier), text_of(content_of(dossier))
    assert len(sheets) >= 12
    for title in (
        "Risikovurderinger",
        "Tiltak og virkningen av dem",
        "Øvelser",
        "Hendelser",
        "Restrisiko",
        "Segl",
    ):
        assert title in sheets
        assert title in text
    assert dossier.done == dossier.total == 11
    assert dossier.data_digest in text.replace(" ", "")
    assert dossier.data_digest in str(sheets["Segl"])
    for file in File.objects.filter(dossier=dossier):
        assert file.digest == hashlib.sha256(bytes(file.content)).hexdigest()


def test_the_cover_says_who_made_it_when_and_by_which_rules(office: Office) -> None:
    dossier = made_by(office.office_leader, office.unit)
    cover = {row[0]: row[1] for row in sheets_of(dossier)["Forside"] if row[1]}
    assert cover["Enhet"] == office.unit.name
    assert cover["Laget av"] == f"{office.office_leader.name} (Nav-leder)"
    assert "trygge-brukermoter 1" in cover["Målt med"]
    assert "OPPDIKTET" not in text_of(content_of(dossier))


def test_in_the_demo_both_files_say_that_all_is_fictional(office: Office, settings: Any) -> None:
    settings.DEMO = True
    dossier = made_by(office.office_leader, office.unit)
    assert "OPPDIKTET" in text_of(content_of(dossier))
    assert any("OPPDIKTET" in row[0] for row in sheets_of(dossier)["Forside"])


def test_the_status_is_that_of_the_page(office: Office) -> None:
    dossier = made_by(office.office_leader, office.unit)
    with acting_as(office.office_leader.id):
        expected = {
            (status.requirement.name, str(status.state.label), status.why)
            for chapter in chapters_of(office.unit)
            for status in chapter.statuses
        }
    sheets = sheets_of(dossier)
    names = ("Standard for trygge brukermøter", "Lovkrav ved siden av standarden")
    found = {
        (row["Krav"], row["Status"], row["Hvorfor"])
        for name in names
        for row in rows_under(sheets[name], "Krav")
    }
    assert found == expected
    assert len(rows_under(sheets[names[0]], "Krav")) == 17


def test_measures_are_told_with_the_owners_role_and_not_the_name(office: Office) -> None:
    planned_by(office.office_leader, office.unit, office.safety_representative, title="To innganger")
    dossier = made_by(office.office_leader, office.unit)
    (row,) = rows_under(sheets_of(dossier)["Tiltak og virkningen av dem"], "Tiltak")
    assert (row["Tiltak"], row["Ansvarlig"], row["Status"]) == ("To innganger", "Verneombud", "Planlagt")
    assert office.safety_representative.name not in text_of(content_of(dossier))


def test_meetings_say_which_owners_came_and_what_was_decided(office: Office) -> None:
    meeting = called_by(office.office_leader, office.unit)
    decided_by(office.office_leader, meeting, office.leader)
    held_by(office.office_leader, meeting, office.county_director, office.municipal_director)
    sheets = sheets_of(made_by(office.office_leader, office.unit))
    (row,) = rows_under(sheets["Møter og utvalg"], "Møte")
    assert (row["Staten"], row["Kommunen"], row["Ansatte"]) == ("Ja", "Ja", "Nei")
    assert len(rows_under(sheets["Vedtak"], "Møte")) == 1


def test_incidents_of_five_are_lines_without_text_or_names(office: Office) -> None:
    reported(office, 5)
    dossier = made_by(office.office_leader, office.unit)
    rows = rows_under(sheets_of(dossier)["Hendelser"], "Nr.")
    assert [row["Nr."].removesuffix(".0") for row in rows] == ["1", "2", "3", "4", "5"]
    everything = text_of(content_of(dossier)) + str(sheets_of(dossier))
    assert WHAT not in everything
    assert "Utsatt Person" not in everything
    assert str(timezone.localdate().day) + "." not in str(rows)


def test_incidents_of_four_are_no_figure_at_all(office: Office) -> None:
    reported(office, 4)
    sheet = sheets_of(made_by(office.office_leader, office.unit))["Hendelser"]
    assert "Færre enn fem" in str(sheet)
    assert not any(sign.isdigit() for row in sheet for cell in row for sign in cell)


def test_one_who_reads_only_some_incidents_gets_the_years_figures_whatever_the_period(office: Office) -> None:
    reported(office, 6)
    state_leader, municipal_leader = make_person("Stine Stat"), make_person("Kjell Kommune")
    assign(state_leader, Role.OFFICE_LEADER, office.unit, employer=office.directorate)
    assign(municipal_leader, Role.LEADER, office.unit, employer=office.municipality)
    for person in (state_leader, municipal_leader, office.county_director, office.municipal_director):
        dossier = made_by(person, office.unit, days=0)
        text = str(sheets_of(dossier))
        assert "de siste tolv månedene" in text
        assert "Nr." not in text


def test_what_is_outside_the_period_is_left_out(office: Office) -> None:
    for incident in reported(office, 6):
        type(incident).objects.filter(id=incident.id).update(created_at=timezone.now() - timedelta(days=30))
    assert "Ingen hendelser" in str(
        sheets_of(made_by(office.office_leader, office.unit, days=7))["Hendelser"]
    )


@pytest.mark.parametrize("role", ["counsellor", "colleague", "administrator"])
def test_one_who_only_works_there_gets_none(office: Office, role: str) -> None:
    with pytest.raises(NotAllowed):
        asked_by(getattr(office, role), office.unit)


def test_those_who_answer_for_the_unit_or_look_into_it_get_one_and_not_of_anothers(office: Office) -> None:
    elsewhere = make_office("Nav Storevik").unit
    for person in (
        office.office_leader,
        office.safety_representative,
        office.county_director,
        office.municipal_director,
        office.chief_safety_representative,
    ):
        assert made_by(person, office.unit).made_at
        with pytest.raises(NotAllowed):
            asked_by(person, elsewhere)
    for person in (office.directorate_member, office.auditor):  # of the whole directorate
        assert made_by(person, office.unit).made_at


def test_one_who_has_left_the_role_before_it_is_made_gets_nothing(office: Office) -> None:
    dossier = asked_by(office.office_leader, office.unit)
    RoleAssignment.objects.filter(person=office.office_leader).delete()
    with pytest.raises(NotAllowed):
        making.make(dossier.id)
    dossier.refresh_from_db()
    assert dossier.failed_at
    assert not File.objects.exists()


def test_made_again_by_a_worker_that_comes_back_nothing_changes(office: Office) -> None:
    dossier = made_by(office.office_leader, office.unit)
    making.make(dossier.id)
    assert File.objects.filter(dossier=dossier).count() == 2
    again = Dossier.objects.get()
    assert (again.data_digest, again.made_at) == (dossier.data_digest, dossier.made_at)


def test_the_number_of_queries_follows_nothing_that_is_told(office: Office) -> None:
    def queries() -> int:
        with acting_as(office.office_leader.id), CaptureQueriesContext(connection) as captured:
            scope = scope_of(office.unit, oslo_today() - timedelta(days=30), oslo_today())
            for section in sections():
                section.read(scope)
        return len(captured)

    def one_more() -> None:
        reported(office, 5)
        planned_by(office.office_leader, office.unit, office.safety_representative)
        meeting = called_by(office.office_leader, office.unit)
        decided_by(office.office_leader, meeting, office.leader)
        held_by(office.office_leader, meeting, office.county_director, office.municipal_director)

    one_more()
    few = queries()
    one_more()
    one_more()
    assert queries() == few <= 45


def test_the_history_is_sealed_and_a_changed_line_is_found(office: Office) -> None:
    with connection.cursor() as cursor:
        cursor.execute("alter table access_historyentry disable trigger only_grows")
        HistoryEntry.objects.update(happened_at=timezone.now() - timedelta(hours=1))
        cursor.execute("alter table access_historyentry enable trigger only_grows")
    with acting_as_job():
        seal = seal_history()
        assert seal_history() == seal
    assert len(seal) == 64
    assert made_by(office.office_leader, office.unit).seal == seal
    assert broken_seal() is None
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("alter table access_historyentry disable trigger only_grows")
        first = HistoryEntry.objects.order_by("id")[:1].get()
        HistoryEntry.objects.filter(id=first.id).update(person_id=(first.person_id or 0) + 7)
        cursor.execute("alter table access_historyentry enable trigger only_grows")
    assert broken_seal() == HistorySeal.objects.order_by("last_entry")[0].last_entry
    with pytest.raises(ProgrammingError), transaction.atomic():
        HistorySeal.objects.all().delete()

"""What a unit's book holds (3.6): all that is established there and above up to the office, and no more."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.assistance.models import Responder
from tryggmote.controls import services
from tryggmote.controls.models import Measure
from tryggmote.controls.procedures import end_procedure
from tryggmote.controls.tests.helpers import a_frame, drafted_by, established_by, in_force, planned_by
from tryggmote.controls.tests.test_action_cards import in_force as card_in_force
from tryggmote.handbook import queries, registry
from tryggmote.handbook.registry import Chapter, Entry
from tryggmote.handbook.tests.helpers import chapter_of, established, titles
from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.organisation.models import Person, Unit, UnitKind
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import Office, assign, make_office, make_person, make_unit
from tryggmote.premises.tests.factories import a_good_room, building_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def team(office: Office) -> Unit:
    """A team of the office, led by somebody of its own."""
    team = make_unit("Team mottak", UnitKind.TEAM, parents=(office.unit,))
    assign(office.leader, Role.LEADER, team)
    return team


def cancelled_by(leader: Person, measure: Measure) -> None:
    with acting_as(leader.id) as by:
        seen = Measure.objects.get(id=measure.id)
        services.cancel(by=by, measure=seen, act_id=new_id(), reason="Rommet er borte.")


def test_the_book_of_a_team_holds_its_own_measures_and_those_of_the_office(
    office: Office, team: Unit
) -> None:
    established(office.office_leader, office.unit, title="Alarm i alle rom")
    established(office.leader, team, title="Alltid to i mottaket")
    assert titles(office.leader, team, "tiltak") == ["Alarm i alle rom", "Alltid to i mottaket"]
    assert titles(office.leader, office.unit, "tiltak") == ["Alarm i alle rom"]


def test_what_is_planned_cancelled_or_anothers_is_not_in_it(office: Office) -> None:
    planned_by(office.office_leader, office.unit, office.leader, title="Bare planlagt")
    cancelled_by(office.office_leader, established(office.office_leader, office.unit, title="Avsluttet"))
    other = make_office("Nav Storevik")
    established(other.office_leader, other.unit, title="Hos naboen")
    assert titles(office.counsellor, office.unit, "tiltak") == []


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wanted=st.lists(st.lists(st.sampled_from(MeetingForm.values), unique=True, max_size=4), max_size=6))
def test_every_established_measure_stands_under_each_meeting_form_it_is_for(
    office: Office, wanted: list[list[str]]
) -> None:
    """By construction everything is in it: this is the test of the construction."""
    before = set(Measure.objects.values_list("id", flat=True))
    made = {
        established(office.office_leader, office.unit, title=f"Tiltak {number}", forms=tuple(forms)).id: forms
        for number, forms in enumerate(wanted)
    }
    entries = {entry.key: entry for entry in chapter_of(office.counsellor, office.unit, "tiltak")}
    assert set(entries) == before | set(made)
    for key, forms in made.items():
        words = {str(MeetingForm(form).label) for form in forms} or {"I alle møter"}
        assert set(map(str, entries[key].sections)) == words


def test_procedures_in_force_are_in_it_also_those_of_the_county_and_drafts_are_not(office: Office) -> None:
    in_force(office.county_director, office.county, frame=a_frame("Felles for fylket"))
    in_force(office.office_leader, office.unit, frame=a_frame("Uro i mottaket"))
    drafted_by(office.office_leader, office.unit, frame=a_frame("Bare et utkast"))
    assert titles(office.counsellor, office.unit, "rutiner") == ["Felles for fylket", "Uro i mottaket"]


def test_a_procedure_says_its_first_words_and_where_it_comes_from(office: Office) -> None:
    in_force(office.county_director, office.county, "# Først\n\nGå **ut** av rommet.\n\nSå: ring.")
    (entry,) = chapter_of(office.counsellor, office.unit, "rutiner")
    assert entry.text == "Gå ut av rommet."
    assert dict(entry.facts) == {"Fra": office.county.name}


def test_an_ended_procedure_has_left_the_book(office: Office) -> None:
    procedure = in_force(office.office_leader, office.unit)
    with acting_as(office.office_leader.id) as by:
        end_procedure(by=by, procedure=procedure, ending_id=new_id(), reason="Slått sammen med en annen.")
    assert titles(office.counsellor, office.unit, "rutiner") == []


def test_a_card_says_what_holds_here_and_the_assembly_point_stands_with_the_premises(office: Office) -> None:
    card_in_force(office.office_leader, office.unit, "Døra bak arkivet.", assembly_point="Skoleplassen.")
    cards = {entry.key: entry for entry in chapter_of(office.counsellor, office.unit, "tiltakskort")}
    assert ("Utganger", "Døra bak arkivet.") in cards["violence"].facts
    assert "Skoleplassen." in titles(office.counsellor, office.unit, "lokaler")


def test_rooms_say_what_they_are_suitable_for_and_why_not(office: Office) -> None:
    a_good_room(office.office_leader, office.unit, "Rom 1")
    a_good_room(office.office_leader, office.unit, "Rom 2", exits="one")
    rooms = {entry.title: entry for entry in chapter_of(office.counsellor, office.unit, "lokaler")}
    assert str(rooms["Rom 1"].badge and rooms["Rom 1"].badge.word) == "For alle møter"
    assert str(rooms["Rom 2"].badge and rooms["Rom 2"].badge.word) != "For alle møter"
    assert "utgang" in rooms["Rom 2"].text


def test_a_building_says_where_one_goes_in(office: Office) -> None:
    building_by(office.office_leader, office.unit, staff_entrance="Bak, ved sykkelstativet.")
    (entry,) = chapter_of(office.counsellor, office.unit, "lokaler")
    assert ("Inngang for ansatte", "Bak, ved sykkelstativet.") in entry.facts


def test_who_is_who_knows_the_leader_the_representatives_and_those_told_first(office: Office) -> None:
    Responder.objects.create(unit=office.unit, person=office.colleague, weekdays=[1, 3])
    office.colleague.phone = "900 00 000"
    office.colleague.save()
    people = {entry.title: entry for entry in chapter_of(office.counsellor, office.unit, "hvem")}
    assert {office.office_leader.name, office.safety_representative.name} <= set(people)
    assert people[office.colleague.name].calls == "90000000"
    assert dict(people[office.colleague.name].facts)["Dager"] == "mandag, onsdag"


def test_those_who_have_left_or_whose_role_has_ended_are_not_in_it(office: Office) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    assign(make_person("Tidligere Leder"), Role.LEADER, office.unit, ends_on=yesterday)
    gone = make_person("Sluttet Ombud")
    assign(gone, Role.SAFETY_REPRESENTATIVE, office.unit)
    gone.ended_on = yesterday
    gone.save()
    names = titles(office.counsellor, office.unit, "hvem")
    assert not {"Tidligere Leder", "Sluttet Ombud"} & set(names)


def test_where_to_turn_begins_with_112_and_ends_with_those_whose_role_it_is(office: Office) -> None:
    assign(make_person("Hilde Helse"), Role.OCCUPATIONAL_HEALTH, office.county)
    entries = chapter_of(office.counsellor, office.unit, "hjelp")
    assert (entries[0].calls, entries[-1].title) == ("112", "Hilde Helse")


def test_each_owner_and_each_number_stands_once(office: Office) -> None:
    assign(office.office_leader, Role.OFFICE_LEADER, office.unit, employer=office.municipality)
    for code in ("hjelp", "hvem"):
        keys = [entry.key for entry in chapter_of(office.counsellor, office.unit, code)]
        assert len(keys) == len(set(keys)), code


def test_another_capability_adds_a_chapter(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_chapters", dict(registry._chapters))
    registry.register(
        Chapter("utstyr", "Utstyr", order=45, entries=lambda book: [Entry("1", "Overfallsalarm")])
    )
    assert titles(office.counsellor, office.unit, "utstyr") == ["Overfallsalarm"]
    with acting_as(office.counsellor.id):
        codes = [read.chapter.code for read in queries.read(queries.book_of(office.unit.id))]
    assert codes.index("tiltak") < codes.index("utstyr") < codes.index("lokaler")


def test_a_measure_carried_out_is_in_the_book_at_once(office: Office) -> None:
    measure = planned_by(office.office_leader, office.unit, office.leader, title="Ny dør")
    assert titles(office.counsellor, office.unit, "tiltak") == []
    established_by(office.leader, measure)
    assert titles(office.counsellor, office.unit, "tiltak") == ["Ny dør"]

"""Which room the check advises (2.2, 3.1)."""

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.encounters import services
from tryggmote.encounters.models import Check
from tryggmote.encounters.room_advice import RoomAdvice, room_advice
from tryggmote.encounters.services import CheckDraft
from tryggmote.encounters.tests.conftest import calm_answers
from tryggmote.organisation.meeting_levels import Level
from tryggmote.organisation.models import Person, UnitKind
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import Office, assign, employ, make_person, make_unit
from tryggmote.premises import registry
from tryggmote.premises.models import Room
from tryggmote.premises.rules import Limit
from tryggmote.premises.tests.factories import a_good_room, noted_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def good(office: Office) -> Room:
    return a_good_room(office.office_leader, office.unit, "Rom 1")


@pytest.fixture
def one_exit(office: Office) -> Room:
    return a_good_room(office.office_leader, office.unit, "Rom 3", exits="one")


def check_in(room: Room | None, by: Person, **changes: str) -> Check:
    with acting_as(by.id) as signed_in:
        answers = calm_answers("planned", **changes)
        room_id = room.id if room else None
        return services.make_check(
            by=signed_in, draft=CheckDraft(id=new_id(), form="planned", answers=answers, room_id=room_id)
        )


def advice(check: Check, reader: Person) -> RoomAdvice:
    with acting_as(reader.id):
        found = room_advice(Check.objects.select_related("room").get(id=check.id))
        assert found is not None
        return found


def names(found: RoomAdvice) -> list[str]:
    return [state.room.name for state in found.better]


def test_a_room_with_one_exit_is_advised_against_when_the_risk_is_high_and_another_is_named(
    office: Office, good: Room, one_exit: Room
) -> None:
    found = advice(check_in(one_exit, office.counsellor, signs="strong"), office.counsellor)
    assert found.reasons_against == ("Rommet har én utgang.",)
    assert names(found) == ["Rom 1"]


def test_the_same_room_is_good_enough_for_a_calm_meeting(office: Office, good: Room, one_exit: Room) -> None:
    assert not advice(check_in(one_exit, office.counsellor), office.counsellor).is_unsuitable


def test_without_a_room_those_that_suit_are_named(office: Office, good: Room, one_exit: Room) -> None:
    found = advice(check_in(None, office.counsellor, signs="strong"), office.counsellor)
    assert names(found) == ["Rom 1"]


def test_what_is_noted_or_fails_afterwards_changes_the_advice_at_once(
    office: Office, good: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = check_in(good, office.counsellor, signs="strong")
    assert not advice(check, office.counsellor).is_unsuitable
    failed = Limit(Level.LOW, "Alarmen virket ikke da den ble testet.")
    monkeypatch.setattr(registry, "_troubles", [lambda rooms: {good.id: [failed]}])
    assert advice(check, office.counsellor).reasons_against == (failed.reason,)
    monkeypatch.setattr(registry, "_troubles", [])
    noted_by(office.office_leader, good, exits="blocked")
    assert advice(check, office.counsellor).is_unsuitable


def test_a_telephone_meeting_needs_no_room(office: Office, good: Room) -> None:
    with acting_as(office.counsellor.id) as by:
        draft = CheckDraft(id=new_id(), form="telephone", answers=calm_answers("telephone"))
        assert room_advice(services.make_check(by=by, draft=draft)) is None


def test_the_page_asks_for_the_room_and_says_which_to_choose(
    office: Office, good: Room, one_exit: Room, client_of
) -> None:
    client = client_of(office.counsellor)
    page = reverse("encounters:check_new", args=["planned"])
    assert "Hvilket rom?" in client.get(page).content.decode()
    answers = {f"q_{code}": a for code, a in calm_answers("planned", signs="strong").items()}
    sent = client.post(page, {"id": new_id(), "room": one_exit.id, **answers})
    result = client.get(sent.headers["Location"]).content.decode()
    assert "Rom 3 passer ikke til dette møtet" in result
    assert good.get_absolute_url() in result
    assert Check.objects.get().place == "Rom 3"


def test_a_unit_without_rooms_is_not_asked(office: Office, client_of) -> None:
    page = client_of(office.counsellor).get(reverse("encounters:check_new", args=["planned"]))
    assert "Hvilket rom?" not in page.content.decode()


def test_a_check_cannot_name_a_room_of_another_unit_even_by_sql(office: Office) -> None:
    """Though one sees it: a room next door is not where one meets people, and one may be above it."""
    elsewhere = make_unit("Nav Storevik", parents=(office.county, office.municipality))
    below = make_unit("Ungdom", UnitKind.TEAM, parents=(office.unit,))
    for unit in (elsewhere, below):
        assign(office.office_leader, Role.LEADER, unit)
    rooms = [a_good_room(office.office_leader, unit, unit.name) for unit in (elsewhere, below)]
    for foreign in rooms:
        with pytest.raises(ProgrammingError, match="not one of the workplace"), transaction.atomic():
            check_in(foreign, office.counsellor)


def test_a_team_meets_people_in_the_rooms_of_its_office(office: Office, good: Room) -> None:
    team = make_unit("Ungdom", UnitKind.TEAM, parents=(office.unit,))
    youth_worker = make_person("Ungdomskontakt")
    employ(youth_worker, unit=team, employer=office.county, daily_leader=office.leader)
    assert check_in(good, youth_worker).room_id == good.id

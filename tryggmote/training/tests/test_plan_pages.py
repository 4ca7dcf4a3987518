"""The pages of the year's plan and of sessions, as people meet them (4.1)."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.duties.tests.helpers import owed_by
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.training import plan_duties
from tryggmote.training.models import (
    Attendance,
    CalendarAddress,
    Plan,
    PlanApproval,
    PlanItem,
    Session,
    SignUp,
)
from tryggmote.training.session_duties import session_duties
from tryggmote.training.tests.helpers import everybody_did
from tryggmote.training.tests.plan_helpers import (
    added_by,
    approved_by,
    begun,
    has_plan_for,
    heard,
    held_by,
    in_force,
    now,
    proposed_by,
    signed_up,
)
from tryggmote.ui.dates import OSLO, oslo_midnight, oslo_today

pytestmark = [pytest.mark.django_db, pytest.mark.training]
ClientOf = Callable[[Person], Client]


@pytest.fixture
def office() -> Office:
    return make_office()


def address(name: str, *args: object) -> str:
    return reverse(f"training:{name}", args=args)


def text_of(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status
    return response.content.decode()


def test_the_leader_makes_changes_and_approves_the_plan(office: Office, client_of: ClientOf) -> None:
    leader, year = client_of(office.office_leader), oslo_today().year
    url = address("plan", office.unit.id)
    assert "Dette trenger dere" in text_of(leader, url)
    leader.post(f"{address('plan_begin', office.unit.id)}?aar={year}", {"id": new_id()})
    plan = Plan.objects.get()
    assert "Vilde Verneombud, verneombud, har ikke svart" in text_of(leader, url)
    added = {
        "id": new_id(),
        "element": "equipment",
        "month": 12,
        "people": 4,
        "way": "session",
        "words": "Nye knapper.",
    }
    leader.post(address("plan_add", plan.id), added)
    leader.post(address("plan_add", plan.id), added)
    assert PlanItem.objects.filter(cause="own").count() == 1
    own = PlanItem.objects.get(cause="own")
    leader.post(address("plan_move", own.id), {"month": 10})
    own.refresh_from_db()
    assert own.month == 10
    gap = PlanItem.objects.exclude(cause="own")[0]
    leader.post(address("plan_remove", gap.id), {"why": ""})
    gap.refresh_from_db()
    assert gap.removed_at is None
    leader.post(address("plan_remove", gap.id), {"why": "De tar den i Oslo."})
    assert "De tar den i Oslo." in text_of(client_of(office.safety_representative), url)

    plan.refresh_from_db()
    client_of(office.safety_representative).post(
        address("plan_opinion", plan.id), {"id": new_id(), "edition": plan.revision, "answer": "agree"}
    )
    leader.post(address("plan_approve", plan.id), {"id": new_id(), "revision": plan.revision})
    assert PlanApproval.objects.filter(plan=plan).exists()
    assert "Nye knapper." in text_of(client_of(office.counsellor), url)

    leader.post(address("plan_revise", plan.id), {"id": new_id(), "reason": "To nye ansatte."})
    assert "To nye ansatte." in text_of(leader, url)
    assert "To nye ansatte." not in text_of(leader, f"{url}?vis=gjeldende")
    assert "To nye ansatte." not in text_of(client_of(office.counsellor), url)


def test_what_was_written_wrong_stands_with_what_to_do(office: Office, client_of: ClientOf) -> None:
    plan, leader = proposed_by(office.office_leader, office.unit), client_of(office.office_leader)
    wrong = leader.post(address("plan_add", plan.id), {"id": new_id(), "words": "Nye knapper.", "people": 0})
    assert wrong.status_code == 422
    assert "Velg en del av opplæringen." in wrong.content.decode()
    assert "Nye knapper." in wrong.content.decode()
    early = leader.post(address("plan_approve", plan.id), {"id": new_id(), "revision": plan.revision})
    assert early.status_code == 409


def test_the_next_years_plan_has_its_own_page(office: Office, client_of: ClientOf) -> None:
    in_force(office)
    has_plan_for(office, oslo_today().year + 1)
    page = text_of(
        client_of(office.counsellor), f"{address('plan', office.unit.id)}?aar={oslo_today().year + 1}"
    )
    assert f"Opplæringsplanen {oslo_today().year + 1}" in page


@pytest.mark.parametrize("nonsense", ["", "²", "1", "99999", "20x6", "-2026"])
def test_a_year_that_is_none_is_this_one(office: Office, client_of: ClientOf, nonsense: str) -> None:
    page = text_of(client_of(office.counsellor), f"{address('plan', office.unit.id)}?aar={nonsense}")
    assert f"Opplæringsplanen {oslo_today().year}" in page


def test_a_plan_costs_no_more_the_more_there_is_in_it(office: Office, client_of: ClientOf) -> None:
    plan, leader = proposed_by(office.office_leader, office.unit), client_of(office.office_leader)
    url = address("plan", office.unit.id)

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            text_of(leader, url)
        return len(captured)

    asked()
    before = asked()
    for month in range(1, 9):
        added_by(office.office_leader, plan, month=month)
    assert asked() <= before


def fields(**changed: object) -> dict[str, object]:
    tomorrow = timezone.now().astimezone(OSLO) + timedelta(days=1)
    return {
        "id": new_id(), "elements": ["risk_awareness"], "day": f"{tomorrow:%Y-%m-%d}", "starts": "09:00",
        "ends": "11:00", "place": "Møterom 2", "capacity": 1, **changed,
    }  # fmt: skip


def test_a_session_from_the_plan_to_who_was_there(office: Office, client_of: ClientOf) -> None:
    leader, counsellor = client_of(office.office_leader), client_of(office.counsellor)
    new_url = address("session_new", office.unit.id)
    assert "checked" in text_of(leader, f"{new_url}?element=risk_awareness")
    sent = fields(led_by=office.office_leader.id, open_to=office.unit.id)
    leader.post(new_url, sent)
    leader.post(new_url, sent)
    session = Session.objects.get()
    assert "1 ledig plass" in text_of(counsellor, address("sessions"))
    assert "Meld meg på" in text_of(counsellor, address("own"))
    counsellor.post(address("sign_up", session.id))
    assert "Du har plass" in text_of(counsellor, address("sessions"))
    client_of(office.colleague).post(address("sign_up", session.id))
    assert "Nummer 1 på venteliste" in text_of(client_of(office.colleague), address("session", session.id))
    page = text_of(leader, address("session", session.id))
    assert "Vera Veileder" in page
    assert "Vera Veileder" not in text_of(client_of(office.colleague), address("session", session.id))
    counsellor.post(address("withdraw_sign_up", session.id))
    assert "Du har plass" in text_of(client_of(office.colleague), address("session", session.id))

    begun(session)
    leader.post(address("session_record", session.id), {"present": [office.colleague.id]})
    assert "Du var her" in text_of(client_of(office.colleague), address("session", session.id))
    assert now(session).finished_at


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"place": ""}, "Skriv hvor økten er"),
        ({"ends": "08:00"}, "slutter før den begynner"),
        ({"day": "2020-01-01"}, "Velg en dag fra i dag"),
        ({"capacity": 0}, "Skriv minst 1."),
        ({"elements": []}, "Velg minst én del av opplæringen."),
        ({"led_by": 0}, "Velg en person"),
    ],
)
def test_a_session_that_cannot_be_says_why(
    office: Office, client_of: ClientOf, changed: dict[str, object], said: str
) -> None:
    sent = fields(led_by=office.office_leader.id, open_to=office.unit.id) | changed
    answer = client_of(office.office_leader).post(address("session_new", office.unit.id), sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Session.objects.exists()


def test_the_wall_is_for_those_who_hold_it_and_the_code_is_typed_by_whoever_is_there(
    office: Office, client_of: ClientOf
) -> None:
    session = held_by(office.office_leader, office.unit)
    assert session.code in text_of(client_of(office.office_leader), address("session_wall", session.id))
    counsellor = client_of(office.counsellor)
    assert counsellor.get(address("session_wall", session.id)).status_code == 403
    assert session.code not in text_of(counsellor, address("session", session.id))
    begun(session)
    assert session.code in text_of(counsellor, f"{address('here', session.id)}?kode={session.code}")
    typed = f" {session.code[:3].lower()} {session.code[3:]}"
    wrong = counsellor.post(address("here_any"), {"id": new_id(), "kode": "WRONG2"})
    assert wrong.status_code == 422
    assert "Fant ingen økt" in wrong.content.decode()
    sent = {"id": new_id(), "kode": typed, "at": ""}
    counsellor.post(address("here_any"), sent)
    counsellor.post(address("here_any"), sent)
    assert Attendance.objects.get().person == office.counsellor


def test_a_leader_signs_up_their_own_from_the_page(office: Office, client_of: ClientOf) -> None:
    session = held_by(office.office_leader, office.unit)
    client_of(office.leader).post(
        address("sign_others_up", session.id), {"people": [office.counsellor.id, office.colleague.id]}
    )
    assert SignUp.objects.count() == 2
    strangers = {"people": [office.office_leader.id]}
    assert client_of(office.leader).post(address("sign_others_up", session.id), strangers).status_code == 422


def test_the_list_of_sessions_costs_no_more_the_longer_it_is(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.counsellor)

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            text_of(client, address("sessions"))
        return len(captured)

    held_by(office.office_leader, office.unit)
    asked()
    before = asked()
    for _number in range(5):
        held_by(office.office_leader, office.unit)
    assert asked() <= before


class TestCalendar:
    """One's sessions in one's own calendar."""

    def secret_of(self, client: Client) -> str:
        page = client.post(address("calendar_make")).content.decode()
        return page.split("/opplaering/kalender/")[1].split(".ics")[0]

    def test_a_calendar_program_reads_ones_own_sessions_and_nobody_elses(
        self, office: Office, client_of: ClientOf
    ) -> None:
        session = held_by(office.office_leader, office.unit, place="Møterom 2; 3. etasje")
        signed_up(session, office.counsellor)
        secret = self.secret_of(client_of(office.counsellor))
        found = Client().get(address("calendar", secret))
        assert found["Content-Type"].startswith("text/calendar")
        (event,) = Calendar.from_ical(found.content).walk("VEVENT")
        assert (str(event["SUMMARY"]), str(event["LOCATION"])) == (
            "Se risikoen i tide",
            "Møterom 2; 3. etasje",
        )
        assert event["DTSTART"].dt == now(session).starts_at.replace(microsecond=0)
        other = self.secret_of(client_of(office.colleague))
        assert not Calendar.from_ical(Client().get(address("calendar", other)).content).walk("VEVENT")

    def test_an_address_that_was_ended_or_made_anew_leads_nowhere(
        self, office: Office, client_of: ClientOf
    ) -> None:
        client = client_of(office.counsellor)
        first = self.secret_of(client)
        second = self.secret_of(client)
        assert Client().get(address("calendar", first)).status_code == 404
        assert Client().get(address("calendar", second)).status_code == 200
        client.post(address("calendar_end"))
        assert Client().get(address("calendar", second)).status_code == 404
        assert second not in "".join(CalendarAddress.objects.values_list("digest", flat=True))

    def test_whoever_has_left_shows_nothing(self, office: Office, client_of: ClientOf) -> None:
        secret = self.secret_of(client_of(office.counsellor))
        Person.objects.filter(id=office.counsellor.id).update(ended_on=oslo_today() - timedelta(days=1))
        assert Client().get(address("calendar", secret)).status_code == 404

    def test_one_session_is_a_file(self, office: Office, client_of: ClientOf) -> None:
        session = held_by(office.office_leader, office.unit)
        found = client_of(office.counsellor).get(address("session_file", session.id))
        assert len(Calendar.from_ical(found.content).walk("VEVENT")) == 1


class TestNow:
    """What is asked of people on the first page."""

    def kinds(self, person: Person) -> list[str]:
        with acting_as(person.id) as who:
            sessions = [duty.kind for duty in session_duties(who)]
        return sessions + [duty.kind for duty in owed_by(person, *plan_duties.KINDS)]

    def test_the_leader_is_asked_for_the_plan_until_it_is_approved(self, office: Office) -> None:
        assert "training_plan" in self.kinds(office.office_leader)
        for year in (oslo_today().year, oslo_today().year + 1):
            has_plan_for(office, year)
        assert self.kinds(office.office_leader) == []

    def test_a_plan_not_made_when_its_year_begins_is_late_where_there_was_one(self, office: Office) -> None:
        this_year = oslo_today().year
        has_plan_for(office, this_year + 1)
        assert self.plan_due(office.office_leader) is None
        has_plan_for(office, this_year - 1)
        assert self.plan_due(office.office_leader) == oslo_midnight(date(this_year, 1, 1))

    def plan_due(self, leader: Person) -> datetime | None:
        (plan,) = [duty for duty in owed_by(leader, *plan_duties.KINDS) if duty.kind == "training_plan"]
        return plan.due

    def test_the_representative_is_asked_what_they_think_once(self, office: Office) -> None:
        plan = proposed_by(office.office_leader, office.unit)
        assert self.kinds(office.safety_representative) == ["training_plan_hearing"]
        heard(office.safety_representative, plan)
        assert self.kinds(office.safety_representative) == []
        approved_by(office.office_leader, plan)

    def test_the_session_of_today_and_afterwards_who_was_there(self, office: Office) -> None:
        everybody_did(office.unit)
        session = held_by(office.office_leader, office.unit, led_by_id=office.colleague.id)
        signed_up(session, office.counsellor)
        assert self.kinds(office.counsellor) == []
        begun(session, ago=timedelta(minutes=1))
        assert self.kinds(office.counsellor) == ["training_session"]
        assert self.kinds(office.colleague) == []
        begun(session, ago=timedelta(hours=3))
        assert self.kinds(office.colleague) == ["training_attendance"]

    def test_it_costs_few_questions(self, office: Office) -> None:
        proposed_by(office.office_leader, office.unit)
        session = held_by(office.office_leader, office.unit)
        signed_up(session, office.office_leader)
        begun(session, ago=timedelta(minutes=1))
        for role in ("counsellor", "office_leader", "safety_representative"):
            with acting_as(getattr(office, role).id) as who, CaptureQueriesContext(connection) as captured:
                list(session_duties(who))
            assert len(captured) <= 1, role

"""What each has chosen: by which ways, at once or in the morning, and when the phone is quiet."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from tryggmote.access.context import acting_as
from tryggmote.notices import choices, outbox
from tryggmote.notices.models import Delivery, EmailTrouble, GroupChoice, Notice, QuietChoice, TextNumber
from tryggmote.notices.quiet import QuietHours
from tryggmote.notices.rules import Choice
from tryggmote.notices.tests.gateways import Gateway
from tryggmote.notices.tests.real_worker import GROUP
from tryggmote.notices.tests.stories import tell
from tryggmote.notices.vocabulary import Channel, Group, Pace
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.organisation.workdays import OSLO

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
IN_THE_EVENING = datetime(2026, 11, 26, 20, tzinfo=OSLO)
NEXT_MORNING = datetime(2026, 11, 27, 7, tzinfo=OSLO)
NONE = QuietHours(0, 0, days_off=False)


@pytest.fixture
def office() -> Office:
    return make_office()


def chooses(
    person: Person, pace: Pace, *channels: Channel, group: Group = GROUP, quiet: QuietHours = NONE
) -> None:
    with acting_as(person.id) as signed_in:
        choices.choose(by=signed_in, groups={group: Choice(pace, frozenset(channels))}, quiet=quiet)


def ways() -> list[str]:
    return sorted(Delivery.objects.values_list("channel", flat=True))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Set the clock of the product."""
    return lambda moment: monkeypatch.setattr(timezone, "now", lambda: moment)


def test_whoever_wants_only_the_screen_gets_no_email_but_of_what_the_law_asks_for(office: Office) -> None:
    chooses(office.leader, Pace.SCREEN)
    tell(office.leader, kind="tests.met")
    assert ways() == []
    tell(office.leader, kind="tests.now")
    assert ways() == ["email"]


def test_a_choice_is_for_its_group_and_for_the_one_who_made_it(office: Office) -> None:
    chooses(office.leader, Pace.SCREEN, group=Group.READING)
    tell(office.leader, office.safety_representative, kind="tests.met")
    assert ways() == ["email", "email"]


def test_whoever_wants_it_by_text_message_gets_it_there_and_not_by_email(
    office: Office, gateway: Gateway
) -> None:
    Person.objects.filter(id=office.leader.id).update(phone="+4790000001")
    chooses(office.leader, Pace.AT_ONCE, Channel.TEXT)
    tell(office.leader, kind="tests.met")
    assert ways() == ["text"]


def test_whoever_has_no_number_gets_an_email_instead_of_nothing(office: Office, gateway: Gateway) -> None:
    chooses(office.leader, Pace.AT_ONCE, Channel.TEXT)
    tell(office.leader, kind="tests.met")
    assert ways() == ["email"]


def test_what_waits_for_the_morning_leaves_by_no_other_way(office: Office) -> None:
    chooses(office.leader, Pace.DIGEST, Channel.EMAIL)
    tell(office.leader, kind="tests.met")
    assert ways() == []
    assert Notice.objects.get().waits_for_digest


def test_a_text_message_waits_for_the_morning_and_the_email_does_not(
    office: Office, gateway: Gateway, clock: Callable[[datetime], None]
) -> None:
    Person.objects.filter(id=office.leader.id).update(phone="+4790000001")
    clock(IN_THE_EVENING)
    chooses(office.leader, Pace.AT_ONCE, Channel.TEXT, Channel.EMAIL, quiet=QuietHours())
    tell(office.leader, kind="tests.met")
    due = dict(Delivery.objects.values_list("channel", "due_at"))
    assert due == {"text": NEXT_MORNING, "email": IN_THE_EVENING}
    outbox.send_waiting(Channel.TEXT)
    assert gateway.taken == []
    clock(NEXT_MORNING)
    outbox.send_waiting(Channel.TEXT)
    assert [number for number, _ in gateway.taken] == ["+4790000001"]


def test_a_worker_that_comes_back_in_the_evening_waits_with_what_was_due_in_the_afternoon(
    office: Office, gateway: Gateway, clock: Callable[[datetime], None]
) -> None:
    Person.objects.filter(id=office.leader.id).update(phone="+4790000001")
    chooses(office.leader, Pace.AT_ONCE, Channel.TEXT, quiet=QuietHours())
    clock(IN_THE_EVENING - timedelta(hours=4))
    tell(office.leader, kind="tests.met")
    clock(IN_THE_EVENING)
    outbox.send_waiting(Channel.TEXT)
    held = Delivery.objects.get()
    assert (gateway.taken, held.next_attempt_at, held.attempts) == ([], NEXT_MORNING, 0)


def test_a_long_holiday_does_not_make_a_text_message_too_old(
    office: Office, gateway: Gateway, clock: Callable[[datetime], None]
) -> None:
    Person.objects.filter(id=office.leader.id).update(phone="+4790000001")
    chooses(office.leader, Pace.AT_ONCE, Channel.TEXT, quiet=QuietHours())
    clock(datetime(2026, 4, 1, 18, tzinfo=OSLO))
    tell(office.leader, kind="tests.met")
    clock(datetime(2026, 4, 7, 7, tzinfo=OSLO))
    outbox.send_waiting(Channel.TEXT)
    assert len(gateway.taken) == 1


def test_what_is_held_back_follows_when_somebody_chooses_other_hours(
    office: Office, gateway: Gateway, clock: Callable[[datetime], None]
) -> None:
    Person.objects.filter(id=office.leader.id).update(phone="+4790000001")
    clock(IN_THE_EVENING)
    chooses(office.leader, Pace.AT_ONCE, Channel.TEXT, quiet=QuietHours())
    tell(office.leader, kind="tests.met")
    chooses(office.leader, Pace.AT_ONCE, Channel.TEXT, quiet=NONE)
    outbox.send_waiting(Channel.TEXT)
    assert len(gateway.taken) == 1


def test_what_a_life_may_depend_on_goes_by_every_way_at_any_hour(
    office: Office, gateway: Gateway, clock: Callable[[datetime], None]
) -> None:
    Person.objects.filter(id=office.leader.id).update(phone="+4790000001")
    clock(IN_THE_EVENING)
    chooses(office.leader, Pace.SCREEN, quiet=QuietHours())
    tell(office.leader, kind="tests.life")
    outbox.send_waiting(Channel.TEXT)
    assert ways() == ["email", "text"]
    assert len(gateway.taken) == 1


def test_nobody_else_sees_or_changes_what_somebody_has_chosen(office: Office) -> None:
    chooses(office.counsellor, Pace.DIGEST, quiet=QuietHours(20, 6))
    EmailTrouble.objects.create(person=office.counsellor, address="x@example.invalid", last_said="550")
    TextNumber.objects.create(person=office.counsellor, number="+4790000001")
    with acting_as(office.leader.id):
        for model in (GroupChoice, QuietChoice, EmailTrouble, TextNumber):
            assert not model.objects.exists()
        for forbidden in (
            lambda: QuietChoice.objects.create(
                person_id=office.counsellor.id, starts=0, ends=0, days_off=False
            ),
            lambda: GroupChoice.objects.create(
                person_id=office.counsellor.id, group=GROUP, pace=Pace.SCREEN, channels=[]
            ),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                forbidden()


def test_nobody_confirms_their_own_number_without_the_code(office: Office) -> None:
    TextNumber.objects.create(person=office.counsellor, number="+4790000001")
    with acting_as(office.counsellor.id), pytest.raises(DatabaseError), transaction.atomic():
        TextNumber.objects.update(confirmed_at=timezone.now())


def answers(**changed: Any) -> dict[str, Any]:
    """What the page posts when nothing is changed."""
    fields: dict[str, Any] = {"starts": "17", "ends": "7", "days_off": "on"}
    for group in Group:
        fields |= {f"{group}_pace": "suggested", f"{group}_channels": ["email"]}
    return fields | changed


def test_the_page_keeps_what_is_chosen_and_shows_it_again(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.leader)
    posted = answers(incidents_pace="digest", starts="20", ends="6")
    assert client.post("/varsler/valg/", posted).status_code == 302
    assert GroupChoice.objects.get().group == Group.INCIDENTS
    page = client.get("/varsler/valg/").content.decode()
    assert '<option value="digest" selected>' in page
    assert "stille fra kl. 20 til kl. 06" in client.get("/min-side/").content.decode()


def test_choosing_as_it_comes_leaves_nothing_behind(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.leader)
    client.post("/varsler/valg/", answers(incidents_pace="screen", starts="20"))
    client.post("/varsler/valg/", answers())
    assert not GroupChoice.objects.exists()
    assert not QuietChoice.objects.exists()


def test_at_once_without_any_way_is_said_at_the_field(office: Office, client_of: ClientOf) -> None:
    posted = answers(incidents_pace="at_once", incidents_channels=[], safety_pace="digest")
    response = client_of(office.leader).post("/varsler/valg/", posted)
    assert response.status_code == 422
    page = response.content.decode()
    assert "Velg minst én måte" in page
    assert page.count('<option value="digest" selected>') == 1


def test_the_page_says_what_cannot_be_chosen_away_and_why(office: Office, client_of: ClientOf) -> None:
    page = client_of(office.leader).get("/varsler/valg/").content.decode()
    assert "Dette kommer alltid med en gang" in page
    assert "Loven sier det." in page


def test_text_message_is_offered_only_where_there_is_a_gateway(
    office: Office, client_of: ClientOf, settings: Settings
) -> None:
    settings.NOTICES_TEXT = ""
    client = client_of(office.leader)
    assert "Tekstmelding" not in client.get("/varsler/valg/").content.decode()
    assert client.get("/varsler/nummer/").status_code == 409
    settings.NOTICES_TEXT = "json://127.0.0.1/{phone}"
    assert "Tekstmelding" in client.get("/varsler/valg/").content.decode()


def test_the_page_of_choices_costs_a_handful_of_queries(
    office: Office, client_of: ClientOf, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of(office.leader)
    client.get("/varsler/valg/")
    # The session, the person's transaction (5 in a test), groups, hours, e-mail, number of one's own and the
    # employer's, the bell.
    with django_assert_num_queries(12):
        client.get("/varsler/valg/")

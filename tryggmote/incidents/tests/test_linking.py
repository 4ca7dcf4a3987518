"""Several reports of one event, and what comes later: together for the leader, apart for others (2.4)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tryggmote.access.context import SignedInPerson, acting_as
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.ids import new_id
from tryggmote.access.models import ReadEntry
from tryggmote.incidents import later_reported
from tryggmote.incidents.linking import LaterWords, link_same_event, report_later, undo_link
from tryggmote.incidents.linking_queries import candidates_for, reports_of_event
from tryggmote.incidents.models import Incident, LaterReport, Recipient, SameEvent, SameEventUndone
from tryggmote.incidents.suggesting import suggest
from tryggmote.incidents.tests.helpers import opened_by, reported_by
from tryggmote.notices.models import Notice
from tryggmote.organisation.models import Person, RoleAssignment
from tryggmote.organisation.tests.factories import Office, make_office

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.fixture
def office() -> Office:
    return make_office()


def linked(leader: Person, incident: Incident, other: Incident) -> SameEvent:
    with acting_as(leader.id) as by:
        return link_same_event(by=by, incident=_fresh(incident), other=_fresh(other))


def unlinked(leader: Person, link: SameEvent) -> None:
    with acting_as(leader.id) as by:
        undo_link(by=by, link=SameEvent.objects.get(id=link.id))


def _fresh(incident: Incident) -> Incident:
    return Incident.objects.select_related("workforce__unit").get(id=incident.id)


def told_later(person: Person, earlier: Incident, **words: object) -> Incident:
    with acting_as(person.id) as by:
        told = {"id": new_id(), "severity": 4, "what_happened": "Jeg sover ikke.", **words}
        return report_later(by=by, earlier=_fresh(earlier), words=LaterWords(**told))  # type: ignore[arg-type]


def event_of(incident: Incident) -> object:
    with connection.cursor() as cursor:
        cursor.execute("select app.event_of(%s)", [incident.id])
        return cursor.fetchone()[0]


def test_two_reports_of_one_event_count_once_and_keep_their_words(office: Office) -> None:
    first = reported_by(office.counsellor, what_happened="Han ropte.")
    second = reported_by(office.colleague, what_happened="Jeg hørte rop.")
    linked(office.leader, first, second)
    assert event_of(first) == event_of(second) == first.id
    assert Incident.objects.get(id=second.id).what_happened == "Jeg hørte rop."
    with acting_as(office.leader.id):
        (suggestion,) = suggest([office.unit.id], ["planned"], timezone.now() - timedelta(days=1))
    assert suggestion.count == 1


def test_a_link_shows_nobody_a_report_they_could_not_read(office: Office) -> None:
    first, second = reported_by(office.counsellor), reported_by(office.colleague)
    people = [value for value in vars(office).values() if isinstance(value, Person)]

    def seen_by_each() -> dict[int, set[object]]:
        seen = {}
        for person in people:
            with acting_as(person.id):
                seen[person.id] = set(Incident.objects.values_list("id", flat=True))
        return seen

    before = seen_by_each()
    link = linked(office.leader, first, second)
    assert seen_by_each() == before
    for person in people:
        with acting_as(person.id):
            sees_link = SameEvent.objects.filter(id=link.id).exists()
        assert sees_link is (before[person.id] == {first.id, second.id}), person.name


def test_only_a_leader_who_handles_both_links_and_undoes(office: Office) -> None:
    first, second = reported_by(office.counsellor), reported_by(office.colleague)
    for person in (office.safety_representative, office.chief_safety_representative):
        with pytest.raises(NotAllowed):
            linked(person, first, second)
    own = reported_by(office.leader)
    with pytest.raises(NotAllowed):
        linked(office.leader, own, first)
    link = linked(office.office_leader, first, second)
    with pytest.raises(NotAllowed):
        unlinked(office.safety_representative, link)


def test_the_database_refuses_links_of_others_than_leaders(office: Office) -> None:
    first, second = reported_by(office.counsellor), reported_by(office.colleague)
    for person in (office.counsellor, office.safety_representative, office.administrator):
        with acting_as(person.id), pytest.raises(DatabaseError), transaction.atomic():
            SameEvent.objects.bulk_create([SameEvent(incident=second, event=first, by=person)])
    link = linked(office.leader, first, second)
    with acting_as(office.safety_representative.id), pytest.raises(DatabaseError), transaction.atomic():
        SameEventUndone.objects.bulk_create([SameEventUndone(link=link, by=office.safety_representative)])
    with acting_as(office.leader.id), pytest.raises(DatabaseError), transaction.atomic():
        SameEvent.objects.update(undone_at=timezone.now())


def test_linking_twice_changes_nothing_and_undoing_brings_both_back(office: Office) -> None:
    first, second = reported_by(office.counsellor), reported_by(office.colleague)
    link = linked(office.leader, first, second)
    assert linked(office.leader, second, first) == link
    unlinked(office.leader, link)
    unlinked(office.leader, link)
    assert event_of(second) == second.id
    undone = SameEventUndone.objects.get()
    assert undone.by == office.leader
    again = linked(office.office_leader, second, first)
    assert event_of(first) == second.id
    assert again != link


def test_two_groups_become_one_when_two_of_them_are_linked(office: Office) -> None:
    a, b, c, d = (reported_by(p) for p in (office.counsellor, office.colleague) * 2)
    linked(office.leader, a, b)
    linked(office.leader, c, d)
    linked(office.leader, b, d)
    assert {event_of(report) for report in (a, b, c, d)} == {a.id}


def test_reports_never_gather_in_a_ring_whatever_the_program_writes(office: Office) -> None:
    first, second = reported_by(office.counsellor), reported_by(office.colleague)
    linked(office.leader, first, second)
    with acting_as(office.leader.id), pytest.raises(DatabaseError), transaction.atomic():
        SameEvent.objects.bulk_create([SameEvent(incident=first, event=second, by=office.leader)])


def test_reports_near_in_time_and_of_one_form_are_suggested(office: Office) -> None:
    now = timezone.now()
    first = reported_by(office.counsellor, happened_at=now - timedelta(hours=30))
    near = reported_by(office.colleague, happened_at=now - timedelta(hours=31))
    other_form = reported_by(office.colleague, form="telephone", happened_at=now - timedelta(hours=30))
    far = reported_by(office.colleague, happened_at=now - timedelta(days=20))
    elsewhere = reported_by(make_office("Nav Storevik").counsellor, happened_at=now - timedelta(hours=30))
    with acting_as(office.leader.id) as by:
        found = candidates_for(_fresh(first), by)
    assert found.likely == [near]
    assert found.possible == [other_form]
    assert not {far, elsewhere} & {*found.likely, *found.possible}
    linked(office.leader, first, near)
    with acting_as(office.leader.id) as by:
        assert candidates_for(_fresh(first), by).likely == []


def test_the_leader_reads_them_side_by_side_once_each_has_been_opened(
    office: Office, client_of: ClientOf
) -> None:
    first = reported_by(office.counsellor, what_happened="Han ropte i mottaket.")
    second = reported_by(office.colleague, what_happened="Jeg hørte rop fra mottaket.")
    opened_by(office.leader, first)
    linked(office.leader, first, second)
    page = client_of(office.leader).get(reverse("incidents:same_event", args=[first.id])).content.decode()
    assert "Han ropte i mottaket." in page
    assert "Jeg hørte rop fra mottaket." not in page
    assert "Du har ikke lest denne ennå" in page
    opened_by(office.leader, second)
    reads = ReadEntry.objects.filter(object_id=second.id).count()
    page = client_of(office.leader).get(reverse("incidents:same_event", args=[second.id])).content.decode()
    assert "Jeg hørte rop fra mottaket." in page
    assert ReadEntry.objects.filter(object_id=second.id).count() == reads + 1


def test_the_page_is_the_leaders_alone(office: Office, client_of: ClientOf) -> None:
    incident = reported_by(office.counsellor)
    address = reverse("incidents:same_event", args=[incident.id])
    assert client_of(office.leader).get(address).status_code == 200
    assert client_of(office.counsellor).get(address).status_code == 403
    assert client_of(office.safety_representative).get(address).status_code == 403
    assert client_of(office.colleague).get(address).status_code == 404


def test_a_leader_links_and_undoes_with_two_taps(office: Office, client_of: ClientOf) -> None:
    first, second = reported_by(office.counsellor), reported_by(office.colleague)
    address = reverse("incidents:same_event", args=[first.id])
    client = client_of(office.leader)
    assert str(second.id) in client.get(address).content.decode()
    assert client.post(address, {"other": second.id}).status_code == 302
    link = SameEvent.objects.get()
    assert (link.event_id, link.incident_id, link.by_id) == (first.id, second.id, office.leader.id)
    assert client.post(reverse("incidents:undo_same_event", args=[first.id, link.id])).status_code == 302
    assert SameEvent.objects.get().undone_at


def test_linking_what_one_does_not_see_answers_as_if_it_were_not_there(
    office: Office, client_of: ClientOf
) -> None:
    incident = reported_by(office.counsellor)
    hidden = reported_by(make_office("Nav Storevik").counsellor)
    address = reverse("incidents:same_event", args=[incident.id])
    for other in (hidden.id, new_id(), "x' or 1=1", ""):
        assert client_of(office.leader).post(address, {"other": other}).status_code == 404
    assert not SameEvent.objects.exists()


def test_the_page_costs_the_same_for_two_reports_and_for_eight(office: Office, client_of: ClientOf) -> None:
    first = reported_by(office.counsellor)
    client = client_of(office.leader)
    address = reverse("incidents:same_event", args=[first.id])

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return sum(query["sql"].lower().startswith("select") for query in captured)

    client.get(address)
    linked(office.leader, first, reported_by(office.colleague))
    with_two = asked()
    for _number in range(6):
        linked(office.leader, first, reported_by(office.colleague))
    assert asked() == with_two


def test_months_later_the_exposed_tells_what_came_and_the_same_people_know(office: Office) -> None:
    at = timezone.now() - timedelta(days=120)
    earlier = reported_by(office.counsellor, at=at, happened_at=at, what_happened="Han truet meg.")
    opened_by(office.leader, earlier)
    opened_by(office.office_leader, earlier)
    later = told_later(office.counsellor, earlier)
    assert later.id != earlier.id
    assert LaterReport.objects.get().earlier == earlier
    told = set(Recipient.objects.filter(incident=later).values_list("person_id", flat=True))
    assert {office.leader.id, office.office_leader.id, office.safety_representative.id} == told
    assert Notice.objects.get(kind="incident_later_reported").person == office.office_leader
    assert event_of(later) == earlier.id


def test_whoever_no_longer_leads_there_is_not_told(office: Office) -> None:
    earlier = reported_by(office.counsellor)
    opened_by(office.office_leader, earlier)
    RoleAssignment.objects.filter(person=office.office_leader).delete()
    later = told_later(office.counsellor, earlier)
    assert not Recipient.objects.filter(incident=later, person=office.office_leader).exists()


def test_the_reporter_may_tell_it_for_the_exposed_or_for_themselves(office: Office) -> None:
    earlier = reported_by(office.counsellor, about="other", exposed_id=office.colleague.id)
    for_them = told_later(office.counsellor, earlier, is_about_me=False)
    assert (for_them.about, for_them.exposed_id) == ("other", office.colleague.id)
    for_me = told_later(office.counsellor, earlier)
    assert (for_me.about, for_me.exposed_id) == ("self", office.counsellor.id)
    from_exposed = told_later(office.colleague, earlier, is_about_me=False)
    assert (from_exposed.about, from_exposed.exposed_id) == ("self", office.colleague.id)


def test_others_tell_nothing_in_their_place(office: Office) -> None:
    earlier = reported_by(office.counsellor)
    for person in (office.leader, office.safety_representative):
        with pytest.raises(NotAllowed):
            told_later(person, earlier)
    own = reported_by(office.colleague)
    with acting_as(office.colleague.id), pytest.raises(DatabaseError), transaction.atomic():
        LaterReport.objects.bulk_create([LaterReport(incident=own, earlier=earlier)])


def test_telling_it_twice_with_one_form_is_one_report_and_what_follows_is_told_once(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[tuple[SignedInPerson, Incident, Incident]] = []
    monkeypatch.setattr(later_reported, "_hearing", [])
    later_reported.register(lambda by, earlier, report: heard.append((by, earlier, report)))
    earlier, form = reported_by(office.counsellor), new_id()
    first = told_later(office.counsellor, earlier, id=form)
    assert told_later(office.counsellor, earlier, id=form) == first
    ((by, before, report),) = heard
    assert (by.id, before, report) == (office.counsellor.id, earlier, first)


def test_what_comes_after_a_later_report_stands_beside_the_first(office: Office) -> None:
    earlier = reported_by(office.counsellor)
    second = told_later(office.counsellor, earlier)
    third = told_later(office.counsellor, second)
    assert LaterReport.objects.get(incident=third).earlier == earlier


def test_a_later_report_is_not_linked_as_another_event(office: Office) -> None:
    earlier, other = reported_by(office.counsellor), reported_by(office.colleague)
    later = told_later(office.counsellor, earlier)
    with pytest.raises(NotPossible):
        linked(office.leader, other, later)


def test_the_form_for_later_asks_two_things_and_keeps_what_is_typed(
    office: Office, client_of: ClientOf
) -> None:
    earlier = reported_by(office.counsellor)
    address = reverse("incidents:later", args=[earlier.id])
    client = client_of(office.counsellor)
    assert client.get(address).status_code == 200
    wrong = client.post(address, {"what_happened": "Sover dårlig."})
    assert wrong.status_code == 422
    assert "Sover dårlig." in wrong.content.decode()
    sent = client.post(address, {"what_happened": "Sover dårlig.", "severity": "4"})
    later = LaterReport.objects.get().incident
    assert sent.headers["Location"] == reverse("incidents:received", args=[later.id])
    assert client_of(office.leader).get(address).status_code == 403


def test_reports_side_by_side_are_found_from_each_of_them(office: Office) -> None:
    first, second = reported_by(office.counsellor), reported_by(office.colleague)
    linked(office.leader, first, second)
    with acting_as(office.leader.id) as by:
        from_first = [told.incident for told in reports_of_event(_fresh(first), by)]
        from_second = [told.incident for told in reports_of_event(_fresh(second), by)]
    assert from_first == from_second == [first, second]


def test_a_report_is_not_linked_to_itself(office: Office) -> None:
    incident = reported_by(office.counsellor)
    with acting_as(office.leader.id) as by:
        mine = Incident.objects.get(id=incident.id)
        with pytest.raises(NotPossible):
            link_same_event(by=by, incident=mine, other=mine)

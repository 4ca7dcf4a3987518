"""What has served its time is gone, with all that belongs to it; what somebody still needs is not."""

import logging
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from dateutil.relativedelta import relativedelta
from django.db import ProgrammingError, connection, models, transaction
from django.utils import timezone

from tryggmote.access.context import acting_as, acting_as_job
from tryggmote.access.ids import new_id
from tryggmote.access.models import HistoryEntry, ReadEntry
from tryggmote.access.reading import log_read
from tryggmote.client_measures.models import LinkedIncident
from tryggmote.client_measures.tests.helpers import begun_by
from tryggmote.exhibits.models import Chunk, CustodyAct, Exhibit
from tryggmote.exhibits.tests.helpers import added_by
from tryggmote.followup.models import Plan
from tryggmote.followup.retention import forget_closed_plans
from tryggmote.followup.tests.helpers import does, offered_by
from tryggmote.followup.vocabulary import PlanActKind
from tryggmote.forums.models import Case, CaseAnswer, Meeting
from tryggmote.incidents.kept import What, deleted_from, kept_times
from tryggmote.incidents.linking import link_same_event
from tryggmote.incidents.models import (
    AssessedLevel,
    Classification,
    Escalation,
    Incident,
    LaterReport,
    SameEvent,
    SameEventUndone,
    Step,
)
from tryggmote.incidents.services import answer_reporter
from tryggmote.incidents.tests.helpers import opened_by, reported_by
from tryggmote.learning.models import Lesson, LessonAsking, LessonSource, LessonVersion
from tryggmote.notices.models import Notice
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office, workforce_of
from tryggmote.organisation.workdays import OSLO
from tryggmote.police.models import Account, PoliceAct
from tryggmote.police.vocabulary import Deed
from tryggmote.retention.forgetting import forget_what_has_served
from tryggmote.retention.jobs import forget
from tryggmote.retention.models import Deletion
from tryggmote.statutory.models import Injury, Judgement, MedicalDetail, NoInjury, NoticeAct
from tryggmote.statutory.tests.helpers import consented_by, entered_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def over(what: What, *, ahead: int = 0, days: int = 0, at: time = time(23, 59)) -> datetime:
    """A moment of the latest day whose time is over in so many days, or of one so many days before it."""
    over_on = timezone.now().astimezone(OSLO).date() + timedelta(days=ahead)
    day = over_on - relativedelta(months=kept_times().of(what).months) + timedelta(days=3)
    while deleted_from(what, day) > over_on:
        day -= timedelta(days=1)
    return datetime.combine(day - timedelta(days=days), at, OSLO)


def aged(incident: Incident, *, at: datetime | None = None) -> Incident:
    """The same incident, reported so long ago that its time is over today."""
    Incident.objects.filter(id=incident.id).update(created_at=at or over("incident"))
    return incident


def left() -> set[UUID]:
    return set(Incident.objects.values_list("id", flat=True))


def police_act(incident: Incident, by: Person, deed: Deed, at: datetime | None = None) -> None:
    PoliceAct.objects.create(
        incident=incident, by=by, deed=deed, day=date(2026, 1, 1), at=at or timezone.now(), note="Fordi.",
        guidance_version="1",
    )  # fmt: skip


@pytest.mark.parametrize("moment", [time(0, 0), time(23, 59)])
def test_an_incident_is_deleted_from_the_day_its_time_is_over_in_oslo(office: Office, moment: time) -> None:
    """From midnight here, also when it is yesterday in UTC."""
    due = aged(reported_by(office.counsellor), at=over("incident", at=moment))
    young = aged(reported_by(office.colleague), at=over("incident", days=-1, at=moment))
    assert forget_what_has_served()["incidents"] == 1
    assert left() == {young.id}
    assert forget_what_has_served()["incidents"] == 0
    assert due.id in set(Deletion.objects.values_list("object_id", flat=True))


def everything_about(office: Office, incident: Incident) -> Plan:
    """Everything that can be told, done and kept about an incident."""
    leader, counsellor = office.leader, office.counsellor
    opened_by(leader, incident)
    with acting_as(leader.id) as by:
        found = Incident.objects.get(id=incident.id)
        answer_reporter(by=by, incident=found, reply_id=new_id(), text="Takk for at du sa fra.")
        log_read(by, "exhibits", incident.id)
    AssessedLevel.objects.create(incident=incident, by=leader, level=3, reason="Alvorlig.")
    Classification.objects.create(incident=incident, by=leader, codebook="1", channel="meeting")
    Escalation.objects.create(incident=incident, to_person=office.office_leader, reason="no_reaction")
    added_by(counsellor, incident)
    police_act(incident, leader, Deed.NOT_REPORT)
    Account.objects.create(incident=incident, by=leader, exact_words="Jeg tar deg.", channel="face")
    Judgement.objects.create(incident=incident, by=leader, rule_version="1", must_notify=False, reason="Nei.")
    NoticeAct.objects.create(
        incident=incident, by=leader, step="police_called", done_at=timezone.now(), done_by=leader
    )
    NoInjury.objects.create(incident=incident, by=leader, reason="Ingen ble skadet.")
    meeting = Meeting.objects.create(
        unit=office.unit, kind="partnership", occasion="serious", starts_at=timezone.now(), called_by=leader
    )
    Case.objects.create(meeting=meeting, incident=incident)
    CaseAnswer.objects.create(incident=incident, side="state", treats=True, by=office.county_director)
    lesson = Lesson.objects.create(unit=office.unit, created_by=leader)
    version = LessonVersion.objects.create(lesson=lesson, number=1, title="Lås døra", by=leader, scope="all")
    LessonSource.objects.create(lesson=lesson, incident=incident, by=leader)
    LessonAsking.objects.create(
        version=version, revision=1, incident=incident, person=counsellor, by=leader, answer_by=timezone.now()
    )
    plan = offered_by(leader, incident, counsellor)
    does(counsellor, plan, PlanActKind.CLOSED)
    Plan.objects.filter(id=plan.id).update(closed_at=timezone.now() - timedelta(days=400))
    forget_closed_plans()
    return plan


def pointing_at_an_incident() -> list[tuple[type[models.Model], str]]:
    """Every table with an incident in a column, and the column."""
    fields = Incident._meta.get_fields(include_hidden=True)
    return [
        (field.related_model, field.field.name)
        for field in fields
        if isinstance(field, models.ManyToOneRel) and isinstance(field.related_model, type)
    ]


def test_everything_that_belongs_to_an_incident_goes_with_it_and_a_lesson_stays(office: Office) -> None:
    incident, other = reported_by(office.counsellor), reported_by(office.colleague)
    later = reported_by(office.counsellor)
    everything_about(office, incident)
    link = SameEvent.objects.create(incident=other, event=incident, by=office.leader)
    SameEventUndone.objects.create(link=link, by=office.leader)
    SameEvent.objects.create(incident=incident, event=other, by=office.leader)
    LaterReport.objects.create(incident=later, earlier=incident)
    LaterReport.objects.create(incident=incident, earlier=other)
    held_by = {Injury, LinkedIncident}
    for model, column in pointing_at_an_incident():
        # A new table must be deleted from too: say so in `policies.sql`, and make a row of it above.
        assert model in held_by or model._base_manager.filter(**{column: incident}).exists(), model
    for one in (incident, other, later):
        aged(one)
    assert forget_what_has_served()["incidents"] == 3
    for model, column in pointing_at_an_incident():
        assert not model._base_manager.filter(**{column: incident.id}).exists(), model
    for model in (Chunk, CustodyAct, Exhibit, Plan, Notice, ReadEntry):
        assert not model._base_manager.exists(), model
    assert LessonVersion.objects.filter(title="Lås døra").exists()


def test_what_was_deleted_is_written_down_without_what_it_was(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    incident = aged(reported_by(office.counsellor, what_happened="Hun ropte."))
    with caplog.at_level(logging.INFO):
        forget()
    gone = Deletion.objects.get()
    assert (gone.kind, gone.object_id, gone.rule_version) == ("incident", incident.id, kept_times().version)
    assert gone.reason == "36 months, foreldelsesloven §§ 2 and 9"
    assert HistoryEntry.objects.filter(table_name="incidents_incident", act="delete").count() == 1
    assert "Deleted 1 incidents" in caplog.text
    with pytest.raises(Exception, match="can only grow"), transaction.atomic():
        Deletion.objects.all().delete()


def with_injury(office: Office, incident: Incident) -> None:
    entered_by(office.leader, incident, office.counsellor)


def with_open_plan(office: Office, incident: Incident) -> None:
    offered_by(office.leader, incident, office.counsellor)


def with_plan_whose_content_is_there(office: Office, incident: Incident) -> None:
    plan = offered_by(office.leader, incident, office.counsellor)
    does(office.counsellor, plan, PlanActKind.CLOSED)


def with_open_police_matter(office: Office, incident: Incident) -> None:
    police_act(incident, office.leader, Deed.FILED)


def with_measure_towards_a_client(office: Office, incident: Incident) -> None:
    case = begun_by(office.counsellor, office.unit)
    LinkedIncident.objects.create(measure=case, incident=incident)


def with_a_later_report(office: Office, incident: Incident) -> None:
    LaterReport.objects.create(incident=reported_by(office.counsellor), earlier=incident)


def with_a_report_gathered_round_it(office: Office, incident: Incident) -> None:
    with acting_as(office.leader.id) as by:
        mine = Incident.objects.get(id=incident.id)
        link_same_event(by=by, incident=mine, other=Incident.objects.get(id=reported_by_a_colleague(office)))


def reported_by_a_colleague(office: Office) -> UUID:
    return reported_by(office.colleague).id


@pytest.mark.parametrize(
    "needed",
    [
        with_injury, with_open_plan, with_plan_whose_content_is_there, with_open_police_matter,
        with_measure_towards_a_client, with_a_later_report, with_a_report_gathered_round_it,
    ],
)  # fmt: skip
def test_an_incident_that_somebody_needs_is_kept_with_all_of_it(office: Office, needed: Any) -> None:
    incident = reported_by(office.counsellor, what_happened="Hun ropte.")
    needed(office, incident)
    aged(incident)
    assert forget_what_has_served()["incidents"] == 0
    assert Incident.objects.get(id=incident.id).what_happened == "Hun ropte."
    assert Step.objects.filter(incident=incident).exists()


def test_reports_of_one_event_go_when_none_of_them_is_needed(office: Office) -> None:
    first, second = reported_by(office.counsellor), reported_by(office.colleague)
    later = reported_by(office.counsellor)
    SameEvent.objects.create(incident=second, event=first, by=office.leader)
    LaterReport.objects.create(incident=later, earlier=second)
    for one in (first, second, later):
        aged(one)
    police_act(later, office.leader, Deed.REPORT)
    assert forget_what_has_served()["incidents"] == 0
    PoliceAct.objects.all().delete()
    assert forget_what_has_served()["incidents"] == 3


@pytest.mark.parametrize("deed", [Deed.NOT_REPORT, Deed.DROPPED, Deed.CONVICTED])
def test_a_police_matter_that_is_over_holds_nothing(office: Office, deed: Deed) -> None:
    incident = reported_by(office.counsellor)
    police_act(incident, office.leader, deed)
    aged(incident)
    assert forget_what_has_served()["incidents"] == 1


@pytest.mark.parametrize(("days", "gone"), [(-1, 0), (0, 1)])
def test_a_police_matter_nobody_heard_the_end_of_holds_for_ten_years(
    office: Office, days: int, gone: int
) -> None:
    incident = reported_by(office.counsellor)
    police_act(incident, office.leader, Deed.FILED, at=over("open_police_matter", days=days))
    aged(incident, at=over("open_police_matter", days=90))
    assert forget_what_has_served()["incidents"] == gone


@pytest.mark.parametrize(("days", "gone"), [(-1, 0), (0, 1)])
def test_a_line_of_the_register_is_kept_twenty_years_and_then_its_incident_goes_too(
    office: Office, days: int, gone: int
) -> None:
    incident = reported_by(office.counsellor)
    injury = entered_by(office.leader, incident, office.counsellor)
    consented_by(office.counsellor, injury)
    with acting_as(office.leader.id) as by:
        log_read(by, "injury", injury.id)
    aged(incident, at=over("injury", days=90))
    Injury.objects.filter(id=injury.id).update(happened_on=over("injury", days=days).date())
    done = forget_what_has_served()
    assert (done["injuries"], done["incidents"]) == (gone, gone)
    assert MedicalDetail.objects.exists() is not bool(gone)
    assert ReadEntry.objects.filter(kind="injury").exists() is not bool(gone)
    if gone:
        assert set(Deletion.objects.values_list("kind", flat=True)) == {"injury", "incident"}


@pytest.mark.parametrize(("days", "gone"), [(-1, 0), (0, 1)])
def test_the_content_of_evidence_goes_before_an_incident_that_is_kept_longer(
    office: Office, days: int, gone: int
) -> None:
    incident = reported_by(office.counsellor)
    entered_by(office.leader, incident, office.counsellor)
    exhibit = added_by(office.counsellor, incident)
    Exhibit.objects.filter(id=exhibit.id).update(added_at=over("exhibit", days=days))
    aged(incident, at=over("exhibit", days=90))
    assert forget_what_has_served()["contents of evidence"] == gone
    exhibit.refresh_from_db()
    assert (exhibit.removed_at is not None, bytes(exhibit.sealed_key) == b"") == (bool(gone), bool(gone))
    assert Chunk.objects.exists() is not bool(gone)
    assert CustodyAct.objects.filter(exhibit=exhibit).exists()


def test_evidence_of_an_open_police_matter_is_kept(office: Office) -> None:
    incident = reported_by(office.counsellor)
    exhibit = added_by(office.counsellor, incident)
    Exhibit.objects.filter(id=exhibit.id).update(added_at=over("exhibit"))
    police_act(incident, office.leader, Deed.FILED)
    assert forget_what_has_served()["contents of evidence"] == 0


def test_one_that_cannot_be_deleted_holds_no_other_back(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    incidents = [aged(reported_by(office.counsellor)) for _number in range(3)]
    stuck = incidents[1].id
    with connection.cursor() as cursor:
        cursor.execute(
            f"create trigger stuck before delete on incidents_incident for each row "
            f"when (old.id = '{stuck}') execute function app.refuse_change()"
        )
    assert forget_what_has_served()["incidents"] == 2
    assert left() == {stuck}
    assert f"{stuck} could not be deleted" in caplog.text


def test_the_job_can_delete_nothing_that_is_not_due_and_nobody_else_anything(office: Office) -> None:
    incident = reported_by(office.counsellor)
    with acting_as_job(), connection.cursor() as cursor:
        cursor.execute("select app.forget_incidents(%s)", [[incident.id]])
        assert cursor.fetchone() == (0,)
    for forbidden in (
        "select app.forget_incidents('{}')", "select app.forget_exhibits('{}')",
        "select app.forget_injuries('{}')", "select * from app.incidents_due()",
        "select app.record_deletion('incident', '{}')", "select * from retention_deletion",
    ):  # fmt: skip
        with (
            acting_as(office.leader.id),
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(forbidden)


@pytest.mark.parametrize("number", [1, 150])
def test_the_number_of_questions_does_not_follow_the_number_of_incidents(
    office: Office, number: int, django_assert_max_num_queries: Any
) -> None:
    place = workforce_of(office.unit, office.directorate)
    Incident.objects.bulk_create(
        Incident(
            reporter=office.counsellor, workforce=place, natures=["threat"],
            form="planned", happened_at=over("incident"), created_at=over("incident"), experienced_severity=2,
        )
        for _number in range(number)
    )  # fmt: skip
    with django_assert_max_num_queries(48):
        assert forget_what_has_served()["incidents"] == number

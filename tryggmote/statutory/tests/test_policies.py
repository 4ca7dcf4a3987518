"""What the database itself refuses of injuries and notices, whatever the program asks."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tryggmote.access.context import acting_as, acting_as_job
from tryggmote.access.models import ReadEntry
from tryggmote.access.reading import log_read, reads_of
from tryggmote.incidents.models import AssessedLevel, Incident
from tryggmote.incidents.rules import may_handle
from tryggmote.incidents.tests.helpers import reported_by
from tryggmote.organisation.models import Person
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import Office, assign, make_office, make_person
from tryggmote.statutory.models import (
    Consent,
    Injury,
    Judgement,
    LimitReminder,
    MedicalDetail,
    NoInjury,
    NoticeAct,
    ReportDecision,
    ReportSending,
)
from tryggmote.statutory.tests.helpers import consented_by, decided_by, entered_by, judged_by, sent_by
from tryggmote.ui.dates import oslo_today

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def incident(office: Office) -> Incident:
    return reported_by(office.counsellor)


@pytest.fixture
def injury(office: Office, incident: Incident) -> Injury:
    return entered_by(office.leader, incident, office.counsellor)


def does(person: Person, act: Callable[[], Any]) -> bool:
    """Whether the database lets this person do it, and something is done."""
    with acting_as(person.id):
        try:
            with transaction.atomic():
                done = act()
        except DatabaseError:
            return False
    return done != 0


def adds(person: Person, model: Any, /, **values: Any) -> bool:
    return does(person, lambda: len(model.objects.bulk_create([model(**values)])))


def acts_of_a_leader(incident: Incident, injury: Injury, by: Person) -> list[tuple[Any, dict[str, Any]]]:
    now = timezone.now()
    return [
        (Judgement, {"incident": incident, "by": by, "rule_version": "1", "must_notify": True}),
        (NoticeAct, {"incident": incident, "by": by, "step": "copied", "done_at": now, "done_by": by}),
        (NoInjury, {"incident": incident, "by": by, "reason": "Nei"}),
        (ReportDecision, {"injury": injury, "by": by, "rule_version": "1", "is_due": True}),
        (ReportSending, {"injury": injury, "by": by, "to": "nav", "sent_on": oslo_today()}),
    ]


def test_only_leaders_in_whose_case_it_is_not_act_and_the_rule_in_python_says_the_same(
    office: Office, incident: Incident, injury: Injury
) -> None:
    for role, person in vars(office).items():
        if not isinstance(person, Person):
            continue
        with acting_as(person.id) as asking:
            may = Incident.objects.filter(id=incident.id).exists() and may_handle(asking, incident)
        for model, values in acts_of_a_leader(incident, injury, person):
            assert adds(person, model, **values) is may, (role, model)


def test_nobody_acts_in_anothers_name(office: Office, incident: Incident, injury: Injury) -> None:
    for model, values in acts_of_a_leader(incident, injury, office.office_leader):
        assert not adds(office.leader, model, **values), model


def test_a_line_is_entered_for_the_exposed_or_the_reporter_only(office: Office, incident: Incident) -> None:
    line = {
        "incident": incident,
        "by": office.leader,
        "workforce_id": incident.workforce_id,
        "kinds": ["physical"],
        "natures": [],
        "form": "planned",
        "happened_on": oslo_today(),
    }
    assert not adds(office.leader, Injury, injured=office.colleague, **line)
    assert not adds(office.counsellor, Injury, injured=office.counsellor, **line | {"by": office.counsellor})
    assert adds(office.leader, Injury, injured=office.counsellor, **line)


def test_what_is_written_is_neither_changed_nor_deleted(
    office: Office, incident: Incident, injury: Injury
) -> None:
    judged_by(office.leader, incident)
    decided_by(office.leader, injury)
    sent_by(office.leader, injury, on=oslo_today())
    consented_by(office.counsellor, injury)
    for person in (office.leader, office.counsellor, office.directorate_member):
        for model in (Judgement, NoticeAct, NoInjury, Consent, ReportDecision, ReportSending, Injury):
            rows = model.objects.all()
            assert not does(person, lambda rows=rows: rows.update(at=timezone.now())), model
            assert not does(person, lambda rows=rows: rows._raw_delete(using="default")), model


def test_of_a_line_only_kind_and_absence_change_and_only_by_the_leader(
    office: Office, injury: Injury
) -> None:
    rows = Injury.objects.all()
    assert does(office.leader, lambda: rows.update(absence="long"))
    assert not does(office.counsellor, lambda: rows.update(absence="none"))
    assert not does(office.safety_representative, lambda: rows.update(absence="none"))
    assert not does(office.leader, lambda: rows.update(injured_id=office.colleague.id))


def test_medical_text_is_written_and_deleted_by_the_injured_alone(office: Office, injury: Injury) -> None:
    details = MedicalDetail.objects.all()
    for person in (office.leader, office.safety_representative, office.chief_safety_representative):
        assert not adds(person, Consent, injury=injury, by=person, is_given=True)
        assert not adds(person, Consent, injury=injury, by=office.counsellor, is_given=True)
    assert not adds(office.counsellor, MedicalDetail, injury=injury, text="Uten samtykke.")
    consented_by(office.counsellor, injury)
    for person in (office.leader, office.safety_representative):
        assert not does(person, lambda: details.update(text="Frisk."))
        assert not does(person, lambda: details._raw_delete(using="default"))
    assert not does(office.counsellor, lambda: details.update(text="Endret."))
    assert does(office.counsellor, lambda: details._raw_delete(using="default"))


def test_text_that_stayed_behind_is_unreadable_without_consent(office: Office, injury: Injury) -> None:
    consented_by(office.counsellor, injury)
    Consent.objects.create(injury=injury, by=office.counsellor, is_given=False)
    for person in (office.counsellor, office.leader, office.safety_representative):
        with acting_as(person.id):
            assert not MedicalDetail.objects.exists()


def test_a_union_representative_reads_nothing_of_it(
    office: Office, incident: Incident, injury: Injury
) -> None:
    judged_by(office.leader, incident)
    consented_by(office.counsellor, injury)
    union = make_person("Tillitsvalgt")
    assign(union, Role.UNION_REPRESENTATIVE, office.unit)
    with acting_as(union.id):
        for model in (Injury, Judgement, Consent, MedicalDetail):
            assert not model.objects.exists()


def test_those_who_read_the_register_do_not_act_in_it(office: Office, incident: Incident) -> None:
    injury = entered_by(office.leader, incident, office.counsellor)
    for role in (Role.OCCUPATIONAL_HEALTH, Role.COMMITTEE_MEMBER):
        reader = make_person(str(role.label))
        assign(reader, role, office.unit)
        for model, values in acts_of_a_leader(incident, injury, reader):
            assert not adds(reader, model, **values), (role, model)
        assert not does(reader, lambda: Injury.objects.update(absence="none"))


def test_a_director_reads_the_register_of_what_is_very_serious(
    office: Office, incident: Incident, injury: Injury
) -> None:
    def reads() -> bool:
        with acting_as(office.county_director.id):
            return Injury.objects.exists()

    assert not reads()
    AssessedLevel.objects.create(incident=incident, by=office.leader, level=4)
    assert reads()


def test_who_has_read_a_line_is_seen_by_the_injured_and_the_representative(
    office: Office, injury: Injury
) -> None:
    with acting_as(office.office_leader.id) as by:
        log_read(by, "injury", injury.id)
    for person in (office.counsellor, office.safety_representative):
        with acting_as(person.id):
            assert [r.person_id for r in reads_of("injury", injury.id)] == [office.office_leader.id]
    with acting_as(office.leader.id):
        assert not ReadEntry.objects.exists()


def test_the_job_reads_when_it_happened_and_never_what(office: Office, injury: Injury) -> None:
    with acting_as_job():
        assert Injury.objects.only("id", "happened_on").get().happened_on == injury.happened_on
        for column in ("kinds", "natures", "absence", "incident_id"):
            with pytest.raises(DatabaseError), transaction.atomic():
                list(Injury.objects.values_list(column))
        for model in (MedicalDetail, Judgement, NoticeAct, Consent):
            with pytest.raises(DatabaseError), transaction.atomic():
                model.objects.exists()


def test_only_the_job_says_that_somebody_was_reminded(office: Office, injury: Injury) -> None:
    for person in (office.leader, office.counsellor):
        assert not adds(person, LimitReminder, injury=injury, days_before=7)


def test_the_database_wants_a_reason_against_notice_and_report(
    office: Office, incident: Incident, injury: Injury
) -> None:
    nothing = {"by": office.leader, "rule_version": "1"}
    assert not adds(office.leader, Judgement, incident=incident, must_notify=False, **nothing)
    contradicted = {"must_notify": False, "reason": "Nei", "criteria": ["death"]}
    assert not adds(office.leader, Judgement, incident=incident, **contradicted, **nothing)
    assert not adds(office.leader, ReportDecision, injury=injury, is_due=False, **nothing)
    assert not adds(office.leader, NoInjury, incident=incident, by=office.leader, reason="")


def test_who_serves_whom_is_worked_out_for_the_one_who_asks_only(office: Office) -> None:
    member = make_person("AMU")
    assign(member, Role.COMMITTEE_MEMBER, office.county, employer=office.directorate)
    for person, expected in ((member, True), (office.colleague, False)):
        with acting_as(person.id), connection.cursor() as cursor:
            cursor.execute("select app.workforces_registered()")
            assert bool(cursor.fetchone()[0]) is expected

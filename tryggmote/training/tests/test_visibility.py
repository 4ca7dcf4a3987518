"""Who sees whose training, asked of the database itself (4.1; `policies.sql`)."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from tryggmote.access.context import acting_as
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.training.models import Absence, Completion, LocalElement, Override
from tryggmote.training.tests.helpers import done
from tryggmote.training.vocabulary import Source
from tryggmote.ui.dates import oslo_today

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def seen_by(person: Person) -> set[int]:
    with acting_as(person.id):
        return set(Completion.objects.values_list("person_id", flat=True))


def refused(asking: Person, model: type, /, **values: object) -> bool:
    """Whether the database refuses this row from this person."""
    try:
        with transaction.atomic(), acting_as(asking.id):
            model.objects.create(**values)  # type: ignore[attr-defined]
    except ProgrammingError:
        return True
    return False


def test_what_somebody_has_learnt_is_seen_by_them_and_those_who_lead_them(office: Office) -> None:
    done(office.colleague, "risk_awareness")
    for sees in (office.colleague, office.leader, office.formal_leader, office.office_leader):
        assert seen_by(sees) == {office.colleague.id}, sees.name
    for not_seen in (
        office.counsellor,
        office.safety_representative,
        office.chief_safety_representative,
        office.county_director,
        office.municipal_director,
        office.directorate_member,
        office.administrator,
        office.auditor,
    ):
        assert seen_by(not_seen) == set(), not_seen.name


def test_nobody_declares_their_own_or_a_strangers_training(office: Office) -> None:
    row = {"element": "risk_awareness", "done_on": oslo_today(), "source": Source.DECLARED}
    for by, of in (
        (office.counsellor, office.counsellor),
        (office.leader, office.leader),
        (office.counsellor, office.colleague),
        (office.safety_representative, office.colleague),
        (make_office("Nav Storvik").office_leader, office.colleague),
    ):
        assert refused(by, Completion, person=of, by=by, **row), by.name


def test_a_leader_declares_nothing_as_another_or_as_if_it_came_from_elsewhere(office: Office) -> None:
    row = {"person": office.counsellor, "element": "risk_awareness", "done_on": oslo_today()}
    assert refused(office.leader, Completion, by=office.office_leader, source=Source.DECLARED, **row)
    assert refused(office.leader, Completion, by=office.leader, source=Source.CERTIFICATE, **row)
    tomorrow = {**row, "done_on": oslo_today() + timedelta(days=1)}
    assert refused(office.leader, Completion, by=office.leader, source=Source.DECLARED, **tomorrow)


def test_an_exception_is_a_leaders_limited_and_begins_today(office: Office) -> None:
    row = {"person": office.counsellor, "reason": "Vi er to.", "starts_on": oslo_today()}
    good = oslo_today() + timedelta(days=30)
    assert refused(office.counsellor, Override, by=office.counsellor, until=good, **row)
    assert refused(office.leader, Override, by=office.leader, until=good + timedelta(days=1), **row)
    back = {**row, "starts_on": oslo_today() - timedelta(days=1)}
    assert refused(office.leader, Override, by=office.leader, until=good, **back)
    assert not refused(office.leader, Override, by=office.leader, until=good, **row)


def test_leave_is_seen_like_training_and_recorded_by_a_leader(office: Office) -> None:
    row = {"person": office.counsellor, "starts_on": oslo_today()}
    assert refused(office.colleague, Absence, by=office.colleague, **row)
    assert not refused(office.leader, Absence, by=office.leader, **row)
    with acting_as(office.colleague.id):
        assert not Absence.objects.exists()
    with acting_as(office.counsellor.id):
        assert Absence.objects.exists()


def test_only_a_leader_of_the_unit_asks_for_more(office: Office) -> None:
    row = {"unit": office.unit, "kind": "theory", "title": "Arkivet"}
    assert refused(office.counsellor, LocalElement, by=office.counsellor, **row)
    assert refused(office.safety_representative, LocalElement, by=office.safety_representative, **row)
    assert not refused(office.office_leader, LocalElement, by=office.office_leader, **row)


def test_no_program_but_the_databases_own_makes_completions_of_other_kinds(office: Office) -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        acting_as(office.office_leader.id),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "select app.complete_training(%s, 'risk_awareness', app.today(), 'session', null, null)",
            [office.counsellor.id],
        )

"""Residual risk act by act: declared, heard on, approved, made known, gone through, withdrawn (3.0)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.ids import new_id
from tryggmote.information.models import Item, Reading
from tryggmote.notices.models import Notice
from tryggmote.organisation.models import RoleAssignment
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.residual import services
from tryggmote.residual.models import Approval, Hearing, Record, Version, Withdrawal
from tryggmote.residual.queries import draft_of, heard_on
from tryggmote.residual.services import NotReady, Subject
from tryggmote.residual.tests.helpers import (
    HOME_PROTECTIVE,
    approved_by,
    confirmed_by,
    declared_by,
    in_force,
    in_use,
    rewritten_by,
    spoken_by,
    withdrawn_by,
    written,
)
from tryggmote.risk.vocabulary import Answer, NotHeard

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def told(kind: str) -> set[str]:
    return set(Notice.objects.filter(kind=kind).values_list("person__name", flat=True))


def test_a_leader_declares_and_the_safety_representative_is_asked(office: Office) -> None:
    record = declared_by(office.office_leader, office.unit)
    assert record.name == "Verneutstyr · Hjemmebesøk"
    assert told("residual.hearing") == {office.safety_representative.name}
    assert Version.objects.get().asked_ids == [office.safety_representative.id]


@pytest.mark.parametrize("who", ["counsellor", "safety_representative", "county_director", "administrator"])
def test_nobody_else_declares(office: Office, who: str) -> None:
    with pytest.raises(NotAllowed):
        declared_by(getattr(office, who), office.unit)


def test_the_same_form_sent_twice_is_one_record(office: Office) -> None:
    sent = written()
    for _ in range(2):
        with acting_as(office.office_leader.id) as by:
            services.declare(by=by, unit_id=office.unit.id, subject=HOME_PROTECTIVE, written=sent)
    assert Record.objects.count() == Version.objects.count() == 1


def test_an_element_is_described_once_in_each_form(office: Office) -> None:
    declared_by(office.office_leader, office.unit)
    with pytest.raises(NotPossible):
        declared_by(office.office_leader, office.unit)
    declared_by(office.office_leader, office.unit, Subject(element="calling_help", form="home_visit"))


def test_it_is_not_approved_before_the_safety_representative_is_heard(office: Office) -> None:
    record = declared_by(office.office_leader, office.unit)
    with pytest.raises(NotReady) as stopped:
        approved_by(office.office_leader, record)
    assert office.safety_representative.name in stopped.value.obstacles[0]
    spoken_by(office.safety_representative, record, Answer.DISAGREE, "Vi trenger alarm.")
    assert office.office_leader.name in told("residual.heard")
    approved_by(office.office_leader, record)
    record.refresh_from_db()
    assert record.is_approved


def test_what_the_leader_records_does_not_cover_what_the_representative_says(office: Office) -> None:
    record = declared_by(office.office_leader, office.unit)
    spoken_by(office.safety_representative, record, Answer.DISAGREE, "Nei.")
    draft = draft_of(record)
    assert draft is not None
    with acting_as(office.office_leader.id) as by:
        services.record_not_heard(
            by=by,
            version=draft,
            record_id=new_id(),
            person_id=office.safety_representative.id,
            why=NotHeard.NOT_REACHED,
            reason="Ferie.",
        )
        said = heard_on(draft)
    assert [each.hearing.answer for each in said if each.hearing] == ["disagree"]


def test_a_representative_who_cannot_be_reached_is_recorded_with_why(office: Office) -> None:
    record = declared_by(office.office_leader, office.unit)
    draft = draft_of(record)
    assert draft is not None
    with acting_as(office.office_leader.id) as by, pytest.raises(NotPossible):
        services.record_not_heard(
            by=by,
            version=draft,
            record_id=new_id(),
            person_id=office.counsellor.id,
            why=NotHeard.DECLINED,
            reason="Nei.",
        )
    with acting_as(office.office_leader.id) as by:
        services.record_not_heard(
            by=by,
            version=draft,
            record_id=new_id(),
            person_id=office.safety_representative.id,
            why=NotHeard.NOT_REACHED,
            reason="Ringt tre ganger.",
        )
    approved_by(office.office_leader, record)


def test_where_nobody_is_elected_the_leader_writes_why(office: Office) -> None:
    RoleAssignment.objects.filter(
        role__in=[Role.SAFETY_REPRESENTATIVE, Role.CHIEF_SAFETY_REPRESENTATIVE]
    ).delete()
    record = declared_by(office.office_leader, office.unit)
    with pytest.raises(NotReady):
        approved_by(office.office_leader, record)
    draft = draft_of(record)
    assert draft is not None
    with acting_as(office.office_leader.id) as by:
        services.record_not_heard(
            by=by,
            version=draft,
            record_id=new_id(),
            person_id=None,
            why=NotHeard.NOBODY,
            reason="Valg er lyst ut.",
        )
    approved_by(office.office_leader, record)


def test_a_high_risk_needs_a_measure_that_is_in_use(office: Office) -> None:
    record = declared_by(office.office_leader, office.unit, likelihood=5, consequence=5)
    spoken_by(office.safety_representative, record)
    with pytest.raises(NotReady):
        approved_by(office.office_leader, record)
    pairs = in_use(office, title="Alltid to", kind="staffing")
    rewritten_by(office.office_leader, record, likelihood=5, consequence=5, measure_ids=(pairs.id,))
    approved_by(office.office_leader, record)


def test_a_draft_changed_since_it_was_read_is_not_approved(office: Office) -> None:
    record = declared_by(office.office_leader, office.unit)
    spoken_by(office.safety_representative, record)
    read = draft_of(record)
    assert read is not None
    rewritten_by(office.office_leader, record, why="Noe annet.")
    with acting_as(office.office_leader.id) as by, pytest.raises(NotPossible):
        services.approve(
            by=by,
            version=Version.objects.get(id=read.id),
            approval_id=new_id(),
            revision=read.revision,
            review_on=timezone.localdate() + timedelta(days=30),
        )
    assert not Approval.objects.exists()


def test_two_leaders_do_not_write_over_each_other(office: Office) -> None:
    record = declared_by(office.office_leader, office.unit)
    rewritten_by(office.office_leader, record, why="Det første.")
    with pytest.raises(services.ChangedMeanwhile):
        rewritten_by(office.office_leader, record, why="Det andre.", revision=1)
    assert Version.objects.get().why == "Det første."


@pytest.mark.parametrize("days", [0, -1, 400])
def test_it_holds_until_a_day_within_a_year(office: Office, days: int) -> None:
    record = declared_by(office.office_leader, office.unit)
    spoken_by(office.safety_representative, record)
    with pytest.raises(NotPossible):
        approved_by(office.office_leader, record, review_on=timezone.localdate() + timedelta(days=days))


def test_approved_it_is_made_known_to_those_it_concerns_and_to_nobody_else(office: Office) -> None:
    in_force(office)
    item = Item.objects.get(is_standing=True)
    assert item.form == "home_visit"
    told_of_it = set(
        Notice.objects.filter(subject_id=item.id, kind="information_important").values_list(
            "person__name", flat=True
        )
    )
    asked = (
        office.counsellor,
        office.colleague,
        office.leader,
        office.formal_leader,
        office.safety_representative,
    )
    assert told_of_it == {person.name for person in asked}
    assert Reading.objects.get(item=item).person == office.office_leader  # who knew when approving


def test_whoever_confirms_is_recorded_once(office: Office) -> None:
    record = in_force(office)
    for _ in range(2):
        confirmed_by(office.counsellor, record)
    assert Reading.objects.filter(person=office.counsellor, item__is_standing=True).count() == 1
    item = Item.objects.get(is_standing=True)
    assert Notice.objects.get(person=office.counsellor, subject_id=item.id).seen_at


def test_a_review_is_another_version_with_a_reason_and_the_first_stands_until_then(office: Office) -> None:
    record = in_force(office)
    first = Version.objects.get()
    rewritten_by(office.office_leader, record, reason="Ny vurdering.", why="Fortsatt.")
    assert Item.objects.get(subject_id=first.id, is_standing=True).ended_at is None
    spoken_by(office.safety_representative, record)
    approved_by(office.office_leader, record)
    second = Version.objects.get(number=2)
    assert Item.objects.get(subject_id=first.id).ended_at is not None
    assert Item.objects.get(subject_id=second.id).ended_at is None
    assert second.reason == "Ny vurdering."


def test_approving_twice_with_one_form_is_one_approval(office: Office) -> None:
    record = declared_by(office.office_leader, office.unit)
    spoken_by(office.safety_representative, record)
    version = Version.objects.get()
    approval_id = new_id()
    for _ in range(2):
        with acting_as(office.office_leader.id) as by:
            services.approve(
                by=by,
                version=Version.objects.get(id=version.id),
                approval_id=approval_id,
                revision=1,
                review_on=timezone.localdate() + timedelta(days=30),
            )
    assert Approval.objects.count() == Item.objects.filter(is_standing=True).count() == 1


def test_withdrawn_nobody_is_asked_any_more_and_the_element_can_be_described_anew(office: Office) -> None:
    record = in_force(office)
    withdrawn_by(office.office_leader, record)
    assert Withdrawal.objects.get().reason
    assert Item.objects.get(is_standing=True).ended_at is not None
    with pytest.raises(NotPossible):
        confirmed_by(office.counsellor, record)
    with pytest.raises(NotPossible):
        withdrawn_by(office.office_leader, record)
    declared_by(office.office_leader, office.unit)


# The database stands behind


def test_what_is_approved_is_never_changed(office: Office) -> None:
    in_force(office)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Version.objects.update(why="Noe annet.")


def test_the_database_refuses_a_day_beyond_the_rule(office: Office) -> None:
    declared_by(office.office_leader, office.unit)
    too_far = timezone.localdate() + timedelta(days=400)
    with acting_as(office.office_leader.id) as by, pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.create(version=Version.objects.get(), revision=1, review_on=too_far, by_id=by.id)


def test_a_leader_says_nothing_in_the_representatives_name(office: Office) -> None:
    declared_by(office.office_leader, office.unit)
    with acting_as(office.office_leader.id) as by, pytest.raises(ProgrammingError), transaction.atomic():
        Hearing.objects.create(
            version=Version.objects.get(),
            person=office.safety_representative,
            answer="agree",
            revision=1,
            by_id=by.id,
        )


def test_only_a_leader_of_the_unit_approves_in_the_database(office: Office) -> None:
    declared_by(office.office_leader, office.unit)
    day = timezone.localdate() + timedelta(days=30)
    version = Version.objects.get()
    for person in (office.safety_representative, office.counsellor, office.county_director):
        with acting_as(person.id) as by, pytest.raises(ProgrammingError), transaction.atomic():
            Approval.objects.create(version=version, revision=1, review_on=day, by_id=by.id)


def test_an_approval_cannot_be_dated_ahead_so_that_it_holds_longer_even_by_sql(office: Office) -> None:
    record = declared_by(office.office_leader, office.unit)
    spoken_by(office.safety_representative, record)
    ahead = timezone.now() + timedelta(days=700)
    with acting_as(office.office_leader.id) as by:
        draft = draft_of(record)
        assert draft
        days = {"at": ahead, "review_on": ahead.date() + timedelta(days=100)}
        with pytest.raises(IntegrityError), transaction.atomic():
            Approval.objects.create(version=draft, revision=1, by_id=by.id, **days)

"""What the database itself refuses, whatever the program asks. Who sees what is in `tests/security`."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.controls.models import (
    Cancellation,
    Escalated,
    Establishment,
    Evaluation,
    Handover,
    Measure,
    Postponement,
    ProcedureApproval,
    ProcedurePicture,
    ProcedureVersion,
)
from tryggmote.controls.tests.helpers import (
    a_draft,
    days_from_now,
    drafted_by,
    established_by,
    in_force,
    planned_by,
)
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def measure(office: Office) -> Measure:
    return planned_by(office.office_leader, office.unit, office.counsellor)


def refused(person: Person, model: Any, /, **values: Any) -> bool:
    """Whether the database refuses it; what it takes is undone."""
    with acting_as(person.id):
        try:
            with transaction.atomic():
                model.objects.bulk_create([model(**values)])
                transaction.set_rollback(True)
        except DatabaseError:
            return True
    return False


def a_plan(office: Office, by: Person, **changes: Any) -> dict[str, Any]:
    draft = vars(a_draft(office.unit, office.counsellor)) | {"forms": [], "factors": [], "created_by": by}
    return draft | changes


def test_only_leaders_of_the_unit_plan_and_in_their_own_name(office: Office) -> None:
    leader = office.office_leader
    assert not refused(leader, Measure, **a_plan(office, leader))
    assert refused(leader, Measure, **a_plan(office, office.formal_leader))
    for person in (
        office.counsellor,
        office.safety_representative,
        office.county_director,
        office.administrator,
    ):
        assert refused(person, Measure, **a_plan(office, person)), person.name


def test_a_new_measure_is_not_done_yet_and_its_owner_belongs_to_the_unit(office: Office) -> None:
    leader, now = office.office_leader, timezone.now()
    stranger = make_office("Nav Storevik").counsellor
    for changes in (
        {"established_at": now},
        {"established_at": now, "evaluated_at": now},
        {"effect": "reduced"},
        {"cancelled_at": now},
        {"owner_id": stranger.id},
        {"factors": [9]},
        {"interval_months": 0},
    ):
        assert refused(leader, Measure, **a_plan(office, leader, **changes)), changes


def test_owner_and_leaders_act_and_nobody_else_and_nobody_in_anothers_name(
    office: Office, measure: Measure
) -> None:
    for person, is_refused in [
        (office.counsellor, False),
        (office.office_leader, False),
        (office.colleague, True),
        (office.safety_representative, True),
        (office.county_director, True),
    ]:
        assert refused(person, Establishment, measure=measure, by=person) is is_refused, person.name
    assert refused(office.counsellor, Establishment, measure=measure, by=office.office_leader)


def test_only_leaders_change_date_and_owner_and_cancel(office: Office, measure: Measure) -> None:
    changes: list[tuple[Any, dict[str, Any]]] = [
        (Postponement, {"from_on": measure.due_on, "to_on": days_from_now(40), "reason": "Vent."}),
        (Handover, {"from_owner": office.counsellor, "to_owner": office.colleague}),
        (Cancellation, {"reason": "Nei."}),
    ]
    for act, values in changes:
        for person, is_refused in [(office.office_leader, False), (office.counsellor, True)]:
            assert refused(person, act, measure=measure, by=person, **values) is is_refused, act


def test_an_act_that_does_not_fit_what_has_been_done_is_refused(office: Office, measure: Measure) -> None:
    leader = office.office_leader
    stranger = make_office("Nav Storevik").counsellor
    assert refused(leader, Evaluation, measure=measure, by=leader, effect="reduced", words="Ja.")
    assert refused(
        leader, Postponement, measure=measure, by=leader, from_on=days_from_now(1), to_on=days_from_now(9)
    )
    assert refused(
        leader, Handover, measure=measure, by=leader, from_owner=office.colleague, to_owner=office.counsellor
    )
    assert refused(
        leader, Handover, measure=measure, by=leader, from_owner=office.counsellor, to_owner=stranger
    )
    established_by(office.counsellor, measure)
    assert refused(leader, Establishment, measure=measure, by=leader)
    assert refused(
        leader, Postponement, measure=measure, by=leader, from_on=measure.due_on, to_on=days_from_now(40)
    )
    assert not refused(leader, Evaluation, measure=measure, by=leader, effect="reduced", words="Ja.")


def test_nothing_is_done_in_the_future_or_before_there_was_a_plan_or_a_measure_in_place(
    office: Office, measure: Measure
) -> None:
    owner, hour = office.counsellor, timedelta(hours=1)
    for at in (timezone.now() + hour, measure.created_at - hour):
        assert refused(owner, Establishment, measure=measure, by=owner, at=at), at
        assert refused(
            office.office_leader, Cancellation, measure=measure, by=office.office_leader, reason="Nei.", at=at
        ), at
    earlier = planned_by(office.office_leader, office.unit, owner, at=timezone.now() - 5 * hour)
    established_by(owner, earlier, at=timezone.now() - 2 * hour)
    evaluation = {"measure": earlier, "by": owner, "effect": "reduced", "words": "Ja."}
    assert refused(owner, Evaluation, at=timezone.now() - 3 * hour, **evaluation)
    assert not refused(owner, Evaluation, at=timezone.now() - hour, **evaluation)


def test_a_procedure_is_approved_for_at_most_two_years(office: Office) -> None:
    leader = office.office_leader
    drafted_by(leader, office.unit)
    approval = {"version": ProcedureVersion.objects.get(), "revision": 1, "by": leader}
    for days in (0, 800):
        assert refused(leader, ProcedureApproval, review_on=days_from_now(days), **approval), days
    assert not refused(leader, ProcedureApproval, review_on=days_from_now(1), **approval)


def test_versions_are_numbered_by_the_database(office: Office) -> None:
    procedure = in_force(office.office_leader, office.unit)
    with acting_as(office.counsellor.id):
        version = ProcedureVersion.objects.create(
            procedure=procedure, number=2_000_000_000, text="Gå.", by=office.counsellor
        )
    version.refresh_from_db()
    assert version.number == 2


def test_a_picture_is_of_a_kind_that_is_shown(office: Office) -> None:
    author = office.counsellor
    procedure = drafted_by(author, office.unit)
    picture = {"procedure": procedure, "by": author, "alt": "Dør", "content": b"", "width": 1, "height": 1}
    assert refused(author, ProcedurePicture, kind="text/html", **picture)
    assert not refused(author, ProcedurePicture, kind="image/png", **picture)


def test_what_is_planned_and_done_is_never_changed_and_status_is_never_set(
    office: Office, measure: Measure
) -> None:
    act = Establishment.objects.create(measure=measure, by=office.counsellor, words="Ja.")
    for row, change in [
        (measure, {"title": "Noe annet"}),
        (measure, {"effect": "reduced"}),
        (act, {"words": "Nei."}),
    ]:
        with acting_as(office.office_leader.id):
            with pytest.raises(DatabaseError), transaction.atomic():
                type(row)._default_manager.filter(id=row.id).update(**change)
            with pytest.raises(DatabaseError), transaction.atomic():
                row.delete()


def test_nobody_but_the_system_passes_a_measure_up(office: Office, measure: Measure) -> None:
    for person in (office.office_leader, office.counsellor, office.county_director):
        assert refused(person, Escalated, measure=measure, to_person=person, due_on=measure.due_on)

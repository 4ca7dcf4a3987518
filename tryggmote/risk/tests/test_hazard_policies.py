"""What the database itself refuses about hazards. Who sees which is in `tests/security`."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotPossible
from tryggmote.access.ids import new_id
from tryggmote.access.models import HistoryEntry
from tryggmote.organisation.models import Person, UnitKind
from tryggmote.organisation.standing import standing_in
from tryggmote.organisation.tests.factories import Office, make_office, make_unit
from tryggmote.risk.hazard_rules import may_decide
from tryggmote.risk.models import Hazard, HazardDecision, HazardEscalation
from tryggmote.risk.rules import hazard_due
from tryggmote.risk.tests.hazards import DOOR, decided_by, merged_by, raised_by
from tryggmote.risk.tests.stories import begin


@pytest.fixture
def office(db: None) -> Office:
    return make_office()


@pytest.fixture
def hazard(office: Office) -> Hazard:
    return raised_by(office.counsellor, office.unit)


def refused(person: Person, model: Any, /, **values: Any) -> bool:
    with acting_as(person.id):
        try:
            with transaction.atomic():
                model.objects.bulk_create([model(**values)])
                transaction.set_rollback(True)
        except DatabaseError:
            return True
    return False


def test_one_raises_in_ones_own_name_in_ones_own_unit_and_nothing_is_decided_yet(office: Office) -> None:
    fields = {
        "unit": office.unit,
        "source": "concern",
        "what": DOOR,
        "due_at": hazard_due(timezone.now()),
        "raised_by": office.counsellor,
    }
    assert not refused(office.counsellor, Hazard, **fields)
    assert not refused(office.counsellor, Hazard, **fields | {"source": "review"})
    assert refused(office.colleague, Hazard, **fields)
    assert refused(office.counsellor, Hazard, **fields | {"unit": make_office("Nav Storevik").unit})
    for derived in ("decided_at", "escalated_at"):
        assert refused(office.counsellor, Hazard, **fields | {derived: timezone.now()})
    assert refused(office.counsellor, Hazard, **fields | {"source": "incident", "source_id": new_id()})
    assert refused(office.counsellor, Hazard, **fields | {"source_id": new_id()})
    for days in (0, 60):
        put_off = timezone.now() + timedelta(days=days)
        assert refused(office.counsellor, Hazard, **fields | {"due_at": put_off})


def test_when_something_was_raised_and_decided_is_when_it_was_done(office: Office) -> None:
    begun, long_ago = timezone.now(), timezone.now() - timedelta(days=300)
    with acting_as(office.office_leader.id) as by:
        hazard = Hazard(unit=office.unit, source="concern", what=DOOR, raised_by_id=by.id,
                        raised_at=long_ago, due_at=hazard_due(begun))  # fmt: skip
        Hazard.objects.bulk_create([hazard])
        decision = HazardDecision(hazard=hazard, outcome="declined", answer="Nei", by_id=by.id, at=long_ago)
        HazardDecision.objects.bulk_create([decision])
        decision.refresh_from_db()
        hazard.refresh_from_db()
    assert begun <= hazard.raised_at <= decision.at == hazard.decided_at


def test_a_hazard_is_assessed_only_in_a_scenario_of_an_assessment_of_its_unit_or_above(
    office: Office, hazard: Hazard
) -> None:
    work, elsewhere = begin(office), begin(make_office("Nav Storevik"))
    here, there = work.describe(), elsewhere.describe()
    decision = {"hazard": hazard, "outcome": "assessed", "answer": "Takk", "by": work.leader}
    for assessment, lineage, is_there in (
        (work.assessment, here.lineage, True),
        (work.assessment, there.lineage, False),
        (elsewhere.assessment, there.lineage, False),
        (work.assessment, new_id(), False),
    ):
        found = {"assessment": assessment, "lineage": lineage}
        assert refused(work.leader, HazardDecision, **decision, **found) is not is_there


@pytest.mark.parametrize("is_passed_on", [False, True])
def test_the_rule_in_python_and_the_policy_in_the_database_agree_about_who_decides(
    office: Office, hazard: Hazard, is_passed_on: bool
) -> None:
    if is_passed_on:
        HazardEscalation.objects.create(hazard=hazard, to_person=office.county_director)
    for person in vars(office).values():
        if isinstance(person, Person):
            with acting_as(person.id):
                may = may_decide(standing_in(office.unit.id), is_passed_on=is_passed_on)
            decision = {"hazard": hazard, "outcome": "declined", "answer": "Nei"}
            assert refused(person, HazardDecision, **decision, by=person) is not may, person.name
            assert refused(person, HazardDecision, **decision, by=office.formal_leader)


def test_only_the_job_passes_a_hazard_on(office: Office, hazard: Hazard) -> None:
    for person in (office.counsellor, office.office_leader, office.directorate_member):
        assert refused(person, HazardEscalation, hazard=hazard, to_person=office.county_director)


@pytest.mark.parametrize("model", [Hazard, HazardDecision, HazardEscalation])
def test_what_was_said_is_never_changed_or_deleted(office: Office, hazard: Hazard, model: Any) -> None:
    decided_by(office.office_leader, hazard)
    for person in (office.counsellor, office.office_leader, office.directorate_member):
        with acting_as(person.id):
            with pytest.raises(DatabaseError), transaction.atomic():
                model.objects.update(id=hazard.id)
            with pytest.raises(DatabaseError), transaction.atomic():
                model.objects.all()._raw_delete(using="default")


def test_every_act_leaves_history(office: Office, hazard: Hazard) -> None:
    decided_by(office.office_leader, hazard)
    HazardEscalation.objects.create(hazard=hazard, to_person=office.county_director)
    kept = set(HistoryEntry.objects.values_list("table_name", flat=True))
    assert {"risk_hazard", "risk_hazarddecision", "risk_hazardescalation"} <= kept


def test_the_database_knows_no_circles_and_no_merges_between_units(office: Office, hazard: Hazard) -> None:
    other, third = (raised_by(office.colleague, office.unit) for _number in range(2))
    merged_by(office.office_leader, hazard, other)
    merged_by(office.office_leader, other, third)
    team = make_unit("Team", UnitKind.TEAM, parents=(office.unit,))
    team.workforces.create(employer=office.directorate)
    theirs = raised_by(office.office_leader, team)
    for last in (hazard, other, third, theirs):
        merge = {"hazard": third, "outcome": "merged", "merged_into": last, "answer": "Samme"}
        assert refused(office.office_leader, HazardDecision, **merge, by=office.office_leader)


def test_merging_shows_the_other_hazard_to_whoever_raised_this_one_and_not_the_reverse(
    office: Office, hazard: Hazard
) -> None:
    other = raised_by(office.colleague, office.unit)
    with acting_as(office.counsellor.id):
        assert list(Hazard.objects.all()) == [hazard]
    merged_by(office.office_leader, hazard, other)
    with acting_as(office.counsellor.id):
        assert set(Hazard.objects.all()) == {hazard, other}
    with acting_as(office.colleague.id):
        assert list(Hazard.objects.all()) == [other]


def together(*acts: Callable[[], object]) -> list[Exception]:
    """Run the acts in transactions that start together; what was refused."""
    start, refusals = threading.Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        try:
            start.wait()
            act()
        except Exception as refusal:  # noqa: BLE001 - what is refused is what the test is about
            refusals.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refusals


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_the_same_moment_the_first_stands() -> None:
    office = make_office()
    hazard = raised_by(office.counsellor, office.unit)
    refusals = together(*(lambda: decided_by(office.office_leader, hazard) for _number in range(3)))
    assert [type(refusal) for refusal in refusals] == [NotPossible] * 2
    assert HazardDecision.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_hazards_merged_into_each_other_at_the_same_moment_make_no_circle() -> None:
    office = make_office()
    ring = [raised_by(office.counsellor, office.unit) for _number in range(4)]
    pairs = list(zip(ring, [*ring[1:], ring[0]], strict=True))
    refusals = together(
        *(lambda one=one, other=other: merged_by(office.office_leader, one, other) for one, other in pairs)
    )
    assert [type(refusal) for refusal in refusals] == [NotPossible]
    assert HazardDecision.objects.count() == 3

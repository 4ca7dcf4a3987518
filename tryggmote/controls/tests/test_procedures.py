"""From draft to read and understood: what is done about procedures (2.3, 2.4, AML § 3-2)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.ids import new_id
from tryggmote.controls import procedure_queries as queries
from tryggmote.controls import procedures
from tryggmote.controls.models import (
    Procedure,
    ProcedureApproval,
    ProcedureReading,
    ProcedureVersion,
)
from tryggmote.controls.procedure_duties import KINDS
from tryggmote.controls.procedure_rules import review_asked_for_from
from tryggmote.controls.tests.helpers import (
    a_frame,
    a_text,
    approved_by,
    days_from_now,
    drafted_by,
    in_force,
    read_by,
    rewritten_by,
)
from tryggmote.duties.tests.helpers import owed_by
from tryggmote.information.models import Item
from tryggmote.notices.models import Notice
from tryggmote.organisation.closure import rebuild_closure
from tryggmote.organisation.models import Person, Placement, UnitKind, UnitParent
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import Office, assign, make_office, make_person, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def seen_by(person: Person) -> set[Procedure]:
    with acting_as(person.id):
        return set(Procedure.objects.all())


def kinds_of_duties(person: Person) -> list[str]:
    return [duty.kind for duty in owed_by(person, *KINDS)]


# Draft and approval


def test_a_draft_is_seen_by_its_author_and_the_units_leaders_and_then_by_everybody(office: Office) -> None:
    procedure = drafted_by(office.counsellor, office.unit)
    for person, sees in [
        (office.counsellor, True),
        (office.office_leader, True),
        (office.colleague, False),
        (office.safety_representative, False),
        (office.county_director, False),
    ]:
        assert (procedure in seen_by(person)) is sees, person.name
    approved_by(office.office_leader, procedure)
    for person in (office.colleague, office.safety_representative, office.county_director):
        assert procedure in seen_by(person), person.name
    assert procedure not in seen_by(make_office("Nav Storevik").office_leader)


def test_the_same_draft_sent_twice_is_one(office: Office) -> None:
    written = a_text()
    for _ in range(2):
        with acting_as(office.counsellor.id) as author:
            procedures.begin_procedure(by=author, unit_id=office.unit.id, frame=a_frame(), written=written)
    assert Procedure.objects.count() == ProcedureVersion.objects.count() == 1


def test_nobody_writes_for_a_unit_they_neither_work_in_nor_lead(office: Office) -> None:
    stranger = make_office("Nav Storevik").counsellor
    for person in (stranger, office.municipal_director):
        with acting_as(person.id) as by, pytest.raises(NotAllowed):
            procedures.begin_procedure(by=by, unit_id=office.unit.id, frame=a_frame(), written=a_text())


def test_the_author_asks_and_the_leaders_are_told_once(office: Office) -> None:
    procedure = drafted_by(office.counsellor, office.unit)
    assert kinds_of_duties(office.office_leader) == []
    for _ in range(2):
        with acting_as(office.counsellor.id) as author:
            draft = queries.draft_of(procedure)
            assert draft
            procedures.ask_for_approval(by=author, draft=draft)
    assert [n.person_id for n in Notice.objects.filter(kind="procedure_waiting")] == [office.office_leader.id]
    assert kinds_of_duties(office.office_leader) == ["procedure_waiting"]


def test_only_a_leader_of_the_unit_puts_it_in_force(office: Office) -> None:
    procedure = drafted_by(office.counsellor, office.unit)
    with pytest.raises(NotAllowed):
        approved_by(office.counsellor, procedure)
    approved = approved_by(office.office_leader, procedure)
    assert (approved.in_force_number, approved.must_read_number, approved.is_in_force) == (1, 1, True)


@pytest.mark.parametrize("days", [0, -1, 800])
def test_the_next_review_is_ahead_and_within_two_years(office: Office, days: int) -> None:
    procedure = drafted_by(office.office_leader, office.unit)
    with pytest.raises(NotPossible, match="innen to år"):
        approved_by(office.office_leader, procedure, review_on=days_from_now(days))
    assert not ProcedureApproval.objects.exists()


def test_two_approvals_at_the_same_moment_are_one_and_the_second_is_told(office: Office) -> None:
    procedure = drafted_by(office.office_leader, office.unit)
    other_leader = make_person("Leif Leder")
    assign(other_leader, Role.LEADER, office.unit)
    with acting_as(other_leader.id) as second:
        as_both_saw_it = queries.draft_of(procedure)
        assert as_both_saw_it
        approved_by(office.office_leader, procedure)
        with pytest.raises(NotPossible, match="endret eller godkjent"):
            procedures.approve(
                by=second,
                draft=as_both_saw_it,
                approval_id=new_id(),
                revision=1,
                review_on=days_from_now(100),
            )
    assert ProcedureApproval.objects.count() == Item.objects.count() == 1


def test_what_was_changed_after_it_was_read_is_not_approved(office: Office) -> None:
    procedure = drafted_by(office.counsellor, office.unit)
    with acting_as(office.office_leader.id) as leader:
        as_it_was_read = queries.draft_of(procedure)
        assert as_it_was_read
        rewritten_by(office.counsellor, procedure, "Bli stående.")
        with pytest.raises(NotPossible):
            procedures.approve(
                by=leader,
                draft=as_it_was_read,
                approval_id=new_id(),
                revision=as_it_was_read.revision,
                review_on=days_from_now(100),
            )
    assert Procedure.objects.get().in_force_number is None


def test_a_leader_who_lost_the_role_cannot_approve(office: Office) -> None:
    procedure = drafted_by(office.counsellor, office.unit)
    office.office_leader.role_assignments.update(ends_on=days_from_now(-1))
    assert queries.draft_of(procedure)
    with acting_as(office.office_leader.id) as former:
        draft = ProcedureVersion(id=ProcedureVersion.objects.none().first(), procedure=procedure)
        with pytest.raises(NotAllowed):
            procedures.approve(
                by=former, draft=draft, approval_id=new_id(), revision=1, review_on=days_from_now(9)
            )


def test_what_is_approved_is_never_changed_not_even_by_the_owner_of_the_tables(office: Office) -> None:
    procedure = in_force(office.office_leader, office.unit)
    with pytest.raises(DatabaseError), transaction.atomic():
        ProcedureVersion.objects.filter(procedure=procedure).update(text="Noe annet")
    with pytest.raises(DatabaseError), transaction.atomic():
        ProcedureVersion.objects.filter(procedure=procedure).update(must_be_read=False)
    with acting_as(office.office_leader.id):
        assert ProcedureVersion.objects.filter(procedure=procedure).update(text="Noe annet") == 0


# Writing together


def test_what_somebody_else_saved_meanwhile_is_never_overwritten_silently(office: Office) -> None:
    procedure = drafted_by(office.counsellor, office.unit)
    rewritten_by(office.office_leader, procedure, "Lederens tekst.")
    with pytest.raises(procedures.ChangedMeanwhile) as conflict:
        rewritten_by(office.counsellor, procedure, "Min tekst.", revision=1)
    assert conflict.value.now.text == "Lederens tekst."
    rewritten_by(office.counsellor, procedure, "Begges tekst.", revision=conflict.value.now.revision)
    assert ProcedureVersion.objects.get().text == "Begges tekst."


def test_the_same_save_sent_twice_is_no_conflict_with_oneself(office: Office) -> None:
    procedure = drafted_by(office.counsellor, office.unit)
    written = a_text("Ny tekst.", revision=1)
    for _ in range(2):
        with acting_as(office.counsellor.id) as author:
            draft = procedures.save_draft(
                by=author, procedure=Procedure.objects.get(id=procedure.id), written=written
            )
    assert draft.revision == 2


def test_a_colleague_cannot_write_on_anothers_draft_but_is_told_that_there_is_one(office: Office) -> None:
    procedure = in_force(office.office_leader, office.unit)
    rewritten_by(office.counsellor, procedure, "Ny tekst.")
    with pytest.raises(NotPossible, match="Noen andre arbeider"):
        rewritten_by(office.colleague, procedure, "Min tekst.")
    assert ProcedureVersion.objects.count() == 2


# Read and understood


def test_everybody_is_asked_to_read_what_matters_and_again_when_it_changes(office: Office) -> None:
    procedure = in_force(office.office_leader, office.unit)
    Item.objects.update(is_important=False)  # what information asks for itself is tested below
    assert kinds_of_duties(office.counsellor) == ["procedure_unread"]
    read_by(office.counsellor, procedure)
    assert kinds_of_duties(office.counsellor) == []
    rewritten_by(office.office_leader, procedure, "En rettet skrivefeil.", must_be_read=False)
    approved_by(office.office_leader, procedure)
    assert kinds_of_duties(office.counsellor) == []
    rewritten_by(office.office_leader, procedure, "Noe helt annet.")
    approved_by(office.office_leader, procedure)
    Item.objects.update(is_important=False)
    assert kinds_of_duties(office.counsellor) == ["procedure_unread"]


def test_a_newcomer_reads_the_version_that_holds_also_when_the_last_change_was_small(office: Office) -> None:
    procedure = in_force(office.office_leader, office.unit)
    rewritten_by(office.office_leader, procedure, "En rettet skrivefeil.", must_be_read=False)
    approved_by(office.office_leader, procedure)
    read_by(office.colleague, procedure)
    assert ProcedureReading.objects.get(person=office.colleague).number == 2
    assert "procedure_unread" not in kinds_of_duties(office.colleague)


def test_a_newcomer_has_as_long_to_read_as_everybody_had(office: Office) -> None:
    procedure = in_force(office.office_leader, office.unit)
    Procedure.objects.filter(id=procedure.id).update(must_read_at=timezone.now() - timedelta(days=100))
    Item.objects.update(is_important=False)
    Placement.objects.filter(person=office.colleague).update(starts_on=days_from_now(-1))
    for person, is_late in [(office.counsellor, True), (office.colleague, False)]:
        (duty,) = owed_by(person, *KINDS)
        assert duty.due is not None
        assert (duty.due < timezone.now()) is is_late, person.name


def test_a_change_that_matters_is_told_at_once_and_asked_for_in_one_place_at_a_time(office: Office) -> None:
    procedure = in_force(office.office_leader, office.unit)
    item = Item.objects.get(kind="controls.procedure_approved")
    assert (item.is_important, item.context) == (True, {"title": procedure.title})
    # The news stands first; when it is read, what remains is to confirm.
    assert "procedure_unread" not in kinds_of_duties(office.counsellor)
    item.readings.create(person=office.counsellor)
    assert kinds_of_duties(office.counsellor) == ["procedure_unread"]


def test_those_outside_the_unit_have_nothing_to_read(office: Office) -> None:
    in_force(office.office_leader, office.unit)
    Item.objects.update(is_important=False)
    assert kinds_of_duties(office.county_director) == []
    assert kinds_of_duties(office.auditor) == []


def test_leaders_see_how_many_have_read_and_who_has_not(office: Office) -> None:
    procedure = in_force(office.office_leader, office.unit)  # who approves it has read it
    for person in (office.counsellor, office.colleague):
        read_by(person, procedure)
    with acting_as(office.office_leader.id):
        count = queries.read_count(procedure, office.unit.id)
        assert (count.read, count.audience, count.missing) == (3, 6, 3)
        missing = set(queries.not_read_by(procedure, office.unit.id))
    assert office.safety_representative in missing
    assert office.counsellor not in missing


def test_who_has_read_is_nobody_elses_business(office: Office) -> None:
    procedure = in_force(office.office_leader, office.unit)
    read_by(office.counsellor, procedure)
    for person, sees in [
        (office.counsellor, True),
        (office.leader, True),
        (office.office_leader, True),
        (office.colleague, False),
        (office.safety_representative, False),
        (office.county_director, False),
    ]:
        with acting_as(person.id):
            assert ProcedureReading.objects.filter(person=office.counsellor).exists() is sees, person.name


def test_one_confirms_in_ones_own_name_and_only_what_is_there(office: Office) -> None:
    procedure = in_force(office.office_leader, office.unit)
    stranger = make_office("Nav Storevik").counsellor
    for person, values in [
        (office.counsellor, {"person": office.colleague, "number": 1}),
        (office.counsellor, {"person": office.counsellor, "number": 2}),
        (stranger, {"person": stranger, "number": 1}),
    ]:
        with acting_as(person.id), pytest.raises(DatabaseError), transaction.atomic():
            ProcedureReading.objects.bulk_create([ProcedureReading(procedure=procedure, **values)])


# From above


def test_what_comes_from_above_is_shown_first_and_confirmed_together(office: Office) -> None:
    county = in_force(office.county_director, office.county, "Fylkets tekst.")
    local = in_force(
        office.office_leader, office.unit, "Vår tekst.", frame=a_frame("Hos oss", parent_id=county.id)
    )
    with acting_as(office.counsellor.id):
        parts = queries.parts_in_force(local)
        assert [part.procedure for part in parts] == [county, local]
        assert "Fylkets tekst." in parts[0].html
    read_by(office.counsellor, local)
    assert set(ProcedureReading.objects.values_list("procedure_id", flat=True)) == {county.id, local.id}


def test_a_new_text_from_above_is_at_once_part_of_what_holds_here(office: Office) -> None:
    county = in_force(office.county_director, office.county, "Gammel.")
    local = in_force(office.office_leader, office.unit, "Vår.", frame=a_frame("Hos oss", parent_id=county.id))
    rewritten_by(office.county_director, county, "Ny fra fylket.")
    with acting_as(office.counsellor.id):
        assert "Gammel." in queries.parts_in_force(local)[0].html
    approved_by(office.county_director, county)
    with acting_as(office.counsellor.id):
        assert "Ny fra fylket." in queries.parts_in_force(local)[0].html


def test_a_procedure_builds_only_on_one_from_above(office: Office) -> None:
    other = make_office("Nav Storevik")
    beside = in_force(other.office_leader, other.unit)
    mine = in_force(office.office_leader, office.unit)
    for parent in (beside, mine):
        with acting_as(office.office_leader.id) as leader, pytest.raises(NotPossible, match="en enhet over"):
            procedures.begin_procedure(
                by=leader,
                unit_id=office.unit.id,
                frame=a_frame("Ny", parent_id=parent.id),
                written=a_text(),
            )


def test_a_ring_of_procedures_is_refused_with_a_reason_and_by_the_database(office: Office) -> None:
    """Rings are only possible after units have changed places; then they must be caught."""
    team = make_unit("Team Mottak", UnitKind.TEAM, parents=(office.unit,))
    team_leader = make_person("Tora Teamleder")
    assign(team_leader, Role.LEADER, team)
    above = in_force(office.office_leader, office.unit)
    below = in_force(team_leader, team, frame=a_frame("Team", parent_id=above.id))
    UnitParent.objects.filter(child=team).delete()
    UnitParent.objects.create(child=office.unit, parent=team)
    rebuild_closure()
    with acting_as(team_leader.id) as leader, pytest.raises(NotPossible, match="i ring"):
        procedures.change_frame(by=leader, procedure=above, frame=a_frame("Uro", parent_id=below.id))
    with pytest.raises(DatabaseError, match="adds to itself"), transaction.atomic():
        Procedure.objects.filter(id=above.id).update(parent=below)
    with pytest.raises(DatabaseError), transaction.atomic():
        Procedure.objects.filter(id=above.id).update(parent=above)


def test_the_county_writes_and_everybody_below_reads(office: Office) -> None:
    procedure = in_force(office.county_director, office.county)
    Item.objects.update(is_important=False)
    assert kinds_of_duties(office.counsellor) == ["procedure_unread"]
    with acting_as(office.office_leader.id):
        assert queries.read_count(procedure, office.unit.id).audience == 6


# Ending and review


def test_an_ended_procedure_asks_nothing_of_anybody_and_can_still_be_read(office: Office) -> None:
    procedure = in_force(office.office_leader, office.unit)
    Item.objects.update(is_important=False)
    with acting_as(office.counsellor.id) as counsellor, pytest.raises(NotAllowed):
        procedures.end_procedure(by=counsellor, procedure=procedure, ending_id=new_id(), reason="Nei.")
    ending_id = new_id()
    for _ in range(2):
        with acting_as(office.office_leader.id) as leader:
            procedures.end_procedure(by=leader, procedure=procedure, ending_id=ending_id, reason="Erstattet.")
    assert not procedure.is_in_force
    assert kinds_of_duties(office.counsellor) == []
    assert procedure in seen_by(office.colleague)
    with pytest.raises(NotPossible, match="avsluttet"):
        rewritten_by(office.office_leader, procedure, "Likevel.")


def test_a_draft_of_an_ended_procedure_goes_no_further(office: Office) -> None:
    procedure = in_force(office.office_leader, office.unit)
    draft = rewritten_by(office.counsellor, procedure, "Gå ut nå.")
    with acting_as(office.office_leader.id) as leader:
        procedures.end_procedure(by=leader, procedure=procedure, ending_id=new_id(), reason="Erstattet.")
    draft = ProcedureVersion.objects.select_related("procedure__unit").get(id=draft.id)
    with acting_as(office.office_leader.id) as leader, pytest.raises(NotPossible, match="avsluttet"):
        procedures.approve(
            by=leader, draft=draft, approval_id=new_id(), revision=1, review_on=days_from_now(30)
        )
    with acting_as(office.counsellor.id) as author, pytest.raises(NotPossible, match="avsluttet"):
        procedures.ask_for_approval(by=author, draft=draft)
    with pytest.raises(NotPossible, match="avsluttet"):
        rewritten_by(office.counsellor, procedure, "Likevel.")


def test_an_author_who_has_left_the_unit_writes_no_more_on_the_draft(office: Office) -> None:
    procedure = drafted_by(office.counsellor, office.unit)
    yesterday = days_from_now(-1)
    Placement.objects.filter(person=office.counsellor).update(ends_on=yesterday)
    with pytest.raises(NotAllowed):
        rewritten_by(office.counsellor, procedure, "Likevel.")
    with acting_as(office.counsellor.id):
        assert ProcedureVersion.objects.update(text="Likevel.") == 0


@pytest.mark.parametrize(("days", "is_asked"), [(30, True), (31, False)])
def test_the_review_is_asked_for_from_the_day_the_rule_says(
    office: Office, days: int, is_asked: bool
) -> None:
    procedure = in_force(office.office_leader, office.unit)
    Procedure.objects.filter(id=procedure.id).update(review_on=days_from_now(days))
    assert (review_asked_for_from(days_from_now(days)) <= timezone.localdate()) is is_asked
    assert kinds_of_duties(office.office_leader) == (["procedure_review"] if is_asked else [])


def test_leaders_are_asked_to_go_through_it_a_month_before_the_day(office: Office) -> None:
    procedure = in_force(office.office_leader, office.unit)
    assert kinds_of_duties(office.office_leader) == []
    Procedure.objects.filter(id=procedure.id).update(review_on=days_from_now(20))
    read_by(office.office_leader, procedure)
    assert kinds_of_duties(office.office_leader) == ["procedure_review"]
    Procedure.objects.filter(id=procedure.id).update(review_on=days_from_now(-1))
    assert Procedure.objects.get().is_due_for_review(timezone.localdate())
    (duty,) = owed_by(office.office_leader, *KINDS)
    assert duty.due is not None
    assert duty.due < timezone.now() + timedelta(minutes=1)

"""A measure towards a client from the first draft to its end, as those who do it expect (Sivilombudet)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.ids import new_id
from tryggmote.client_measures.models import ClientMeasure, Step
from tryggmote.client_measures.services import (
    ChangedMeanwhile,
    StepDraft,
    let_go,
    link_incidents,
    name_handler,
    take_step,
    write,
)
from tryggmote.client_measures.tests.helpers import begun_by, full_text, heard, in_force, stepped, written_by
from tryggmote.client_measures.vocabulary import State, StepKind
from tryggmote.incidents.tests.helpers import reported_by
from tryggmote.notices.models import Notice
from tryggmote.organisation.models import Person
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import Office, assign, make_office

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def office() -> Office:
    return make_office()


def told(person: Person) -> set[str]:
    return set(Notice.objects.filter(person=person).values_list("kind", flat=True))


def test_a_case_goes_from_draft_to_in_force(office: Office) -> None:
    case = begun_by(office.counsellor, office.unit)
    assert case.state(TODAY()) == State.DRAFT
    written_by(office.counsellor, case)
    stepped(office.counsellor, case, StepKind.FOREWARNED)
    assert case.state(TODAY()) == State.FOREWARNED
    stepped(office.counsellor, case, StepKind.ANSWERED)
    assert case.state(TODAY()) == State.HEARD
    stepped(office.counsellor, case, StepKind.SUBMITTED)
    assert "client_measure_to_decide" in told(office.office_leader)
    stepped(office.office_leader, case, StepKind.DECIDED)
    assert case.state(TODAY()) == State.DECIDED
    assert "client_measure_decided" in told(office.counsellor)
    stepped(office.counsellor, case, StepKind.TOLD)
    assert case.state(TODAY()) == State.IN_FORCE
    assert case.to_on
    assert case.state(case.to_on + timedelta(days=1)) == State.EXPIRED


def test_a_measure_does_not_hold_before_the_client_has_been_told(office: Office) -> None:
    case = heard(office.counsellor, office.unit)
    stepped(office.office_leader, case, StepKind.DECIDED)
    assert case.state(TODAY()) == State.DECIDED


@pytest.mark.parametrize("role", ["counsellor", "leader", "county_director", "safety_representative"])
def test_only_the_leader_of_the_unit_decides(office: Office, role: str) -> None:
    case = heard(office.counsellor, office.unit)
    person = getattr(office, role)
    draft = StepDraft(new_id(), StepKind.DECIDED, outcome="imposed", text="Ja", revision=case.revision)
    with acting_as(person.id) as by, pytest.raises(NotAllowed):
        take_step(by=by, case=case, draft=draft)
    assert not Step.objects.filter(kind="decided").exists()


def test_a_leader_who_was_part_of_the_incident_does_not_decide(office: Office) -> None:
    incident = reported_by(office.office_leader)
    case = heard(office.counsellor, office.unit)
    with acting_as(office.office_leader.id) as by:
        link_incidents(by=by, case=case, chosen={incident.id}, offered={incident.id})
    with pytest.raises(NotAllowed):
        stepped(office.office_leader, case, StepKind.DECIDED)
    # Nor can they take their own incident away first.
    with acting_as(office.office_leader.id) as by:
        link_incidents(by=by, case=case, chosen=set(), offered={incident.id})
    with pytest.raises(NotAllowed):
        stepped(office.office_leader, case, StepKind.DECIDED)
    # Another leader of the office can decide.
    assign(office.colleague, Role.OFFICE_LEADER, office.unit)
    stepped(office.colleague, case, StepKind.DECIDED)
    assert case.decided_at


@pytest.mark.parametrize(
    "changes",
    [
        {"facts": " "},
        {"prevents": ""},
        {"place": ""},
        {"proportionality": ""},
        {"services": ""},
        {"milder_means": {}},
        {"milder_means": {"conversation": {"answer": "tried", "why": "Nei"}}},
        {"to_on": None, "from_on": None, "review_on": None},
        {"to_on": TODAY() + timedelta(days=84)},
        {"from_on": TODAY() - timedelta(days=1)},
        {"review_on": None},
    ],
)
def test_nothing_is_imposed_while_something_is_missing(office: Office, changes: dict[str, object]) -> None:
    case = written_by(office.counsellor, begun_by(office.counsellor, office.unit))
    stepped(office.counsellor, case, StepKind.EXEMPTED)
    written_by(office.counsellor, case, **changes)
    with pytest.raises(NotPossible):
        stepped(office.office_leader, case, StepKind.DECIDED)


def test_twelve_weeks_is_the_longest_there_is(office: Office) -> None:
    case = heard(office.counsellor, office.unit, to_on=TODAY() + timedelta(days=83))
    stepped(office.office_leader, case, StepKind.DECIDED)
    assert case.decided_at


def test_nothing_is_decided_before_the_client_is_heard(office: Office) -> None:
    case = written_by(office.counsellor, begun_by(office.counsellor, office.unit))
    with pytest.raises(NotPossible, match="Forhåndsvarsel"):
        stepped(office.office_leader, case, StepKind.DECIDED)
    stepped(office.counsellor, case, StepKind.FOREWARNED)
    with pytest.raises(NotPossible, match="Brukerens syn"):
        stepped(office.office_leader, case, StepKind.DECIDED)
    with pytest.raises(NotPossible):  # the client may answer until the day has passed
        stepped(office.counsellor, case, StepKind.SILENT)
    ClientMeasure.objects.filter(id=case.id).update(respond_by=TODAY() - timedelta(days=1))
    stepped(office.counsellor, case, StepKind.SILENT)
    stepped(office.office_leader, case, StepKind.DECIDED)
    assert case.decided_at


def test_an_exception_from_forewarning_needs_a_reason_and_the_client_may_still_be_heard(
    office: Office,
) -> None:
    case = written_by(office.counsellor, begun_by(office.counsellor, office.unit))
    stepped(office.counsellor, case, StepKind.EXEMPTED)
    stepped(office.counsellor, case, StepKind.ANSWERED)
    stepped(office.office_leader, case, StepKind.DECIDED)
    letter = Step.objects.get(kind="decided").letter
    assert "misforståelse" in letter


def test_other_facts_need_a_new_warning_and_a_milder_measure_does_not(office: Office) -> None:
    case = heard(office.counsellor, office.unit, code="FTUS")
    written_by(office.counsellor, case, code="FYUS")
    assert case.state(TODAY()) == State.HEARD
    written_by(office.counsellor, case, code="FYUS", to_on=TODAY() + timedelta(days=13), review_on=TODAY())
    assert case.state(TODAY()) == State.HEARD
    written_by(office.counsellor, case, code="FYUS", facts="Noe helt annet.")
    assert case.state(TODAY()) == State.DRAFT


def test_a_stricter_measure_needs_a_new_warning(office: Office) -> None:
    case = heard(office.counsellor, office.unit, code="TOAN")
    written_by(office.counsellor, case, code="FTUS")
    assert case.state(TODAY()) == State.DRAFT
    with pytest.raises(NotPossible):
        stepped(office.office_leader, case, StepKind.DECIDED)


def test_the_leader_decides_exactly_what_they_have_read(office: Office) -> None:
    case = heard(office.counsellor, office.unit)
    read = case.revision
    written_by(office.counsellor, case, services="Ingen hjelp.")
    with pytest.raises(NotPossible):
        stepped(office.office_leader, case, StepKind.DECIDED, revision=read)


def test_two_who_write_at_once_lose_nothing(office: Office) -> None:
    case = begun_by(office.counsellor, office.unit)
    opened = case.revision
    written_by(office.counsellor, case)
    with acting_as(office.office_leader.id) as by, pytest.raises(ChangedMeanwhile):
        write(by=by, case=case, revision=opened, fields={"facts": "Overskrevet"})
    case.refresh_from_db()
    assert case.facts == full_text()["facts"]


def test_the_leader_may_also_decide_that_there_is_no_measure(office: Office) -> None:
    case = begun_by(office.counsellor, office.unit)
    stepped(office.office_leader, case, StepKind.DECIDED, outcome="declined", text="En samtale holder.")
    assert case.state(TODAY()) == State.DECLINED


def test_a_complaint_is_answered_in_writing_by_the_leader(office: Office) -> None:
    case = in_force(office.counsellor, office.office_leader, office.unit)
    stepped(office.counsellor, case, StepKind.COMPLAINED)
    assert case.has_open_complaint
    assert "client_measure_complaint" in told(office.office_leader)
    with pytest.raises(NotAllowed):
        stepped(office.counsellor, case, StepKind.COMPLAINT_ANSWERED)
    answered = stepped(office.office_leader, case, StepKind.COMPLAINT_ANSWERED)
    assert "Vi har sett på det igjen." in answered.letter
    assert not case.has_open_complaint


def test_a_measure_that_is_no_longer_needed_is_lifted_and_never_taken_up_again(office: Office) -> None:
    case = in_force(office.counsellor, office.office_leader, office.unit)
    stepped(office.office_leader, case, StepKind.REVIEWED)
    stepped(office.office_leader, case, StepKind.LIFTED)
    assert case.state(TODAY()) == State.LIFTED
    for kind in (StepKind.LIFTED, StepKind.REVIEWED, StepKind.DECIDED):
        with pytest.raises(NotPossible):
            stepped(office.office_leader, case, kind)


def test_the_same_step_sent_twice_is_one_step(office: Office) -> None:
    case = written_by(office.counsellor, begun_by(office.counsellor, office.unit))
    draft = StepDraft(new_id(), StepKind.EXEMPTED, exception="impossible", text="Det haster.")
    for _ in range(2):
        with acting_as(office.counsellor.id) as by:
            take_step(by=by, case=case, draft=draft)
    assert Step.objects.count() == 1


def test_a_step_sent_under_the_id_of_one_in_another_case_changes_neither(office: Office) -> None:
    other, case = (begun_by(office.counsellor, office.unit) for _ in range(2))
    taken = stepped(office.counsellor, other, StepKind.EXEMPTED)
    draft = StepDraft(taken.id, StepKind.EXEMPTED, exception="impossible", text="Noe annet.")
    with acting_as(office.counsellor.id) as by, pytest.raises(NotPossible):
        take_step(by=by, case=case, draft=draft)
    assert [step.text for step in Step.objects.all()] == [taken.text]


def test_a_colleague_who_is_named_sees_the_case_and_one_who_is_let_go_does_not(office: Office) -> None:
    case = begun_by(office.counsellor, office.unit)

    def sees() -> bool:
        with acting_as(office.colleague.id):
            return ClientMeasure.objects.exists()

    assert not sees()
    with acting_as(office.counsellor.id) as by:
        name_handler(by=by, case=case, person=office.colleague, handler_id=new_id())
    assert sees()
    assert "client_measure_named" in told(office.colleague)
    with acting_as(office.colleague.id) as by, pytest.raises(NotAllowed):
        name_handler(by=by, case=case, person=office.leader, handler_id=new_id())
    with acting_as(office.counsellor.id) as by:
        let_go(by=by, case=case, person_id=office.colleague.id)
    assert not sees()


def test_only_incidents_one_may_read_are_linked_and_nothing_is_copied(office: Office) -> None:
    own = reported_by(office.counsellor, what_happened="Ropte og slo.")
    others = reported_by(make_office("Nav Storevik").counsellor)
    case = begun_by(office.counsellor, office.unit)
    with acting_as(office.counsellor.id) as by:
        link_incidents(by=by, case=case, chosen={own.id, others.id}, offered={own.id, others.id})
    assert list(case.linked_incidents.values_list("incident_id", flat=True)) == [own.id]
    case.refresh_from_db()
    assert case.facts == ""


def test_the_letter_is_in_the_clients_own_form_of_norwegian_and_names_nobody(office: Office) -> None:
    letters = {}
    for language in ("nb", "nn"):
        case = heard(office.counsellor, office.unit, letter_language=language)
        letters[language] = stepped(office.office_leader, case, StepKind.DECIDED).letter
    assert "Du kan ikke møte opp i lokalene våre" in letters["nb"]
    assert "Du kan ikkje møte opp i lokala våre" in letters["nn"]
    for letter in letters.values():
        assert "Til: ____" in letter
        assert "Fast kontaktperson på telefon" in letter
        assert "Sivilomb" in letter

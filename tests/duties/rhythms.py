"""What falls due by itself as time goes: how each kind begins, and how it looks when it has been done.

Written as rows, for nobody can act on a day that has not come. The days on which each is due are told here
without the product's rules. What only comes because somebody does something is named with what that is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta
from django.db import connection

from tryggmote.client_measures.models import ClientMeasure
from tryggmote.controls.models import Agreement, Measure, Procedure
from tryggmote.controls.tests.helpers import established_by, in_force, planned_by
from tryggmote.equipment.models import Item, MeasureTest
from tryggmote.equipment.tests.factories import item_by
from tryggmote.exercises import library
from tryggmote.exercises.models import Exercise
from tryggmote.forums.models import Meeting
from tryggmote.forums.vocabulary import MeetingKind
from tryggmote.handbook.models import Opening
from tryggmote.organisation.models import Person
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import Office, assign
from tryggmote.premises.models import Building
from tryggmote.premises.tests.factories import building_by
from tryggmote.residual.models import Record
from tryggmote.residual.tests.helpers import in_force as residual_in_force
from tryggmote.reviews import checklists
from tryggmote.reviews.models import Review
from tryggmote.risk.models import Assessment
from tryggmote.training.models import Completion, Plan
from tryggmote.ui.dates import OSLO

FIRST = date(2027, 5, 29)
LAST = FIRST + relativedelta(years=3)
"""From here each third month ends on the 29th: one of them is 29 February 2028."""
Done = Callable[[Office, str, Person, date], object]
"""The office, the subject, who owes it, and the day it is done."""


@dataclass(frozen=True)
class Rhythm:
    """How one kind comes. `due`: the days it is due, in the hands of those who do it on the day.

    `gap`: between two times it is asked for, where it has no deadline; counted from `since`. `begins`: makes
    what it is about; it has been `done` on the first day. `personal`: each does their own.
    """

    done: Done
    due: tuple[date, ...] = ()
    gap: relativedelta | None = None
    since: date = FIRST
    begins: Callable[[Office], object] = lambda office: None
    personal: bool = False


def every(months: int, *, until: date = LAST) -> tuple[date, ...]:
    """From the first day on; what is done on the day it is due is due as many months after that."""
    found, day = [], FIRST + relativedelta(months=months)
    while day <= until:
        found.append(day)
        day += relativedelta(months=months)
    return tuple(found)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=OSLO)


def _measure(office: Office) -> None:
    measure = established_by(
        office.counsellor, planned_by(office.office_leader, office.unit, office.counsellor)
    )
    Measure.objects.filter(id=measure.id).update(established_at=noon(FIRST), interval_months=6)


def _test_measure(office: Office, _subject: str, _person: Person, day: date) -> None:
    measure = Measure.objects.get(unit=office.unit)
    MeasureTest.objects.create(measure=measure, passed=True, by=office.counsellor, at=noon(day))


def _evaluate(office: Office, _subject: str, _person: Person, day: date) -> None:
    if day > FIRST:
        Measure.objects.filter(unit=office.unit).update(effect="reduced", evaluated_at=noon(day))


def _agreement(office: Office) -> None:
    Agreement.objects.create(
        unit=office.unit,
        employer_ids=[office.directorate.id, office.municipality.id],
        co_ordinator=office.office_leader,
        text="Vi samordner.",
        from_on=FIRST,
        created_by=office.office_leader,
        signed_at=noon(FIRST),
    )


def _exercise(office: Office, _subject: str, _person: Person, day: date) -> None:
    scenario = library.current().scenarios[0]
    Exercise.objects.create(
        unit=office.unit,
        version=library.current().version,
        scenario=scenario.code,
        way="practical",
        forms=office.unit.meeting_forms,
        starts_at=noon(day),
        planned_by=office.office_leader,
        decided_at=noon(day),
        held_at=noon(day),
        closed_at=noon(day),
    )


def _meet(kind: MeetingKind, office: Office, day: date, **more: object) -> None:
    Meeting.objects.create(
        unit=office.county if kind == MeetingKind.COMMITTEE else office.unit,
        kind=kind,
        occasion="yearly",
        theme="Vold og trusler",
        starts_at=noon(day),
        called_by=office.office_leader,
        sent_at=noon(day),
        approved_at=noon(day),
        published_at=noon(day),
        **more,
    )


def _quarter_before(day: date) -> date:
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1) - timedelta(days=1)


def _review(office: Office, _subject: str, _person: Person, day: date) -> None:
    Review.objects.create(
        building=Building.objects.get(unit=office.unit),
        occasion="yearly",
        is_whole=True,
        version=checklists.current().version,
        begun_by=office.office_leader,
        begun_at=noon(day),
        signed_at=noon(day),
    )


def _plan(office: Office, subject: str, _person: Person, day: date) -> None:
    year = int(subject.partition(":")[2] or day.year)
    Plan.objects.create(unit=office.unit, year=year, number=1, by=office.office_leader, approved_at=noon(day))


def _learn(_office: Office, _subject: str, person: Person, day: date) -> None:
    """All that somebody lacks or soon will."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select distinct element from evidence_part_training where person_id = %s"
            " and standing in ('missing', 'late', 'running_out', 'new')",
            [person.id],
        )
        elements = [element for (element,) in cursor.fetchall()]
    Completion.objects.bulk_create(
        Completion(person=person, element=element, done_on=day, source="declared", by=person)
        for element in elements
    )


def _client_measure(office: Office) -> None:
    made = ClientMeasure.objects.create(
        unit=office.unit,
        created_by=office.counsellor,
        rule_version="2026-1",
        case_reference="A-1",
        letter_language="nb",
        from_on=FIRST,
        to_on=MEASURE_ENDS,
    )
    # What follows from the steps that were taken.
    ClientMeasure.objects.filter(id=made.id).update(
        outcome="imposed", decided_at=noon(FIRST), told_on=FIRST, delete_on=MEASURE_IS_DELETED
    )


def _look_again(office: Office, _subject: str, _person: Person, day: date) -> None:
    ClientMeasure.objects.filter(unit=office.unit).update(
        reviewed_at=noon(day), review_on=day + relativedelta(months=3)
    )


MEASURE_ENDS = FIRST + relativedelta(months=10)
MEASURE_IS_DELETED = MEASURE_ENDS + timedelta(weeks=12)

FROM_TIME: dict[str, Rhythm] = {
    "agreement_review": Rhythm(
        lambda office, _s, _p, day: Agreement.objects.filter(unit=office.unit).update(reviewed_at=noon(day)),
        due=every(12),
        begins=_agreement,
    ),
    "client_measure_reviewed": Rhythm(_look_again, due=every(3, until=MEASURE_ENDS), begins=_client_measure),
    "client_measure_archived": Rhythm(
        lambda office, _s, _p, day: ClientMeasure.objects.filter(unit=office.unit, to_on__lt=day).update(
            archived_at=noon(day)
        ),
        due=(MEASURE_IS_DELETED - timedelta(days=1),),
    ),
    "equipment_due": Rhythm(
        lambda office, _s, _p, day: Item.objects.filter(unit=office.unit).update(passed_on=day),
        due=every(3),
        begins=lambda office: Item.objects.filter(
            id=item_by(office.office_leader, office.unit, interval_months=3).id
        ).update(in_use_from=FIRST),
    ),
    "forum_yearly": Rhythm(
        lambda office, _s, _p, day: _meet(MeetingKind.PARTNERSHIP, office, day), due=every(12)
    ),
    "forum_management": Rhythm(
        lambda office, _s, _p, day: _meet(MeetingKind.MANAGEMENT_REVIEW, office, day), due=every(12)
    ),
    "forum_review": Rhythm(
        lambda office, _s, _p, day: _meet(
            MeetingKind.COMMITTEE, office, day, reviewed_until=_quarter_before(day)
        ),
        gap=relativedelta(months=3),
        since=date(2027, 4, 1),
        begins=lambda office: assign(
            office.colleague, Role.COMMITTEE_MEMBER, office.county, employer=office.directorate
        ),
    ),
    "forum_report": Rhythm(
        lambda office, _s, _p, day: _meet(MeetingKind.COMMITTEE, office, day, report_year=day.year),
        gap=relativedelta(months=12),
    ),
    "handbook_unopened": Rhythm(
        lambda office, _s, person, day: Opening.objects.update_or_create(
            unit=office.unit, person=person, defaults={"opened_at": noon(day)}
        ),
        gap=relativedelta(months=12),
        personal=True,
    ),
    "measure_evaluation": Rhythm(_evaluate, due=(FIRST + relativedelta(months=6),)),
    "measure_test_due": Rhythm(_test_measure, due=every(6), begins=_measure),
    "measure_yearly_evaluation": Rhythm(
        _evaluate, gap=relativedelta(months=12), since=FIRST + relativedelta(months=6)
    ),
    "procedure_review": Rhythm(
        lambda office, _s, _p, day: Procedure.objects.filter(unit=office.unit).update(
            review_on=day + relativedelta(months=12)
        ),
        due=every(12),
        begins=lambda office: in_force(office.office_leader, office.unit),
    ),
    "residual_review": Rhythm(
        lambda office, _s, _p, day: Record.objects.filter(unit=office.unit).update(
            review_on=day + relativedelta(months=12)
        ),
        due=every(12),
        begins=residual_in_force,
    ),
    "risk_review": Rhythm(
        lambda office, _s, _p, day: Assessment.objects.filter(unit=office.unit).update(
            review_on=day + relativedelta(months=12)
        ),
        due=every(12),
        begins=lambda office: Assessment.objects.create(
            unit=office.unit, title="Mottaket", created_by=office.office_leader, review_on=FIRST
        ),
    ),
    "training_own": Rhythm(_learn, personal=True),
    "training_plan": Rhythm(_plan, due=tuple(date(year, 12, 31) for year in (2027, 2028, 2029))),
    "yearly_exercise": Rhythm(_exercise, due=every(12)),
    "yearly_review": Rhythm(
        _review, due=every(12), begins=lambda office: building_by(office.office_leader, office.unit)
    ),
}

# What time brings only to those who let it pass.
FROM_LETTING_TIME_PASS = {"late_below", "measure_overdue", "training_unit"}

FROM_AN_ACT = {
    "agreement_to_sign": "somebody writes an agreement",
    "card_addition_waiting": "somebody adds to an action card",
    "certificate_correct": "a leader refuses a certificate",
    "certificate_decide": "somebody sends a certificate",
    "change_review": "somebody registers a change of the premises",
    "client_measure_complaint_answered": "the client complains",
    "client_measure_decided": "somebody asks for a decision",
    "concern_to_answer": "somebody writes a concern",
    "demand": "a safety representative demands something",
    "demand_unanswered": "a demand that nobody answered",
    "encounters_answer_check": "somebody checks a meeting",
    "encounters_answer_risk": "somebody stops a meeting",
    "encounters_decide": "somebody checks a meeting",
    "encounters_ring": "somebody is out alone",
    "equipment_failing": "something fails its test",
    "exercise_evaluation": "an exercise is held",
    "exercise_invitation": "an exercise is planned",
    "exercise_report": "an exercise is held",
    "exercise_suggestion": "somebody suggests an exercise",
    "expertise_answer": "somebody asks an expert",
    "expertise_late": "an expert who was asked and did not answer",
    "followup_next_step": "somebody is followed up",
    "followup_offered": "somebody was exposed to something",
    "forum_approve": "minutes are sent",
    "forum_case": "a serious incident",
    "forum_minutes": "a meeting is called",
    "forum_publish": "minutes are approved",
    "forum_task": "a meeting decides something",
    "hazard_undecided": "somebody registers a hazard",
    "incident_answered": "somebody reports an incident",
    "incident_shared": "somebody reports an incident",
    "incident_step": "somebody reports an incident",
    "incident_unread": "somebody reports an incident",
    "information_important": "something is published",
    "information_standing": "something is published",
    "information_unread": "something is published",
    "injury_entry": "somebody is injured",
    "injury_report": "somebody is injured",
    "lesson_asks_you": "somebody writes a lesson",
    "measure_planned": "somebody plans a measure",
    "measure_without_owner": "an owner leaves",
    "notice_5_2": "somebody is injured",
    "police_matter": "something is reported to the police",
    "procedure_unread": "a procedure is put in force",
    "procedure_waiting": "a draft is ready",
    "residual_draft": "somebody describes a residual risk",
    "residual_empty_3_2": "owed from the beginning until something is chosen",
    "residual_empty_3_3": "owed from the beginning until something is chosen",
    "residual_empty_3_4": "owed from the beginning until something is chosen",
    "residual_hearing": "somebody describes a residual risk",
    "review_begun": "somebody begins a review",
    "review_signature": "one of two signs a review",
    "risk_approval": "one of two employers approves",
    "risk_opinion": "somebody is asked about an assessment",
    "risk_reopened": "something opens an assessment again",
    "stop": "a safety representative stops work",
    "stop_to_judge": "stopped work is made safe",
    "training_plan_hearing": "a safety representative is asked about a plan",
}
"""What each waits for, so that time alone brings it to nobody."""

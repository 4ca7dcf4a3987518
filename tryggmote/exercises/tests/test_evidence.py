"""What exercises prove of 4.1 and § 23A-2, and what they ask of people on "Now"."""

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tryggmote.access.context import acting_as
from tryggmote.access.tests.worlds import (
    counts,
    days_ago_near,
    in_random_worlds,
    last_days_ago,
    noon,
    undone,
)
from tryggmote.compliance.registry import rules
from tryggmote.duties.registry import Duty, Urgency
from tryggmote.duties.tests import helpers
from tryggmote.exercises import duties, queries
from tryggmote.exercises.models import Exercise
from tryggmote.exercises.rules import SHOWN_DAYS_BEFORE, evaluated_until, report_due
from tryggmote.exercises.tests import factories as f
from tryggmote.exercises.vocabulary import Way
from tryggmote.organisation.models import Person, Placement, Unit, UnitKind
from tryggmote.organisation.tests.factories import Office, make_office, make_unit
from tryggmote.training import elements
from tryggmote.training.models import Completion
from tryggmote.training.tests.helpers import CLIENT_WORK, everybody_did, evidence
from tryggmote.training.vocabulary import Source
from tryggmote.ui.dates import oslo_today

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def part_of(unit: Unit, asking: Person) -> dict[str, tuple[date | None, date | None]]:
    """The rows of the part as the rules read them, by form."""
    with acting_as(asking.id), connection.cursor() as cursor:
        cursor.execute("reset role")  # Parts are read by rules alone, which run as their owner.
        cursor.execute(
            "select form, last_on, until from evidence_part_exercises where unit_id = %s", [unit.id]
        )
        return {form: (last_on, until) for form, last_on, until in cursor.fetchall()}


def owed_by(person: Person) -> list[Duty]:
    return helpers.owed_by(person, *duties.KINDS)


def kinds(person: Person) -> list[str]:
    return [duty.kind for duty in owed_by(person)]


def held_days_ago(office: Office, unit: Unit, days: int, *forms: str) -> Exercise:
    exercise = f.held_by(
        office.office_leader,
        f.planned_by(office.office_leader, unit, office.counsellor, forms=forms or ("reception",)),
        office.counsellor,
    )
    Exercise.objects.filter(id=exercise.id).update(held_at=noon(days))
    return exercise


def test_a_unit_that_never_exercised_has_a_row_for_itself_and_each_form(office: Office) -> None:
    assert part_of(office.unit, office.counsellor) == dict.fromkeys(
        ("", "reception", "planned", "home_visit", "telephone"), (None, None)
    )


def test_an_exercise_counts_a_year_from_its_day_for_its_forms_and_no_other(office: Office) -> None:
    held_days_ago(office, office.unit, 100, "reception", "planned")
    rows = part_of(office.unit, office.counsellor)
    last_on = oslo_today() - timedelta(days=100)
    until = last_on + relativedelta(years=1)
    assert rows[""] == rows["reception"] == rows["planned"] == (last_on, until)
    assert rows["telephone"] == (None, None)


def test_the_latest_counts(office: Office) -> None:
    held_days_ago(office, office.unit, 300)
    held_days_ago(office, office.unit, 20)
    assert part_of(office.unit, office.counsellor)["reception"][0] == oslo_today() - timedelta(days=20)


def test_what_is_only_planned_or_called_off_counts_for_nothing(office: Office) -> None:
    f.planned_by(office.office_leader, office.unit, office.counsellor)
    assert part_of(office.unit, office.counsellor)[""] == (None, None)


def test_an_exercise_of_the_office_is_one_of_its_departments_but_not_the_other_way(office: Office) -> None:
    first = make_unit("Avdeling Ung", UnitKind.DEPARTMENT, parents=(office.unit,))
    second = make_unit("Avdeling Jobb", UnitKind.DEPARTMENT, parents=(office.unit,))
    held_days_ago(office, office.unit, 200)
    assert part_of(first, office.office_leader)["reception"][0] == oslo_today() - timedelta(days=200)
    Exercise.objects.update(unit=first)
    assert part_of(first, office.office_leader)["reception"][0] is not None
    assert part_of(second, office.office_leader)["reception"][0] is None
    assert part_of(office.unit, office.office_leader)["reception"][0] is None


def test_an_office_has_exercised_when_the_last_of_its_departments_has(office: Office) -> None:
    first = make_unit("Avdeling Ung", UnitKind.DEPARTMENT, parents=(office.unit,))
    second = make_unit("Avdeling Jobb", UnitKind.DEPARTMENT, parents=(office.unit,))
    for unit, days in ((first, 40), (second, 90)):
        exercise = held_days_ago(office, office.unit, days)
        Exercise.objects.filter(id=exercise.id).update(unit=unit)
    assert part_of(office.unit, office.office_leader)["reception"][0] == oslo_today() - timedelta(days=90)


def test_an_exercise_of_another_office_counts_for_nothing_here(office: Office) -> None:
    other = make_office("Nav Storevik")
    held_days_ago(other, other.unit, 10)
    assert part_of(office.unit, office.counsellor)[""] == (None, None)
    assert part_of(office.unit, other.counsellor) == {}


def test_the_leader_owes_the_yearly_exercise_until_one_is_on_its_way(office: Office) -> None:
    (duty,) = owed_by(office.office_leader)
    assert duty.kind == "yearly_exercise"
    assert "Hjemmebesøk" in duty.why
    assert (duty.due, duty.urgency) == (None, Urgency.SOON)
    f.suggested_by(
        office.office_leader, office.unit, forms=("reception", "planned", "home_visit", "telephone")
    )
    assert "yearly_exercise" not in kinds(office.office_leader)
    assert kinds(office.county_director) == []


def test_what_is_overdue_is_said_with_its_day(office: Office) -> None:
    held_days_ago(office, office.unit, 400, "reception", "planned", "home_visit", "telephone")
    duty = next(duty for duty in owed_by(office.office_leader) if duty.kind == "yearly_exercise")
    assert duty.urgency == Urgency.TODAY
    assert duty.due is not None
    assert duty.due < timezone.now()


@pytest.mark.parametrize(
    ("days_left", "is_asked"), [(SHOWN_DAYS_BEFORE, True), (SHOWN_DAYS_BEFORE + 1, False)]
)
def test_the_next_is_asked_for_as_the_rule_says(office: Office, days_left: int, is_asked: bool) -> None:
    last_on = oslo_today() + timedelta(days=days_left) - relativedelta(years=1)
    held_days_ago(office, office.unit, (oslo_today() - last_on).days, *office.unit.meeting_forms)
    assert ("yearly_exercise" in kinds(office.office_leader)) is is_asked


def test_the_leader_is_asked_about_a_suggestion_and_for_the_report(office: Office) -> None:
    exercise = f.suggested_by(office.safety_representative, office.unit)
    assert "exercise_suggestion" in kinds(office.office_leader)
    exercise.refresh_from_db()
    f.peopled_by(office.office_leader, exercise, office.counsellor)
    f.decided_by(office.office_leader, exercise)
    assert "exercise_suggestion" not in kinds(office.office_leader)
    f.held_by(office.office_leader, exercise, office.counsellor)
    (report,) = (duty for duty in owed_by(office.office_leader) if duty.kind == "exercise_report")
    exercise.refresh_from_db()
    assert exercise.held_at
    assert report.due == report_due(exercise.held_at)
    f.closed_by(office.office_leader, exercise)
    assert "exercise_report" not in kinds(office.office_leader)


def test_those_in_it_see_it_on_now_then_that_it_goes_on_then_are_asked_how_it_was(office: Office) -> None:
    exercise = f.suggested_by(office.office_leader, office.unit)
    f.peopled_by(office.office_leader, exercise, office.counsellor)
    assert owed_by(office.counsellor) == []
    f.decided_by(office.office_leader, exercise)
    (duty,) = owed_by(office.counsellor)
    assert (duty.kind, duty.urgency) == ("exercise_invitation", Urgency.SOON)
    f.started_by(office.office_leader, exercise)
    (duty,) = owed_by(office.counsellor)
    assert duty.urgency == Urgency.NOW
    assert duty.url.endswith("/kjor/")
    f.held_by(office.office_leader, exercise, office.counsellor)
    (duty,) = owed_by(office.counsellor)
    exercise.refresh_from_db()
    assert exercise.held_at
    assert (duty.kind, duty.due) == ("exercise_evaluation", evaluated_until(exercise.held_at))
    f.evaluated_by(office.counsellor, exercise)
    assert owed_by(office.counsellor) == []


def test_the_unit_reads_when_it_last_exercised_in_one_query(
    office: Office, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    held_days_ago(office, office.unit, 20)
    with acting_as(office.counsellor.id), django_assert_num_queries(1):  # type: ignore[operator]
        found = queries.last_exercised(office.unit.id)
    assert found is not None
    assert [each.is_due for each in found.forms] == [False, False, True, True, True]


class TestRepeatedTraining:
    """§ 23A-2 second paragraph: training and exercise are repeated, and adapted when the risk changes."""

    @pytest.fixture
    def exercised(self, office: Office) -> Office:
        """Everybody has learnt all there is, and the office has exercised in every form it uses."""
        everybody_did(office.unit)
        held_days_ago(office, office.unit, 30, *office.unit.meeting_forms)
        return office

    def answer(self, office: Office) -> tuple[str, str]:
        return evidence(office.office_leader, office.unit, "evidence_23a_2")[:2]

    def test_one_that_never_exercised(self, office: Office) -> None:
        everybody_did(office.unit)
        assert self.answer(office) == ("missing", "never_exercised")

    def test_all_is_repeated(self, exercised: Office) -> None:
        assert self.answer(exercised) == ("met", "repeated")

    def test_one_form_was_not_exercised(self, office: Office) -> None:
        everybody_did(office.unit)
        held_days_ago(office, office.unit, 30, "reception")
        assert self.answer(office) == ("partly", "not_exercised")

    def test_an_exercise_counts_on_the_last_day_of_the_year_and_not_the_day_after(
        self, exercised: Office
    ) -> None:
        Exercise.objects.update(held_at=noon(last_days_ago(months=12)))
        assert self.answer(exercised) == ("met", "repeated")
        Exercise.objects.update(held_at=noon(last_days_ago(months=12) + 1))
        assert self.answer(exercised) == ("partly", "not_exercised")

    def test_training_that_has_run_out_counts_no_more_though_there_are_days_of_grace(
        self, exercised: Office
    ) -> None:
        of_one = Completion.objects.filter(person=exercised.counsellor, element="equipment")
        last_day = oslo_today() - timedelta(days=last_days_ago(months=12))
        of_one.update(done_on=last_day)
        assert self.answer(exercised) == ("met", "repeated")
        of_one.update(done_on=last_day - timedelta(days=1))
        assert self.answer(exercised) == ("partly", "expired")

    def test_a_unit_that_meets_nobody_repeats_nothing(self, office: Office) -> None:
        Placement.objects.filter(workforce__unit=office.unit).update(meets_clients=False)
        assert self.answer(office) == ("not_applicable", "no_meetings")


@pytest.mark.parametrize("reason", ["no_meetings", "never_exercised", "expired", "not_exercised", "repeated"])
def test_every_reason_has_its_sentence(reason: str) -> None:
    figures = dict.fromkeys(["people", "expired", "forms", "missing"], 2)
    assert rules()["evidence_23a_2"].says(reason, figures)
    rules()["evidence_23a_2"].next_act(reason, figures, 1)


MONTHS = {each.code: each.months for each in elements.current().elements if each.months}
FORMS = ("reception", "planned", "home_visit", "telephone")  # so each of the elements is asked for
LEARNT = st.sampled_from(CLIENT_WORK).flatmap(
    lambda code: st.tuples(st.just(code), st.just(0) | days_ago_near(last_days_ago(months=MONTHS[code])))
)
HELD = st.tuples(
    st.just(20) | days_ago_near(last_days_ago(months=12)),
    st.just(set(FORMS)) | st.sets(st.sampled_from(FORMS), min_size=1),
)


@in_random_worlds
@given(
    meets_clients=st.sampled_from([True, True, True, False]),
    learnt=st.lists(LEARNT, max_size=2),
    held=st.lists(HELD, max_size=2),
)
def test_the_rule_says_what_its_sentence_says(
    office: Office, meets_clients: bool, learnt: list[tuple[str, int]], held: list[tuple[int, set[str]]]
) -> None:
    """§ 23A-2: nobody who meets clients holds training that has run out; each form is exercised in a year.

    What was never learnt is asked for by 4.1.
    """
    all_in_time = all(counts(days, months=MONTHS[code]) for code, days in dict(learnt).items())
    exercised = {form for days, forms in held for form in forms if counts(days, months=12)}
    if not meets_clients:
        expected = "not_applicable"
    elif not held:
        expected = "missing"
    else:
        expected = "met" if all_in_time and exercised == set(FORMS) else "partly"
    with undone():
        Unit.objects.filter(id=office.unit.id).update(meeting_forms=list(FORMS))
        others = (
            Placement.objects.all()
            if not meets_clients
            else Placement.objects.exclude(person=office.counsellor)
        )
        others.update(meets_clients=False)
        Completion.objects.bulk_create(
            Completion(
                person=office.counsellor,
                element=code,
                done_on=oslo_today() - timedelta(days=days),
                source=Source.IMPORTED,
            )
            for code, days in dict(learnt).items()
        )
        for days, forms in held:
            Exercise.objects.create(
                unit=office.unit,
                version="2026-1",
                scenario="reception_threat",
                way=Way.PRACTICAL,
                forms=sorted(forms),
                starts_at=noon(days),
                planned_by=office.office_leader,
                held_at=noon(days),
            )
        assert evidence(office.office_leader, office.unit, "evidence_23a_2")[0] == expected

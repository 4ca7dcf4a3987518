"""1.1, 2.1, 2.3 and AML § 3-2: at their edges, and against what their sentences say, of random units."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tryggmote.access.tests.worlds import (
    counts,
    days_ago_near,
    in_many_random_worlds,
    in_random_worlds,
    last_days_ago,
    noon,
    undone,
)
from tryggmote.controls.models import Measure, Procedure
from tryggmote.controls.tests.helpers import days_from_now
from tryggmote.information.models import Item, Reading
from tryggmote.information.tests.helpers import published_by
from tryggmote.organisation.models import Person, Placement, Unit
from tryggmote.organisation.tests.factories import employ, make_person
from tryggmote.risk.models import Assessment, Scenario, Version
from tryggmote.risk.tests.stories import GREEN, YELLOW, Work, begin
from tryggmote.risk.tests.test_evidence import FORMS, answer, instruct
from tryggmote.ui.dates import oslo_today

pytestmark = pytest.mark.django_db


@pytest.fixture
def work() -> Work:
    """An approved assessment with one green scenario, in an office of ten that knows what it was told."""
    work = begin(forms=FORMS)
    for number in range(10 - len(employees(work))):
        employ(make_person(f"Ansatt {number}"), unit=work.office.unit, employer=work.office.directorate)
    work.complete()
    Scenario.objects.filter(version=work.draft).update(current_likelihood=1, current_consequence=1)
    work.approve()
    return work


def employees(work: Work) -> list[Person]:
    placed = Placement.objects.filter(workforce__unit=work.office.unit)
    return list(Person.objects.filter(id__in=placed.values("person_id")).order_by("id"))


def reviewed_in(work: Work, days: int) -> None:
    Assessment.objects.filter(id=work.assessment.id).update(review_on=days_from_now(days))


def told_long_ago(work: Work, *, unread: int) -> None:
    """All but so many have read the latest of what they have had time to read."""
    told = published_by(work.leader, work.office.unit, at=timezone.now() - timedelta(days=30))
    item = Item.objects.get(id=told.id)
    Reading.objects.filter(item=item).delete()
    Reading.objects.bulk_create(Reading(item=item, person=person) for person in employees(work)[unread:])


@pytest.mark.parametrize("rule", ["evidence_1_1", "evidence_2_1", "evidence_2_3"])
def test_it_is_met_on_the_day_of_the_review_and_not_the_day_after(work: Work, rule: str) -> None:
    reviewed_in(work, 0)
    found = answer(work, rule)
    assert (found["state"], found["runs_out_on"]) == ("met", oslo_today())
    reviewed_in(work, -1)
    assert answer(work, rule)["reason"] == "expired"


@pytest.mark.parametrize("rule", ["evidence_1_1", "evidence_2_3"])
def test_nine_of_ten_readers_are_enough_and_eight_are_not(work: Work, rule: str) -> None:
    told_long_ago(work, unread=1)
    assert answer(work, rule)["state"] == "met"
    Item.objects.all().delete()
    told_long_ago(work, unread=2)
    found = answer(work, rule)
    assert (found["state"], found["reason"]) == ("partly", "unread")


def test_a_unit_without_meetings_needs_no_form_covered(work: Work) -> None:
    Unit.objects.filter(id=work.office.unit.id).update(meeting_forms=[])
    found = answer(work, "evidence_2_1")
    assert (found["state"], found["reason"]) == ("not_applicable", "no_meetings")


SOME_FORMS = st.sets(st.sampled_from(FORMS), max_size=3)
NEAR_TODAY = st.sampled_from([-1, 0, 0, 1])


@in_random_worlds
@given(
    used=SOME_FORMS,
    assessed=st.lists(
        st.tuples(
            SOME_FORMS | st.just({*FORMS}),
            NEAR_TODAY,
            st.booleans(),
            st.sampled_from(["office", "office", "county"]),
        ),
        max_size=4,
    ),
)
def test_2_1_says_what_its_sentence_says(
    work: Work, used: set[str], assessed: list[tuple[set[str], int, bool, str]]
) -> None:
    """ "Every meeting form in the unit's profile is covered by an approved, unexpired assessment"."""
    covered = {
        form
        for forms, days, is_approved, where in assessed
        if is_approved and days >= 0 and where == "office"
        for form in forms
    } & used
    if not used:
        expected = "not_applicable"
    elif covered == used:
        expected = "met"
    else:
        expected = "partly" if covered else "missing"
    with undone():
        Assessment.objects.filter(id=work.assessment.id).update(approved_number=None, review_on=None)
        Unit.objects.filter(id=work.office.unit.id).update(meeting_forms=sorted(used))
        for forms, days, is_approved, where in assessed:
            Assessment.objects.create(
                unit=work.office.unit if where == "office" else work.office.county,
                title="Samtaler",
                created_by=work.leader,
                forms=sorted(forms),
                approved_forms=sorted(forms) if is_approved else [],
                approved_number=1 if is_approved else None,
                review_on=days_from_now(days) if is_approved else None,
            )
        assert answer(work, "evidence_2_1")["state"] == expected


@dataclass(frozen=True)
class Planned:
    """A measure against a risk: due so many days from now, in use since, and what came of it."""

    due_in_days: int
    established_days_ago: int | None
    effect: str
    is_cancelled: bool

    def happens(self, work: Work, scenario: Scenario) -> None:
        measure = work.plan(scenario)
        established = self.established_days_ago
        is_evaluated = established is not None and self.effect != "unknown"
        Measure.objects.filter(id=measure.id).update(
            due_on=days_from_now(self.due_in_days),
            created_at=noon(900),
            established_at=None if established is None else noon(established),
            evaluated_at=noon(0) if is_evaluated else None,
            effect=self.effect if is_evaluated else "",
            cancelled_at=noon(0) if self.is_cancelled else None,
        )

    @property
    def acts_on_the_risk(self) -> bool:
        found_useless = self.established_days_ago is not None and self.effect == "not_reduced"
        return not self.is_cancelled and not found_useless

    @property
    def is_overdue(self) -> bool:
        return not self.is_cancelled and self.established_days_ago is None and self.due_in_days < 0

    @property
    def is_unevaluated(self) -> bool:
        since = self.established_days_ago
        if self.is_cancelled or since is None or self.effect != "unknown":
            return False
        return not counts(since, months=6)


PLANNED = st.builds(
    Planned,
    due_in_days=st.sampled_from([-1, 0, 0, 1]),
    established_days_ago=st.none() | days_ago_near(last_days_ago(months=6)),
    effect=st.sampled_from(["unknown", "unknown", "reduced", "not_reduced"]),
    is_cancelled=st.sampled_from([False, False, False, True]),
)
RISK = st.tuples(st.sampled_from([GREEN, YELLOW]), st.lists(PLANNED, max_size=2))


@in_random_worlds
@given(
    review_in_days=st.sampled_from([None, -1, 0, 0, 0, 1]),
    risks=st.lists(RISK, max_size=2),
    heard=st.sampled_from(["both", "both", "both", "representative", "employee"]),
    unread=st.sampled_from([0, 1, 1, 2]),
)
def test_1_1_and_2_3_say_what_their_sentences_say(
    work: Work, review_in_days: int | None, risks: list[tuple[Any, list[Planned]]], heard: str, unread: int
) -> None:
    """1.1: "an approved, unexpired assessment with representative and employee participation; every risk over
    acceptance has a measure, none overdue; 90 % have read the latest information". 2.3: "no risk over
    acceptance without measure; none overdue; evaluated within 6 months of being established; information
    read".
    """
    measures = [measure for _score, planned in risks for measure in planned]
    answered = all(
        score == GREEN or any(measure.acts_on_the_risk for measure in planned) for score, planned in risks
    )
    is_in_force = review_in_days is not None and review_in_days >= 0
    holds = is_in_force and answered and not any(each.is_overdue for each in measures) and unread <= 1
    done = {
        "evidence_1_1": holds and heard == "both",
        "evidence_2_3": holds and not any(each.is_unevaluated for each in measures),
    }
    with undone():
        version = Version.objects.get(assessment=work.assessment)
        for score, planned in risks:
            scenario = Scenario.objects.create(
                version=version,
                hazard="Slag",
                current_likelihood=score.likelihood,
                current_consequence=score.consequence,
            )
            for measure in planned:
                measure.happens(work, scenario)
        if heard == "representative":
            version.opinions.filter(person=work.office.counsellor).delete()
        if heard == "employee":
            version.opinions.filter(person=work.office.safety_representative).delete()
        if review_in_days is None:
            Assessment.objects.update(approved_number=None, review_on=None)
        else:
            reviewed_in(work, review_in_days)
        told_long_ago(work, unread=unread)
        for rule, is_done in done.items():
            expected = "missing" if review_in_days is None else "met" if is_done else "partly"
            assert answer(work, rule)["state"] == expected, rule


@dataclass(frozen=True)
class Instruction:
    """A written instruction for these forms (none: for all), and when it is to be gone through."""

    forms: set[str]
    review_in_days: int
    is_read: bool

    def happens(self, work: Work) -> None:
        procedure = instruct(work, *sorted(self.forms))
        Procedure.objects.filter(id=procedure.id).update(
            review_on=days_from_now(self.review_in_days),
            must_read_at=timezone.now() - timedelta(days=0 if self.is_read else 300),
        )


@in_many_random_worlds
@given(
    review_in_days=st.sampled_from([-1, 0, 0, 0, 1]),
    dangerous=st.lists(SOME_FORMS, max_size=2),
    instructions=st.lists(
        st.builds(
            Instruction,
            forms=st.just({*FORMS}) | st.just(set()) | SOME_FORMS,
            review_in_days=st.sampled_from([-1, 0, 0, 0, 1]),
            is_read=st.sampled_from([True, True, True, False]),
        ),
        max_size=2,
    ),
)
def test_aml_3_2_says_what_its_sentence_says(
    work: Work, review_in_days: int, dangerous: list[set[str]], instructions: list[Instruction]
) -> None:
    """What is especially dangerous has a written instruction in every form, gone through in time and read."""

    def is_instructed(forms: set[str]) -> bool:
        return all(
            any(not each.forms or form in each.forms for each in instructions) for form in forms or set(FORMS)
        )

    instructed = [is_instructed(forms) for forms in dangerous]
    if review_in_days < 0 or (dangerous and not any(instructed)):
        expected = "missing"
    elif not dangerous:
        expected = "not_applicable"
    elif all(instructed) and all(each.review_in_days >= 0 and each.is_read for each in instructions):
        expected = "met"
    else:
        expected = "partly"
    with undone():
        version = Version.objects.get(assessment=work.assessment)
        for forms in dangerous:
            Scenario.objects.create(
                version=version,
                hazard="Slag",
                is_especially_dangerous=True,
                forms=sorted(forms),
                current_likelihood=1,
                current_consequence=1,
            )
        for each in instructions:
            each.happens(work)
        reviewed_in(work, review_in_days)
        assert answer(work, "evidence_aml_3_2")["state"] == expected

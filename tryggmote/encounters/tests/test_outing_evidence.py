"""What the evidence rule of AML § 4-1 third paragraph answers for a unit, from what people have done."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tryggmote.access.context import acting_as
from tryggmote.access.tests.worlds import in_random_worlds, undone
from tryggmote.compliance.registry import rules
from tryggmote.encounters.models import Outing
from tryggmote.encounters.outing_retention import forget_old_outings
from tryggmote.encounters.tests.outing_stories import back, gone_out
from tryggmote.organisation.models import Unit
from tryggmote.organisation.tests.factories import workforce_of
from tryggmote.risk.models import Assessment
from tryggmote.risk.tests.stories import begin
from tryggmote.ui.dates import oslo_today

pytestmark = pytest.mark.django_db
RULE = "evidence_aml_4_1"


def answer(work):
    """What the rule says of the office, as its leader sees it."""
    with acting_as(work.leader.id), connection.cursor() as cursor:
        cursor.execute(f"select state, reason, figures from {RULE} where unit_id = %s", [work.office.unit.id])
        state, reason, figures = cursor.fetchone()
    found = json.loads(figures)
    assert rules()[RULE].says(reason, found)  # every reason is said in words
    return state, reason, found


def approved(*forms):
    work = begin(forms=forms)
    work.complete()
    work.approve()
    return work


def use_forms(work, *forms):
    work.office.unit.meeting_forms = list(forms)
    work.office.unit.save()


def aged(outing, **fields):
    Outing.objects.filter(id=outing.id).update(**fields)


def test_a_unit_that_never_leaves_the_house_owes_nothing():
    work = approved("planned")
    use_forms(work, "planned")
    assert answer(work)[:2] == ("not_applicable", "not_out")


def test_a_form_that_takes_people_out_and_is_not_assessed_is_named():
    work = begin()
    use_forms(work, "planned", "home_visit", "driving")
    state, reason, figures = answer(work)
    assert (state, reason, set(figures["missing"])) == ("missing", "not_assessed", {"home_visit", "driving"})


def test_a_form_somebody_checks_out_in_counts_though_the_unit_has_not_named_it():
    work = approved("planned", "home_visit")
    use_forms(work, "planned", "home_visit")
    back(work.office.counsellor, gone_out(work.office, form="driving"))
    state, reason, figures = answer(work)
    assert (state, reason, figures["missing"]) == ("partly", "not_assessed", ["driving"])


def test_assessed_and_everybody_heard_from_is_met_also_by_those_only_counted():
    work = approved("planned", "home_visit")
    use_forms(work, "planned", "home_visit")
    assert answer(work)[:2] == ("met", "followed_up")
    old = back(work.office.counsellor, gone_out(work.office))
    aged(old, was_missed=True, started_at=timezone.now() - timedelta(days=40))
    forget_old_outings()
    back(work.office.counsellor, gone_out(work.office))
    state, _reason, figures = answer(work)
    assert (state, figures["outings"], figures["missed"]) == ("met", 2, 1)


def test_one_who_never_answered_makes_it_partly_for_ninety_days():
    work = approved("planned", "home_visit")
    use_forms(work, "planned", "home_visit")
    outing = gone_out(work.office)
    assert answer(work)[1] == "followed_up"
    aged(outing, expected_at=timezone.now() - timedelta(hours=25))
    assert answer(work)[:2] == ("partly", "unanswered")
    aged(outing, started_at=timezone.now() - timedelta(days=40))
    forget_old_outings()
    assert answer(work)[:2] == ("partly", "unanswered")
    aged_out = "update encounters_outingcount set day = day - 60"
    with connection.cursor() as cursor:
        cursor.execute(aged_out)
    assert answer(work)[:2] == ("met", "followed_up")


def test_it_is_met_on_the_day_of_the_review_and_not_the_day_after():
    work = approved("planned", "home_visit")
    use_forms(work, "planned", "home_visit")
    Assessment.objects.update(review_on=oslo_today())
    assert answer(work)[:2] == ("met", "followed_up")
    Assessment.objects.update(review_on=oslo_today() - timedelta(days=1))
    assert answer(work)[:2] == ("missing", "not_assessed")


OUT = ("home_visit", "driving", "outdoors")
FORM = st.sampled_from([*OUT, "planned"])
OUTING = st.tuples(
    st.sampled_from(OUT), st.integers(0, 3) | st.integers(88, 92), st.sampled_from([True, True, False])
)


@pytest.fixture
def work():
    return begin()


@in_random_worlds
@given(
    used=st.sets(FORM, max_size=3),
    assessed=st.lists(st.tuples(st.sets(FORM) | st.just({*OUT}), st.sampled_from([-1, 0, 1])), max_size=2),
    outings=st.lists(OUTING, max_size=2),
)
def test_the_rule_says_what_its_sentence_says(work, used, assessed, outings):
    """Lone working is assessed in each form that takes people out, and all are heard from within a day."""
    lately = [each for each in outings if each[1] < 90]
    gone_out_in = (used & {*OUT}) | {form for form, _days, _came_back in lately}
    covered = gone_out_in & {form for forms, review_in in assessed if review_in >= 0 for form in forms}
    unheard = any(days >= 2 and not came_back for _form, days, came_back in lately)
    if not gone_out_in:
        expected = "not_applicable"
    elif covered == gone_out_in:
        expected = "partly" if unheard else "met"
    else:
        expected = "partly" if covered else "missing"
    office = work.office
    with undone():
        Unit.objects.filter(id=office.unit.id).update(meeting_forms=sorted(used))
        for forms, review_in in assessed:
            Assessment.objects.create(
                unit=office.unit,
                title="Ute",
                created_by=work.leader,
                approved_forms=sorted(forms),
                approved_number=1,
                review_on=oslo_today() + timedelta(days=review_in),
            )
        people = (office.counsellor, office.safety_representative)  # one is out once at a time
        for employee, (form, days, came_back) in zip(people, outings, strict=False):
            started_at = timezone.now() - timedelta(days=days, hours=1)
            Outing.objects.create(
                employee=employee,
                workforce=workforce_of(office.unit, office.directorate),
                form=form,
                started_at=started_at,
                expected_at=started_at + timedelta(hours=1),
                returned_at=timezone.now() if came_back else None,
            )
        assert answer(work)[0] == expected

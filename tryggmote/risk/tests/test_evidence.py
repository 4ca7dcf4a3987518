"""What the evidence rules of 1.1, 2.1, 2.3 and AML § 3-2 answer for a unit, from what people have done."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.compliance.registry import rules
from tryggmote.controls.models import Measure, Procedure
from tryggmote.controls.services import establish, evaluate
from tryggmote.controls.tests.helpers import a_frame, in_force, read_by
from tryggmote.organisation.models import Placement, Unit
from tryggmote.organisation.tests.factories import employ, make_office, make_person, make_unit
from tryggmote.risk import versions
from tryggmote.risk.models import Assessment, Scenario, Version
from tryggmote.risk.tests.stories import Work, begin
from tryggmote.risk.vocabulary import Cause
from tryggmote.ui.dates import oslo_today

pytestmark = pytest.mark.django_db
FORMS = ("reception", "planned", "home_visit", "telephone")  # what the office of the stories uses


def answer(work: Work, rule: str, unit: Unit | None = None) -> dict[str, Any]:
    """What the rule says of the unit, as its leader sees it."""
    with acting_as(work.leader.id), connection.cursor() as cursor:
        cursor.execute(f"select state, reason, figures, runs_out_on from {rule} where unit_id = %s",
                       [(unit or work.office.unit).id])  # fmt: skip
        state, reason, figures, runs_out_on = cursor.fetchone()
    figures = json.loads(figures)
    assert rules()[rule].says(reason, figures)  # every reason is said in words
    return {"state": state, "reason": reason, "figures": figures, "runs_out_on": runs_out_on}


def approved(forms: tuple[str, ...] = FORMS) -> Work:
    work = begin(forms=forms)
    work.complete()
    work.approve()
    return work


def test_a_unit_with_nothing_assessed_misses_2_1() -> None:
    work = begin()
    assert answer(work, "evidence_2_1")["state"] == "missing"
    assert answer(work, "evidence_1_1")["reason"] == "no_assessment"
    assert answer(work, "evidence_2_3")["state"] == "missing"


def test_one_form_that_is_not_covered_makes_it_partly_and_is_named() -> None:
    work = approved(("reception", "planned", "telephone"))
    found = answer(work, "evidence_2_1")
    assert (found["state"], found["reason"]) == ("partly", "not_covered")
    assert "home_visit" in str(found["figures"])


def test_all_forms_covered_is_met_until_the_first_review() -> None:
    work = approved()
    found = answer(work, "evidence_2_1")
    assert found["state"] == "met"
    assert found["runs_out_on"] == Assessment.objects.get(id=work.assessment.id).review_on


def test_it_runs_out_by_itself_on_the_day_after() -> None:
    work = approved()
    yesterday = oslo_today() - timedelta(days=1)
    Assessment.objects.filter(id=work.assessment.id).update(review_on=yesterday)
    assert answer(work, "evidence_2_1")["reason"] == "expired"
    for rule in ("evidence_1_1", "evidence_2_3"):
        found = answer(work, rule)
        assert (found["state"], found["reason"]) == ("partly", "expired")


def test_what_is_assessed_for_the_office_holds_for_its_departments_and_not_the_other_way() -> None:
    work = approved()
    team = make_unit("Team ung", kind="team", parents=(work.office.unit,))  # type: ignore[arg-type]
    assert answer(work, "evidence_2_1", team)["state"] == "met"

    Assessment.objects.filter(id=work.assessment.id).update(unit=team)
    assert answer(work, "evidence_2_1", team)["state"] == "met"
    assert answer(work, "evidence_2_1")["state"] == "missing"


def test_what_is_in_force_covers_the_same_while_the_next_version_is_about_something_else() -> None:
    work = approved()
    with acting_as(work.leader.id) as by:
        versions.reopen(by=by, assessment=work.assessment, cause=Cause.CHANGE, words="Ny oppdeling")
        versions.change_scope(
            assessment=work.assessment, title="Bare telefon", forms=["telephone"], activity_ids=[]
        )
    assert answer(work, "evidence_2_1")["state"] == "met"


def test_what_is_assessed_for_a_county_does_not_hold_for_its_offices() -> None:
    work = approved()
    Assessment.objects.filter(id=work.assessment.id).update(unit=work.office.county)
    assert answer(work, "evidence_2_1")["state"] == "missing"


def test_a_risk_above_acceptance_without_a_measure_is_found() -> None:
    work = approved()  # the story's scenario is yellow
    found = answer(work, "evidence_2_3")
    assert (found["state"], found["reason"]) == ("partly", "without_measure")


def test_a_measure_that_did_not_make_the_risk_smaller_is_none() -> None:
    work = begin(forms=FORMS)
    work.complete()
    measure = work.plan(Scenario.objects.get(version=work.draft))
    work.approve()
    assert answer(work, "evidence_2_3")["reason"] != "without_measure"
    with acting_as(work.office.leader.id) as owner:
        establish(by=owner, measure=measure, act_id=new_id())
        measure.refresh_from_db()
        evaluate(by=owner, measure=measure, act_id=new_id(), effect="not_reduced", words="Ingen forskjell.")
    assert answer(work, "evidence_2_3")["reason"] == "without_measure"


def test_without_risks_above_acceptance_2_3_is_met() -> None:
    work = begin(forms=FORMS)
    work.complete()
    Scenario.objects.filter(version=work.draft).update(current_likelihood=1, current_consequence=1)
    work.approve()
    assert answer(work, "evidence_2_3")["state"] == "met"


def with_dangerous_work(*forms: str) -> Work:
    """An approved assessment with especially dangerous work, though nobody has written an instruction."""
    work = approved()
    Scenario.objects.filter(version=Version.objects.get(assessment=work.assessment)).update(
        is_especially_dangerous=True, forms=list(forms)
    )
    return work


def instruct(work: Work, *forms: str) -> Procedure:
    return in_force(
        work.leader, work.office.unit, frame=a_frame("Instruks", kind="written_instruction", forms=forms)
    )


def test_an_assessment_says_which_work_is_especially_dangerous_before_aml_3_2_can_be_met() -> None:
    found = answer(begin(), "evidence_aml_3_2")
    assert (found["state"], found["reason"]) == ("missing", "no_assessment")
    found = answer(approved(), "evidence_aml_3_2")
    assert (found["state"], found["reason"]) == ("not_applicable", "none_dangerous")


def test_especially_dangerous_work_is_instructed_in_all_its_meeting_forms() -> None:
    work = with_dangerous_work("reception", "telephone")
    in_force(work.leader, work.office.unit)  # a procedure is no instruction
    instruct(work, "reception")
    found = answer(work, "evidence_aml_3_2")
    assert (found["state"], found["reason"]) == ("missing", "no_instruction")
    assert found["figures"]["uninstructed"] == 1
    instruct(work, "telephone", "video")
    assert answer(work, "evidence_aml_3_2")["state"] == "met"


def test_dangerous_work_in_no_meeting_form_is_instructed_by_one_for_all_of_them() -> None:
    work = with_dangerous_work()
    Assessment.objects.filter(id=work.assessment.id).update(approved_forms=[])
    instruct(work, "reception")
    assert answer(work, "evidence_aml_3_2")["reason"] == "no_instruction"
    instruct(work)
    assert answer(work, "evidence_aml_3_2")["state"] == "met"


def test_an_assessment_that_runs_out_does_not_hide_what_was_dangerous() -> None:
    work = with_dangerous_work("reception")
    other = begin(work.office, forms=("telephone",))
    other.complete()
    other.approve()
    yesterday = oslo_today() - timedelta(days=1)
    Assessment.objects.filter(id=work.assessment.id).update(review_on=yesterday)
    found = answer(work, "evidence_aml_3_2")
    assert (found["state"], found["reason"]) == ("partly", "expired")


def test_an_instruction_from_above_holds_here() -> None:
    work = with_dangerous_work()
    county = work.office.county_director, work.office.county
    in_force(*county, frame=a_frame("Instruks", kind="written_instruction"))
    assert answer(work, "evidence_aml_3_2")["state"] == "met"


def test_the_instruction_is_gone_through_and_read_by_all_who_have_had_time() -> None:
    work = with_dangerous_work("reception")
    instruction = instruct(work)
    assert answer(work, "evidence_aml_3_2")["state"] == "met"  # nobody has had time to read it yet
    Procedure.objects.filter(id=instruction.id).update(must_read_at=timezone.now() - timedelta(days=300))
    found = answer(work, "evidence_aml_3_2")
    assert (found["state"], found["reason"]) == ("partly", "not_read")
    for placement in Placement.objects.filter(workforce__unit=work.office.unit).select_related("person"):
        read_by(placement.person, instruction)
    found = answer(work, "evidence_aml_3_2")
    assert found["state"] == "met"
    review_on = Assessment.objects.get(id=work.assessment.id).review_on
    assert found["runs_out_on"] == min(instruction.review_on, review_on)
    newcomer = make_person("Ny Ansatt")
    employ(newcomer, unit=work.office.unit, employer=work.office.directorate)
    Placement.objects.filter(person=newcomer).update(starts_on=oslo_today() - timedelta(days=1))
    assert answer(work, "evidence_aml_3_2")["state"] == "met"
    Procedure.objects.filter(id=instruction.id).update(review_on=oslo_today())
    found = answer(work, "evidence_aml_3_2")
    assert (found["state"], found["runs_out_on"]) == ("met", oslo_today())
    Procedure.objects.filter(id=instruction.id).update(review_on=oslo_today() - timedelta(days=1))
    found = answer(work, "evidence_aml_3_2")
    assert (found["state"], found["reason"]) == ("partly", "review_passed")


def test_a_measure_past_its_date_shows_until_it_is_in_place_and_evaluated_in_time() -> None:
    work = begin(forms=FORMS)
    work.complete()
    measure = work.plan(Scenario.objects.get(version=work.draft))
    work.approve()
    Measure.objects.filter(id=measure.id).update(
        due_on=oslo_today() - timedelta(days=3), created_at=timezone.now() - timedelta(days=300)
    )
    assert answer(work, "evidence_2_3")["reason"] == "overdue"

    long_ago = timezone.now() - timedelta(days=250)
    measure.refresh_from_db()
    with acting_as(work.office.leader.id) as owner:
        establish(by=owner, measure=measure, act_id=new_id(), at=long_ago)
    assert answer(work, "evidence_2_3")["reason"] == "without_evaluation"

    measure.refresh_from_db()
    with acting_as(work.office.leader.id) as owner:
        evaluate(by=owner, measure=measure, act_id=new_id(), effect="reduced", words="Roligere.")
    assert answer(work, "evidence_2_3")["reason"] == "done"


def test_a_safety_representative_who_was_not_heard_is_said_in_1_1() -> None:
    work = approved()
    version = Version.objects.get(assessment=work.assessment)
    version.opinions.all().delete()
    assert answer(work, "evidence_1_1")["reason"] == "unheard"


def test_an_employee_who_was_only_invited_has_not_taken_part() -> None:
    work = begin(forms=FORMS)
    work.complete()
    version = work.draft
    version.opinions.filter(person=work.office.counsellor).delete()
    work.approve()
    assert answer(work, "evidence_1_1")["reason"] == "unheard"


def test_an_employee_who_has_written_in_it_has_taken_part() -> None:
    work = begin(forms=FORMS)
    work.complete()
    version = work.draft
    version.opinions.filter(person=work.office.counsellor).delete()
    version.factors.filter(factor=1).update(saved_by=work.office.counsellor)
    work.approve()
    assert answer(work, "evidence_1_1")["reason"] != "unheard"


def test_another_office_is_not_told_how_this_one_stands() -> None:
    work = approved()
    elsewhere = make_office("Nav Annensted")
    with acting_as(elsewhere.office_leader.id), connection.cursor() as cursor:
        cursor.execute("select count(*) from evidence_2_1 where unit_id = %s", [work.office.unit.id])
        assert cursor.fetchone() == (0,)


# At the edges, and against the sentences of the rules

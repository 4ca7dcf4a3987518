"""Two people at the same moment: nothing slips in under an approval, and nobody waits in a ring."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotPossible
from tryggmote.access.ids import new_id
from tryggmote.organisation.models import RoleAssignment
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import assign, make_office, make_person
from tryggmote.risk import approving, writing
from tryggmote.risk.models import Approval, FactorJudgement, Version
from tryggmote.risk.reopening import reopen_because
from tryggmote.risk.tests.stories import Work, begin
from tryggmote.risk.tests.test_hazard_policies import together
from tryggmote.risk.vocabulary import Cause
from tryggmote.ui.dates import oslo_today

pytestmark = pytest.mark.django_db(transaction=True)
MANY_TIMES = 4


def approval(
    work: Work, version: Version, person_id: int, edition: int | None = None
) -> Callable[[], object]:
    def approve() -> None:
        with acting_as(person_id) as by:
            approving.approve(
                by=by, version=version, review_on=oslo_today() + timedelta(days=300), edition=edition
            )

    return approve


def save(work: Work, version: Version, factor: int, text: str) -> Callable[[], object]:
    def judge() -> None:
        with acting_as(work.leader.id) as by:
            judgement = FactorJudgement.objects.get(version=version, factor=factor)
            judgement.version = Version.objects.select_related("assessment").get(id=version.id)
            writing.judge_factor(by=by, judgement=judgement, text=text, revision=judgement.revision)

    return judge


def reopening(work: Work) -> Callable[[], object]:
    incident = new_id()
    return lambda: reopen_because(assessment_id=work.assessment.id, cause=Cause.INCIDENT, cause_id=incident)


@pytest.mark.parametrize("time", range(MANY_TIMES))
def test_a_save_either_comes_before_the_approval_or_is_refused(time: int) -> None:
    work = begin()
    work.complete()
    version = work.draft
    refused = together(
        approval(work, version, work.leader.id, version.edition),
        save(work, version, 1, "Endret i siste liten"),
    )
    # Whoever came second is told; both at once would be an approval of a text nobody approved.
    assert [type(refusal) for refusal in refused] == [NotPossible]
    is_approved = Version.objects.get(id=version.id).approved_at is not None
    assert is_approved == (FactorJudgement.objects.get(version=version, factor=1).text == "Vurdert.")


def test_two_leaders_who_approve_at_the_same_moment_bring_it_in_force_once() -> None:
    office = make_office()
    RoleAssignment.objects.filter(role=Role.OFFICE_LEADER).update(employer=office.directorate)
    other = make_person("Mona Kommuneleder")
    assign(other, Role.OFFICE_LEADER, office.unit, employer=office.municipality)
    work = begin(office)
    work.complete()
    version = work.draft
    refused = together(approval(work, version, work.leader.id), approval(work, version, other.id))
    assert refused == []
    assert Version.objects.get(id=version.id).approved_at is not None
    assert Approval.objects.filter(version=version).count() == 2


@pytest.mark.parametrize("time", range(MANY_TIMES))
def test_two_reasons_at_the_same_moment_open_one_draft(time: int) -> None:
    work = begin()
    work.complete()
    work.approve()
    refused = together(*(reopening(work) for _number in range(3)))
    assert refused == []
    assert work.draft.number == 2
    assert work.draft.reopenings.count() == 3


def test_two_who_save_different_parts_do_not_wait_for_each_other_in_a_ring() -> None:
    work = begin()
    version = work.draft
    refused = together(*(save(work, version, factor, "Samtidig") for factor in range(1, 7)))
    assert refused == []
    assert FactorJudgement.objects.filter(version=version, text="Samtidig").count() == 6

"""What most tests about assessments begin with."""

from dataclasses import dataclass
from datetime import timedelta

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.controls.models import Measure
from tryggmote.controls.services import MeasureDraft, plan_measure
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.risk import approving, consulting, rules, versions, writing
from tryggmote.risk.models import Assessment, FactorJudgement, Scenario, Version
from tryggmote.risk.rules import Score
from tryggmote.risk.vocabulary import Answer, Capacity
from tryggmote.ui.dates import oslo_today

RARE_AND_FATAL = Score(1, 5)
RED = Score(5, 5)
YELLOW = Score(2, 3)
GREEN = Score(1, 1)


@dataclass
class Work:
    """An assessment that is worked on, and those who do."""

    office: Office
    assessment: Assessment

    @property
    def draft(self) -> Version:
        return Version.objects.select_related("assessment__unit").get(
            assessment=self.assessment, approved_at=None
        )

    @property
    def leader(self) -> Person:
        return self.office.office_leader

    def judge(self, *factors: int, text: str = "Vurdert.") -> None:
        """The leader writes something about these factors."""
        with acting_as(self.leader.id) as by:
            for judgement in FactorJudgement.objects.filter(version=self.draft, factor__in=factors):
                judgement.version = self.draft
                writing.judge_factor(by=by, judgement=judgement, text=text, revision=judgement.revision)

    def describe(self, **changes: object) -> Scenario:
        """The leader adds a scenario."""
        given = {
            "id": new_id(),
            "revision": 0,
            "hazard": "Noen trekker kniv i en samtale",
            "forms": ("planned",),
            "inherent": Score(4, 5),
            "current": YELLOW,
        }
        with acting_as(self.leader.id) as by:
            draft = writing.ScenarioDraft(**(given | changes))  # type: ignore[arg-type]
            return writing.add_scenario(by=by, version=self.draft, draft=draft)

    def plan(self, scenario: Scenario, title: str = "Vakt i mottaket") -> Measure:
        """The leader plans a measure against a scenario."""
        with acting_as(self.leader.id) as by:
            return plan_measure(
                by=by,
                draft=MeasureDraft(
                    id=new_id(),
                    unit_id=self.office.unit.id,
                    title=title,
                    what="",
                    kind="staffing",
                    hierarchy="organise",
                    forms=("planned",),
                    owner_id=self.office.leader.id,
                    due_on=oslo_today() + timedelta(days=30),
                    origin_kind="scenario",
                    origin_id=scenario.lineage,
                    origin_words=scenario.hazard,
                ),
            )

    def invite_employee(self) -> None:
        with acting_as(self.leader.id) as by:
            consulting.invite(
                by=by, version=self.draft, person_id=self.office.counsellor.id, capacity=Capacity.EMPLOYEE
            )

    def hear(self, person: Person, answer: Answer = Answer.AGREE, words: str = "") -> None:
        """Somebody who takes part says what they think."""
        with acting_as(person.id) as by:
            consulting.give_opinion(
                by=by, version=self.draft, opinion_id=new_id(), answer=answer, words=words
            )

    def complete(self) -> None:
        """Everything that approval asks for."""
        self.judge(*rules.FACTORS, 0)
        self.describe()
        self.invite_employee()
        self.hear(self.office.safety_representative)
        self.hear(self.office.counsellor)

    def approve(self, by: Person | None = None, months: int = 12) -> bool:
        """A leader approves; says whether it is in force with that."""
        with acting_as((by or self.leader).id) as person:
            return approving.approve(
                by=person, version=self.draft, review_on=oslo_today() + timedelta(days=30 * months)
            )


def begin(office: Office | None = None, *, forms: tuple[str, ...] = ("planned",)) -> Work:
    """The office leader begins an assessment."""
    office = office or make_office()
    with acting_as(office.office_leader.id) as by:
        draft = versions.AssessmentDraft(
            id=new_id(), unit_id=office.unit.id, title="Samtaler på kontoret", forms=forms
        )
        assessment = versions.begin_assessment(by=by, draft=draft)
    return Work(office, assessment)

"""The leader's guided page: what is done, what is next and by when, for one incident (2.4). Two queries."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from tryggmote.incidents import guide
from tryggmote.incidents.consequence_rules import StepRule, consequence_rules
from tryggmote.incidents.models import Incident, Step, StepTaken
from tryggmote.incidents.step_forms import StepForm
from tryggmote.incidents.vocabulary import Outcome

FORMS = {
    "answer": "incidents/guide_answer.html",
    "level": "incidents/guide_level.html",
    "classify": "incidents/guide_classify.html",
}
"""The steps with a form of their own on the page."""


def leaders_codes() -> list[str]:
    """The steps that the leader who handles an incident takes; the rest others do, or the product."""
    return [
        rule.code
        for rule in consequence_rules().steps
        if not rule.other_employers and (not rule.derived or rule.code in FORMS)
    ]


def steps_sql() -> str:
    """Which steps are the leaders' and which are shared, and by when an incident is read, for the views."""
    shared = [rule.code for rule in consequence_rules().steps if rule.other_employers]
    read = consequence_rules().step("read").reported
    assert read, "every report asks for it"
    return f"""
create or replace function app.leaders_steps() returns text[]
language sql immutable parallel safe
return array{leaders_codes()}::text[];
create or replace function app.shared_steps() returns text[]
language sql immutable parallel safe
return array{shared}::text[];
create or replace function app.incident_read_by(told_at timestamptz) returns timestamptz
language sql stable parallel safe
return {read.in_sql("told_at")};
"""


@dataclass(frozen=True)
class GuideStep:
    """One step as the page shows it.

    `note`: the latest reason or remark. `form`: where the leader says that it is done. `is_open`: whether
    something in its form must be put right. `is_ours`: whether one's own employer owes it.
    """

    rule: StepRule
    step: Step
    note: str
    form: StepForm
    is_open: bool
    is_ours: bool
    now: datetime

    @property
    def code(self) -> str:
        return self.rule.code

    @property
    def anchor(self) -> str:
        """Where on the page it stands."""
        return {"answer": "svar", "level": "niva"}.get(self.code, self.code)

    @property
    def is_done(self) -> bool:
        return self.step.done_at is not None

    @property
    def is_late(self) -> bool:
        return not self.is_done and self.step.due_at < self.now

    @property
    def is_due_at_once(self) -> bool:
        """Whether it was to be done the moment it was asked for."""
        return self.step.due_at <= self.step.asked_at

    @property
    def is_for_the_leader(self) -> bool:
        """Whether the one who handles the incident owes it."""
        return self.is_ours and self.code in leaders_codes()

    @property
    def part(self) -> guide.Part | None:
        return guide.part_of(self.code)

    @property
    def url(self) -> str:
        """Where it is done when that is not on this page."""
        return self.part.url(self.step.incident) if self.part else ""

    @property
    def is_done_here(self) -> bool:
        """Whether the page itself offers to mark it as done."""
        return self.code not in FORMS and (self.part is None or not self.part.completes)

    @property
    def form_template(self) -> str:
        return FORMS.get(self.code, "incidents/guide_simple.html")

    @property
    def outcome_word(self) -> str:
        return str(Outcome(self.step.outcome).label) if self.step.outcome else ""


@dataclass(frozen=True)
class Guide:
    """Every step of one incident, in the order in which they should be thought of."""

    steps: list[GuideStep]

    @property
    def next(self) -> GuideStep | None:
        """What the leader should do now: of what is owed, that with the earliest deadline."""
        return min(self._owed, key=lambda step: step.step.due_at, default=None)

    @property
    def later(self) -> list[GuideStep]:
        """What the leader owes besides, earliest deadline first."""
        return sorted((s for s in self._owed if s is not self.next), key=lambda step: step.step.due_at)

    @property
    def of_others(self) -> list[GuideStep]:
        """What somebody else owes: the safety representative, or the other employer."""
        return [step for step in self.steps if not step.is_done and not step.is_for_the_leader]

    @property
    def done(self) -> list[GuideStep]:
        """What has been done, or need not be, in the order in which it happened."""
        done = [(step.step.done_at, step) for step in self.steps if step.step.done_at]
        return [step for _, step in sorted(done, key=lambda pair: pair[0])]

    @property
    def _owed(self) -> list[GuideStep]:
        return [step for step in self.steps if not step.is_done and step.is_for_the_leader]


def guide_of(incident: Incident, *, opened: Collection[str] = (), broken: StepForm | None = None) -> Guide:
    """The steps of this incident with what was said about them; two queries.

    `opened`: codes of steps in whose forms something must be put right. `broken`: the form of such a step
    that has none of its own.
    """
    order = {rule.code: number for number, rule in enumerate(consequence_rules().steps)}
    rows = Step.objects.filter(incident=incident).select_related("done_by", "workforce__employer")
    steps = sorted((step for step in rows if step.code in order), key=lambda step: order[step.code])
    notes = dict(
        StepTaken.objects.filter(step__in=[step.id for step in steps])
        .order_by("at")
        .values_list("step_id", "note")
    )
    now = timezone.now()
    forms = {broken.rule.code: broken} if broken else {}
    rules = {rule.code: rule for rule in consequence_rules().steps}
    return Guide(
        [
            GuideStep(
                rule=rules[step.code],
                step=step,
                note=notes.get(step.id, ""),
                form=forms.get(step.code) or StepForm(rules[step.code]),
                is_open=step.code in forms or step.code in opened,
                is_ours=step.workforce_id == incident.workforce_id,
                now=now,
            )
            for step in steps
        ]
    )

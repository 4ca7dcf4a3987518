"""Follow-up plans: one for each person an incident touched, made with them (§ 23A-5).

The plan itself holds who, where, when and what kind, never what was reported: a witness sees no more of the
incident than that. What is offered, answered and agreed are rows beside it; the columns under "derived" are
kept by the database from those rows (`policies.sql`).
"""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from tryggmote.access.ids import new_id
from tryggmote.followup.rules import state_of
from tryggmote.followup.steps import ICONS, WISH, step_rules
from tryggmote.followup.vocabulary import (
    Answer,
    PlanActKind,
    Relation,
    ReminderKind,
    State,
    StepActKind,
)
from tryggmote.incidents.vocabulary import Nature

WORDS_LIMIT = 2_000
"""Characters in one free text: what is agreed, not what happened."""
NAME_LIMIT = 120


class Plan(models.Model):
    """The follow-up of one person after one incident.

    `follower`: the leader who follows up, never the person and never the exposed of the same incident.
    `unit`, `natures`, `happened_at`: where, what kind and when. `workforce`: where the person belongs.
    `level`: the incident's, or while no leader has assessed it what it felt like (`rules.beginning_level`).
    `offered_level`: the highest level whose steps are offered; a job offers more when `level` has risen.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    incident = models.ForeignKey(
        "incidents.Incident", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    person = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    follower = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    relation = models.CharField(max_length=10, choices=Relation)
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+")
    workforce = models.ForeignKey("organisation.Workforce", on_delete=models.PROTECT, related_name="+")
    natures = ArrayField(models.CharField(max_length=30))
    happened_at = models.DateTimeField()
    level = models.PositiveSmallIntegerField()
    offered_level = models.PositiveSmallIntegerField()
    rule_version = models.CharField(max_length=40)
    began_by = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    created_at = models.DateTimeField(default=timezone.now)

    # Derived from the rows of what was done.
    offers_waiting = models.PositiveSmallIntegerField(default=0)
    next_due_at = models.DateTimeField(null=True)
    paused_until = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    # The content is deleted; that there was a plan, and when, is not.
    forgotten_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "person"], name="plan_is_one_for_each_person"),
            models.CheckConstraint(
                condition=~Q(follower=models.F("person")), name="nobody_follows_up_oneself"
            ),
            models.CheckConstraint(condition=Q(level__range=(0, 5)), name="plan_level_is_0_to_5"),
        ]
        indexes = [
            models.Index(fields=["person", "-created_at"], name="plan_of_person"),
            models.Index(fields=["follower", "next_due_at"], name="plan_of_follower"),
            # What the reminding job looks through.
            models.Index(fields=["next_due_at"], condition=Q(closed_at=None), name="plan_next_due"),
            models.Index(fields=["closed_at"], condition=Q(forgotten_at=None), name="plan_to_forget"),
            models.Index(
                fields=["created_at"],
                condition=Q(closed_at=None, level__gt=models.F("offered_level")),
                name="plan_whose_level_has_risen",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def get_absolute_url(self) -> str:
        return reverse("followup:plan", args=[self.id])

    @property
    def state(self) -> State:
        """Where the plan stands now."""
        return state_of(self, timezone.now())

    @property
    def is_open(self) -> bool:
        """Whether anything can still be done with it; only the person has the word that ends it."""
        return self.closed_at is None

    @property
    def nature_words(self) -> list[str]:
        """What kind of incident it was, in words."""
        return [str(Nature(nature).label) for nature in self.natures if nature in Nature.values]


class Step(models.Model):
    """Something offered to the person, or wished for by them (`code` is then `WISH`, and `words` is theirs).

    `offered_by`: None when it follows from the level (`steps/*.yaml`). `due_at`: the deadline, which only the
    person moves; `planned_at`: when the two have agreed to do it. `due_unanswered`: the leader gets in touch
    also when the offer was not answered.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="steps")
    code = models.CharField(max_length=30)
    words = models.TextField(max_length=WORDS_LIMIT, blank=True)
    who = models.CharField(max_length=NAME_LIMIT, blank=True)
    due_at = models.DateTimeField()
    due_unanswered = models.BooleanField(default=False)
    offered_by = models.ForeignKey(
        "organisation.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    offered_at = models.DateTimeField(default=timezone.now)

    # Derived from the acts.
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True)
    planned_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=Q(done_at=None), name="step_not_done"),
        ]

    @property
    def title(self) -> str:
        """What is offered, in the language in force."""
        text = step_rules().by_code().get(self.code)
        return str(text.title) if text else self.words

    @property
    def text(self) -> str:
        """One sentence about it; empty for a wish, which is its own words."""
        text = step_rules().by_code().get(self.code)
        return str(text.text) if text else ""

    @property
    def icon(self) -> str:
        """The icon it is recognised by."""
        return ICONS.get(self.code, ICONS[WISH])

    @property
    def who_does_it(self) -> str:
        """Who does it: as agreed, else as the rules say."""
        text = step_rules().by_code().get(self.code)
        return self.who or (str(text.who) if text else "")

    @property
    def is_wish(self) -> bool:
        """Whether the person asked for it in their own words."""
        return self.code == WISH

    @property
    def is_open(self) -> bool:
        """Whether something may still come of it: neither declined, lapsed nor done."""
        return self.done_at is None and self.answer not in (Answer.DECLINED, Answer.LAPSED)

    @property
    def is_owed(self) -> bool:
        """Whether somebody is to do it: wanted by the person, or due though there is no answer."""
        return self.is_open and (self.answer == Answer.ACCEPTED or self.is_wish or self.due_unanswered)

    @property
    def waits_since(self) -> datetime:
        """When it is to be done: the agreed time, else the deadline."""
        return self.planned_at or self.due_at

    @property
    def is_overdue(self) -> bool:
        """Whether the time has passed for what somebody is to do."""
        return self.is_owed and self.waits_since < timezone.now()


class StepAct(models.Model):
    """What somebody did with a step: answered, agreed on a time, did it, or said it was not done.

    `by` is None when the day that an offer was for was over.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="+")
    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="acts")
    by = models.ForeignKey(
        "organisation.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=10, choices=StepActKind)
    note = models.TextField(max_length=WORDS_LIMIT, blank=True)
    planned_at = models.DateTimeField(null=True)
    who = models.CharField(max_length=NAME_LIMIT, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind=StepActKind.PLANNED) & Q(planned_at__isnull=False))
                | (~Q(kind=StepActKind.PLANNED) & Q(planned_at=None)),
                name="a_time_is_agreed_on_and_nothing_else",
            ),
        ]


class PlanAct(models.Model):
    """What somebody did with the whole plan. `by` is None when the system found a new follower.

    `until`: how long it is paused. `to_person`: who follows up from now on.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="acts")
    by = models.ForeignKey(
        "organisation.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=12, choices=PlanActKind)
    words = models.TextField(max_length=WORDS_LIMIT, blank=True)
    until = models.DateTimeField(null=True)
    to_person = models.ForeignKey(
        "organisation.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind=PlanActKind.PAUSED) & Q(until__isnull=False) & ~Q(words=""))
                | (~Q(kind=PlanActKind.PAUSED) & Q(until=None)),
                name="a_pause_has_a_reason_and_an_end",
            ),
            models.CheckConstraint(
                condition=(Q(kind=PlanActKind.HANDED_OVER) & Q(to_person__isnull=False))
                | (~Q(kind=PlanActKind.HANDED_OVER) & Q(to_person=None)),
                name="a_plan_is_handed_over_to_somebody",
            ),
        ]


class Consent(models.Model):
    """The person lets one named other read the plan, until they take it back.

    `person` repeats the plan's, so that the policies of plans and consents ask each other in no circle.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    to_person = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "to_person"], condition=Q(withdrawn_at=None), name="consent_is_given_once"
            ),
            models.CheckConstraint(
                condition=~Q(to_person=models.F("person")), name="consent_is_given_to_another"
            ),
        ]


class Reminder(models.Model):
    """Somebody was told that a plan waits, once for each deadline: where, and who follows up; no content."""

    id = models.UUIDField(primary_key=True, default=new_id)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=10, choices=ReminderKind)
    due_at = models.DateTimeField()
    to_person = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+")
    follower = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "kind", "due_at"], name="reminder_is_given_once"),
        ]

"""Meetings, the checks before them, and what was stopped or reported (requirement 2.2).

Nothing here says who the client is. A check is deleted after 30 days and only counted (`CheckCount`), so
nothing points at it with a foreign key, and no history is kept of it.
"""

from datetime import datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex, GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tryggmote.access.ids import new_id
from tryggmote.encounters import question_sets
from tryggmote.encounters.outing_models import Outing as Outing
from tryggmote.encounters.outing_models import OutingCount as OutingCount
from tryggmote.encounters.rules import (
    Assessment,
    UnknownAnswer,
    allowed_decisions,
    answer_due,
    level_of,
    needs_leader,
)
from tryggmote.encounters.vocabulary import LEVEL_WORDS, Decision, LeaderAnswer, Outcome
from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.organisation.meeting_levels import Level

PLACE_LIMIT = 200
WORDS_LIMIT = 2_000


class CalendarFeed(models.Model):
    """A calendar address that somebody subscribes to. The address is a secret: it opens the calendar."""

    class Trouble(models.TextChoices):
        NO_ANSWER = "no_answer", _("Kalenderen svarer ikke.")
        REFUSED = "refused", _("Kalenderen slipper oss ikke inn. Lag en ny adresse og legg den inn.")
        NOT_A_CALENDAR = "not_a_calendar", _("Adressen leder ikke til en kalender.")
        TOO_LARGE = "too_large", _("Kalenderen er for stor.")
        NOT_PUBLIC = "not_public", _("Adressen leder ikke ut på internett.")

    id = models.UUIDField(primary_key=True, default=new_id)
    owner = models.ForeignKey("organisation.Person", on_delete=models.CASCADE, related_name="+")
    address = models.CharField(max_length=2_000)
    created_at = models.DateTimeField(default=timezone.now)
    fetched_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=20, choices=Trouble, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "address"], name="feed_is_subscribed_once")]

    def __str__(self) -> str:
        return str(self.id)


class Meeting(models.Model):
    """A meeting in somebody's own plan, seen by nobody else. The title only where its owner chose it."""

    class Source(models.TextChoices):
        TYPED = "typed", _("Skrevet inn")
        CALENDAR = "calendar", _("Fra kalenderen")

    id = models.UUIDField(primary_key=True, default=new_id)
    owner = models.ForeignKey(
        "organisation.Person", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    workforce = models.ForeignKey(
        "organisation.Workforce", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    form = models.CharField(max_length=20, choices=MeetingForm)
    place = models.CharField(max_length=PLACE_LIMIT, blank=True)
    title = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=10, choices=Source, default=Source.TYPED)
    feed = models.ForeignKey(CalendarFeed, null=True, on_delete=models.SET_NULL, related_name="+")
    # SHA-256 of the event's id in the calendar: recognises the event again, reveals nothing of it.
    calendar_uid = models.CharField(max_length=64, null=True)  # noqa: DJ001 - null is what never collides
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    # Set by the database when somebody in the meeting checks it: the check may be deleted before the meeting.
    checked_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "calendar_uid"], name="event_is_one_meeting"),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gte=models.F("starts_at")),
                name="meeting_ends_after_it_starts",
            ),
        ]
        indexes = [
            # Today and the days to come.
            models.Index(fields=["owner", "starts_at"], name="meetings_of_owner"),
            # What the retention job removes.
            models.Index(fields=["starts_at"], name="meetings_by_time"),
            # What the evidence of 2.2 counts.
            models.Index(
                fields=["workforce", "starts_at"],
                include=["ends_at", "checked_at", "owner"],
                name="meetings_of_workforce",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    # For lists: Django's own display method hashes all choices anew for each row.
    @property
    def form_word(self) -> str:
        """The meeting form in words."""
        return str(MeetingForm(self.form).label)

    def is_over(self, now: datetime) -> bool:
        """Whether it has ended; without an end it is taken to last an hour."""
        return now >= (self.ends_at or self.starts_at + timedelta(hours=1))


class Check(models.Model):
    """The judgement of one situation before one meeting, and what was decided.

    `participant_ids` are the employees in the meeting, the one who checks among them. `workforce` and
    `safety_area` are that person's on the day. `level` is the rank of `Level`.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    # No foreign key: the meeting is its owner's alone, and may be removed from the plan.
    meeting_id = models.UUIDField(null=True)
    employee = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    participant_ids = ArrayField(models.IntegerField())
    workforce = models.ForeignKey(
        "organisation.Workforce", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    safety_area = models.ForeignKey(
        "organisation.SafetyArea", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    form = models.CharField(max_length=20, choices=MeetingForm)
    place = models.CharField(max_length=PLACE_LIMIT, blank=True)
    room = models.ForeignKey(
        "premises.Room", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    starts_at = models.DateTimeField(null=True)
    rule_version = models.CharField(max_length=20)
    answers = models.JSONField()
    points = models.PositiveSmallIntegerField()
    level = models.PositiveSmallIntegerField(
        choices=[(level.rank, word) for level, word in LEVEL_WORDS.items()]
    )
    not_cleared_why = models.CharField(max_length=500, blank=True)
    decision = models.CharField(max_length=20, choices=Decision, blank=True)
    decided_at = models.DateTimeField(null=True)
    leader_asked_at = models.DateTimeField(null=True)
    leader_answer = models.CharField(max_length=20, choices=LeaderAnswer, blank=True)
    leader_words = models.TextField(max_length=WORDS_LIMIT, blank=True)
    answered_by = models.ForeignKey(
        "organisation.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    answered_at = models.DateTimeField(null=True)
    override_reason = models.TextField(max_length=WORDS_LIMIT, blank=True)
    override_by = models.ForeignKey(
        "organisation.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    override_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    outcome_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(level__range=(1, 3)), name="check_level_is_1_to_3"),
            models.CheckConstraint(
                condition=~Q(answered_by=models.F("employee")) & ~Q(override_by=models.F("employee")),
                name="nobody_leads_their_own_check",
            ),
        ]
        # The latest checks, one index for each reason why somebody may see one.
        indexes = [
            # Without a pending list, which each reader would have to go through.
            GinIndex(fields=["participant_ids"], name="check_of_participant", fastupdate=False),
            models.Index(fields=["employee", "-created_at", "-id"], name="check_of_employee"),
            models.Index(fields=["workforce", "-created_at", "-id"], name="check_of_workforce"),
            models.Index(
                fields=["safety_area", "-created_at", "-id"], condition=Q(level=3), name="high_check_of_area"
            ),
            # The latest check of each meeting on "Today".
            models.Index(fields=["meeting_id"], name="check_of_meeting"),
            # Who waits for a leader: a handful at any time.
            models.Index(
                fields=["leader_asked_at"],
                condition=Q(leader_asked_at__isnull=False, answered_at=None),
                name="check_waits_for_leader",
            ),
            # What the retention job counts and removes. Not a B-tree: the planner would walk it from the top
            # in search of rows that people who see next to nothing do not have.
            BrinIndex(fields=["created_at"], name="check_by_age"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def get_absolute_url(self) -> str:
        return reverse("encounters:check", args=[self.id])

    @property
    def risk(self) -> Level:
        """The level as a word of the rule."""
        return Level.of_rank(self.level)

    @property
    def assessment(self) -> Assessment | None:
        """Reasons and advice, by the version it was made with; None when that version is no longer here."""
        questions = question_sets.version(self.rule_version)
        if questions is None:
            return None
        try:
            return level_of(self.form, self.answers, questions)
        except UnknownAnswer:
            return None

    @property
    def is_cleared(self) -> bool:
        """Trained to meet clients, or let through by the leader with a reason (4.1)."""
        return not self.not_cleared_why or self.override_at is not None

    @property
    def allowed_decisions(self) -> tuple[Decision, ...]:
        """What the employee may decide now."""
        answer = LeaderAnswer(self.leader_answer) if self.leader_answer else None
        return allowed_decisions(
            self.risk,
            is_cleared=self.is_cleared,
            is_asked=self.leader_asked_at is not None,
            leader_answer=answer,
        )

    @property
    def has_nobody_to_ask(self) -> bool:
        """A leader is needed, and none is registered for the employee."""
        needed = needs_leader(self.risk, is_cleared=self.is_cleared) or self.decision == Decision.ASK_LEADER
        return needed and self.leader_asked_at is None

    @property
    def waits_for_leader(self) -> bool:
        """A leader has been asked and has not answered yet."""
        return self.leader_asked_at is not None and self.answered_at is None

    @property
    def is_decided(self) -> bool:
        """The employee has chosen what to do; asking the leader is not yet a choice."""
        return self.decision not in {"", Decision.ASK_LEADER}

    @property
    def is_to_be_held(self) -> bool:
        """The meeting goes on, so how it went can be told afterwards."""
        return self.decision in {Decision.GO, Decision.GO_WITH_MEASURES}


class CheckCount(models.Model):
    """How many checks were made: what is kept when the checks themselves are deleted."""

    day = models.DateField()
    workforce = models.ForeignKey(
        "organisation.Workforce", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    form = models.CharField(max_length=20, choices=MeetingForm)
    level = models.PositiveSmallIntegerField()
    n = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workforce", "day", "form", "level"], name="checks_counted_once")
        ]


class RiskReport(models.Model):
    """Work that was interrupted because it was dangerous, or a risk somebody saw (2.2, AML § 2-3)."""

    id = models.UUIDField(primary_key=True, default=new_id)
    stopped_work = models.BooleanField()
    reporter = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    workforce = models.ForeignKey(
        "organisation.Workforce", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    safety_area = models.ForeignKey(
        "organisation.SafetyArea", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    form = models.CharField(max_length=20, choices=MeetingForm, blank=True)
    place = models.CharField(max_length=PLACE_LIMIT, blank=True)
    what = models.TextField(max_length=WORDS_LIMIT, blank=True)
    # No foreign key: checks are deleted after 30 days, reports are not.
    check_id = models.UUIDField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    answer = models.TextField(max_length=WORDS_LIMIT, blank=True)
    answered_by = models.ForeignKey(
        "organisation.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(answered_by=models.F("reporter")), name="nobody_answers_their_own_report"
            ),
        ]
        indexes = [
            models.Index(fields=["reporter", "-created_at", "-id"], name="risk_of_reporter"),
            models.Index(fields=["workforce", "-created_at", "-id"], name="risk_of_workforce"),
            models.Index(fields=["safety_area", "-created_at", "-id"], name="risk_of_area"),
            # What leaders owe an answer to.
            models.Index(fields=["created_at"], condition=Q(answered_at=None), name="risk_unanswered"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def get_absolute_url(self) -> str:
        return reverse("encounters:risk", args=[self.id])

    @property
    def answer_due(self) -> datetime:
        """When an answer is due."""
        return answer_due(stopped_work=self.stopped_work, reported_at=self.created_at)

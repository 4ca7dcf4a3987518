"""What the law asks after an injury: notice (AML § 5-2), register (§ 5-1), report (folketrygdloven § 13-14).

Judgements, calls and sendings are acts: added with who and when, never changed; of several of a kind the
latest counts. Medical text stands apart, is written by the injured alone, and is gone when they say so
(ADR 0027).
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from tryggmote.access.ids import new_id
from tryggmote.incidents.vocabulary import Nature
from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.statutory.vocabulary import Absence, Addressee, InjuryKind, NoticeStep

TEXT_LIMIT = 5_000
REFERENCE_LIMIT = 100


class Act(models.Model):
    """Something somebody did, and when they wrote it down."""

    id = models.UUIDField(primary_key=True, default=new_id)
    by = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True


class Judgement(Act):
    """Whether notice is due (AML § 5-2), with the reason. The latest counts; the earlier ones stay."""

    incident = models.ForeignKey("incidents.Incident", on_delete=models.CASCADE, related_name="+")
    rule_version = models.CharField(max_length=40)
    criteria = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    must_notify = models.BooleanField()
    reason = models.TextField(max_length=TEXT_LIMIT, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(must_notify=True) | (~Q(reason="") & Q(criteria=[])),
                name="judgement_against_notice_has_a_reason",
            )
        ]


class NoticeAct(Act):
    """A call, the written confirmation, or the safety representative's copy. The latest of a kind counts.

    `done_at`: when it was done, `done_by`: who called. `reference`: the authority's case number. `text`: the
    confirmation as it was sent.
    """

    incident = models.ForeignKey("incidents.Incident", on_delete=models.CASCADE, related_name="+")
    step = models.CharField(max_length=30, choices=NoticeStep)
    done_at = models.DateTimeField()
    done_by = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    reference = models.CharField(max_length=REFERENCE_LIMIT, blank=True)
    text = models.TextField(max_length=TEXT_LIMIT, blank=True)


class Injury(Act):
    """A line of the register of injuries (AML § 5-1). It holds no medical information.

    What it needs of the incident is copied: two of its four readers may not see the incident. `workforce`
    and `safety_area`: those of the injured when it was entered.
    """

    incident = models.ForeignKey("incidents.Incident", on_delete=models.PROTECT, related_name="+")
    injured = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    workforce = models.ForeignKey(
        "organisation.Workforce", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    safety_area = models.ForeignKey(
        "organisation.SafetyArea", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    kinds = ArrayField(models.CharField(max_length=20, choices=InjuryKind))
    absence = models.CharField(max_length=10, choices=Absence, default=Absence.UNKNOWN)
    natures = ArrayField(models.CharField(max_length=30, choices=Nature))
    form = models.CharField(max_length=20, choices=MeetingForm)
    happened_on = models.DateField()

    class Meta:
        verbose_name_plural = "injuries"
        constraints = [
            models.UniqueConstraint(fields=["incident", "injured"], name="injury_is_entered_once"),
            models.CheckConstraint(condition=~Q(kinds=[]), name="injury_is_of_some_kind"),
        ]
        # The latest of the register, one index for each reason why somebody may see a line.
        indexes = [
            models.Index(fields=["injured"], name="injury_of_injured"),
            models.Index(fields=["workforce", "-at", "-id"], name="injury_of_workforce"),
            models.Index(fields=["safety_area", "-at", "-id"], name="injury_of_area"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("statutory:injury", args=[self.id])

    @property
    def kind_words(self) -> str:
        """What was harmed, in words."""
        return ", ".join(str(InjuryKind(kind).label) for kind in self.kinds)

    @property
    def cause_words(self) -> str:
        """What caused it, in words."""
        return ", ".join(str(Nature(nature).label) for nature in self.natures if nature in Nature.values)


class NoInjury(Act):
    """Nobody was injured in the incident, and why the leader says so."""

    incident = models.ForeignKey("incidents.Incident", on_delete=models.CASCADE, related_name="+")
    reason = models.TextField(max_length=TEXT_LIMIT)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="no_injury_has_a_reason")]


class Consent(Act):
    """The injured consents to medical information in the register, or no longer. The latest counts."""

    injury = models.ForeignKey(Injury, on_delete=models.CASCADE, related_name="consents")
    is_given = models.BooleanField()


class MedicalDetail(models.Model):
    """What the injured wrote of their own health. There while they consent, deleted when they do not."""

    injury = models.OneToOneField(
        Injury, on_delete=models.CASCADE, primary_key=True, related_name="medical_detail"
    )
    text = models.TextField(max_length=TEXT_LIMIT)
    at = models.DateTimeField(default=timezone.now)


class ReportDecision(Act):
    """Whether the injury is reported to NAV (folketrygdloven § 13-14), and why. The latest counts."""

    injury = models.ForeignKey(Injury, on_delete=models.CASCADE, related_name="decisions")
    rule_version = models.CharField(max_length=40)
    grounds = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    is_due = models.BooleanField()
    reason = models.TextField(max_length=TEXT_LIMIT, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_due=True) | (~Q(reason="") & Q(grounds=[])),
                name="decision_against_report_has_a_reason",
            )
        ]


class ReportSending(Act):
    """The report was sent to somebody on a day, with their receipt. The latest to each counts."""

    injury = models.ForeignKey(Injury, on_delete=models.CASCADE, related_name="sendings")
    to = models.CharField(max_length=10, choices=Addressee)
    sent_on = models.DateField()
    receipt = models.CharField(max_length=REFERENCE_LIMIT, blank=True)


class LimitReminder(models.Model):
    """Those it concerns were reminded, this many days before the claim is lost. Once for each."""

    id = models.UUIDField(primary_key=True, default=new_id)
    injury = models.ForeignKey(Injury, on_delete=models.CASCADE, related_name="+")
    days_before = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["injury", "days_before"], name="limit_is_reminded_of_once")
        ]

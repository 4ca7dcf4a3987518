"""How many there were of what, where and when: what is kept when the rows themselves are deleted.

Nobody reads or writes the counts directly: the job counts, and pages ask functions of the database
(`policies.sql`). Of the survey, nobody reads what has come in (`policies_survey.sql`, ADR 0061).
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _


class Span(models.TextChoices):
    """How long a count covers, from its first day. A half-year begins in January or July."""

    DAY = "day"
    MONTH = "month"
    HALF = "half"


class Count(models.Model):
    """So many of one measure in one span. `code`: what of the measure, "" for all of it.

    `workforce` and `safety_area`: whose they were, by which a reader's own are told from others'. `people`:
    how many are behind them in the whole span; for what is deleted before it ends, the most on one day.
    """

    span = models.CharField(max_length=5, choices=Span)
    starts_on = models.DateField()
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    workforce = models.ForeignKey(
        "organisation.Workforce", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    safety_area = models.ForeignKey(
        "organisation.SafetyArea", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    measure = models.CharField(max_length=20)
    code = models.CharField(max_length=70)
    n = models.PositiveIntegerField()
    people = models.PositiveIntegerField()

    class Meta:
        constraints = [
            # Serves the reading too: one span, some measures, some units.
            models.UniqueConstraint(
                fields=["span", "measure", "starts_on", "unit", "workforce", "safety_area", "code"],
                nulls_distinct=False,
                name="counted_once",
            )
        ]


class Season(models.TextChoices):
    """When a survey is held."""

    SPRING = "spring", _("Våren")
    AUTUMN = "autumn", _("Høsten")


class SurveyRound(models.Model):
    """A round of the survey, from its first to its last day. `version`: of the questions.

    `closed_on`: when it was counted up; until then people may answer, while its days last.
    """

    season = models.CharField(max_length=6, choices=Season)
    starts_on = models.DateField()
    ends_on = models.DateField()
    version = models.CharField(max_length=40)
    closed_on = models.DateField(null=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_survey_at_a_time",
                expressions=[
                    (
                        Func(
                            F("starts_on"),
                            F("ends_on"),
                            RangeBoundary(inclusive_upper=True),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    )
                ],
            )
        ]

    @property
    def name(self) -> str:
        """The season and the year: "Våren 2027"."""
        return f"{self.get_season_display()} {self.starts_on.year}"


class SurveyMark(models.Model):
    """The round is done for somebody, whether they answered or not; gone when it closes."""

    round = models.ForeignKey(SurveyRound, on_delete=models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey("organisation.Person", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "person"], name="surveyed_once")]


class SurveyBox(models.Model):
    """What has come in from a unit in a round: how many gave which answer. Gone when the round closes.

    An answer is never a row, so none has an order, a time or a transaction of its own; nor is it kept which
    answers to the two questions were given together.
    """

    round = models.ForeignKey(SurveyRound, on_delete=models.CASCADE, related_name="+", db_index=False)
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    reported_yes = models.PositiveIntegerField()
    reported_no = models.PositiveIntegerField()
    reported_none = models.PositiveIntegerField()
    safe_1 = models.PositiveIntegerField()
    safe_2 = models.PositiveIntegerField()
    safe_3 = models.PositiveIntegerField()
    safe_4 = models.PositiveIntegerField()
    safe_5 = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "unit"], name="one_box_a_unit")]


class SurveyResult(models.Model):
    """What a unit and all below it answered in a round that is over, where five or more did.

    `asked`: those who met clients there when it closed. `reported_yes`, `reported_no`: of those who had
    experienced something; None where these are few.
    """

    round = models.ForeignKey(SurveyRound, on_delete=models.CASCADE, related_name="results", db_index=False)
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    asked = models.PositiveIntegerField()
    reported_yes = models.PositiveIntegerField(null=True)
    reported_no = models.PositiveIntegerField(null=True)
    safe_1 = models.PositiveIntegerField()
    safe_2 = models.PositiveIntegerField()
    safe_3 = models.PositiveIntegerField()
    safe_4 = models.PositiveIntegerField()
    safe_5 = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "unit"], name="one_result_a_unit"),
            models.CheckConstraint(
                name="result_of_five_or_more",
                condition=Q(safe_5__gte=5 - F("safe_1") - F("safe_2") - F("safe_3") - F("safe_4")),
            ),
            models.CheckConstraint(
                name="experienced_by_five_or_none",
                condition=Q(reported_yes=None, reported_no=None)
                | Q(reported_yes=0, reported_no=0)
                | Q(reported_yes__gte=5 - F("reported_no")),
            ),
        ]

    @property
    def answers(self) -> int:
        """How many answered."""
        return self.safe_1 + self.safe_2 + self.safe_3 + self.safe_4 + self.safe_5

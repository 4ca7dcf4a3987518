"""What is read of the survey: where it stands for the one who asks, and results."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Case, Exists, IntegerField, OuterRef, QuerySet, Value, When

from tryggmote.access.context import SignedInPerson
from tryggmote.catalogue.text import Text
from tryggmote.organisation.models import UnitKind
from tryggmote.statistics import rates
from tryggmote.statistics.models import SurveyMark, SurveyResult, SurveyRound
from tryggmote.statistics.rates import Share
from tryggmote.statistics.survey import survey
from tryggmote.ui.dates import oslo_today

SAFE = ("safe_1", "safe_2", "safe_3", "safe_4", "safe_5")
AGREE = SAFE[3:]


def round_now() -> SurveyRound | None:
    """The round that is held, with `is_done`: whether it is for the one who asks. One query."""
    today, mine = oslo_today(), SurveyMark.objects.filter(round=OuterRef("id"))
    held = SurveyRound.objects.filter(closed_on=None, starts_on__lte=today, ends_on__gte=today)
    return held.annotate(is_done=Exists(mine)).first()


def waits_for(person: SignedInPerson) -> SurveyRound | None:
    """The round that is held, when the one who asks may still answer."""
    held = round_now() if person.meets_clients else None
    return None if held is None or held.is_done else held  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Part:
    """How many gave one answer: `percent` of all, after those who agree more (`begins`)."""

    code: str
    says: Text
    n: int
    begins: float
    percent: float


@dataclass(frozen=True)
class Answered:
    """What a unit answered in a round, and the round before it; None where that was not held or not shown."""

    result: SurveyResult
    before: SurveyResult | None

    @cached_property
    def safe(self) -> Share:
        """Those who agree that it is safe."""
        return _safe(self.result)

    @cached_property
    def reported(self) -> Share | None:
        """Of those who experienced something, where it was reported; None where they are none or few."""
        return _reported(self.result)

    @property
    def is_reported_hidden(self) -> bool:
        """Whether few had experienced something, or it would tell of few elsewhere."""
        return self.result.reported_yes is None

    @property
    def safe_went(self) -> int | None:
        """Up (1), down (-1) or neither since the round before; None where it cannot be said."""
        return _went(_safe(self.before) if self.before else None, self.safe)

    @property
    def reported_went(self) -> int | None:
        """The same for what was reported."""
        return _went(_reported(self.before) if self.before else None, self.reported)

    @property
    def parts(self) -> Sequence[Part]:
        """The answers about safety, from those who agree most."""
        of, parts, before = self.result.answers, [], 0
        for answer in survey(self.result.round.version).question("safe").answers:
            n = getattr(self.result, answer.code)
            parts.append(Part(answer.code, answer.says, n, 100 * before / of, 100 * n / of))
            before += n
        return parts


def last_closed() -> SurveyRound | None:
    """The latest round that has results."""
    return SurveyRound.objects.exclude(closed_on=None).order_by("-starts_on").first()


def results_of(held: SurveyRound) -> QuerySet[SurveyResult]:
    """The results of a round that the one who asks sees, from the uppermost unit, then by name."""
    return _in_order(SurveyResult.objects.filter(round=held))


def all_results() -> QuerySet[SurveyResult]:
    """The results of all rounds that the one who asks sees, unit by unit, the latest first."""
    return _in_order(SurveyResult.objects.all(), "-round__starts_on")


def with_before(results: Sequence[SurveyResult], held: SurveyRound) -> list[Answered]:
    """Results of a round, each with the one of its unit in the round before. One query."""
    rounds = SurveyRound.objects.exclude(closed_on=None).filter(starts_on__lt=held.starts_on)
    latest = rounds.order_by("-starts_on").values("id")[:1]
    units = [result.unit_id for result in results]
    before = {found.unit_id: found for found in SurveyResult.objects.filter(round__in=latest, unit__in=units)}
    return [Answered(result, before.get(result.unit_id)) for result in results]


def _in_order(results: QuerySet[SurveyResult], *then: str) -> QuerySet[SurveyResult]:
    height = Case(
        *(When(unit__kind=kind, then=Value(place)) for place, kind in enumerate(UnitKind)),
        output_field=IntegerField(),
    )
    return results.select_related("unit", "round").order_by(height, "unit__sort_key", "unit_id", *then)


def _safe(result: SurveyResult) -> Share:
    return rates.share_of(sum(getattr(result, code) for code in AGREE), result.answers)


def _reported(result: SurveyResult) -> Share | None:
    yes, no = result.reported_yes, result.reported_no
    return rates.share_of(yes, yes + no) if yes is not None and no is not None and yes + no else None


def _went(before: Share | None, after: Share | None) -> int | None:
    return rates.direction(before, after) if before and after else None

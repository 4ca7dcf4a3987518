"""Asking twice a year: begin a round, answer or say no, count it up, and forget it in time (ADR 0061)."""

from dateutil.relativedelta import relativedelta
from django.db import connection
from django.utils.translation import gettext as _

from tryggmote.access.context import acting_as_job
from tryggmote.access.errors import NotPossible
from tryggmote.statistics.models import SurveyRound
from tryggmote.statistics.survey import round_on, survey
from tryggmote.statistics.survey_rules import units_to_show, with_all_below
from tryggmote.ui.dates import oslo_today


def answer(*, reported: str, safe: int) -> None:
    """Count what the one who asks answers: whether it was reported ("yes", "no", "none"), and is safe (1-5).

    A second time counts nothing. Raises: NotPossible when no round is held, or one meets no clients.
    """
    _take(reported, safe)


def skip() -> None:
    """Leave it this time: nobody is told, and it is not asked again before the next round.

    Raises: NotPossible as `answer` does.
    """
    _take(None, None)


def _take(reported: str | None, safe: int | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select app.take_survey(%s, %s)", [reported, safe])
        if not cursor.fetchone()[0]:
            raise NotPossible(_("Du kan ikke svare nå: runden er over, eller du møter ikke brukere."))


def keep_rounds() -> None:
    """Close the round that is over, begin the one that is held today, forget what is old.

    Any number of times: it does nothing the second time.
    """
    today = oslo_today()
    with acting_as_job():
        for over in SurveyRound.objects.filter(closed_on=None, ends_on__lt=today):
            close(over)
        _begin()
        with connection.cursor() as cursor:
            cursor.execute(
                "select app.forget_surveys(%s)", [today - relativedelta(months=survey().kept_months)]
            )


def _begin() -> None:
    held = round_on(oslo_today())
    if held and not SurveyRound.objects.filter(starts_on__lte=held.last, ends_on__gte=held.first).exists():
        SurveyRound.objects.create(
            season=held.season, starts_on=held.first, ends_on=held.last, version=survey().version
        )


def close(over: SurveyRound) -> None:
    """Keep what may be shown of a round that is over, and delete what came in."""
    with connection.cursor() as cursor:
        cursor.execute("select * from app.sizes_of_survey(%s)", [over.id])
        rows = cursor.fetchall()
        parents = {unit: parent for unit, parent, _answers, _experienced in rows}
        answers = with_all_below(parents, {unit: n for unit, _parent, n, _experienced in rows})
        experienced = with_all_below(parents, {unit: n for unit, _parent, _answers, n in rows})
        shown = {unit for unit in units_to_show(parents, answers) if answers[unit]}
        reported = units_to_show(parents, experienced, among=shown)
        cursor.execute("select app.close_survey(%s, %s, %s)", [over.id, list(shown), list(reported)])

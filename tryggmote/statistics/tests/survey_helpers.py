"""Rounds, people and answers for tests. Called as the database's owner, on a simulated day."""

from datetime import date, timedelta

from tryggmote.access.context import acting_as
from tryggmote.organisation.models import Person, Unit
from tryggmote.organisation.tests.factories import employ, make_person
from tryggmote.statistics import surveying
from tryggmote.statistics.models import Season, SurveyResult, SurveyRound
from tryggmote.statistics.survey import NEWEST

CLOSED = date(2026, 3, 2)
"""The first day of a round that is over."""


def held(first: date, *, season: Season = Season.SPRING, closed_on: date | None = None) -> SurveyRound:
    """A round of three weeks from this day."""
    return SurveyRound.objects.create(
        season=season,
        starts_on=first,
        ends_on=first + timedelta(days=20),
        version=NEWEST,
        closed_on=closed_on,
    )


def at_work(unit: Unit, employer: Unit, number: int) -> list[Person]:
    """So many more people who meet clients in the unit."""
    people = [make_person(f"Ansatt {n} {unit.name}") for n in range(number)]
    for person in people:
        employ(person, unit=unit, employer=employer)
    return people


def answered_by(person: Person, reported: str, safe: int) -> None:
    """This person answers."""
    with acting_as(person.id):
        surveying.answer(reported=reported, safe=safe)


def closed(over: SurveyRound, *units: Unit, agree: int = 6, of: int = 10, reported: int | None = 3) -> None:
    """Results of these units: so many agree, of ten by default, and as many had it reported of six."""
    SurveyResult.objects.bulk_create(
        SurveyResult(
            round=over, unit=unit, asked=of + 2,
            safe_1=0, safe_2=0, safe_3=of - agree, safe_4=0, safe_5=agree,
            reported_yes=reported, reported_no=None if reported is None else 6 - reported,
        )
        for unit in units
    )  # fmt: skip

"""The two questions on reporting and when they are asked: data (`surveys/<version>.yaml`), pure.

Source: most of what happens is never reported (the product's description of the domain, 3.6 no. 4). ADR 0061.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from tryggmote.catalogue.text import Sentence, Text
from tryggmote.catalogue.yaml_files import read_yaml
from tryggmote.statistics.models import Season

FOLDER = Path(__file__).parent / "surveys"
NEWEST = "2026-1"
LAST_WEEK_OF_EVERY_YEAR = 52
MONDAY = 1


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Weeks(_Part):
    """When a round is held every year: whole ISO weeks, and why just those."""

    season: Annotated[Season, Field(strict=False)]
    first_week: int = Field(ge=1)
    weeks: int = Field(ge=1)
    why: Sentence

    @model_validator(mode="after")
    def _lies_within_a_year(self) -> "Weeks":
        if self.first_week + self.weeks - 1 > LAST_WEEK_OF_EVERY_YEAR:
            raise ValueError("A round ends in the year it began in.")
        return self

    def in_year(self, year: int) -> "Span":
        """Its first and last day in an ISO year."""
        first = date.fromisocalendar(year, self.first_week, MONDAY)
        return Span(self.season, first, first + timedelta(weeks=self.weeks, days=-1))


class Answer(_Part):
    """One answer. `code`: the column in which it is counted."""

    code: str = Field(pattern=r"^[a-z]+_[a-z0-9]+$")
    says: Text


class Question(_Part):
    """One thing that is asked, with one answer out of few."""

    code: str = Field(pattern=r"^[a-z]+$")
    asks: Text
    helps: Text
    answers: Annotated[tuple[Answer, ...], Field(strict=False, min_length=2)]


class Survey(_Part):
    """One version of what is asked and when. `kept_months`: how long results are kept after their round."""

    version: str = Field(pattern=r"^[A-Za-z0-9.-]{1,40}$")
    rounds: Annotated[tuple[Weeks, ...], Field(strict=False, min_length=1)]
    kept_months: int = Field(ge=12)
    why_kept: Sentence
    questions: Annotated[tuple[Question, ...], Field(strict=False, min_length=2, max_length=2)]

    def question(self, code: str) -> Question:
        """One of the two. Raises: KeyError for one there is not."""
        return {question.code: question for question in self.questions}[code]


@dataclass(frozen=True)
class Span:
    """One round of one year: its season, its first and its last day."""

    season: Season
    first: date
    last: date


@cache
def survey(version: str = NEWEST) -> Survey:
    """A version. Read once a process."""
    return Survey.model_validate(read_yaml(FOLDER / f"{version}.yaml").data)


def round_on(day: date) -> Span | None:
    """The round that is held on a day; None on most days."""
    spans = (weeks.in_year(day.isocalendar().year) for weeks in survey().rounds)
    return next((span for span in spans if span.first <= day <= span.last), None)


def next_round(day: date) -> Span:
    """The first round that begins after a day."""
    return next(span for span in _rounds_from(day.isocalendar().year, 1) if span.first > day)


def rounds_before(day: date) -> Iterator[Span]:
    """The rounds that were over by a day, the latest first, without end."""
    return (span for span in _rounds_from(day.isocalendar().year, -1) if span.last < day)


def _rounds_from(year: int, step: int) -> Iterator[Span]:
    for each in count(year, step):
        yield from sorted((weeks.in_year(each) for weeks in survey().rounds), key=_begins, reverse=step < 0)


def _begins(span: Span) -> date:
    return span.first

"""The first words of "Now"."""

from datetime import datetime

import pytest
from django.utils import translation

from tryggmote.duties.greeting import day_of, greeting, summary
from tryggmote.ui.dates import OSLO

MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=OSLO)


@pytest.mark.parametrize(
    ("hour", "words"),
    [(5, "God morgen, Vera"), (9, "God morgen, Vera"), (10, "Hei, Vera"), (17, "Hei, Vera"),
     (18, "God kveld, Vera"), (23, "God kveld, Vera"), (3, "Hei, Vera")],
)  # fmt: skip
def test_the_greeting_follows_the_clock(hour: int, words: str) -> None:
    assert greeting("Vera Veileder", MONDAY.replace(hour=hour)) == words


@pytest.mark.parametrize(
    ("language", "words"),
    [("nb", "Mandag 23. november"), ("nn", "Måndag 23. november"), ("en", "Monday 23 November")],
)
def test_the_day_is_written_as_people_write_it(language: str, words: str) -> None:
    with translation.override(language):
        assert day_of(MONDAY) == words


@pytest.mark.parametrize(
    ("waiting", "overdue", "words"),
    [
        (0, 0, "Ingenting venter på deg."),
        (1, 0, "Én ting venter på deg."),
        (3, 1, "3 ting venter på deg. Én er over fristen."),
        (9, 4, "9 ting venter på deg. 4 er over fristen."),
    ],
)
def test_what_waits_is_said_in_a_sentence(waiting: int, overdue: int, words: str) -> None:
    assert summary(waiting=waiting, overdue=overdue) == words

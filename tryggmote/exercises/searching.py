"""Exercises in the search: by the scenario that is played (ADR 0049)."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from tryggmote.access.context import SignedInPerson
from tryggmote.exercises import library
from tryggmote.exercises.models import Exercise
from tryggmote.search.asked import Asked
from tryggmote.search.registry import Hit, Shelf
from tryggmote.ui.dates import day

MOST = 40


def _exercises(person: SignedInPerson, asked: Asked) -> Iterator[Hit]:
    """The latest one sees that play a scenario with the words in its title or situation."""
    codes = {
        scenario.code
        for name in library.versions()
        if (kept := library.version(name))
        for scenario in kept.scenarios
        if asked.is_in(str(scenario.title), str(scenario.situation))
    }
    if not codes:
        return
    found = Exercise.objects.filter(scenario__in=codes).select_related("unit").order_by("-starts_at", "id")
    for exercise in found[:MOST]:
        text = f"{day(exercise.starts_at)}, {exercise.unit.name}"
        yield Hit(exercise.title, text, exercise.get_absolute_url())


EXERCISES = Shelf("ovelse", _("Øvelser"), "PersonGroupIcon", 70, _exercises)

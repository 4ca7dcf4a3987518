"""What a single field cannot know: numbers used twice, references that lead nowhere."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations

from tryggmote.catalogue.schema import Place, Provision, Requirement, Standard
from tryggmote.catalogue.yaml_files import Location

Fault = tuple[Location, str]


def faults(standard: Standard) -> Iterator[Fault]:
    """Every fault between the parts of one set, each with its place in the file."""
    areas = [(("areas", index, "number"), area.number) for index, area in enumerate(standard.areas)]
    numbers = [((*at, "number"), requirement.number) for at, requirement in _requirements(standard)]
    yield from _repeated("area", areas)
    yield from _repeated("requirement", numbers)
    yield from _loose_ends(standard)
    for key, provision in standard.provisions.items():
        yield from _overlaps(key, provision)


def _requirements(standard: Standard) -> Iterator[tuple[Location, Requirement]]:
    for a, area in enumerate(standard.areas):
        for r, requirement in enumerate(area.requirements):
            yield ("areas", a, "requirements", r), requirement


def _repeated(kind: str, numbers: Iterable[tuple[Location, str]]) -> Iterator[Fault]:
    seen: set[str] = set()
    for location, number in numbers:
        if number in seen:
            yield location, f"there is already {kind} {number} in this set"
        seen.add(number)


def _loose_ends(standard: Standard) -> Iterator[Fault]:
    cited: set[str] = set()
    for at, requirement in _requirements(standard):
        for index, key in enumerate(requirement.references):
            if key not in standard.provisions:
                yield (*at, "references", index), f"there is no provision “{key}” in this file"
            if key in requirement.references[:index]:
                yield (*at, "references", index), f"“{key}” is given twice"
        cited.update(requirement.references)
    for key, provision in standard.provisions.items():
        if provision.act not in standard.acts:
            yield ("provisions", key, "act"), f"there is no act “{provision.act}” in this file"
        if key not in cited:
            yield ("provisions", key), "no requirement refers to it"


def _overlaps(key: str, provision: Provision) -> Iterator[Fault]:
    for (_, first), (index, second) in combinations(enumerate(provision.places), 2):
        if _spot(first) == _spot(second) and _share_a_day(first, second):
            location = ("provisions", key, "places", index)
            yield location, "is the same place as an earlier one, at the same time"


def _spot(place: Place) -> tuple[object, ...]:
    return (place.section, place.paragraphs, place.letters)


def _share_a_day(first: Place, second: Place) -> bool:
    begins = max(first.valid_from or date.min, second.valid_from or date.min)
    ends = min(first.valid_to or date.max, second.valid_to or date.max)
    return begins <= ends

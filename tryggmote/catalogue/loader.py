"""Loads the sets of requirements: one YAML file a set, ours or an organisation's own (`CATALOGUE_PATHS`)."""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from django.conf import settings
from pydantic import ValidationError

from tryggmote.catalogue.consistency import faults
from tryggmote.catalogue.errors import CatalogueError, Problem, reasons, where_and_field
from tryggmote.catalogue.schema import Requirement, Standard
from tryggmote.catalogue.yaml_files import Document, UnreadableFile, read_yaml

OURS = Path(__file__).parent / "standards"


@cache
def load_standards() -> tuple[Standard, ...]:
    """The sets in use, in order: those in the folders of `CATALOGUE_PATHS`, or ours when it names none.

    Read once a process. Raises: CatalogueError that names every file, requirement and field that is wrong.
    """
    return read_standards(folders())


def find_requirement(set_code: str, number: str) -> tuple[Standard, Requirement] | None:
    """A requirement and the set it belongs to, or None."""
    for standard in load_standards():
        requirement = standard.requirement(number) if standard.code == set_code else None
        if requirement:
            return standard, requirement
    return None


def check() -> list[str]:
    """What is wrong with the sets in use, one sentence a problem; empty when all is well."""
    try:
        read_standards(folders())
    except CatalogueError as error:
        return [str(problem) for problem in error.problems]
    return []


def folders() -> tuple[Path, ...]:
    """Where the sets in use are kept."""
    return tuple(Path(folder) for folder in settings.CATALOGUE_PATHS) or (OURS,)


def read_standards(folders: Iterable[Path]) -> tuple[Standard, ...]:
    """All sets in these folders, in order. Raises: CatalogueError with every problem in every file."""
    found: dict[Path, Standard] = {}
    problems: list[Problem] = []
    for folder in folders:
        files = sorted(folder.glob("*.yaml"))
        if not files:
            problems.append(Problem(str(folder), "", "", "the folder has no .yaml files, or does not exist"))
        for file in files:
            try:
                found[file] = read_standard(file)
            except CatalogueError as error:
                problems += error.problems
    problems += _codes_used_twice(found)
    if problems:
        raise CatalogueError(problems)
    return tuple(sorted(found.values(), key=lambda standard: (standard.order, standard.code)))


def read_standard(file: Path) -> Standard:
    """One set. Raises: CatalogueError with every problem in the file."""
    try:
        document = read_yaml(file)
    except UnreadableFile as error:
        raise CatalogueError([Problem(file.name, "", "", str(error))]) from None
    try:
        standard = Standard.model_validate(document.data)
    except ValidationError as error:
        raise CatalogueError(_problems(file, document, reasons(error))) from None
    problems = list(_problems(file, document, faults(standard)))
    if problems:
        raise CatalogueError(problems)
    return standard


def _problems(
    file: Path, document: Document, found: Iterable[tuple[tuple[str | int, ...], str]]
) -> Iterator[Problem]:
    for location, reason in found:
        where, field = where_and_field(location, document.data)
        yield Problem(file.name, where, field, reason, document.line_of(location))


def _codes_used_twice(found: dict[Path, Standard]) -> Iterator[Problem]:
    first: dict[str, Path] = {}
    for file, standard in found.items():
        if standard.code in first:
            reason = f"“{standard.code}” is already the code of {first[standard.code].name}"
            yield Problem(file.name, "", "code", reason)
        first.setdefault(standard.code, file)

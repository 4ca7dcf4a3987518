"""What is wrong in a file of requirements, told so that the one who wrote it can mend it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from tryggmote.catalogue.text import LANGUAGES
from tryggmote.catalogue.yaml_files import Location

_LANGUAGE_NAMES = dict(zip(LANGUAGES, ("bokmål", "nynorsk", "English"), strict=True))
_SLUG = "write it with small letters, digits and hyphens"
_PATTERNS = {
    "number": "write it with small letters, digits, dots and hyphens, like “2.4” or “aml-5-1”",
    "rule": "write the name of the rule as evidence_ and the number, like “evidence_2_4”",
    "source": "write a web address that begins with https://",
    "letters": "write one small letter an item, like [b, c]",
}


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: which file, which requirement (or provision, act, area), which field."""

    file: str
    where: str
    field: str
    reason: str
    line: int = 0

    def __str__(self) -> str:
        line = f"line {self.line}" if self.line else ""
        field = f"field {self.field}" if self.field else ""
        place = ", ".join(part for part in (self.file, line, self.where, field) if part)
        return f"{place}: {self.reason}."


class CatalogueError(Exception):
    """The requirements cannot be used. The message has one sentence a problem; `problems` holds them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def where_and_field(location: Location, data: Any) -> tuple[str, str]:
    """Whose field it is, in words, and its path from there: ("requirement 2.4", "summary.nn")."""
    match location:
        case ("areas", int(area), "requirements", int(index), *rest):
            number = _number(data, location[:4])
            return f"requirement {number or f'{index + 1} of area {area + 1}'}", _path(rest)
        case ("areas", int(area), *rest):
            return f"area {_number(data, location[:2]) or area + 1}", _path(rest)
        case ("provisions", str(key), *rest):
            return f"provision {key}", _path(rest)
        case ("acts", str(key), *rest):
            return f"act {key}", _path(rest)
    return "", _path(location)


def reasons(error: ValidationError) -> list[tuple[Location, str]]:
    """Every fault pydantic found, with its place and a sentence for people."""
    return [(_without_markers(fault["loc"]), _reason(fault)) for fault in error.errors()]


def _reason(fault: ErrorDetails) -> str:
    field = next((str(step) for step in reversed(fault["loc"]) if isinstance(step, str)), "")
    given = fault["input"]
    match fault["type"]:
        case "missing" if field in _LANGUAGE_NAMES:
            return f"the text in {_LANGUAGE_NAMES[field]} is missing"
        case "missing":
            return "is missing"
        case "extra_forbidden":
            return "is not a known field; is it misspelt?"
        case "string_too_short" if field in _LANGUAGE_NAMES:
            return f"the text in {_LANGUAGE_NAMES[field]} is empty"
        case "string_too_short":
            return "is empty"
        case "string_type":
            return f"must be text; put {given!r} in quotation marks"
        case "string_pattern_mismatch":
            return f"“{given}” cannot be used; {_PATTERNS.get(field, _SLUG)}"
        case "date_type" | "date_from_datetime_inexact" | "date_parsing":
            return f"“{given}” is not a date; write it like 2026-01-31, without quotation marks"
        case "bool_type":
            return f"“{given}” is neither yes nor no"
        case "int_type" | "int_from_float":
            return f"“{given}” is not a whole number"
        case "tuple_type":
            return "must be a list, each item on a line that begins with a hyphen"
        case "model_type" | "model_attributes_type" | "dict_type":
            return f"must be fields with names, not {given!r}"
        case "literal_error":
            return f"“{given}” is not one of {fault['ctx']['expected']}"
        case "value_error":
            return fault["msg"].removeprefix("Value error, ")
    return f"{fault['msg'][:1].lower()}{fault['msg'][1:]} (it says {given!r})"


def _number(data: Any, location: Location) -> str:
    for step in location:
        data = data[step]
    return str(data.get("number", "")) if isinstance(data, Mapping) else ""


def _path(steps: Iterable[str | int]) -> str:
    """Fields joined by dots, places in a list counted from 1: ("places", 0, "source") is places[1].source."""
    path = ""
    for step in steps:
        path += f"[{step + 1}]" if isinstance(step, int) else f".{step}"
    return path.removeprefix(".")


def _without_markers(location: tuple[int | str, ...]) -> Location:
    return tuple(step for step in location if step != "[key]")

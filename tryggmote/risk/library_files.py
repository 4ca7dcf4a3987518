"""Reading the files of the library, with every problem explained: file, line, item, field and reason."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from tryggmote.catalogue.errors import Problem, reasons
from tryggmote.catalogue.yaml_files import Location, UnreadableFile, read_yaml


class BrokenLibrary(Exception):
    """A file cannot be used. The message has one line a problem: file, line, item, field and reason."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


_File = TypeVar("_File", bound=BaseModel)


def read(file: Path, kind: type[_File]) -> _File:
    """A file of the library. Raises: BrokenLibrary with every problem in it."""
    try:
        document = read_yaml(file)
    except UnreadableFile as error:
        raise BrokenLibrary([Problem(file.name, "", "", str(error))]) from None
    try:
        return kind.model_validate(document.data)
    except ValidationError as error:
        raise BrokenLibrary(
            Problem(file.name, *_place(location, document.data), reason, document.line_of(location))
            for location, reason in reasons(error)
        ) from None


_ONE_OF = {
    "factors": "factor",
    "scenarios": "scenario",
    "activities": "activity",
    "likelihoods": "likelihood",
    "consequences": "consequence",
    "cells": "row",
}


def _place(location: Location, data: Any) -> tuple[str, str]:
    """Whose field it is and its path from there: ("scenario spitting", "hazard.nn")."""
    match location:
        case (str(name), int(index), *rest):
            item = data[name][index]
            known = item.get("code", item.get("number")) if isinstance(item, dict) else None
            one = _ONE_OF.get(name, name)
            return f"{one} {index + 1 if known is None else known}", _path(rest)
        case ("areas", str(name), *rest):
            return f"area {name}", _path(rest)
    return "", _path(location)


def _path(steps: Iterable[str | int]) -> str:
    """Fields joined by dots, places in a list counted from 1."""
    path = ""
    for step in steps:
        path += f"[{step + 1}]" if isinstance(step, int) else f".{step}"
    return path.removeprefix(".")

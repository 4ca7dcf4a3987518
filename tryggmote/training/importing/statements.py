"""What a learning platform says in xAPI (IEEE 9274.1.1): statements in a JSON array, or one a line."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from tryggmote.organisation.importing.cells import Unreadable
from tryggmote.organisation.importing.problems import BadFile, Problem
from tryggmote.training.importing.told import Reading, Told, day_of

_VERBS = "http://adlnet.gov/expapi/verbs/"
_COUNTED = {f"{_VERBS}completed", f"{_VERBS}passed"}
_VOIDED = f"{_VERBS}voided"
_LONGEST = 300
Statement = dict[str, Any]


class _Skipped(Exception):
    """The statement is none of those we record: where that stands in it, and why."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column, self.reason = column, reason


def read_statements(content: bytes, name: str, today: date) -> Reading:
    """All statements of a file, those we do not record with the reason. Raises BadFile for what is no JSON.

    A statement in an array has its place in it as line number, from 1.
    """
    problems: list[Problem] = []
    numbered = list(_statements(content, name, problems))
    voided = {_at(each, "object", "id") for _line, each in numbered if _at(each, "verb", "id") == _VOIDED}
    told = []
    for line, statement in numbered:
        try:
            told.append(_told(line, statement, voided, today))
        except _Skipped as skipped:
            problems.append(Problem(name, line, skipped.column, skipped.reason))
    return Reading(told, sorted(problems, key=lambda problem: problem.line))


def _statements(content: bytes, name: str, problems: list[Problem]) -> Iterator[tuple[int, Statement]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile([Problem(name, 0, "", _("Filen er ikke i tegnsettet UTF-8."))]) from error
    for line, value in _whole(text, name) if text.lstrip().startswith("[") else _by_line(text):
        if isinstance(value, dict):
            yield line, value
        else:
            problems.append(Problem(name, line, "", _("Dette er ikke en xAPI-melding.")))


def _whole(text: str, name: str) -> Iterator[tuple[int, Any]]:
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadFile([Problem(name, 0, "", _("Filen er skadet og kan ikke leses."))]) from error
    yield from enumerate(values, start=1)


def _by_line(text: str) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except (ValueError, RecursionError):
                yield number, None


def _told(line: int, statement: Statement, voided: set[str], today: date) -> Told:
    if _at(statement, "verb", "id") not in _COUNTED:
        raise _Skipped("verb", _("Bare fullført og bestått tas med."))
    if statement.get("id") and _text(statement["id"]) in voided:
        raise _Skipped("id", _("Meldingen er trukket tilbake i samme fil."))
    result = statement.get("result")
    if isinstance(result, dict) and (result.get("success") is False or result.get("completion") is False):
        raise _Skipped("result", _("Ikke fullført, så den tas ikke med."))
    external_id = _at(statement, "actor", "account", "name")
    email = _at(statement, "actor", "mbox").removeprefix("mailto:")
    if not external_id and not email:
        raise _Skipped("actor", _("Sier ikke hvem det gjelder."))
    courses = _courses(statement)
    if not courses:
        raise _Skipped("object", _("Sier ikke hvilket kurs det gjelder."))
    try:
        day = day_of(_text(statement.get("timestamp")), today)
    except Unreadable as error:
        raise _Skipped("timestamp", str(error)) from error
    return Told(line, external_id, email, courses, day)


def _courses(statement: Statement) -> tuple[str, ...]:
    """What the course is called, first in words, then by its address and the last part of that."""
    names = statement.get("object")
    definition = names.get("definition") if isinstance(names, dict) else None
    spoken = definition.get("name") if isinstance(definition, dict) else None
    words = [_text(name) for name in spoken.values()] if isinstance(spoken, dict) else []
    address = _at(statement, "object", "id")
    last = address.rstrip("/").rpartition("/")[2]
    return tuple(dict.fromkeys(name for name in (*words, address, last) if name))


def _at(statement: Statement, *path: str) -> str:
    """The text there, "" for what is not there or is no text."""
    found: Any = statement
    for key in path:
        found = found.get(key) if isinstance(found, dict) else None
    return _text(found)


def _text(value: Any) -> str:
    return " ".join(value.replace("\x00", "").split())[:_LONGEST] if isinstance(value, str) else ""

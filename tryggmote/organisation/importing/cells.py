"""From what stands in a cell to a value: Excel's own types, or text as people write it."""

import re
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from tryggmote.organisation.importing.columns import Column, Kind, plain

YES = {"ja", "j", "yes", "y", "true", "sann", "1", "x"}
NO = {"nei", "n", "no", "false", "usann", "0"}
NORWEGIAN_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
BETWEEN = re.compile(r"[,;\s]+")


class Unreadable(ValueError):
    """The cell does not hold what its column wants; the message says what it wants."""


def value_of(column: Column, cell: Any) -> Any:
    """The value of a cell that is not empty. Raises Unreadable."""
    if column.kind is Kind.DATE:
        return _date(cell)
    text = text_of(cell)
    if column.kind is Kind.YES_NO:
        return _yes_or_no(text)
    if column.kind is Kind.CODES:
        return tuple(dict.fromkeys(_short(column, code) for code in BETWEEN.split(text) if code))
    if column.kind is Kind.CHOICES:
        return tuple(dict.fromkeys(_choice(column, part) for part in re.split("[,;]", text) if part.strip()))
    if column.kind is Kind.CHOICE:
        return _choice(column, text)
    if column.kind is Kind.EMAIL:
        _refuse_bad_email(text)
    return _short(column, text)


def text_of(cell: Any) -> str:
    """A cell as text, on one line. Excel keeps a code of digits as a float unless it is marked as text."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str(cell).split())


def _short(column: Column, text: str) -> str:
    if len(text) > column.max_length:
        raise Unreadable(_("For langt: inntil %(max)d tegn.") % {"max": column.max_length})
    if "\x00" in text:
        raise Unreadable(_("Inneholder tegn som ikke kan lagres."))
    return text


def _choice(column: Column, text: str) -> str:
    choices = column.choices or {}
    if plain(text) not in choices:
        raise Unreadable(_("Ukjent verdi «%(value)s».") % {"value": text[:60]})
    return choices[plain(text)]


def _refuse_bad_email(text: str) -> None:
    try:
        validate_email(text)
    except ValidationError as error:
        raise Unreadable(_("Dette er ikke en e-postadresse.")) from error


def _yes_or_no(text: str) -> bool:
    if text.casefold() in YES:
        return True
    if text.casefold() in NO:
        return False
    raise Unreadable(_("Skriv ja eller nei."))


def _date(cell: Any) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = text_of(cell)
    norwegian = NORWEGIAN_DATE.fullmatch(text)
    try:
        if norwegian:
            day, month, year = map(int, norwegian.groups())
            return date(year, month, day)
        return date.fromisoformat(text)
    except ValueError as error:
        raise Unreadable(_("Skriv datoen som 2026-01-31 eller 31.01.2026.")) from error

"""The sheets of our own workbook and their columns, in the words of the pages.

The first line of each sheet is hidden and holds the keys of its columns; the first column is hidden and holds
the key of each row. So a file can be read back in whatever language it was made, also with its columns moved.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tryggmote.risk.writing_forms import PARTS, ScenarioForm

Text = str | Promise

MARK = "tryggmote-risk-1"
"""Begins the first cell of each sheet; the number is that of the layout."""
KEY, AS_EXPORTED = "key", "as_exported"
DANGEROUS = "is_especially_dangerous"

TEXT_WIDTH, SHORT_WIDTH, SCORE_WIDTH = 44, 26, 12  # characters


@dataclass(frozen=True)
class Column:
    """`help` is the note on its heading. What is only told is not read back."""

    key: str
    title: Text
    help: Text = ""
    width: int = SHORT_WIDTH
    is_hidden: bool = False
    is_only_told: bool = False


@dataclass(frozen=True)
class Sheet:
    """One sheet; `key` follows `MARK` in its first cell."""

    key: str
    title: Text
    columns: tuple[Column, ...]

    @property
    def mark(self) -> str:
        """The first cell, by which the sheet is known."""
        return f"{MARK}:{self.key}"


def _of_form(name: str, key: str, *, width: int = TEXT_WIDTH) -> Column:
    field = ScenarioForm.base_fields[name]
    return Column(key, field.label or "", field.help_text, width)


def _scores() -> tuple[Column, ...]:
    asked = {"likelihood": _("hvor ofte?"), "consequence": _("hvor ille?")}
    return tuple(
        Column(f"{part}_{scale}", format_lazy("{}: {}", label, question), width=SCORE_WIDTH)
        for part, label in PARTS
        for scale, question in asked.items()
    )


_KEY = Column(KEY, "", is_hidden=True)
_AS_EXPORTED = Column(AS_EXPORTED, "", is_hidden=True)

ABOUT = Sheet(
    "about",
    _("Vurdering"),
    (
        _KEY,
        Column("title", _("Opplysning"), width=SHORT_WIDTH, is_only_told=True),
        Column("value", _("Innhold"), width=2 * TEXT_WIDTH, is_only_told=True),
    ),
)
FACTORS = Sheet(
    "factors",
    _("Faktorer"),
    (
        _KEY,
        Column("title", _("Faktor"), width=TEXT_WIDTH, is_only_told=True),
        Column("text", _("Vurderingen deres"), _("Inntil 10 000 tegn."), width=2 * TEXT_WIDTH),
        _AS_EXPORTED,
    ),
)
SCENARIOS = Sheet(
    "scenarios",
    _("Situasjoner"),
    (
        _KEY,
        _of_form("hazard", "hazard"),
        Column("forms", _("I hvilke møteformer?"), _("Med komma mellom.")),
        _of_form("situation", "situation"),
        _of_form("causes", "causes"),
        _of_form("consequences", "consequences"),
        _of_form("existing", "existing"),
        *_scores(),
        Column(DANGEROUS, _("Særlig farlig arbeid"), _("«Ja», eller tomt for nei.")),
        Column("factors", _("Faktorer"), _("Numrene 1–8 med komma mellom.")),
        Column(
            "measures",
            _("Tiltak"),
            _("Bare til orientering. Tiltak planlegges i Tryggmøte."),
            width=TEXT_WIDTH,
            is_only_told=True,
        ),
        Column("measure_ids", "", is_hidden=True),
        Column("starter", "", is_hidden=True),
        _AS_EXPORTED,
    ),
)
PEOPLE = Sheet(
    "people",
    _("Medvirkning"),
    (
        _KEY,
        Column("name", _("Navn"), is_only_told=True),
        Column("capacity", _("Rolle"), is_only_told=True),
        Column("answer", _("Uttalelse"), is_only_told=True),
        Column("words", _("Begrunnelse"), width=2 * TEXT_WIDTH, is_only_told=True),
    ),
)
SHEETS = (ABOUT, FACTORS, SCENARIOS, PEOPLE)

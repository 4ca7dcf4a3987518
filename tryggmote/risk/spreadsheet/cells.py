"""From the cells of one line to a scenario; what cannot be understood is written down with its place."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cache
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from tryggmote.organisation.importing.cells import Unreadable
from tryggmote.organisation.importing.columns import plain as letters
from tryggmote.organisation.importing.problems import Problem
from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.risk.models import TEXT_LIMIT, TITLE_LIMIT
from tryggmote.risk.rules import FACTORS, Score
from tryggmote.risk.spreadsheet.levels import Levels, level_of
from tryggmote.risk.spreadsheet.rows import ScenarioContent, in_order, on_one_line, plain
from tryggmote.risk.writing import SCORES

LONG_TEXTS = ("situation", "causes", "consequences", "existing")
PROPOSED = "proposed"

_YES, _NO = {"ja", "yes", "x", "1", "true"}, {"nei", "no", "0", "false"}
_FACTORS = {str(number): number for number in FACTORS}

Found = tuple[str, Any]
"""A cell that is not empty, with what its column is called."""
Line = Mapping[str, Sequence[Found]]
"""By field; several columns may say something of the same."""


def text_of(cell: Any) -> str:
    """A cell as text with its lines. Excel keeps whole numbers as fractions and days as moments."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time.min:
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return plain(str(cell))


def is_empty(cell: Any) -> bool:
    """Whether nothing that can be seen stands in it."""
    return cell is None or not str(cell).strip()


@dataclass
class Reader:
    """Reads the lines of one sheet. `levels` by scale, `titles` by field for what is missing."""

    sheet: str
    levels: Mapping[str, Levels]
    titles: Mapping[str, str]
    forms_unless_said: Sequence[str] = ()
    problems: list[Problem] = field(default_factory=list)

    def scenario(self, number: int, line: Line) -> ScenarioContent:
        """What the line says; "" and None for what it does not say or what cannot be understood."""
        texts: dict[str, Any] = {name: self._joined(number, line.get(name, ())) for name in LONG_TEXTS}
        texts["existing"] = self._with_proposed(number, texts["existing"], line.get(PROPOSED, ()))
        return ScenarioContent(
            hazard=self._hazard(number, line.get("hazard", ())),
            forms=self._forms(number, line.get("forms", ())) or in_order(self.forms_unless_said),
            factors=self._factors(number, line.get("factors", ())),
            is_especially_dangerous=self._is_said(number, line.get("is_especially_dangerous", ())),
            **texts | {part: self._score(number, line, part) for part in SCORES},
        )

    def text(self, number: int, found: Found, limit: int = TEXT_LIMIT) -> str:
        """A text within its limit; a longer one is a problem."""
        title, cell = found
        text = text_of(cell)
        if len(text) > limit:
            self.report(
                number,
                title,
                _("For langt: %(length)d tegn, og det er plass til %(limit)d.")
                % {"length": len(text), "limit": limit},
            )
        if "\x00" in text:
            self.report(number, title, _("Inneholder tegn som ikke kan lagres."))
        return text

    def report(self, number: int, title: str, reason: str) -> None:
        """Write down what is wrong."""
        self.problems.append(Problem(self.sheet, number, title, reason))

    def _hazard(self, number: int, found: Sequence[Found]) -> str:
        if not found:
            self.report(number, self.titles.get("hazard", ""), _("Mangler. Skriv hva som kan skje."))
            return ""
        title, cell = found[0]
        return self.text(number, (title, on_one_line(text_of(cell))), TITLE_LIMIT)

    def _joined(self, number: int, found: Sequence[Found]) -> str:
        texts = [(title, self.text(number, (title, cell))) for title, cell in found]
        if len(texts) == 1:
            return texts[0][1]
        joined = "\n".join(f"{title}: {text}" for title, text in texts)
        return self.text(number, (texts[0][0], joined)) if texts else ""

    def _with_proposed(self, number: int, existing: str, found: Sequence[Found]) -> str:
        """Measures somebody has thought of stay in the words, since they have neither owner nor date yet."""
        proposed = self._joined(number, found)
        if not proposed:
            return existing
        not_yet = _("Foreslått, ikke innført: %(text)s") % {"text": proposed}
        return self.text(number, (found[0][0], "\n".join(filter(None, (existing, not_yet)))))

    def _score(self, number: int, line: Line, part: str) -> Score | None:
        read = {
            scale: self._level(number, found, scale)
            for scale in ("likelihood", "consequence")
            for found in line.get(f"{part}_{scale}", ())
        }
        likelihood, consequence = read.get("likelihood"), read.get("consequence")
        if likelihood and consequence:
            return Score(likelihood, consequence)
        if (likelihood or consequence) and 0 not in read.values():
            missing = "consequence" if likelihood else "likelihood"
            title = self.titles.get(f"{part}_{missing}") or next(
                title for scale in read for title, _cell in line[f"{part}_{scale}"]
            )
            self.report(number, title, _("Skriv både hvor ofte og hvor ille, eller ingen av dem."))
        return None

    def _level(self, number: int, found: Found, scale: str) -> int | None:
        """0 for one that cannot be understood, which has been written down."""
        title, cell = found
        try:
            return level_of(text_of(cell), self.levels[scale])
        except Unreadable as error:
            self.report(number, title, str(error))
            return 0

    def _forms(self, number: int, found: Sequence[Found]) -> tuple[str, ...]:
        forms: list[str] = []
        for title, cell in found:
            for word in _parts(cell):
                form = _forms_by_word().get(letters(word))
                if form:
                    forms.append(form)
                else:
                    self.report(number, title, _("Ukjent møteform «%(word)s».") % {"word": word[:60]})
        return in_order(forms)

    def _is_said(self, number: int, found: Sequence[Found]) -> bool:
        for title, cell in found:
            word = letters(text_of(cell))
            if word in _YES:
                return True
            if word not in _NO:
                self.report(number, title, _("Skriv «Ja», eller la ruten stå tom."))
        return False

    def _factors(self, number: int, found: Sequence[Found]) -> tuple[int, ...]:
        factors: set[int] = set()
        for title, cell in found:
            for word in _parts(cell):
                if word in _FACTORS:
                    factors.add(_FACTORS[word])
                else:
                    self.report(
                        number,
                        title,
                        _("«%(word)s» er ikke en faktor. Skriv tallene 1–8.") % {"word": word[:60]},
                    )
        return tuple(sorted(factors))


def _parts(cell: Any) -> Iterable[str]:
    words = text_of(cell).replace(";", ",").replace("\n", ",").split(",")
    return filter(None, map(str.strip, words))


@cache
def _forms_by_word() -> dict[str, str]:
    """By what people may write: the code, and the label in each language."""
    found = {letters(form.value): form.value for form in MeetingForm}
    for language in ("nb", "nn", "en"):
        with translation.override(language):
            found |= {letters(str(form.label)): form.value for form in MeetingForm}
    return found

"""What units answered, as a file: the same numbers as on the page, of all rounds, and what they mean."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from tryggmote.statistics.exporting import in_file
from tryggmote.statistics.models import SurveyResult
from tryggmote.statistics.rates import Share
from tryggmote.statistics.survey import survey
from tryggmote.statistics.survey_queries import SAFE, Answered
from tryggmote.ui.spreadsheets import Cell, FileKind


def file_of(results: Iterable[SurveyResult], kind: FileKind) -> bytes:
    """A line for each unit and round, and the dictionary."""
    return in_file(
        {
            _("Svarene"): [_heads(), *map(_line, results)],
            _("Hva tallene teller"): [[_("Ord"), _("Hva det betyr")], *_dictionary()],
        },
        kind,
    )


def file_name(kind: FileKind) -> str:
    """What the file is called."""
    return f"{_('meldekultur')}.{kind}"


def _heads() -> list[Cell]:
    safe = [str(answer.says) for answer in survey().question("safe").answers]
    return [
        _("Enhet og runde"), _("Spurt"), _("Svarte"), *safe, _("Trygt (prosent)"), _("fra"), _("til"),
        _("Meldt"), _("Ikke meldt"), _("Meldt (prosent)"), _("fra"), _("til"),
    ]  # fmt: skip


def _line(result: SurveyResult) -> list[Cell]:
    found = Answered(result, None)
    counts = [getattr(result, code) for code in reversed(SAFE)]
    hidden = _("skjult")
    reported = (
        [hidden, hidden] if found.is_reported_hidden else [result.reported_yes or 0, result.reported_no or 0]
    )
    label = f"{result.unit.name}, {result.round.name.lower()}"
    return [
        label, result.asked, result.answers, *counts, *_share(found.safe), *reported, *_share(found.reported),
    ]  # fmt: skip


def _share(share: Share | None) -> list[Cell]:
    return [round(each, 1) for each in (share.value, share.low, share.high)] if share else ["", "", ""]


def _dictionary() -> Iterator[list[Cell]]:
    book = survey()
    yield [_("Utgave"), book.version]
    yield [_("Spurt"), _("De som møtte brukere i enheten eller under den, da runden ble avsluttet.")]
    yield [_("Svarte"), _("De som svarte på begge spørsmålene. Enheter med færre enn fem står ikke her.")]
    for code, name in (("safe", _("Trygt (prosent)")), ("reported", _("Meldt (prosent)"))):
        question = book.question(code)
        yield [name, f"{question.asks} {question.helps}"]
    yield [_("Trygt (prosent)"), _("De som svarte helt eller litt enig, av alle som svarte.")]
    yield [_("Meldt (prosent)"), _("De som svarte ja, av dem som hadde opplevd noe.")]
    yield [_("skjult"), _("Færre enn fem hadde opplevd noe, eller tallet ville røpet noe om færre enn fem.")]
    yield [_("fra, til"), _("Et 95-prosents intervall: så mye kan tallet svinge tilfeldig.")]

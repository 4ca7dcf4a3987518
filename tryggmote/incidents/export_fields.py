"""What of an incident is handed to an employer's own deviation system: codes and words, never names (2.4).

Names are left out: the deviation system must know what happened and where, and whoever needs to know whom it
happened to asks the leader.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from tryggmote.incidents.codebook import codebook
from tryggmote.incidents.models import Classification, Incident
from tryggmote.organisation.workdays import OSLO


@dataclass(frozen=True)
class Value:
    """Something that can be handed over: its codes, and the same in words. Both empty when not known."""

    codes: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Exported:
    """An incident as its leader sees it, with the latest classification."""

    incident: Incident
    classification: Classification | None


def _plain(value: object) -> Value:
    return Value() if value in (None, "") else Value((str(value),), (str(value),))


def _moment(moment: datetime | None) -> Value:
    return _plain(moment and moment.astimezone(OSLO).isoformat(timespec="minutes"))


def _choice(code: object, word: object) -> Value:
    return Value() if code in (None, "") else Value((str(code),), (str(word),))


def _coded(group: str, codes: Iterable[str], version: str) -> Value:
    found = tuple(codes)
    return Value(found, tuple(codebook(version).words(group, found)))


def _described(group: str, field: str) -> Callable[[Exported], Value]:
    def value(exported: Exported) -> Value:
        classification = exported.classification
        if classification is None:
            return Value()
        found = getattr(classification, field)
        return _coded(group, [found] if isinstance(found, str) else found, classification.codebook)

    return value


def _natures(exported: Exported) -> Value:
    if exported.classification:
        return _described("natures", "natures")(exported)
    return Value(tuple(exported.incident.natures), tuple(exported.incident.nature_words))


def _level(exported: Exported) -> Value:
    level = exported.incident.assessed
    return _choice(level and level.number, level and f"{level.number} – {level.word}")


def _alarm(exported: Exported) -> Value:
    found = exported.classification
    return _choice(found and found.alarm_worked, found and found.get_alarm_worked_display())


FIELDS: dict[str, Callable[[Exported], Value]] = {
    "id": lambda exported: _plain(exported.incident.id),
    "employer": lambda exported: _choice(
        exported.incident.workforce.employer.code, exported.incident.workforce.employer.name
    ),
    "unit": lambda exported: _choice(
        exported.incident.workforce.unit.code, exported.incident.workforce.unit.name
    ),
    "reported_at": lambda exported: _moment(exported.incident.created_at),
    "happened_at": lambda exported: _moment(exported.incident.happened_at),
    "answered_at": lambda exported: _moment(exported.incident.answered_at),
    "form": lambda exported: _choice(exported.incident.form, exported.incident.form_word),
    "place": lambda exported: _plain(exported.incident.place),
    "severity": lambda exported: _choice(
        exported.incident.experienced_severity, exported.incident.experienced_word
    ),
    "level": _level,
    "text": lambda exported: _plain(exported.incident.what_happened),
    "natures": _natures,
    "channel": _described("channels", "channel"),
    "direction": _described("directions", "direction"),
    "triggers": _described("triggers", "triggers"),
    "warning_signs": _described("warning_signs", "warning_signs"),
    "immediate_actions": _described("immediate_actions", "immediate_actions"),
    "consequences": _described("consequences", "consequences"),
    "circumstances": _described("circumstances", "circumstances"),
    "alarm_worked": _alarm,
    "help_after_minutes": lambda exported: _plain(
        exported.classification and exported.classification.help_after_minutes
    ),
    "codebook": lambda exported: _plain(exported.classification and exported.classification.codebook),
}

"""The questions of the check and its rule, as data (requirement 2.2): `questions/<version>/*.yaml`.

A change is a new folder: a check keeps the version it was made with and can always be explained.
"""

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Self

import yaml
from django.utils.translation import get_language
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from tryggmote.organisation.meeting_forms import MEETINGS
from tryggmote.organisation.meeting_levels import Level

FOLDER = Path(__file__).parent / "questions"
RULE_FILE = "rule.yaml"

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class BrokenQuestions(Exception):
    """The question files cannot be used. The message has one line a fault: file, place and reason."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(_Part):
    """One sentence in the three languages; as a string, in the language in force."""

    nb: Annotated[str, Field(min_length=1)]
    nn: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]

    def __str__(self) -> str:
        return str(getattr(self, get_language() or "nb", self.nb))


class Answer(_Part):
    """One answer: its points, and why they are given. `at_least` lifts the level whatever the sum."""

    code: Code
    text: Text
    points: Annotated[int, Field(ge=0, le=20)]
    at_least: Level = Level.LOW
    reason: Text | None = None
    advice: tuple[Code, ...] = ()

    @model_validator(mode="after")
    def _explains_itself(self) -> Self:
        if (self.points or self.at_least is not Level.LOW) and self.reason is None:
            raise ValueError("an answer that gives points must have a reason")
        return self

    @property
    def risk(self) -> tuple[int, int]:
        """What answers to one question are compared by."""
        return (self.points, self.at_least.rank)


class Question(_Part):
    """One question about the situation. `factor`: which of the eight of § 23A-1 it belongs to."""

    code: Code
    factor: Annotated[int, Field(ge=1, le=8)]
    forms: tuple[str, ...] = tuple(MEETINGS)
    text: Text
    help: Text | None = None
    answers: Annotated[tuple[Answer, ...], Field(min_length=2, max_length=4)]

    @model_validator(mode="after")
    def _is_sound(self) -> Self:
        codes = [answer.code for answer in self.answers]
        if len(set(codes)) < len(codes):
            raise ValueError("two answers have the same code")
        if not any(answer.risk == (0, 1) for answer in self.answers):
            raise ValueError("one answer must give no points")
        ordered = sorted(self.answers, key=lambda answer: answer.points)
        if any(a.at_least.rank > b.at_least.rank for a, b in pairwise(ordered)):
            raise ValueError("an answer with more points must not have a lower at_least")
        _only_known_forms(self.forms)
        return self

    def answer(self, code: str) -> Answer | None:
        """The answer with this code, or None."""
        return next((answer for answer in self.answers if answer.code == code), None)


class Together(_Part):
    """Factors weighed together: holds when each named question is answered with at least that risk."""

    code: Code
    when: Annotated[dict[Code, Code], Field(min_length=2)]
    at_least: Level
    reason: Text
    advice: tuple[Code, ...] = ()


class Advice(_Part):
    """A measure to take. Given with an answer that names it, or to everybody from a level."""

    code: Code
    text: Text
    from_level: Level | None = None
    forms: tuple[str, ...] = tuple(MEETINGS)

    @model_validator(mode="after")
    def _has_known_forms(self) -> Self:
        _only_known_forms(self.forms)
        return self


class Thresholds(_Part):
    """The sums from which the level is raised and high."""

    raised: Annotated[int, Field(ge=1)]
    high: Annotated[int, Field(ge=2)]

    @model_validator(mode="after")
    def _rise(self) -> Self:
        if self.high <= self.raised:
            raise ValueError("high must be more than raised")
        return self


class _RuleFile(_Part):
    version: str
    thresholds: Thresholds
    together: tuple[Together, ...] = ()


class _QuestionFile(_Part):
    questions: tuple[Question, ...] = ()
    advice: tuple[Advice, ...] = ()


@dataclass(frozen=True)
class QuestionSet:
    """All questions of one version with the rule that weighs the answers."""

    version: str
    thresholds: Thresholds
    together: tuple[Together, ...]
    questions: tuple[Question, ...]
    advice: tuple[Advice, ...]

    def questions_for(self, form: str) -> tuple[Question, ...]:
        """The questions asked before a meeting of this form, in order."""
        return tuple(question for question in self.questions if form in question.forms)


def load(folder: Path) -> QuestionSet:
    """The question set of one folder. Raises BrokenQuestions naming file, question and field."""
    faults: list[str] = []
    rule = _read(folder / RULE_FILE, _RuleFile, faults)
    # In the order of their file names, which is also the order on the screen.
    paths = [path for path in sorted(folder.glob("*.yaml")) if path.name != RULE_FILE]
    files = [_read(path, _QuestionFile, faults) for path in paths]
    if faults or rule is None:
        raise BrokenQuestions("\n".join(faults))
    found = QuestionSet(
        version=rule.version,
        thresholds=rule.thresholds,
        together=rule.together,
        questions=tuple(question for file in files if file for question in file.questions),
        advice=tuple(advice for file in files if file for advice in file.advice),
    )
    if faults := list(_loose_ends(found)):
        raise BrokenQuestions("\n".join(f"{folder.name}: {fault}" for fault in faults))
    return found


@cache
def version(name: str) -> QuestionSet | None:
    """The question set that a check was made with; None when its files are no longer here."""
    return load(FOLDER / name) if name in versions() else None


def current() -> QuestionSet:
    """The question set that new checks use: the latest version."""
    latest = version(versions()[-1])
    assert latest is not None, "a listed version is there"
    return latest


@cache
def versions() -> tuple[str, ...]:
    """The versions here, oldest first."""
    names = (path.parent.name for path in FOLDER.glob(f"*/{RULE_FILE}"))
    return tuple(sorted(names, key=lambda name: [int(number) for number in name.split("-")]))


def _only_known_forms(forms: tuple[str, ...]) -> None:
    for form in forms:
        if form not in set(MEETINGS):
            raise ValueError(f"unknown meeting form {form!r}")


def _read(path: Path, kind: type[Any], faults: list[str]) -> Any:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        return kind.model_validate(content)
    except FileNotFoundError:
        faults.append(f"{path.name}: the file is missing")
    except yaml.YAMLError as error:
        faults.append(f"{path.name}: not YAML: {error}")
    except ValidationError as error:
        for fault in error.errors():
            faults.append(f"{path.name}: {_place(content, fault['loc'])}: {fault['msg']}")
    return None


def _place(content: Any, location: tuple[int | str, ...]) -> str:
    """Where in the file: items of lists by their code, so that a person finds them."""
    names = []
    for step in location:
        content = content[step] if _has(content, step) else None
        names.append(content.get("code", step) if isinstance(content, dict) else step)
    return " > ".join(str(name) for name in names) or "the whole file"


def _has(content: Any, step: int | str) -> bool:
    if isinstance(content, list):
        return isinstance(step, int) and step < len(content)
    return isinstance(content, dict) and step in content


def _loose_ends(found: QuestionSet) -> list[str]:
    """What is wrong between the parts: names that lead nowhere, and checks too short or too long."""
    faults = []
    questions = {question.code: question for question in found.questions}
    known_advice = {advice.code for advice in found.advice}
    if len(questions) < len(found.questions):
        faults.append("two questions have the same code")
    for question in found.questions:
        for answer in question.answers:
            for code in set(answer.advice) - known_advice:
                faults.append(f"{question.code} > {answer.code}: there is no advice {code!r}")
    for rule in found.together:
        for code in set(rule.advice) - known_advice:
            faults.append(f"{RULE_FILE} > {rule.code}: there is no advice {code!r}")
        for asked, answer_code in rule.when.items():
            if asked not in questions or questions[asked].answer(answer_code) is None:
                faults.append(f"{RULE_FILE} > {rule.code}: there is no answer {asked}: {answer_code}")
    for form in MEETINGS:
        # Choosing the form, answering, showing the result and deciding are five to nine taps in all.
        if not 4 <= (count := len(found.questions_for(form))) <= 6:
            faults.append(f"{form} has {count} questions; a check has four to six")
    return faults

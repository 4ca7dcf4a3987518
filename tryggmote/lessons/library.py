"""The short lessons, as data: what one reads, answers and talks about in ten minutes (4.1).

Kept in `lessons/<version>.yaml`, in our own words. The database is told what each is practice for
(`practised_sql`). Source: forskrift om utførelse av arbeid § 23A-2: training and exercise are repeated.
"""

from functools import cache
from pathlib import Path
from typing import Annotated, Self

from django.utils.translation import gettext as _
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from tryggmote.catalogue.errors import reasons
from tryggmote.catalogue.text import Text
from tryggmote.catalogue.yaml_files import UnreadableFile, read_yaml
from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.training import elements
from tryggmote.training.vocabulary import Kind

FOLDER = Path(__file__).parent / "lessons"
CODE_LIMIT = 40
LIST = Field(strict=False)  # YAML knows lists, we keep tuples


class BrokenLessons(Exception):
    """The file cannot be used. The message names every fault in it."""


def _is_taught(code: str) -> str:
    found = elements.find(code)
    if found is None:
        raise ValueError(f"there is no element “{code}”")
    if found.kind is Kind.EXERCISE:
        raise ValueError(f"“{code}” is an exercise, which no lesson stands in for")
    return code


class Part(BaseModel):
    """Strict, and never changed."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Option(Part):
    """One possible answer."""

    text: Text
    is_right: bool = False


class Question(Part):
    """Something to answer. `why`: said when one has answered, whatever one chose."""

    text: Text
    options: Annotated[tuple[Option, ...], LIST, Field(min_length=2, max_length=4)]
    why: Text

    @model_validator(mode="after")
    def _has_one_right_answer(self) -> Self:
        if sum(option.is_right for option in self.options) != 1:
            raise ValueError("exactly one answer must be right")
        return self


class Lesson(Part):
    """One lesson. `elements`: what of the training it belongs to; `forms`: empty for all. See the file."""

    code: Annotated[str, Field(pattern=rf"^[a-z][a-z0-9_]{{0,{CODE_LIMIT - 1}}}$")]
    title: Text
    about: Text
    minutes: Annotated[int, Field(ge=5, le=20)]
    elements: Annotated[tuple[Annotated[str, AfterValidator(_is_taught)], ...], LIST, Field(min_length=1)]
    forms: Annotated[tuple[Annotated[MeetingForm, Field(strict=False)], ...], LIST] = ()
    points: Annotated[tuple[Text, ...], LIST, Field(min_length=3, max_length=5)]
    questions: Annotated[tuple[Question, ...], LIST, Field(min_length=1, max_length=2)]
    talk: Text

    @property
    def practises(self) -> tuple[str, ...]:
        """The elements for which it is practice when it is held in a meeting: those of that kind."""
        found = (elements.find(code) for code in self.elements)
        return tuple(each.code for each in found if each and each.kind is Kind.PRACTICE)

    def is_for(self, form: str) -> bool:
        """Whether it is about a meeting form; "" for any."""
        return not form or not self.forms or form in self.forms


class Library(Part):
    """All of them, in the order they are shown."""

    version: Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]+$")]
    lessons: Annotated[tuple[Lesson, ...], LIST, Field(min_length=1)]

    @model_validator(mode="after")
    def _names_each_once(self) -> Self:
        codes = [lesson.code for lesson in self.lessons]
        if len(set(codes)) < len(codes):
            raise ValueError("two lessons have the same code")
        return self


@cache
def current() -> Library:
    """Those in use: the latest version. Read once a process. Raises: BrokenLessons."""
    return load(max(FOLDER.glob("*.yaml"), key=lambda file: [int(part) for part in file.stem.split("-")]))


def load(file: Path) -> Library:
    """Those of one file. Raises: BrokenLessons that names every fault."""
    try:
        return Library.model_validate(read_yaml(file).data)
    except UnreadableFile as error:
        raise BrokenLessons(f"{file.name}: {error}") from None
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, where))}: {reason}" for where, reason in reasons(error))
        raise BrokenLessons(f"{file.name}: {faults}") from None


def find(code: str) -> Lesson | None:
    """The lesson with this code; None for one that is no more."""
    return next((lesson for lesson in current().lessons if lesson.code == code), None)


def title_of(code: str) -> str:
    """What the lesson is called in the language in force, also when it is no more."""
    lesson = find(code)
    return str(lesson.title) if lesson else _("En økt som ikke finnes lenger")


def practised_sql() -> str:
    """`app.lessons_practise()`: which lesson is practice for which element, for the policies."""
    pairs = ((lesson.code, element) for lesson in current().lessons for element in lesson.practises)
    values = ",\n    ".join(f"('{lesson}', '{element}')" for lesson, element in pairs)
    return f"""
create or replace function app.lessons_practise()
returns table (lesson text, element text)
language sql immutable parallel safe as $$
  values
    {values}
$$;
"""  # noqa: S608

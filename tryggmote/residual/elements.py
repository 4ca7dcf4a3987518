"""What must be in place for encounters, as data: elements by meeting form (3.2, 3.3, 3.4).

Kept in `elements/<version>.yaml`, in our own words. The database is told the same (`elements_sql`).
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from tryggmote.catalogue.errors import reasons
from tryggmote.catalogue.text import Text
from tryggmote.catalogue.yaml_files import UnreadableFile, read_yaml
from tryggmote.controls import action_card_texts
from tryggmote.controls.vocabulary import MeasureKind
from tryggmote.organisation.meeting_forms import MEETINGS, MeetingForm

FOLDER = Path(__file__).parent / "elements"
CODE_LIMIT = 20
LIST = Field(strict=False)  # YAML knows lists, we keep tuples
Code = Annotated[str, Field(pattern=rf"^[a-z][a-z_]{{0,{CODE_LIMIT - 1}}}$")]


class BrokenElements(Exception):
    """The file cannot be used. The message names every fault in it."""


def _is_a_card(code: str) -> str:
    if action_card_texts.find(code) is None:
        raise ValueError(f"there is no action card “{code}”")
    return code


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Element(_Part):
    """One thing that must be in place. `kind`: what a new measure for it is about.

    `cards`: action cards that are the procedure for it, once the unit has written what holds there.
    """

    code: Code
    title: Text
    what: Text
    kind: Annotated[MeasureKind, Field(strict=False)]
    cards: Annotated[tuple[Annotated[str, AfterValidator(_is_a_card)], ...], LIST] = ()

    def cards_for(self, form: str) -> list[str]:
        """Those of its action cards that are for this meeting form."""
        texts = [text for code in self.cards if (text := action_card_texts.find(code))]
        return [text.code for text in texts if not text.forms or form in text.forms]


class RequiredForms(_Part):
    """A requirement of the standard: the meeting forms it is about, and what must be in place in each."""

    number: Annotated[str, Field(pattern=r"^\d\.\d$")]
    title: Text
    forms: Annotated[tuple[Annotated[MeetingForm, Field(strict=False)], ...], LIST, Field(min_length=1)]
    elements: Annotated[tuple[Element, ...], LIST, Field(min_length=1)]

    @model_validator(mode="after")
    def _names_each_once(self) -> Self:
        codes = [element.code for element in self.elements]
        if len(set(codes)) < len(codes):
            raise ValueError("two elements have the same code")
        return self

    def find(self, code: str) -> Element | None:
        """The element with this code, or None."""
        return next((element for element in self.elements if element.code == code), None)


class Elements(_Part):
    """All that must be in place. Every form of meeting belongs to one requirement."""

    version: Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]+$")]
    requirements: Annotated[tuple[RequiredForms, ...], LIST]

    @model_validator(mode="after")
    def _cover_every_form_once(self) -> Self:
        forms = [form for requirement in self.requirements for form in requirement.forms]
        if sorted(forms) != sorted(MEETINGS):
            raise ValueError("every form of meeting must belong to one requirement")
        return self


@cache
def elements() -> Elements:
    """Those in use: the latest version. Read once a process. Raises: BrokenElements."""
    return load(max(FOLDER.glob("*.yaml"), key=lambda file: [int(part) for part in file.stem.split("-")]))


def load(file: Path) -> Elements:
    """Those of one file. Raises: BrokenElements that names every fault."""
    try:
        return Elements.model_validate(read_yaml(file).data)
    except UnreadableFile as error:
        raise BrokenElements(f"{file.name}: {error}") from None
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, where))}: {reason}" for where, reason in reasons(error))
        raise BrokenElements(f"{file.name}: {faults}") from None


def requirement_of(form: str) -> RequiredForms | None:
    """The requirement that a meeting form belongs to; None for one that is no meeting."""
    return next((required for required in elements().requirements if form in required.forms), None)


def find(code: str, form: str) -> Element | None:
    """What must be in place under this code in this meeting form; None when nothing must."""
    required = requirement_of(form)
    return required.find(code) if required else None


def name_of(code: str, form: str, title: str) -> str:
    """What a record is about, in the language in force: "Verneutstyr · Hjemmebesøk", else its `title`."""
    found = find(code, form)
    return f"{found.title} · {MeetingForm(form).label}" if found else title or code


def cells() -> Iterator[tuple[RequiredForms, Element, MeetingForm]]:
    """Every element in every form it is required for, in order."""
    for required in elements().requirements:
        for element in required.elements:
            for form in required.forms:
                yield required, element, form


def elements_sql() -> str:
    """`app.required_elements()`: the same table for the evidence. Codes and numbers only, checked above."""
    rows: list[tuple[Any, ...]] = [
        (place, required.number, element.code, form.value)
        for place, (required, element, form) in enumerate(cells())
    ]
    values = ",\n    ".join(
        f"({place}, '{number}', '{code}', '{form}')" for place, number, code, form in rows
    )
    return f"""
create or replace function app.required_elements()
returns table (place integer, requirement text, element text, form text)
language sql immutable parallel safe as $$
  values
    {values}
$$;
"""  # noqa: S608

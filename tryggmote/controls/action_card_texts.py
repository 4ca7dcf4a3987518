"""The national action cards as data (3.2, 3.3, 3.4): `action_cards/<version>/*.yaml`, one file a card.

A change is a new folder, so that a card on paper, which says its version, can be told from a newer one.
"""

from functools import cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from tryggmote.catalogue.errors import Problem, reasons
from tryggmote.catalogue.text import LANGUAGES, Text
from tryggmote.catalogue.yaml_files import UnreadableFile, read_yaml
from tryggmote.organisation.meeting_forms import MeetingForm

FOLDER = Path(__file__).parent / "action_cards"
LONGEST_STEP = 55
"""Characters in a step: what is read at a glance, and two lines in large type on a telephone."""
LONGEST_LINE = 70

ICONS = {
    "threat": "ExclamationmarkTriangleIcon",
    "violence": "DoorOpenIcon",
    "phone": "PhoneIcon",
    "suicide": "HandHeartIcon",
    "bomb": "HourglassIcon",
    "visit": "HouseIcon",
    "car": "CarIcon",
    "digital": "VideoIcon",
}
"""What the cards are recognised by. In Python, where the build looks for names of icons."""


class BrokenCards(Exception):
    """The files cannot be used. The message has one line a fault: file, line, field and reason."""


def _is_short(limit: int) -> AfterValidator:
    def check(text: Text) -> Text:
        for language in LANGUAGES:
            if len(words := getattr(text, language)) > limit:
                raise ValueError(f"“{words}” has {len(words)} characters; there is room for {limit}")
        return text

    return AfterValidator(check)


def _is_a_meeting_form(code: str) -> str:
    if code not in MeetingForm.values:
        raise ValueError(f"there is no meeting form “{code}”")
    return code


LIST = Field(strict=False)  # YAML knows lists, we keep tuples
Code = Annotated[str, Field(pattern=r"^[a-z]{3,20}$")]
Step = Annotated[Text, _is_short(LONGEST_STEP)]
Line = Annotated[Text, _is_short(LONGEST_LINE)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Number(_Part):
    """Whom to call, and when."""

    number: Annotated[str, Field(pattern=r"^\d{3,8}$")]
    why: Line

    @property
    def spoken(self) -> str:
        """The number as people say it: "116 117"."""
        size = 3 if len(self.number) == 6 else len(self.number)
        return "\N{NO-BREAK SPACE}".join(
            self.number[at : at + size] for at in range(0, len(self.number), size)
        )


class CardText(_Part):
    """What to do in one situation. `forms`: the meeting forms it is for; empty when it is for all.

    `situations`: its own first; and those in which it takes the place of the general card in its forms.
    `note`: what to write down while it is fresh. `never`: what not to do.
    """

    code: Code
    order: Annotated[int, Field(ge=1)]
    situations: Annotated[tuple[Code, ...], LIST, Field(min_length=1)]
    forms: Annotated[tuple[Annotated[str, AfterValidator(_is_a_meeting_form)], ...], LIST] = ()
    title: Step
    when: Line
    call: Annotated[tuple[Number, ...], LIST, Field(min_length=1, max_length=3)]
    steps: Annotated[tuple[Step, ...], LIST, Field(min_length=4, max_length=8)]
    note: Annotated[tuple[Line, ...], LIST, Field(max_length=6)] = ()
    never: Annotated[tuple[Line, ...], LIST, Field(min_length=1, max_length=4)]

    @model_validator(mode="after")
    def _is_found_by_its_own_name(self) -> Self:
        if self.situations[0] != self.code:
            raise ValueError(f"the first situation of the card “{self.code}” must be its own")
        return self

    @property
    def icon(self) -> str:
        """The name of its icon."""
        return ICONS.get(self.code, "TasklistIcon")


def version() -> str:
    """The version in use: the latest."""
    names = (path.name for path in FOLDER.iterdir() if path.is_dir())
    return max(names, key=lambda name: [int(number) for number in name.split("-")])


@cache
def cards() -> tuple[CardText, ...]:
    """The cards in use, in order. Read once a process. Raises: BrokenCards."""
    return load(FOLDER / version())


def find(code: str) -> CardText | None:
    """The card with this code, or None."""
    return next((card for card in cards() if card.code == code), None)


def cards_sql() -> str:
    """`app.action_cards()`: the codes of the cards in use, for the views."""
    codes = ", ".join(f"'{card.code}'" for card in cards())
    return f"""
create or replace function app.action_cards() returns text[]
language sql immutable parallel safe
return array[{codes}];
"""


def text_for(situation: str, form: str) -> CardText | None:
    """The card for a situation in a meeting of this form: the one for that form, else the general one.

    A threat on the telephone is handled otherwise than one across a table. `form` may be empty or unknown.
    """
    own = (card for card in cards() if situation in card.situations and form in card.forms)
    return next(own, None) or find(situation)


def load(folder: Path) -> tuple[CardText, ...]:
    """The cards of one folder, in order. Raises: BrokenCards with every fault in every file."""
    faults: list[str] = []
    found = [card for file in sorted(folder.glob("*.yaml")) if (card := _read(file, faults))]
    if len({card.code for card in found}) < len(found):
        faults.append(f"{folder.name}: two cards have the same code")
    if faults:
        raise BrokenCards("\n".join(faults))
    return tuple(sorted(found, key=lambda card: (card.order, card.code)))


def _read(file: Path, faults: list[str]) -> CardText | None:
    try:
        document = read_yaml(file)
    except UnreadableFile as error:
        faults.append(str(Problem(file.name, "", "", str(error))))
        return None
    try:
        return CardText.model_validate(document.data)
    except ValidationError as error:
        for place, reason in reasons(error):
            field = ".".join(str(step) for step in place)
            faults.append(str(Problem(file.name, "", field, reason, document.line_of(place))))
    return None

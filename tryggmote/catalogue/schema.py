"""The shape of a file of requirements. Strict: nothing is converted, and nothing unknown is let through."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from tryggmote.catalogue.parties import NAMES
from tryggmote.catalogue.text import Sentence, Text


def _is_a_party(code: str) -> str:
    if code not in NAMES:
        raise ValueError(f"there is no role “{code}”; the roles are {', '.join(NAMES)}")
    return code


def _is_not_empty(items: tuple[Any, ...]) -> tuple[Any, ...]:
    if not items:
        raise ValueError("is empty")
    return items


# A check of its own, not min_length: pydantic counts only the items that are sound.
AT_LEAST_ONE = AfterValidator(_is_not_empty)
LIST = Field(strict=False)  # YAML knows lists, we keep tuples

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Number = Annotated[str, Field(pattern=r"^[a-z0-9]+([.-][a-z0-9]+)*$")]
RuleName = Annotated[str, Field(pattern=r"^evidence_[a-z0-9]+(_[a-z0-9]+)*$")]
Address = Annotated[str, Field(pattern=r"^https?://[^\s\"'<>]+$")]
Party = Annotated[str, AfterValidator(_is_a_party)]
Letters = Annotated[tuple[Annotated[str, Field(pattern=r"^[a-zæøå]$")], ...], LIST]
Parties = Annotated[tuple[Party, ...], LIST]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Act(_Part):
    """An act, regulation or agreement: what it is called, and the short name used in references."""

    short: Text
    name: Text


class Place(_Part):
    """Where a provision stands, from and until when. An agreement has no section."""

    section: Sentence | None = None
    paragraphs: Annotated[tuple[Annotated[int, Field(ge=1, le=12)], ...], LIST] = ()
    letters: Letters = ()
    valid_from: date | None = None
    valid_to: date | None = None
    source: Address
    verified: bool

    @field_validator("valid_to")
    @classmethod
    def _does_not_end_before_it_begins(cls, valid_to: date | None, info: ValidationInfo) -> date | None:
        valid_from = info.data.get("valid_from")
        if valid_from and valid_to and valid_to < valid_from:
            raise ValueError(f"ends on {valid_to}, before it begins on {valid_from}")
        return valid_to

    def is_in_force(self, on: date) -> bool:
        """Whether the provision stands here on that day; both ends are included."""
        return not self.is_earlier(on) and not self.is_later(on)

    def is_earlier(self, on: date) -> bool:
        """Whether it stood here, and no longer does."""
        return self.valid_to is not None and self.valid_to < on

    def is_later(self, on: date) -> bool:
        """Whether it will stand here, but does not yet."""
        return self.valid_from is not None and on < self.valid_from


class Provision(_Part):
    """A rule of law. It stays the same while its place moves: AML § 4-3 fourth paragraph became the sixth."""

    act: Slug
    about: Text
    note: Text | None = None
    places: Annotated[tuple[Place, ...], LIST, AT_LEAST_ONE]


class Evidence(_Part):
    """The rule that computes the status from evidence, by name, and what it asks for in plain words.

    `rule` is given as null where nothing measures the requirement.
    """

    rule: RuleName | None
    says: Text


class Interval(_Part):
    """How often. `months` only where a fixed period exists."""

    months: Annotated[int, Field(ge=1, le=120)] | None = None
    says: Text


class Requirement(_Part):
    """One row: what is asked, by whom, how the product answers it, and which law stands behind it."""

    number: Number
    label: Sentence | None = None
    title: Text
    summary: Text
    here: Text
    responsible: Annotated[Parties, AT_LEAST_ONE]
    involved: Parties = ()
    evidence: Evidence
    interval: Interval
    references: Annotated[tuple[Slug, ...], LIST, AT_LEAST_ONE]

    @property
    def name(self) -> str:
        """The number as it is written to people: "2.4", "AML § 5-1"."""
        return self.label or self.number


class Area(_Part):
    """A chapter of a set."""

    number: Sentence
    title: Text
    lead: Text
    requirements: Annotated[tuple[Requirement, ...], LIST, AT_LEAST_ONE]


class Standard(_Part):
    """A set of requirements: one file. `law` marks duties that stand in law but in no standard."""

    code: Slug
    kind: Literal["standard", "law"]
    order: int
    version: Annotated[int, Field(ge=1)]
    title: Text
    lead: Text
    acts: dict[Slug, Act]
    provisions: dict[Slug, Provision]
    areas: Annotated[tuple[Area, ...], LIST, AT_LEAST_ONE]

    @property
    def is_law_only(self) -> bool:
        """Whether this set is law that the standard leaves out."""
        return self.kind == "law"

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        """All requirements in the order of the file."""
        return tuple(requirement for area in self.areas for requirement in area.requirements)

    def requirement(self, number: str) -> Requirement | None:
        """The requirement with this number, or None."""
        return next((r for r in self.requirements if r.number == number), None)

    def provisions_of(self, requirement: Requirement) -> tuple[Provision, ...]:
        """The rules of law behind a requirement of this set."""
        return tuple(self.provisions[key] for key in requirement.references)

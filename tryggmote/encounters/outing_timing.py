"""When somebody is told that a person who is out alone is not back, as data: one file, by meeting form."""

from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from tryggmote.catalogue.yaml_files import read_yaml
from tryggmote.encounters.outing_rules import OUTING_FORMS, Step

OURS = Path(__file__).parent / "outing_timing" / "2026-1.yaml"


class Minutes(BaseModel):
    """Minutes after the agreed time at which each is told; the person at the time itself."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    contact_min: int = Field(ge=1, le=120)
    leader_min: int = Field(ge=1, le=240)
    call_min: int = Field(ge=5, le=480)

    @model_validator(mode="after")
    def _one_after_the_other(self) -> Self:
        if not self.contact_min < self.leader_min < self.call_min:
            raise ValueError("the contact is told before the leader, and the leader before help is called")
        return self

    def by_step(self) -> dict[Step, timedelta]:
        """How long after the agreed time each step is taken."""
        return {
            Step.SELF: timedelta(0),
            Step.CONTACT: timedelta(minutes=self.contact_min),
            Step.LEADER: timedelta(minutes=self.leader_min),
            Step.CALL: timedelta(minutes=self.call_min),
        }


class OutingTiming(BaseModel):
    """The timing of every form in which people are out alone."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    version: str = Field(pattern=r"^[A-Za-z0-9.-]{1,40}$")
    forms: dict[str, Minutes]

    @model_validator(mode="after")
    def _every_form(self) -> Self:
        if set(self.forms) != {form.value for form in OUTING_FORMS}:
            raise ValueError(f"exactly these forms are needed: {', '.join(OUTING_FORMS)}")
        return self


@cache
def timing() -> OutingTiming:
    """The timing in force. Read once a process."""
    return OutingTiming.model_validate(read_yaml(OURS).data)

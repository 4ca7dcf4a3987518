"""When a call spreads further, as data: one file, read by the pages, the watchers and the database alike."""

from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from tryggmote.catalogue.yaml_files import read_yaml

OURS = Path(__file__).parent / "timing" / "2026-1.yaml"


class Timing(BaseModel):
    """Seconds after the call was raised at which it spreads, while nobody has said that they are coming."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    version: str = Field(pattern=r"^[A-Za-z0-9.-]{1,40}$")
    second_ring_s: int = Field(ge=5, le=300, description="the whole office")
    third_ring_s: int = Field(ge=10, le=900, description="leaders and the county's duty contact")
    unanswered_s: int = Field(ge=15, le=1800, description="everybody is reminded, and the caller is told")
    outside_after_s: int = Field(ge=0, le=60, description="text and e-mail to those no screen has reached")

    def rings_at(self) -> tuple[int, int, int]:
        """Seconds at which rings 2, 3 and the last reminder fire."""
        return self.second_ring_s, self.third_ring_s, self.unanswered_s


@cache
def timing() -> Timing:
    """The timing in force. Read once a process."""
    return Timing.model_validate(read_yaml(OURS).data)


def timing_sql() -> str:
    """`app.ring_at_s(ring)`: how many seconds after the call a ring fires; null after the last.

    `app.outside_after_s()`: when it leaves the screens.
    """
    branches = "\n".join(
        f"    when {ring} then {seconds}" for ring, seconds in enumerate(timing().rings_at(), start=2)
    )
    return f"""
create or replace function app.ring_at_s(ring integer) returns integer
language sql immutable parallel safe
return case ring
{branches}
  end;
create or replace function app.outside_after_s() returns integer
language sql immutable parallel safe return {timing().outside_after_s};
"""

"""Which guides are for whom. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from tryggmote.access.context import SignedInPerson
from tryggmote.guides.contents import GUIDES
from tryggmote.guides.guide import Guide, Step

MOST_FIRST_STEPS = 3


def guides_for(person: SignedInPerson) -> list[Guide]:
    """A guide for each thing the person is, those of roles before that of meeting clients."""
    return [guide for guide in GUIDES if guide.is_for(person)]


def not_put_away(guides: Iterable[Guide], put_away: Collection[str]) -> list[Guide]:
    """Those of `guides` that are still to be shown: with a new role comes its guide."""
    return [guide for guide in guides if guide.code not in put_away]


def without_repetition(guides: Iterable[Guide]) -> list[Guide]:
    """The same guides, each place they lead to named once: where it comes first."""
    led_to: set[str] = set()
    told = []
    for guide in guides:
        steps = tuple(step for step in guide.steps if step.url_name not in led_to)
        led_to.update(step.url_name for step in steps)
        told.append(replace(guide, steps=steps))
    return told


def first_steps(person: SignedInPerson) -> tuple[Step, ...]:
    """The few things that somebody for whom nothing waits can do: what their guide begins with."""
    return next((guide.steps[:MOST_FIRST_STEPS] for guide in guides_for(person)), ())

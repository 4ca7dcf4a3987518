"""What a guide is made of. What they say is in `contents.py`."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise

from tryggmote.access.context import SignedInPerson


@dataclass(frozen=True)
class Step:
    """One of the few things that matter first. `title`: the act; `url_name`: where it is done."""

    title: Promise
    text: Promise
    url_name: str
    icon: str

    def address(self) -> str:
        """Where the step is taken."""
        return reverse(self.url_name)


@dataclass(frozen=True)
class Guide:
    """What one needs to know the first time.

    `code`: what is kept when it is put away. `task`: what one does here. `seen`: what others see of one.
    `help`: who helps, and the step that leads there.
    """

    code: str
    title: Promise
    task: Promise
    steps: tuple[Step, ...]
    seen: Promise
    help: tuple[Promise, Step]
    is_for: Callable[[SignedInPerson], bool]

"""What lessons ask of people on "Now" (2.4): whether what they stood in may be told to others. One query."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.duties.registry import Duty, Urgency
from tryggmote.learning.models import LessonAsking
from tryggmote.learning.queries import asked_of
from tryggmote.ui.dates import day


def lesson_duties(person: SignedInPerson) -> Iterator[Duty]:
    """The questions this person has not answered, as long as the answer can still change something."""
    yield from (_answering(asking) for asking in asked_of(person))


def _answering(asking: LessonAsking) -> Duty:
    # No deadline that can be missed: to answer is voluntary, and a late no counts until the lesson is shared.
    return Duty(
        title=_("Si om en lærdom kan deles"),
        why=f"{asking.version.lesson.unit.name}: {_why(asking)}",
        url=asking.version.lesson.get_absolute_url(),
        action=_("Les og svar"),
        due=None,
        urgency=Urgency.SOON,
        requirement="2.4",
        kind="lesson_asks_you",
    )


def _why(asking: LessonAsking) -> str:
    if asking.answer_by <= timezone.now():
        return _("Den er fra noe du har stått i, og kan bli delt uten svar fra deg. Du kan fortsatt si nei.")
    return _("Den er fra noe du har stått i. Har du ikke svart innen %(day)s, kan lederen dele den.") % {
        "day": day(asking.answer_by)
    }

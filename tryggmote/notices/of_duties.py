"""What people are told of duties (`duties/telling.py`): figures only, and the same figures once a day."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tryggmote.duties.telling import HandedOn, LateBelow, Reminder, Returned, StandsIn, TakenOver, Told
from tryggmote.notices.registry import NoticeKind
from tryggmote.notices.services import tell
from tryggmote.notices.vocabulary import Strength
from tryggmote.ui.dates import OSLO

Said = tuple[tuple[str, int], ...]
KINDS = (
    NoticeKind(
        "duties_reminder",
        title=_("Frister du har"),
        body=_("Over fristen: %(late)s. I dag: %(today)s. De neste dagene: %(soon)s."),
        strength=Strength.DIGEST,
    ),
    NoticeKind(
        "duties_late_below",
        title=_("Noe er lenge over fristen hos noen du leder"),
        body=_("Det gjelder %(number)s gjøremål. Snakk med dem som har ansvaret."),
    ),
    NoticeKind(
        "duties_taken_over",
        title=_("Du har tatt over gjøremål"),
        body=_("%(number)s gjøremål er nå dine, fordi noen har sluttet eller fått en annen rolle."),
    ),
    NoticeKind(
        "duties_stands_in",
        title=_("Du er stedfortreder"),
        body=_(
            "Lederen din har valgt deg for noen dager. Da ser du det lederen ser, og får det lederen får."
        ),
    ),
    NoticeKind(
        "duties_handed_on",
        title=_("En kollega ber deg gjøre noe"),
        body=_("%(number)s gjøremål er gitt videre til deg. Du kan gi dem tilbake."),
    ),
    NoticeKind(
        "duties_returned",
        title=_("Noe du ga videre, er ditt igjen"),
        body=_(
            "%(number)s gjøremål, fordi kollegaen ikke kan gjøre dem lenger. "
            "Gjør dem selv, eller gi dem til en annen."
        ),
    ),
)


def tell_of_duties(told: Iterable[Told], moment: datetime) -> None:
    """Those who are told the same are told together: a few questions, however many people."""
    alike: dict[tuple[str, Said], list[int]] = defaultdict(list)
    for each in told:
        kind, figures = _said(each)
        alike[kind, tuple(figures.items())].append(each.person_id)
    for (kind, said), person_ids in alike.items():
        url = reverse("duties:late" if kind == "duties_late_below" else "duties:all")
        tell(person_ids=person_ids, kind=kind, subject_id=_matter(moment, said), url=url, context=dict(said))


def _said(told: Told) -> tuple[str, dict[str, int]]:
    match told:
        case Reminder(late=late, today=today, soon=soon):
            return "duties_reminder", {"late": late, "today": today, "soon": soon}
        case LateBelow(number=number):
            return "duties_late_below", {"number": number}
        case TakenOver(number=number):
            return "duties_taken_over", {"number": number}
        case StandsIn():
            return "duties_stands_in", {}
        case HandedOn(number=number):
            return "duties_handed_on", {"number": number}
        case Returned(number=number):
            return "duties_returned", {"number": number}


def _matter(moment: datetime, said: Said) -> UUID:
    """The day and the figures are the matter: what has not been seen yet does not keep what is new away."""
    return uuid5(NAMESPACE_URL, f"duties {moment.astimezone(OSLO).date().isoformat()} {said}")

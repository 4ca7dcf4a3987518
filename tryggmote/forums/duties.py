"""What forums ask of people on "Now" (1.3, AML § 7-2). One query (`app.forum_duties`); the words are here."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy

from tryggmote.access.context import SignedInPerson
from tryggmote.duties.registry import Duty, Text, Urgency
from tryggmote.forums.vocabulary import MeetingKind
from tryggmote.ui.dates import day, oslo_day, oslo_today

SOON_DAYS = 7


@dataclass(frozen=True)
class Owed:
    """One thing owed to a forum. `on`: the day it is due, or that it is about; `words`: what is decided."""

    what: str
    subject: UUID | None
    unit_id: int
    unit: str
    on: date | None
    kind: str
    words: str


@dataclass(frozen=True)
class Words:
    """How one sort of duty is said. `has_due`: whether `Owed.on` is the day it is due."""

    title: Text
    why: Text
    action: Text
    url: Callable[[Owed], str]
    requirement: str = "1.3"
    has_due: bool = False


def _plan(owed: Owed) -> str:
    return f"{reverse('forums:plan')}?slag={owed.kind}&enhet={owed.unit_id}"


def _meeting(owed: Owed) -> str:
    return reverse("forums:meeting", args=[owed.subject])


def _minutes(owed: Owed) -> str:
    return reverse("forums:minutes", args=[owed.subject])


def _cases(owed: Owed) -> str:
    return reverse("forums:cases")


def _decision(owed: Owed) -> str:
    return reverse("forums:decision", args=[owed.subject])


WORDS = {
    "yearly": Words(
        gettext_lazy("Planlegg partnerskapsmøte om vold og trusler"),
        gettext_lazy("%(unit)s: Stat og kommune skal behandle det hvert år."),
        gettext_lazy("Planlegg møtet"),
        _plan,
        has_due=True,
    ),
    "case": Words(
        gettext_lazy("Skal partnerskapet behandle hendelsen på nivå %(words)s?"),
        gettext_lazy("%(unit)s, %(month)s. Begge eierne svarer, og et nei krever en grunn."),
        gettext_lazy("Svar"),
        _cases,
    ),
    "approve": Words(
        gettext_lazy("Godkjenn referatet fra møtet"),
        gettext_lazy("%(kind)s, %(unit)s: Sendt %(day)s. Det teller når begge parter har godkjent."),
        gettext_lazy("Les og godkjenn"),
        _meeting,
    ),
    "minutes": Words(
        gettext_lazy("Skriv ferdig referatet"),
        gettext_lazy("%(kind)s, %(unit)s: Møtet var %(day)s."),
        gettext_lazy("Skriv"),
        _minutes,
    ),
    "publish": Words(
        gettext_lazy("Publiser referatet"),
        gettext_lazy("%(kind)s, %(unit)s: Begge parter godkjente %(day)s."),
        gettext_lazy("Åpne møtet"),
        _meeting,
    ),
    "task": Words(
        gettext_lazy("%(words)s"),
        gettext_lazy("%(kind)s, %(unit)s: Møtet ga deg oppgaven."),
        gettext_lazy("Åpne oppgaven"),
        _decision,
        has_due=True,
    ),
    "review": Words(
        gettext_lazy("Planlegg utvalgets gjennomgang av hendelsene"),
        gettext_lazy("%(unit)s: Kvartalet som sluttet %(day)s, er ikke gått gjennom."),
        gettext_lazy("Planlegg møtet"),
        _plan,
        "aml-7-2",
    ),
    "report": Words(
        gettext_lazy("Planlegg utvalgets årsrapport"),
        gettext_lazy("%(unit)s: Utvalget har ikke gitt årsrapport de siste tolv månedene."),
        gettext_lazy("Planlegg møtet"),
        _plan,
        "aml-7-2",
    ),
}


def forum_duties(person: SignedInPerson) -> Iterator[Duty]:
    """What this person owes the forums they sit in, own or lead; one query."""
    with connection.cursor() as cursor:
        cursor.execute("select what, subject, unit_id, unit, on_day, kind, words from app.forum_duties()")
        owed = [Owed(*row) for row in cursor.fetchall()]
    today = oslo_today()
    return (_duty(each, WORDS[each.what], today) for each in owed)


def _duty(owed: Owed, words: Words, today: date) -> Duty:
    said: dict[str, Any] = {
        "unit": owed.unit,
        "words": owed.words,
        "kind": MeetingKind(owed.kind).label,
        "day": day(owed.on) if owed.on else "",
        "month": date_format(owed.on, "YEAR_MONTH_FORMAT") if owed.on else "",
    }
    due = owed.on if words.has_due else None
    return Duty(
        title=str(words.title) % said,
        why=str(words.why) % said,
        url=words.url(owed),
        action=str(words.action),
        due=oslo_day(due)[1] if due else None,
        urgency=_urgency(due, today),
        requirement=words.requirement,
        kind=f"forum_{owed.what}",
    )


def _urgency(due: date | None, today: date) -> Urgency:
    if due is None:
        return Urgency.SOON
    if due <= today:
        return Urgency.TODAY
    return Urgency.SOON if (due - today).days <= SOON_DAYS else Urgency.LATER

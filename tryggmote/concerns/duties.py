"""What concerns, demands and stops ask on "Now", in words, and what is stopped where one works (AML ch. 6).

`duties.sql` says of whom and by when. A concern that nobody answers goes to the next leader by itself
(`passing_on.py`).
"""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.access.context import SignedInPerson
from tryggmote.concerns import formal_queries
from tryggmote.duties.kinds import DutyKind, Owed, Receiver, Wording
from tryggmote.duties.registry import Ongoing

AT_MOST = 20
PANEL = "concerns/stop_panel.html"
DEMANDS = "aml-6-2"
STOPS = "aml-6-3"


def _answering(owed: Owed) -> Wording:
    return Wording(
        title=_("Svar %(name)s, som er bekymret") % owed.words,
        why=_("%(unit)s: Den som skrev, venter på svar. Uten svar går det videre til neste leder.")
        % owed.words,
        url=reverse("concerns:concern", args=[owed.subject]),
        action=_("Les og svar"),
    )


def _answering_demand(owed: Owed) -> Wording:
    return Wording(
        title=_("Svar på kravet fra verneombudet"),
        why=_("%(unit)s: Arbeidsgiveren skal svare verneombudet på en melding om fare.") % owed.words,
        url=reverse("concerns:demand", args=[owed.subject]),
        action=_("Les og svar"),
    )


def _taking_further(owed: Owed) -> Wording:
    return Wording(
        title=_("Kravet ditt er ikke besvart"),
        why=_("%(unit)s: Når fristen er ute, melder du det videre til AMU eller Arbeidstilsynet.")
        % owed.words,
        url=reverse("concerns:demand", args=[owed.subject]),
        action=_("Åpne kravet"),
    )


def _making_safe(owed: Owed) -> Wording:
    return Wording(
        title=_("Gjør det trygt der arbeidet er stanset"),
        why=_("%(unit)s: Si hva dere har gjort, når faren er over.") % owed.words,
        url=reverse("concerns:stop", args=[owed.subject]),
        action=_("Åpne stansen"),
    )


def _judging(owed: Owed) -> Wording:
    return Wording(
        title=_("Kan arbeidet begynne igjen?"),
        why=_("%(unit)s: Arbeidsgiveren har sagt hva som er gjort. Si om du er enig.") % owed.words,
        url=reverse("concerns:stop", args=[owed.subject]),
        action=_("Åpne stansen"),
    )


KINDS = (
    DutyKind("concern_to_answer", "", gettext_lazy("Svar på en bekymring"), _answering, escalates=False),
    DutyKind(
        "demand", DEMANDS, gettext_lazy("Svar på et krav fra verneombudet"), _answering_demand,
        goes_to=Receiver.LEADER,
    ),
    DutyKind(
        "demand_unanswered", DEMANDS, gettext_lazy("Krav som ikke er besvart"), _taking_further,
        escalates=False,
    ),
    DutyKind("stop", STOPS, gettext_lazy("Arbeid som er stanset"), _making_safe, goes_to=Receiver.LEADER),
    DutyKind("stop_to_judge", STOPS, gettext_lazy("Arbeid som er stanset"), _judging, escalates=False),
)  # fmt: skip


def stopped_where_one_works(person: SignedInPerson) -> Iterator[Ongoing]:
    """What is stopped in the units one works in."""
    if person.units:
        for stop in formal_queries.stops_in([unit.id for unit in person.units])[:AT_MOST]:
            yield Ongoing(PANEL, {"stop": stop})

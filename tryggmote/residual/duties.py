"""What 3.0 and 3.2-3.4 ask of people on "Now", in words: what is missing, to be heard, approved and reviewed.

`duties.sql` says of whom and by when. That it is to be read and confirmed is asked by `information`.
"""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.duties.kinds import DutyKind, Owed, Receiver, Wording
from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.residual import elements
from tryggmote.ui.dates import day

REQUIREMENT = "3.0"


def _filling(owed: Owed) -> Wording:
    element_code, form, number = (owed.words[part] for part in ("element", "form", "number"))
    required = elements.requirement_of(form)
    element = elements.find(element_code, form)
    assert required, "the database has its forms from the same file (`elements_sql`)"
    if number == 1:
        title = _("Bestem hva som skal ivareta «%(element)s» (%(form)s)") % {
            "element": element.title if element else element_code,
            "form": MeetingForm(form).label.lower(),
        }
        url = reverse("residual:cell", args=[owed.unit_id, element_code, form])
    else:
        title = _("Få på plass det som mangler: %(area)s (%(number)s)") % {
            "area": str(required.title).lower(),
            "number": number,
        }
        url = f"{reverse('residual:matrix_of', args=[owed.unit_id])}#krav-{required.number}"
    return Wording(
        title=title,
        why=_("%(unit)s: Velg et tiltak eller en rutine som gjelder, eller beskriv hvorfor det ikke går.")
        % owed.words,
        url=url,
        action=_("Se hva som mangler"),
    )


def _approving(owed: Owed) -> Wording:
    return _of_record(
        owed,
        title=_("Gjør ferdig restrisikoen «%(name)s»"),
        why=_("%(unit)s: Utkastet venter. Det gjelder først når verneombudet er hørt og du har godkjent."),
        url=reverse("residual:draft", args=[owed.subject]),
        action=_("Åpne utkastet"),
    )


def _reviewing(owed: Owed) -> Wording:
    if owed.words["is_passed"]:
        why = _("%(unit)s: Den gjaldt til %(day)s. Nå regnes det som at ingenting er på plass.")
    elif owed.words["is_asked_for"]:
        why = _("%(unit)s: Den gjelder til %(day)s. Den fornyes ikke av seg selv.")
    else:
        why = _("%(unit)s: Et tiltak som skulle veie opp, er avsluttet.")
    return _of_record(
        owed,
        title=_("Gå gjennom restrisikoen «%(name)s»"),
        why=why,
        url=reverse("residual:record", args=[owed.subject]),
        action=_("Gå gjennom"),
    )


def _speaking(owed: Owed) -> Wording:
    return _of_record(
        owed,
        title=_("Si hva du mener om restrisikoen «%(name)s»"),
        why=_("%(unit)s: Lederen kan ikke godkjenne den før du er hørt."),
        url=reverse("residual:draft", args=[owed.words["record"]]),
        action=_("Uttal deg"),
    )


def _of_record(owed: Owed, *, title: str, why: str, url: str, action: str) -> Wording:
    until = owed.words.get("until")
    words = {
        "name": elements.name_of(*(owed.words[part] for part in ("element", "form", "title"))),
        "unit": owed.words["unit"],
        "day": day(date.fromisoformat(until)) if until else "",
    }
    return Wording(title % words, why % words, url, action)


FILLING = tuple(
    DutyKind(
        f"residual_empty_{number.replace('.', '_')}", number,
        gettext_lazy("Noe som skal være på plass i møter, og mangler"), _filling, goes_to=Receiver.LEADER,
    )
    for number in ("3.2", "3.3", "3.4")
)  # fmt: skip
KINDS = (
    *FILLING,
    DutyKind(
        "residual_draft", REQUIREMENT, gettext_lazy("Godkjenning av en restrisiko"), _approving,
        goes_to=Receiver.LEADER,
    ),
    DutyKind(
        "residual_review", REQUIREMENT, gettext_lazy("Gjennomgang av en restrisiko"), _reviewing,
        goes_to=Receiver.LEADER,
    ),
    # Nobody is the leader of a safety representative in that.
    DutyKind(
        "residual_hearing", REQUIREMENT, gettext_lazy("Uttalelse om en restrisiko"), _speaking,
        escalates=False,
    ),
)  # fmt: skip

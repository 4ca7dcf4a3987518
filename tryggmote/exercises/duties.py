"""What exercises ask of people on "Now", in words (4.1, § 23A-2); `duties.sql` says of whom and by when."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.duties.kinds import DutyKind, Owed, Receiver, Wording
from tryggmote.exercises.library import scenario_of
from tryggmote.exercises.vocabulary import Part
from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.ui.dates import when

REQUIREMENT = "4.1"


def _being_there(owed: Owed) -> Wording:
    is_running = owed.words["is_running"]
    return Wording(
        title=_("Øvelse: %(title)s") % {"title": _title(owed)},
        why=_("%(unit)s: Den pågår nå.") % owed.words
        if is_running
        else f"{owed.words['unit']}: {Part(owed.words['part']).label}, {_starts(owed)}",
        url=reverse("exercises:run" if is_running else "exercises:exercise", args=[owed.subject]),
        action=_("Åpne øvelsen"),
    )


def _evaluating(owed: Owed) -> Wording:
    return Wording(
        title=_("Si hvordan øvelsen var"),
        why=_("%(unit)s: Fire spørsmål, ett minutt. Ingen ser hvem som svarte hva.") % owed.words,
        url=reverse("exercises:evaluate", args=[owed.subject]),
        action=_("Svar"),
    )


def _deciding(owed: Owed) -> Wording:
    return Wording(
        title=_("Bestem om øvelsen «%(title)s»") % {"title": _title(owed)},
        why=_("%(unit)s: Foreslått av %(name)s, %(when)s.") % {**owed.words, "when": _starts(owed)},
        url=reverse("exercises:exercise", args=[owed.subject]),
        action=_("Les og bestem"),
    )


def _reporting(owed: Owed) -> Wording:
    return Wording(
        title=_("Gjør ferdig øvelsen «%(title)s»") % {"title": _title(owed)},
        why=_("%(unit)s: Bestem hva som skjer med funnene, så kan enheten lese hva dere lærte.") % owed.words,
        url=reverse("exercises:exercise", args=[owed.subject]),
        action=_("Gå videre"),
    )


def _exercising(owed: Owed) -> Wording:
    """`forms`: meeting forms, and "" for the unit as a whole."""
    is_whole = "" in owed.words["forms"]
    forms = [form for form in MeetingForm if form in owed.words["forms"]]
    words = [_("Enheten som helhet")] * is_whole + [str(form.label) for form in forms]
    return Wording(
        title=_("Hold en øvelse i %(unit)s") % owed.words,
        why=_("Hvert år skal alle ha øvd. Det gjelder: %(forms)s.") % {"forms": ", ".join(words)},
        url=f"{reverse('exercises:library')}?form={next(iter(forms), '')}",
        action=_("Velg en øvelse"),
    )


def _title(owed: Owed) -> str:
    return str(scenario_of(owed.words["version"], owed.words["scenario"]).title)


def _starts(owed: Owed) -> str:
    return when(datetime.fromisoformat(owed.words["starts_at"]))


KINDS = (
    DutyKind("exercise_invitation", REQUIREMENT, gettext_lazy("Øvelse"), _being_there, escalates=False),
    DutyKind(
        "exercise_evaluation", REQUIREMENT, gettext_lazy("Vurdering av en øvelse"), _evaluating,
        escalates=False,
    ),
    DutyKind(
        "exercise_suggestion", REQUIREMENT, gettext_lazy("Forslag om en øvelse"), _deciding,
        goes_to=Receiver.LEADER,
    ),
    DutyKind(
        "exercise_report", REQUIREMENT, gettext_lazy("Øvelse som ikke er gjort ferdig"), _reporting,
        goes_to=Receiver.LEADER,
    ),
    DutyKind(
        "yearly_exercise", REQUIREMENT, gettext_lazy("Årlig øvelse"), _exercising,
        goes_to=Receiver.LEADER,
    ),
)  # fmt: skip

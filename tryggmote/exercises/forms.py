"""An exercise as people fill it in: what, when, who, what was seen, how it was."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tryggmote.exercises.library import ExerciseScenario
from tryggmote.exercises.models import (
    LINE_LIMIT,
    OBJECTIVE_LIMIT,
    PLACE_LIMIT,
    TEXT_LIMIT,
    Exercise,
    Participant,
)
from tryggmote.exercises.planning import Cast, ExerciseDraft, RiskAim
from tryggmote.exercises.queries import Aim, Risk
from tryggmote.exercises.running import Seen
from tryggmote.exercises.vocabulary import Part, Way
from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.organisation.models import Person, Unit
from tryggmote.ui.forms import (
    NO_PERSONAL_DATA,
    BigCheckboxSelectMultiple,
    BigRadioSelect,
    FilterForm,
    FreeText,
    SentOnce,
)

LATEST_YEARS_AHEAD = 3


class LibraryFilter(FilterForm):
    """Narrow the library to a meeting form."""

    form = forms.ChoiceField(label=_("Møteform"), choices=[("", _("Alle")), *MeetingForm.choices])


class UnitChoice(FilterForm):
    """Which unit the exercise is for; named in the address."""

    enhet = forms.ModelChoiceField(label=_("Enhet"), queryset=Unit.objects.none(), empty_label=None)

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["enhet"].queryset = units  # type: ignore[attr-defined]


class TimeAhead(forms.DateTimeField):
    """A moment that is still to come, in the next few years."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            error_messages={
                "required": _("Velg dag og klokkeslett."),
                "invalid": _("Skriv dag og klokkeslett, for eksempel 31.12.2026 kl. 13.00."),
            },
            **kwargs,
        )

    def clean(self, value: Any) -> datetime | None:
        chosen: datetime | None = super().clean(value)
        now = timezone.now()
        if chosen and chosen < now:
            raise ValidationError(_("Tidspunktet har vært. Velg et som kommer."))
        if chosen and chosen.year > now.year + LATEST_YEARS_AHEAD:
            raise ValidationError(_("Årstallet er for langt fram. Velg en dag de nærmeste tre årene."))
        return chosen


class MoveForm(forms.Form):
    """Another time or place."""

    starts_at = TimeAhead(label=_("Når begynner den?"))
    place = forms.CharField(
        label=_("Hvor?"),
        help_text=_("Rommet eller stedet, for eksempel «Mottaket etter stengetid»."),
        max_length=PLACE_LIMIT,
        required=False,
    )


class PlanForm(SentOnce, MoveForm):
    """What is exercised and when. What is chosen beforehand is what fits the scenario and the unit."""

    way = forms.ChoiceField(
        label=_("Hvordan øver dere?"),
        widget=BigRadioSelect(
            descriptions={
                Way.TABLETOP: _("Dere snakker dere gjennom den, rundt et bord."),
                Way.PRACTICAL: _("Dere gjør det, der det kunne ha skjedd. Alarmen kan øves samtidig."),
            }
        ),
        error_messages={"required": _("Velg hvordan dere øver.")},
    )
    meeting_forms = forms.MultipleChoiceField(
        label=_("Hvilke møteformer øver dere på?"),
        widget=BigCheckboxSelectMultiple(in_pairs=True),
        error_messages={"required": _("Velg minst én møteform.")},
    )
    objectives = forms.TypedMultipleChoiceField(
        label=_("Hva vil dere oppnå?"),
        help_text=_("Få mål er best. Dere svarer på hvert av dem etterpå."),
        coerce=int,
        widget=BigCheckboxSelectMultiple,
        error_messages={"required": _("Velg minst ett mål.")},
    )
    risks = forms.MultipleChoiceField(
        label=_("Risikoer fra vurderingen deres"),
        help_text=_("De som er over det dere godtar, står først."),
        widget=BigCheckboxSelectMultiple,
        required=False,
    )

    def __init__(
        self, *args: Any, unit: Unit, scenario: ExerciseScenario, risks: Collection[Risk], **kwargs: Any
    ) -> None:
        self.unit, self.scenario = unit, scenario
        self.by_lineage = {str(risk.scenario.lineage): risk for risk in risks}
        used = [form for form in scenario.forms if form.value in unit.meeting_forms]
        kwargs["initial"] = {
            "way": scenario.ways[0],
            "meeting_forms": used or list(scenario.forms),
            "objectives": list(range(1, len(scenario.objectives) + 1)),
            "risks": [key for key, risk in self.by_lineage.items() if risk.is_above and risk.is_answered],
            **(kwargs.get("initial") or {}),
        }
        super().__init__(*args, **kwargs)
        self._offer("way", [(way.value, way.label) for way in scenario.ways])
        self._offer("meeting_forms", [(form.value, form.label) for form in scenario.forms])
        self._offer("objectives", [*enumerate(map(str, scenario.objectives), 1)])
        self._offer("risks", [(key, _risk_in_words(risk)) for key, risk in self.by_lineage.items()])
        if not risks:
            del self.fields["risks"]
        self.order_fields(["starts_at", "place", "way", "meeting_forms", "objectives", "risks"])

    def _offer(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        self.fields[name].choices = list(choices)  # type: ignore[attr-defined]

    def draft(self) -> ExerciseDraft:
        """What was filled in. Call when valid."""
        said = self.cleaned_data
        chosen = [self.by_lineage[key].scenario for key in said.get("risks", [])]
        return ExerciseDraft(
            id=said["id"],
            unit_id=self.unit.id,
            scenario=self.scenario.code,
            way=said["way"],
            forms=tuple(said["meeting_forms"]),
            starts_at=said["starts_at"],
            place=said["place"],
            objectives=tuple(said["objectives"]),
            risks=tuple(RiskAim(each.lineage, each.hazard[:OBJECTIVE_LIMIT]) for each in chosen),
        )


def _risk_in_words(risk: Risk) -> str:
    if risk.is_above:
        return _now("%(risk)s (over det dere godtar)") % {"risk": risk.scenario.hazard}
    return risk.scenario.hazard


class PeopleForm(forms.Form):
    """Who leads, who observes, who takes part, and who plays which role."""

    mark_optional = False

    leads = forms.ModelChoiceField(
        label=_("Hvem leder øvelsen?"),
        help_text=_("Den som holder klokka og gir innspillene."),
        queryset=Person.objects.none(),
        empty_label=_("Velg"),
        error_messages={
            "required": _("Velg hvem som leder øvelsen."),
            "invalid_choice": _("Personen hører ikke til enheten lenger. Velg en annen."),
        },
    )
    takes_part = forms.ModelMultipleChoiceField(
        label=_("Hvem deltar?"),
        queryset=Person.objects.none(),
        widget=BigCheckboxSelectMultiple(in_pairs=True),
        required=False,
    )
    observes = forms.ModelMultipleChoiceField(
        label=_("Hvem observerer?"),
        help_text=_("De skriver ned det de ser, på telefonen. Den som observerer, deltar ikke selv."),
        queryset=Person.objects.none(),
        widget=BigCheckboxSelectMultiple(in_pairs=True),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        exercise: Exercise,
        people: QuerySet[Person],
        now: Iterable[Participant],
        **kwargs: Any,
    ) -> None:
        rows = list(now)
        chosen: dict[str, Any] = {
            "leads": next((row.person_id for row in rows if row.part == Part.LEADS), None),
            "takes_part": [row.person_id for row in rows if row.part == Part.TAKES_PART],
            "observes": [row.person_id for row in rows if row.part == Part.OBSERVES],
            **{f"role_{row.role}": row.person_id for row in rows if row.role},
        }
        kwargs["initial"] = chosen
        super().__init__(*args, **kwargs)
        self.roles = range(1, len(exercise.played.roles) + 1)
        for number, role in enumerate(exercise.played.roles, 1):
            self.fields[f"role_{number}"] = forms.ModelChoiceField(
                label=str(role), queryset=people, empty_label=_("Ingen bestemt"), required=False
            )
        for name in ("leads", "takes_part", "observes"):
            self.fields[name].queryset = people  # type: ignore[attr-defined]

    @property
    def opens_observers(self) -> bool:
        """Whether the list of observers is open: somebody is chosen, or something is wrong there."""
        return bool(self["observes"].value() or self["observes"].errors)

    @property
    def role_fields(self) -> list[forms.BoundField]:
        return [self[f"role_{number}"] for number in self.roles]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        players = [said.get(f"role_{number}") for number in self.roles]
        if {player for player in players if player} & set(said.get("observes") or []):
            self.add_error(
                "observes", _("Den som har en rolle, kan ikke observere. Velg en annen observatør.")
            )
        return said

    def cast(self) -> Cast:
        """Who does what. Call when valid."""
        said = self.cleaned_data
        return Cast(
            leads=said["leads"].id,
            observes=frozenset(person.id for person in said["observes"]),
            takes_part=frozenset(person.id for person in said["takes_part"]),
            roles={
                person.id: number
                for number in self.roles
                if (person := said.get(f"role_{number}")) is not None
            },
        )


class CallOffForm(SentOnce):
    reason = forms.CharField(
        label=_("Hvorfor blir det ikke noe av?"),
        max_length=LINE_LIMIT,
        error_messages={"required": _("Skriv hvorfor, i en setning.")},
    )


class AttendanceForm(forms.Form):
    """Who was there, of those invited."""

    mark_optional = False

    there = forms.TypedMultipleChoiceField(
        label=_("Hvem er her?"), coerce=int, widget=BigCheckboxSelectMultiple(in_pairs=True), required=False
    )

    def __init__(self, *args: Any, people: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["there"].choices = list(people)  # type: ignore[attr-defined]


class ObservationForm(SentOnce):
    """What is seen, typed in a hurry."""

    mark_optional = False

    words = FreeText(
        limit=TEXT_LIMIT,
        rows=2,
        label=_("Hva ser du?"),
        help_text=NO_PERSONAL_DATA,
        error_messages={"required": _("Skriv hva du ser, med noen få ord.")},
    )
    objective = forms.ChoiceField(label=_("Hvilket mål gjelder det?"), required=False)
    is_finding = forms.BooleanField(
        label=_("Dette må endres"),
        help_text=_("Det blir et funn som dere bestemmer om etterpå."),
        required=False,
    )

    def __init__(self, *args: Any, aims: Iterable[Aim], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(aim.objective.id), aim.words) for aim in aims]
        self.fields["objective"].choices = [("", _("Ikke noe bestemt")), *choices]  # type: ignore[attr-defined]

    def seen(self) -> Seen:
        """What was typed. Call when valid."""
        said = self.cleaned_data
        return Seen(
            id=said["id"],
            words=said["words"],
            objective_id=UUID(said["objective"]) if said["objective"] else None,
            is_finding=said["is_finding"],
        )


class InjectForm(SentOnce):
    """The number of the inject that is given."""

    number = forms.IntegerField(min_value=1, max_value=100, widget=forms.HiddenInput)

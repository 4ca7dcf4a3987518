"""What is written in a case: its beginning, its text, and who handles it. It may be saved half done."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tryggmote.client_measures import rules
from tryggmote.client_measures.fields import CaseReference, CaseText, Day
from tryggmote.client_measures.guidelines import guidelines
from tryggmote.client_measures.models import SHORT_LIMIT, ClientMeasure
from tryggmote.client_measures.services import CaseDraft
from tryggmote.client_measures.vocabulary import LetterLanguage, Weighed
from tryggmote.incidents.models import Incident
from tryggmote.organisation.models import Person, Unit
from tryggmote.ui.dates import day
from tryggmote.ui.forms import BigCheckboxSelectMultiple, BigRadioSelect, ClientMadeId, SentOnce


class BeginForm(SentOnce):
    """The beginning of a case: where it belongs, and in which form the client writes."""

    unit = forms.ModelChoiceField(
        label=_("Enhet"),
        queryset=Unit.objects.none(),
        empty_label=_("Velg"),
        error_messages={
            "required": _("Velg enheten som skal behandle saken."),
            "invalid_choice": _("Du arbeider ikke i denne enheten. Velg en annen."),
        },
    )
    case_reference = CaseReference()
    letter_language = forms.ChoiceField(
        label=_("Målform i brevene"),
        help_text=_("Den målformen brukeren selv skriver."),
        choices=LetterLanguage.choices,
        initial=LetterLanguage.BOKMAL,
        widget=BigRadioSelect(in_pairs=True),
        error_messages={"required": _("Velg bokmål eller nynorsk.")},
    )
    incident = ClientMadeId()

    def __init__(self, *args: Any, units: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        field.queryset = Unit.objects.filter(id__in=[unit.id for unit in units])  # type: ignore[attr-defined]
        if len(units) == 1:
            field.initial = units[0].id
            field.widget = forms.HiddenInput()

    def draft(self) -> CaseDraft:
        """The answers as the service takes them. Call when the form is valid."""
        answers = self.cleaned_data
        return CaseDraft(
            id=answers["id"],
            unit_id=answers["unit"].id,
            case_reference=answers["case_reference"],
            letter_language=answers["letter_language"],
            incident_id=answers["incident"],
        )


class WritingForm(forms.Form):
    """A part of the case's text. `revision` says which text it changes."""

    mark_optional = False
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def revision_read(self) -> int:
        """The text that was changed. Call when the form is valid."""
        return int(self.cleaned_data["revision"])


class BasisForm(WritingForm):
    """What it rests on, and what is considered."""

    code = forms.ChoiceField(
        label=_("Hvilket tiltak vurderer dere?"),
        help_text=_("De fem kodene i Navs eget system. Velg det mildeste som holder."),
        required=False,
        widget=BigRadioSelect,
    )
    facts = CaseText(
        label=_("Hva har skjedd?"),
        help_text=_(
            "Bestemte hendelser med dag, sted og hva som ble sagt og gjort. Ingen "
            "karakteristikk av brukeren. "
            "Brukeren får lese dette. Ikke skriv navn, fødselsnummer eller diagnoser."
        ),
        rows=6,
        required=False,
    )
    incidents = forms.TypedMultipleChoiceField(
        label=_("Hendelser saken bygger på"),
        help_text=_("Bare en henvisning. Ingenting blir kopiert fra meldingen."),
        coerce=UUID,
        required=False,
        widget=BigCheckboxSelectMultiple,
    )
    prevents = CaseText(
        label=_("Hva skal tiltaket forebygge?"),
        help_text=_(
            "Se framover: hva er dere redde for skal skje? Et tiltak er ikke en straff for det som var."
        ),
        required=False,
    )
    place = forms.CharField(
        label=_("Hvor skal det gjelde?"),
        help_text=_("For eksempel «lokalene i Storgata 1» eller «sentralbordet». Ikke videre enn nødvendig."),
        max_length=SHORT_LIMIT,
        required=False,
    )
    case_reference = CaseReference()
    letter_language = forms.ChoiceField(
        label=_("Målform i brevene"), choices=LetterLanguage.choices, widget=BigRadioSelect(in_pairs=True)
    )

    def __init__(self, *args: Any, case: ClientMeasure, incidents: Iterable[tuple[UUID, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        codes = guidelines().codes
        self.fields["code"].choices = [(c.code, f"{c.name} ({c.code})") for c in codes]  # type: ignore[attr-defined]
        self.fields["code"].widget.descriptions = {c.code: str(c.means) for c in codes}
        choices = [(str(key), label) for key, label in incidents]
        self.fields["incidents"].choices = choices  # type: ignore[attr-defined]
        self.offered = {UUID(key) for key, _label in choices}
        if not choices:
            del self.fields["incidents"]

    def written(self) -> dict[str, Any]:
        """The text as the service takes it. Call when the form is valid."""
        names = ("code", "facts", "prevents", "place", "case_reference", "letter_language")
        return {name: self.cleaned_data[name] for name in names}

    def chosen_incidents(self) -> set[UUID]:
        """The incidents it rests on. Call when the form is valid."""
        return set(self.cleaned_data.get("incidents", ()))


class WeighingForm(WritingForm):
    """Milder means, proportionality, services and time. A pair of fields for each rung below the measure."""

    proportionality = CaseText(
        label=_("Står tiltaket i forhold til det som har skjedd?"),
        help_text=_(
            "Hva betyr det for brukeren: penger, helse, barn, frister, språk? Hvorfor må det likevel til, "
            "og hvorfor ikke kortere eller færre steder? Brukeren får lese dette."
        ),
        required=False,
    )
    services = CaseText(
        label=_("Hvordan får brukeren hjelp imens?"),
        help_text=_(
            "Hvem brukeren kan kontakte og hvordan, og hva som skjer hvis det haster. "
            "Brukeren får lese dette. Skriv rolle og nummer, ikke navn på ansatte."
        ),
        required=False,
    )
    from_on = Day(label=_("Fra og med"), required=False)
    to_on = Day(label=_("Til og med"), required=False)
    review_on = Day(
        label=_("Ny vurdering"),
        help_text=_("La stå tomt, så blir det midt i perioden."),
        required=False,
    )

    def __init__(self, *args: Any, case: ClientMeasure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rungs = guidelines().milder_than(case.code)
        for rung in self.rungs:
            weighed = case.milder_means.get(rung.code, {})
            self.fields[f"answer_{rung.code}"] = forms.ChoiceField(
                label=str(rung.name),
                choices=Weighed.choices,
                required=False,
                initial=weighed.get("answer"),
                widget=BigRadioSelect(in_pairs=True),
            )
            self.fields[f"why_{rung.code}"] = CaseText(
                label=_("Hva skjedde, eller hvorfor holder det ikke?"),
                help_text=_("Brukeren får lese dette."),
                rows=2,
                required=False,
                initial=weighed.get("why", ""),
            )

    def pairs(self) -> list[tuple[Any, Any]]:
        """The two fields of each rung, for the page."""
        return [(self[f"answer_{rung.code}"], self[f"why_{rung.code}"]) for rung in self.rungs]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        begins, ends, review = (answers.get(name) for name in ("from_on", "to_on", "review_on"))
        if begins and ends:
            last = guidelines().last_day(begins)
            latest = timezone.localdate() + timedelta(days=guidelines().begins_within_days)
            if begins > latest:
                self.add_error(
                    "from_on",
                    _("Velg en dag senest %(day)s. Et tiltak begynner når det trengs.")
                    % {"day": day(latest)},
                )
            if ends < begins:
                self.add_error("to_on", _("Tiltaket slutter før det begynner. Velg en senere dag."))
            elif ends > last:
                self.add_error(
                    "to_on",
                    _("Et vedtak kan vare i høyst tolv uker. Siste mulige dag er %(day)s.")
                    % {"day": day(last)},
                )
            if review and not begins <= review <= ends:
                self.add_error("review_on", _("Velg en dag mens tiltaket gjelder."))
        return answers

    def written(self) -> dict[str, Any]:
        """The text as the service takes it. Call when the form is valid."""
        answers = self.cleaned_data
        begins, ends = answers["from_on"], answers["to_on"]
        halfway = rules.middle_of(begins, ends) if begins and ends else None
        return {
            "proportionality": answers["proportionality"],
            "services": answers["services"],
            "from_on": begins,
            "to_on": ends,
            "review_on": answers["review_on"] or halfway,
            "milder_means": {
                rung.code: {"answer": answers[f"answer_{rung.code}"], "why": answers[f"why_{rung.code}"]}
                for rung in self.rungs
            },
        }


class NameForm(SentOnce):
    """A colleague to handle the case."""

    person = forms.ModelChoiceField(
        label=_("Kollega i enheten"),
        queryset=Person.objects.none(),
        empty_label=_("Velg"),
        error_messages={
            "required": _("Velg en kollega."),
            "invalid_choice": _("Velg en som arbeider i enheten, og som ikke er på saken fra før."),
        },
    )

    def __init__(self, *args: Any, colleagues: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = colleagues  # type: ignore[attr-defined]


def incident_choices(incidents: Iterable[Incident]) -> list[tuple[UUID, str]]:
    """Incidents as choices: what it was, when and where; nothing of what was written."""
    return [
        (one.id, f"{', '.join(one.nature_words)}, {day(one.happened_at)}, {one.workforce.unit.name}")
        for one in incidents
    ]

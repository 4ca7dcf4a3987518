"""A meeting as people fill it in. Every error says what to do."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tryggmote.controls.forms import PersonChoice
from tryggmote.forums.agenda import ProposedPoint
from tryggmote.forums.models import PLACE_LIMIT, TITLE_LIMIT, WORDS_LIMIT, Participant
from tryggmote.forums.people import Proposed
from tryggmote.forums.rules import kinds_for, last_quarter_end
from tryggmote.forums.services import MeetingDraft
from tryggmote.forums.vocabulary import MeetingKind, Occasion, Side, Source
from tryggmote.organisation.models import Person, Unit
from tryggmote.ui.dates import oslo_today
from tryggmote.ui.forms import (
    BigCheckboxSelectMultiple,
    BigRadioSelect,
    FilterForm,
    FreeText,
    SentOnce,
)

YEARS_AWAY = 3


class ForumChoice(FilterForm):
    """Which forum and which unit the meeting is for; named in the address."""

    slag = forms.ChoiceField(label=_("Hva slags møte?"), choices=MeetingKind.choices)
    enhet = forms.ModelChoiceField(label=_("Enhet"), queryset=Unit.objects.none(), empty_label=None)

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["enhet"].queryset = units  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        chosen = super().clean() or {}
        unit, kind = chosen.get("enhet"), chosen.get("slag")
        if unit and kind and MeetingKind(kind) not in kinds_for(unit.kind):
            raise ValidationError(_("En slik enhet har ikke slike møter. Velg et annet slags møte."))
        return chosen


class MomentNear(forms.DateTimeField):
    """A moment some years from now at most: a meeting can be written down after it was held."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
            error_messages={
                "required": _("Velg dag og klokkeslett."),
                "invalid": _("Skriv dag og klokkeslett, for eksempel 31.12.2026 kl. 13.00."),
            },
            **kwargs,
        )

    def clean(self, value: Any) -> datetime | None:
        chosen: datetime | None = super().clean(value)
        if chosen and abs(chosen.year - timezone.now().year) > YEARS_AWAY:
            raise ValidationError(_("Årstallet er for langt unna. Velg en dag innen tre år."))
        return chosen


class MoveForm(forms.Form):
    """When and where."""

    starts_at = MomentNear(label=_("Når begynner møtet?"))
    place = forms.CharField(
        label=_("Hvor?"),
        help_text=_("Rommet, eller lenken til videomøtet."),
        max_length=PLACE_LIMIT,
        required=False,
    )


class MembersField(forms.MultipleChoiceField):
    """Those invited, each with the party they sit for: `12:state`, `15:`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Hvem innkalles?"),
            help_text=_("Foreslått ut fra rolle og linje."),
            widget=BigCheckboxSelectMultiple,
            error_messages={
                "required": _("Velg hvem som innkalles."),
                "invalid_choice": _("En av dem kan ikke velges lenger. Se over listen."),
            },
            **kwargs,
        )

    def propose(self, members: Iterable[Proposed]) -> None:
        """Offer these, all chosen beforehand."""
        members = list(members)
        values = [f"{member.person_id}:{member.side or ''}" for member in members]
        self.choices = list(zip(values, (member.name for member in members), strict=True))
        self.widget.descriptions = {
            value: _member_words(member) for value, member in zip(values, members, strict=True)
        }
        self.initial = values

    @staticmethod
    def chosen(values: Collection[str]) -> dict[int, Side | None]:
        """Each person with their party."""
        pairs = (value.partition(":") for value in values)
        return {int(person): Side(side) if side else None for person, _colon, side in pairs}


def _member_words(member: Proposed) -> str:
    if member.side is None:
        return member.role_words
    return _now("%(role)s. For %(side)s.") % {
        "role": member.role_words,
        "side": str(member.side.label).lower(),
    }


class PlanForm(SentOnce, MoveForm):
    """A new meeting; members and agenda come proposed."""

    field_order = ("id", "occasion", "theme", "starts_at", "place", "members", "others", "points")

    occasion = forms.ChoiceField(
        label=_("Hvorfor møtes dere?"),
        choices=Occasion.choices,
        widget=BigRadioSelect,
        initial=Occasion.YEARLY,
        error_messages={"required": _("Velg hvorfor dere møtes.")},
    )
    theme = forms.CharField(
        label=_("Tema"),
        max_length=TITLE_LIMIT,
        initial=_("Vold og trusler"),
        error_messages={"required": _("Skriv hva møtet handler om.")},
    )
    members = MembersField()
    others = forms.ModelMultipleChoiceField(
        label=_("Flere som skal være med"),
        help_text=_("De sitter ikke for noen av partene."),
        queryset=Person.objects.none(),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )
    points = forms.MultipleChoiceField(
        label=_("Sakslisten"),
        help_text=_("Foreslått ut fra det som står i Tryggmøte nå."),
        widget=BigCheckboxSelectMultiple,
        error_messages={"required": _("Velg minst én sak.")},
    )

    def __init__(
        self,
        *args: Any,
        kind: MeetingKind,
        members: list[Proposed],
        others: QuerySet[Person],
        agenda: list[ProposedPoint],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["members"].propose(members)  # type: ignore[attr-defined]
        known = [member.person_id for member in members]
        self.fields["others"].queryset = others.exclude(id__in=known)  # type: ignore[attr-defined]
        points = self.fields["points"]
        points.choices = [(point.source.value, point.title) for point in agenda]  # type: ignore[attr-defined]
        points.widget.descriptions = {point.source.value: point.why for point in agenda}
        points.initial = [point.source.value for point in agenda if point.source != Source.REPORT]

    def draft(self) -> MeetingDraft:
        """The answers. Call when valid. A committee reviews the last quarter and reports of last year."""
        said = self.cleaned_data
        today = oslo_today()
        sources = tuple(Source(point) for point in said["points"])
        reviews = self.kind == MeetingKind.COMMITTEE and Source.INCIDENTS in sources
        members = MembersField.chosen(said["members"])
        return MeetingDraft(
            id=said["id"],
            kind=self.kind,
            occasion=said["occasion"],
            theme=said["theme"],
            starts_at=said["starts_at"],
            place=said["place"],
            members={person.id: None for person in said["others"]} | members,
            sources=sources,
            reviewed_until=last_quarter_end(today) if reviews else None,
            report_year=today.year - 1 if Source.REPORT in sources else None,
        )


class MembersForm(forms.Form):
    """Who is invited, once the meeting is planned."""

    members = MembersField(required=False)
    others = forms.ModelMultipleChoiceField(
        label=_("Flere som skal være med"),
        help_text=_("De sitter ikke for noen av partene."),
        queryset=Person.objects.none(),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )

    def __init__(
        self,
        *args: Any,
        proposed: list[Proposed],
        invited: list[Participant],
        others: QuerySet[Person],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        known = {member.person_id for member in proposed}
        self.fields["members"].propose(proposed)  # type: ignore[attr-defined]
        there = {each.person_id: each.side for each in invited}
        self.fields["members"].initial = [
            f"{member.person_id}:{member.side or ''}" for member in proposed if member.person_id in there
        ]
        self.fields["others"].queryset = others.exclude(id__in=known)  # type: ignore[attr-defined]
        self.fields["others"].initial = [person_id for person_id in there if person_id not in known]

    def chosen(self) -> dict[int, Side | None]:
        """Each person with their party. Call when valid."""
        others: dict[int, Side | None] = {person.id: None for person in self.cleaned_data["others"]}
        return others | MembersField.chosen(self.cleaned_data["members"])


class PointForm(SentOnce):
    """Something of one's own for the agenda."""

    title = forms.CharField(
        label=_("Sak"),
        help_text=_("Kort. Ikke skriv navn på ansatte eller brukere."),
        max_length=TITLE_LIMIT,
        error_messages={"required": _("Skriv hva saken er.")},
    )


class CaseForm(SentOnce):
    """Whether the partnership is to treat a serious incident."""

    treats = forms.TypedChoiceField(
        label=_("Skal partnerskapet behandle den?"),
        choices=[("yes", _("Ja, ta den opp i neste møte")), ("no", _("Nei"))],
        coerce=lambda value: value == "yes",
        widget=BigRadioSelect(in_pairs=True),
        error_messages={"required": _("Velg ja eller nei.")},
    )
    reason = FreeText(
        label=_("Hvorfor ikke?"),
        help_text=_("Kreves ved nei. Skriv om det dere har gjort, ikke om hendelsen eller noen person."),
        limit=WORDS_LIMIT,
        rows=2,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("treats") is False and not answers.get("reason", "").strip():
            self.add_error("reason", _("Skriv hvorfor partnerskapet ikke skal behandle den."))
        return answers


class InMyPlaceForm(forms.Form):
    """Whom an owner sends."""

    person = PersonChoice(label=_("Hvem sender du?"))

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]

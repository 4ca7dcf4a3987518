"""What is filled in about sessions. Every error says what to do."""

from collections.abc import Collection
from datetime import date, datetime, time
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tryggmote.equipment.testing_forms import OpenedAt
from tryggmote.organisation.models import Person
from tryggmote.training.forms import DayField
from tryggmote.training.models.sessions import (
    CODE_LENGTH,
    MOST_PLACES,
    PLACE_LIMIT,
    TEXT_LIMIT,
    VIDEO_LIMIT,
    Session,
)
from tryggmote.training.session_queries import session_coded
from tryggmote.training.sessions import Details
from tryggmote.ui.dates import OSLO, oslo_today
from tryggmote.ui.forms import NO_PERSONAL_DATA, BigCheckboxSelectMultiple, FreeText, SentOnce

LATEST_YEARS = 2


class ClockField(forms.TimeField):
    """A time of day, as the browser's own clock asks for it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["error_messages"] = {
            "required": _("Skriv et klokkeslett, for eksempel 09:00."),
            "invalid": _("Skriv et klokkeslett, for eksempel 09:00."),
        }
        super().__init__(widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **kwargs)


class SessionForm(SentOnce):
    """When and where, what about, for whom."""

    elements = forms.MultipleChoiceField(
        label=_("Hva handler økten om?"),
        widget=BigCheckboxSelectMultiple(in_pairs=True),
        error_messages={
            "required": _("Velg minst én del av opplæringen."),
            "invalid_choice": _("Noe av det du valgte, kreves ikke lenger. Velg på nytt."),
        },
    )
    day = DayField(label=_("Dag"), error_messages={"required": _("Skriv hvilken dag økten er.")})
    starts = ClockField(label=_("Fra klokka"))
    ends = ClockField(label=_("Til klokka"))
    place = forms.CharField(label=_("Sted"), max_length=PLACE_LIMIT, required=False)
    video = forms.URLField(
        label=_("Lenke til videomøte"),
        max_length=VIDEO_LIMIT,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": _("Lim inn hele lenken. Den begynner med https.")},
    )
    capacity = forms.IntegerField(
        label=_("Hvor mange er det plass til?"),
        min_value=1,
        max_value=MOST_PLACES,
        initial=12,
        error_messages={
            "required": _("Skriv hvor mange det er plass til."),
            "invalid": _("Skriv et tall."),
            "min_value": _("Skriv minst 1."),
            "max_value": _("Skriv høyst %(limit_value)s."),
        },
    )
    led_by = forms.ModelChoiceField(
        label=_("Hvem leder økten?"),
        queryset=Person.objects.none(),
        empty_label=_("Velg en person"),
        error_messages={"required": _("Velg en person."), "invalid_choice": _("Velg en person fra listen.")},
    )
    open_to = forms.TypedChoiceField(
        label=_("Hvem kan melde seg på?"),
        coerce=int,
        help_text=_("De som arbeider i enheten du velger, og enhetene under den."),
        error_messages={"required": _("Velg en enhet."), "invalid_choice": _("Velg en enhet fra listen.")},
    )
    text = FreeText(
        label=_("Hva bør de vite på forhånd?"),
        help_text=NO_PERSONAL_DATA,
        limit=TEXT_LIMIT,
        rows=3,
        required=False,
    )

    FIXED = ("elements", "led_by", "open_to")

    def __init__(
        self,
        *args: Any,
        elements: Collection[tuple[str, str]],
        leaders: QuerySet[Person],
        units: Collection[tuple[int, str]],
        session: Session | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.session = session
        cast(forms.MultipleChoiceField, self.fields["elements"]).choices = list(elements)
        cast(forms.ModelChoiceField, self.fields["led_by"]).queryset = leaders
        cast(forms.TypedChoiceField, self.fields["open_to"]).choices = list(units)
        for name in self.FIXED if session else ():
            del self.fields[name]

    @staticmethod
    def initial_of(session: Session) -> dict[str, Any]:
        """The fields as the session has them."""
        starts, ends = session.starts_at.astimezone(OSLO), session.ends_at.astimezone(OSLO)
        kept = {name: getattr(session, name) for name in ("place", "video", "capacity", "text")}
        return {"day": starts.date(), "starts": starts.time(), "ends": ends.time(), **kept}

    def clean_day(self) -> date:
        """From today and some years on."""
        day = cast(date, self.cleaned_data["day"])
        if not oslo_today() <= day <= oslo_today().replace(year=oslo_today().year + LATEST_YEARS, day=1):
            raise forms.ValidationError(_("Velg en dag fra i dag og inntil to år fram."))
        return day

    def clean(self) -> dict[str, Any]:
        """It ends after it starts, has not begun, and is somewhere."""
        said = super().clean() or self.cleaned_data
        if said.get("starts") and said.get("ends"):
            if said["ends"] <= said["starts"]:
                self.add_error("ends", _("Økten slutter før den begynner. Skriv et senere klokkeslett."))
            elif said.get("day") and _at(said["day"], said["starts"]) <= timezone.now():
                self.add_error("starts", _("Klokkeslettet har vært. Skriv et senere."))
        if not self.errors and not said.get("place") and not said.get("video"):
            self.add_error("place", _("Skriv hvor økten er, eller lim inn lenken til videomøtet."))
        return said

    def details(self) -> Details:
        """What was filled in. Call when valid."""
        said = self.cleaned_data
        return Details(
            elements=tuple(self.session.elements if self.session else said["elements"]),
            starts_at=_at(said["day"], said["starts"]),
            ends_at=_at(said["day"], said["ends"]),
            place=said["place"],
            video=said["video"],
            text=said["text"],
            capacity=said["capacity"],
            led_by_id=self.session.led_by_id if self.session else said["led_by"].id,
            open_to_id=self.session.open_to_id if self.session else said["open_to"],
        )


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, tzinfo=OSLO)


class SignOthersUpForm(forms.Form):
    """People one leads who are to come."""

    people = forms.ModelMultipleChoiceField(
        label=_("Hvem?"),
        queryset=Person.objects.none(),
        widget=BigCheckboxSelectMultiple(in_pairs=True),
        error_messages={
            "required": _("Velg minst én."),
            "invalid_choice": _("Noen du valgte, kan ikke meldes på. Velg på nytt."),
            "invalid_pk_value": _("Noen du valgte, kan ikke meldes på. Velg på nytt."),
        },
    )

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelMultipleChoiceField, self.fields["people"]).queryset = people


class PresentForm(forms.Form):
    """Who was there, of those who were signed up or typed the code."""

    present = forms.TypedMultipleChoiceField(
        label=_("Hvem var her?"),
        coerce=int,
        required=False,
        widget=BigCheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Listen er endret. Se på den og kryss av på nytt.")},
    )

    def __init__(self, *args: Any, people: Collection[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.TypedMultipleChoiceField, self.fields["present"]).choices = list(people)


class HereForm(SentOnce):
    """What stands on the wall. A phone without network keeps it and sends it later."""

    mark_optional = False

    at = OpenedAt(too_old=_("Det er for lenge siden økten. Den som ledet den, kan krysse deg av."))
    kode = forms.CharField(
        label=_("Koden på oppslaget"),
        max_length=20,
        help_text=_("Seks tegn, for eksempel K7RM2X."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": _("Skriv koden som står på oppslaget.")},
    )

    def clean_kode(self) -> str:
        """Without spaces and in capitals."""
        code = "".join(cast(str, self.cleaned_data["kode"]).upper().split()).replace("-", "")
        if len(code) != CODE_LENGTH:
            raise forms.ValidationError(_("Koden har seks tegn. Se på oppslaget, og skriv den på nytt."))
        return code

    def session(self) -> Session | None:
        """The session whose wall it stands on. Call when valid."""
        return session_coded(self.cleaned_data["kode"], at=self.cleaned_data["at"])

"""The living catalogue: every component in all its states, light and dark. In development and demo only."""

from datetime import timedelta

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from tryggmote.access.decorators import public
from tryggmote.ui.build import used_icons
from tryggmote.ui.forms import NO_PERSONAL_DATA, BigCheckboxSelectMultiple, BigRadioSelect, FilterForm

FORMS = [("reception", "Mottak"), ("planned", "Avtalt møte"), ("home_visit", "Hjemmebesøk")]


class ExampleForm(forms.Form):
    """One of each kind of field."""

    title = forms.CharField(label="Kort tekst", help_text="En setning om hva feltet er til.")
    text = forms.CharField(
        label="Lang tekst", widget=forms.Textarea, max_length=500, required=False, help_text=NO_PERSONAL_DATA
    )
    form = forms.ChoiceField(label="Nedtrekk", choices=[("", "Velg"), *FORMS])
    radio = forms.ChoiceField(label="Ett svar", choices=FORMS, widget=forms.RadioSelect)
    boxes = forms.MultipleChoiceField(label="Flere svar", choices=FORMS, widget=forms.CheckboxSelectMultiple)
    big_radio = forms.ChoiceField(
        label="Ett svar, for tommelen",
        choices=FORMS,
        widget=BigRadioSelect(descriptions={"planned": "På møterom, med avtale."}),
    )
    big_boxes = forms.MultipleChoiceField(
        label="Flere svar, for tommelen", choices=FORMS, widget=BigCheckboxSelectMultiple, required=False
    )
    agree = forms.BooleanField(label="Jeg har lest rutinen", help_text="Du finner den i håndboken.")
    day = forms.DateField(label="Dag")
    time = forms.TimeField(label="Klokkeslett", required=False)
    moment = forms.DateTimeField(label="Dag og klokkeslett", required=False)
    number = forms.IntegerField(label="Antall", required=False)
    file = forms.FileField(label="Fil", required=False)


class ExampleFilters(FilterForm):
    period = forms.ChoiceField(label="Periode", choices=[("", "Alle"), ("30", "Siste 30 dager")])
    form = forms.ChoiceField(label="Møteform", choices=[("", "Alle"), *FORMS])


@public
def page(request: HttpRequest) -> HttpResponse:
    """All components once in each theme. The two halves have their own forms, so that ids stay unique."""
    now = timezone.now()
    halves = [_half(request, theme) for theme in ("light", "dark")]
    moments = [now, now - timedelta(days=1), now + timedelta(days=1), now - timedelta(days=40)]
    context = {"halves": halves, "moments": moments, "icons": sorted(used_icons())}
    return render(request, "ui/catalogue.html", context)


def _half(request: HttpRequest, theme: str) -> dict[str, object]:
    filled = {"title": "Møte", "radio": "planned", "big_radio": "planned", "day": "2026-11-23", "agree": "on"}
    wrong = ExampleForm({"boxes": ["annet"]}, auto_id=f"{theme}_wrong_%s")
    wrong.is_valid()
    return {
        "theme": theme,
        "form": ExampleForm(initial=filled, auto_id=f"{theme}_%s"),
        "wrong": wrong,
        "filters": ExampleFilters(request.GET or None, auto_id=f"{theme}_filter_%s"),
        "page_obj": Paginator(range(200), 10).get_page(request.GET.get("page", 3)),
        "facts": [("Sted", "Samtalerom 3"), ("Møteform", "Avtalt møte"), ("Meldt av", "Kari Fiktiv")],
    }

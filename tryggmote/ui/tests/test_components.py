"""Components give assistive technology what it needs, whatever text they are given."""

from datetime import date

import html5lib
import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from tryggmote.ui.forms import BigCheckboxSelectMultiple, BigRadioSelect, FilterForm

CHOICES = [("a", "Mottak"), ("b", "Hjemmebesøk")]


def draw(source: str, **context: object) -> str:
    context.setdefault("request", RequestFactory().get("/hendelser/", {"level": "4", "page": "2"}))
    return Template("{% load ui %}" + source).render(Context(context))


def parsed(html: str):
    return html5lib.HTMLParser(namespaceHTMLElements=False).parseFragment(html)


class Question(forms.Form):
    place = forms.CharField(label="Sted", help_text="Rom eller adresse.")
    text = forms.CharField(label="Hva skjedde", widget=forms.Textarea, max_length=200, required=False)
    form = forms.ChoiceField(label="Møteform", choices=CHOICES, widget=forms.RadioSelect, help_text="Velg.")
    seen = forms.MultipleChoiceField(label="Hvem så det", choices=CHOICES, widget=BigCheckboxSelectMultiple)
    how = forms.ChoiceField(
        label="Hvordan", choices=CHOICES, widget=BigRadioSelect(descriptions={"a": "I skranken."})
    )
    kind = forms.ChoiceField(label="Slag", choices=CHOICES)
    read = forms.BooleanField(label="Jeg har lest")
    day = forms.DateField(label="Dag")
    time = forms.TimeField(label="Klokken")


def answered_wrongly() -> Question:
    form = Question({})
    assert not form.is_valid()
    return form


def test_every_control_has_a_label():
    tree = parsed(str(Question()))
    labelled = {label.get("for") for label in tree.iter("label")}
    controls = [e for tag in ("input", "select", "textarea") for e in tree.iter(tag)]
    assert controls
    assert {control.get("id") for control in controls} <= labelled


def test_help_and_error_are_read_with_the_field():
    tree = parsed(str(answered_wrongly()))
    ids = {element.get("id") for element in tree.iter() if element.get("id")}
    place = next(e for e in tree.iter("input") if e.get("id") == "id_place")
    assert place.get("aria-invalid") == "true"
    assert place.get("aria-describedby").split() == ["id_place_helptext", "id_place_error"]
    for element in tree.iter():
        assert set((element.get("aria-describedby") or "").split()) <= ids


def test_choices_stand_in_a_fieldset_with_a_legend():
    tree = parsed(str(answered_wrongly()))
    fieldsets = list(tree.iter("fieldset"))
    legends = ["".join(fieldset.find("legend").itertext()).strip() for fieldset in fieldsets]
    assert legends == ["Møteform", "Hvem så det", "Hvordan"]
    assert fieldsets[0].get("aria-describedby") == "id_form_helptext id_form_error"


def test_check_boxes_are_drawn_as_check_boxes():
    html = str(Question()["seen"].as_field_group())
    assert "aksel-checkbox__input" in html
    assert "aksel-radio" not in html
    assert "tm-choices" in html


def test_a_large_choice_may_carry_an_explanation():
    assert "I skranken." in Question()["how"].as_field_group()


def test_the_error_summary_leads_to_the_first_control_of_each_question():
    html = draw("{% form_errors form %}", form=answered_wrongly())
    targets = {a.get("href") for a in parsed(html).iter("a")}
    assert {"#id_place", "#id_form_0", "#id_seen_0", "#id_kind", "#id_read"} <= targets
    ids = {e.get("id") for e in parsed(str(answered_wrongly())).iter()}
    assert {target.removeprefix("#") for target in targets} <= ids
    assert "Sted – Dette må du svare på." in html


def test_the_error_summary_follows_the_order_of_the_page():
    form = answered_wrongly()
    form.errors["place"] = form.errors.pop("place")
    html = draw("{% form_errors form %}", form=form)
    assert html.index("#id_place") < html.index("#id_form_0") < html.index("#id_day")


def test_a_form_without_errors_has_no_summary():
    assert draw("{% form_errors form %}", form=Question()).strip() == ""


def test_optional_questions_say_so_and_filters_do_not():
    class Filters(FilterForm):
        level = forms.ChoiceField(label="Nivå", choices=CHOICES)

    assert "(valgfritt)" in Question()["text"].as_field_group()
    assert "(valgfritt)" not in Question()["place"].as_field_group()
    assert "(valgfritt)" not in Filters()["level"].as_field_group()


def test_a_filter_is_drawn_as_chosen_and_in_the_readers_language():
    class Filters(FilterForm):
        show = forms.ChoiceField(label="Vis", choices=[("", gettext_lazy("Filtrer")), ("open", "Åpne")])

    assert '<option value="open" selected>Åpne' in str(Filters({"show": "open"})["show"])
    assert '<option value="" selected>Filtrer' in str(Filters({"show": ""})["show"])
    assert '<option value="" selected>Filtrer' in str(Filters()["show"])
    assert '<option value="" selected>Filtrer' in str(Filters({"show": "noe annet"})["show"])
    with translation.override("en"):
        assert '<option value="" selected>Filter' in str(Filters()["show"])
        assert "Filtrer" not in str(Filters()["show"])


def test_a_long_text_says_how_much_room_there_is():
    assert "Inntil 200 tegn" in Question()["text"].as_field_group()


def test_days_and_times_use_the_phones_own_picker():
    form = Question(initial={"day": date(2026, 11, 23)})
    assert 'type="date"' in str(form["day"])
    assert 'value="2026-11-23"' in str(form["day"])
    assert 'type="time"' in str(form["time"])


def test_colour_is_never_alone_in_a_status():
    for variant in ("success", "warning", "error", "info"):
        assert "<use" in draw(f'{{% tag "Status" variant="{variant}" %}}')
        assert "<use" in draw(f'{{% alert variant="{variant}" %}}Tekst{{% endalert %}}')


def test_an_icon_is_silent_unless_it_has_a_name():
    assert 'aria-hidden="true"' in draw('{% icon "BellIcon" %}')
    named = draw('{% icon "BellIcon" label="Varsler" %}')
    assert 'role="img" aria-label="Varsler"' in named
    assert "aria-hidden" not in named


def test_the_page_header_holds_the_one_h1_and_its_actions():
    html = draw('{% page_header "Nå" lead="Hei" %}{% button "Ny" url="/ny/" %}{% endpage_header %}')
    assert html.count("<h1") == 1
    assert 'href="/ny/"' in html


def test_pages_of_a_list_keep_the_filters():
    html = draw("{% pagination page %}", page=Paginator(range(90), 10).get_page(2))
    assert 'href="?level=4&amp;page=3"' in html
    assert 'aria-current="page"' in html


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs", "Cc"])))
@pytest.mark.parametrize(
    "source",
    [
        "{% tag text %}",
        "{% button text url='/' %}",
        "{% submit text value=text name='n' %}",
        "{% card title=text %}{{ text }}{% endcard %}",
        "{% alert title=text %}{{ text }}{% endalert %}",
        "{% empty_state text text action_label=text action_url='/' %}",
        "{% link_card text '/' text=text %}",
        "{% stat text text url='/' text=text %}",
        "{% facts pairs %}",
        "{% page_header text lead=text %}{% endpage_header %}",
        "{% expand text %}{{ text }}{% endexpand %}",
        "{% icon 'BellIcon' label=text %}",
    ],
)
def test_no_text_becomes_markup(source, text):
    hostile = f"<script>{text}</script><b onclick=x>"
    html = draw(source, text=hostile, pairs=[(hostile, hostile)])
    assert "<script" not in html
    assert "<b " not in html

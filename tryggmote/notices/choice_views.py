"""Choosing how to hear of what happens, and the number for text messages."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tryggmote.access.errors import NotPossible
from tryggmote.access.requests import PersonRequest
from tryggmote.notices import bounces, text_numbers
from tryggmote.notices.choices import choose, chosen_by, quiet_hours_of
from tryggmote.notices.forms import ChoicesForm, CodeForm, NumberForm
from tryggmote.notices.models import TextNumber
from tryggmote.notices.registry import reasons
from tryggmote.notices.vocabulary import Group
from tryggmote.organisation.models import Person


@require_http_methods(["GET", "POST"])
def choices(request: PersonRequest) -> HttpResponse:
    """How the person hears of each group of notices, and when the phone is quiet."""
    person = request.person
    form = ChoicesForm(request.POST or None, chosen=chosen_by(person), quiet=quiet_hours_of(person))
    if request.method == "POST" and form.is_valid():
        choose(by=person, groups=form.groups(), quiet=form.quiet())
        messages.success(request, _("Lagret. Det gjelder fra nå."))
        return redirect("notices:choices")
    groups = [
        {
            "group": group,
            "pace": form[f"{group}_pace"],
            "channels": form[f"{group}_channels"],
            "reasons": reasons(group),
        }
        for group in Group
    ]
    context = {
        "form": form,
        "groups": groups,
        "email_trouble": bounces.trouble_of(person),
        "has_text": bool(settings.NOTICES_TEXT),
        **_number_of(person.id),
    }
    return render(request, "notices/choices.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def number(request: PersonRequest) -> HttpResponse:
    """Give a number for text messages: it gets a code, which is entered below."""
    _refuse_without_gateway()
    form = NumberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            text_numbers.ask(by=request.person, number=form.cleaned_data["number"])
        except text_numbers.TooSoon:
            form.add_error("number", _("Du ba nettopp om en kode. Vent et minutt, og prøv igjen."))
        else:
            messages.success(request, _("Koden er på vei. Den gjelder i ti minutter."))
            return redirect("notices:number")
    return _number_page(request, form=form, code_form=CodeForm())


@require_POST
def confirm_number(request: PersonRequest) -> HttpResponse:
    """The code that came: the number is in use from now on."""
    _refuse_without_gateway()
    form = CodeForm(request.POST)
    if form.is_valid():
        if text_numbers.confirm(by=request.person, code=form.cleaned_data["code"]):
            messages.success(request, _("Nummeret er bekreftet. Nå kan du velge tekstmelding."))
            return redirect("notices:choices")
        form.add_error("code", _("Koden stemmer ikke, eller er for gammel. Be om en ny nedenfor."))
    return _number_page(request, form=NumberForm(), code_form=form)


@require_POST
def remove_number(request: PersonRequest) -> HttpResponse:
    """The person's own number is used no more."""
    text_numbers.remove(by=request.person)
    messages.success(request, _("Nummeret er fjernet."))
    return redirect("notices:choices")


@require_POST
def email_works(request: PersonRequest) -> HttpResponse:
    """The person says that their address works: e-mail is sent to it again."""
    bounces.works_again(by=request.person)
    messages.success(request, _("Takk. Du får e-post igjen fra nå."))
    return redirect("notices:choices")


def _number_page(request: PersonRequest, *, form: NumberForm, code_form: CodeForm) -> HttpResponse:
    is_wrong = form.is_bound or code_form.is_bound
    context = {"form": form, "code_form": code_form, **_number_of(request.person.id)}
    return render(request, "notices/number.html", context, status=422 if is_wrong else 200)


def _number_of(person_id: int) -> dict[str, object]:
    own = TextNumber.objects.filter(person_id=person_id).first()
    employers = Person.objects.filter(id=person_id).values_list("phone", flat=True).get()
    return {"own_number": own, "employers_number": employers}


def _refuse_without_gateway() -> None:
    if not settings.NOTICES_TEXT:
        raise NotPossible(_("Tekstmeldinger er ikke satt opp her. Varslene kommer på skjermen og på e-post."))

"""The pages of measures towards a client. The database decides which cases there are; openings are logged."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.ids import new_id
from tryggmote.access.reading import log_read, reads_of
from tryggmote.access.requests import PersonRequest
from tryggmote.client_measures import queries, rules, services
from tryggmote.client_measures.archive import packed
from tryggmote.client_measures.forms import (
    BasisForm,
    BeginForm,
    NameForm,
    WeighingForm,
    WritingForm,
    incident_choices,
)
from tryggmote.client_measures.guidelines import guidelines
from tryggmote.client_measures.letters import Letter, letter_of, sections, text_of
from tryggmote.client_measures.models import ClientMeasure, Step
from tryggmote.client_measures.progress import parts_of
from tryggmote.client_measures.services import LETTER_LOG_KIND, READ_LOG_KIND, StepDraft
from tryggmote.client_measures.step_forms import FORMS, StepForm, answer_by
from tryggmote.client_measures.texts import STEP_TEXTS, written_in
from tryggmote.client_measures.vocabulary import StepKind
from tryggmote.encounters.forms import uuid_or_none
from tryggmote.notices.services import mark_seen_about


@require_GET
def case_list(request: PersonRequest) -> HttpResponse:
    """The cases one handles, and what this is."""
    today = timezone.localdate()
    found = list(queries.cases()[: queries.LIST_LIMIT])
    context = {
        "rows": [(case, guidelines().code(case.code), case.state(today)) for case in found],
        "may_begin": bool(queries.units_to_begin_in()),
        "law": guidelines().law,
    }
    return render(request, "client_measures/list.html", context)


@require_http_methods(["GET", "POST"])
def begin(request: PersonRequest) -> HttpResponse:
    """Begin a case, from an incident or just like that."""
    units = queries.units_to_begin_in()
    if not units:
        raise NotAllowed(
            _("Du kan bare lage en sak der du arbeider."), who_can_help=_("En ansatt eller leder i enheten.")
        )
    known = {"incident": uuid_or_none(request.GET.get("hendelse", ""))}
    form = BeginForm(request.POST or None, units=units, initial=known)
    if request.method == "POST" and form.is_valid():
        made = services.begin_case(by=request.person, draft=form.draft())
        return redirect("client_measures:grunnlag", made.id)
    return render(request, "client_measures/begin.html", {"form": form}, status=422 if form.is_bound else 200)


@require_GET
def case(request: PersonRequest, client_measure_id: UUID) -> HttpResponse:
    """One case: what is done, what is next, and what it says."""
    found = _open(request, client_measure_id)
    mark_seen_about(subject_id=found.id)
    today, standing = timezone.localdate(), queries.standing_in(request.person, found)
    context = {
        **_what_it_says(found),
        "parts": parts_of(found, standing, today),
        "state": found.state(today),
        "standing": standing,
        "may_name": rules.may_name(standing),
        "linked": queries.linked_incidents(found),
        "letters": [(one, letter_of(one)) for one in found.steps.all() if one.letter],
        "readers": reads_of(READ_LOG_KIND, found.id),
    }
    return render(request, "client_measures/case.html", context)


@require_http_methods(["GET", "POST"])
def write_basis(request: PersonRequest, client_measure_id: UUID) -> HttpResponse:
    """What it rests on, and what is considered."""
    found = _open_to_write(request, client_measure_id)
    linked = {one.incident_id for one in queries.linked_incidents(found) if one.incident}
    offered = {one.id: one for one in [*queries.incidents_seen(linked), *queries.incidents_to_link()]}
    known = _known(found, "code", "facts", "prevents", "place", "case_reference", "letter_language")
    form = BasisForm(
        request.POST or None,
        case=found,
        incidents=incident_choices(offered.values()),
        initial={**known, "incidents": [str(one) for one in linked]},
    )
    if request.method == "POST" and form.is_valid() and _is_written(request, found, form):
        services.link_incidents(
            by=request.person, case=found, chosen=form.chosen_incidents(), offered=form.offered
        )
        return redirect(found)
    return _writing(request, "client_measures/basis.html", found, form)


@require_http_methods(["GET", "POST"])
def write_weighing(request: PersonRequest, client_measure_id: UUID) -> HttpResponse:
    """Milder means, proportionality, services and time."""
    found = _open_to_write(request, client_measure_id)
    if not found.code:
        return redirect("client_measures:grunnlag", found.id)
    known = _known(found, "proportionality", "services", "from_on", "to_on", "review_on")
    form = WeighingForm(request.POST or None, case=found, initial=known)
    if request.method == "POST" and form.is_valid() and _is_written(request, found, form):
        return redirect(found)
    return _writing(request, "client_measures/weighing.html", found, form)


@require_http_methods(["GET", "POST"])
def step(request: PersonRequest, client_measure_id: UUID, step: str) -> HttpResponse:
    """Take a step in the case."""
    found = _open(request, client_measure_id)
    if step not in FORMS:
        raise Http404
    form = FORMS[step](request.POST or None, case=found)
    if request.method == "POST" and form.is_valid():
        services.take_step(by=request.person, case=found, draft=form.step())
        messages.success(request, str(STEP_TEXTS[form.kind].done))
        return redirect(found)
    standing = queries.standing_in(request.person, found)
    if not rules.may_take(form.kind, standing):
        services.refuse_other_than_leader(standing)
    return _stepping(request, found, form)


@require_GET
def letter(request: PersonRequest, client_measure_id: UUID, letter: str) -> HttpResponse:
    """A letter as it was generated; the forewarning also before. `?last-ned=1` gives it as a file."""
    found = _open(request, client_measure_id)
    text, is_kept = _text_of_letter(request, found, letter)
    log_read(request.person, LETTER_LOG_KIND, found.id)
    if request.GET.get("last-ned"):
        answer = HttpResponse(text, content_type="text/plain; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{letter}.txt"'
        return answer
    context = {"case": found, "sections": sections(text), "title": Letter(letter).label, "is_kept": is_kept}
    return render(request, "client_measures/letter.html", context)


@require_POST
def archive(request: PersonRequest, client_measure_id: UUID) -> HttpResponse:
    """The copy for the archive. That it was fetched is a step in the case."""
    found = _open(request, client_measure_id)
    draft = StepDraft(id=new_id(), kind=StepKind.ARCHIVED)
    services.take_step(by=request.person, case=found, draft=draft)
    steps = list(found.steps.all())
    answer = HttpResponse(
        packed(found, steps, queries.linked_incidents(found)), content_type="application/zip"
    )
    answer["Content-Disposition"] = f'attachment; filename="sak-{found.id}.zip"'
    return answer


@require_http_methods(["GET", "POST"])
def handlers(request: PersonRequest, client_measure_id: UUID) -> HttpResponse:
    """Who handles the case: name a colleague, or let one go (`take` names who)."""
    found = _open(request, client_measure_id)
    person_id = request.POST.get("take", "")
    if request.method == "POST" and person_id.isdecimal() and len(person_id) < 10:
        services.let_go(by=request.person, case=found, person_id=int(person_id))
        is_self = int(person_id) == request.person.id
        return redirect("client_measures:list") if is_self else redirect("client_measures:handlers", found.id)
    colleagues = queries.colleagues_to_name(found, timezone.localdate())
    form = NameForm(request.POST or None, colleagues=colleagues)
    if request.method == "POST" and form.is_valid():
        services.name_handler(
            by=request.person,
            case=found,
            person=form.cleaned_data["person"],
            handler_id=form.cleaned_data["id"],
        )
        messages.success(request, _("Kollegaen er satt på saken, og har fått beskjed."))
        return redirect("client_measures:handlers", found.id)
    standing = queries.standing_in(request.person, found)
    context = {"case": found, "form": form, "may_name": rules.may_name(standing)}
    return render(request, "client_measures/handlers.html", context, status=422 if form.is_bound else 200)


def _open(request: PersonRequest, client_measure_id: UUID) -> ClientMeasure:
    """The case, for somebody who may see it. Whatever the page is, its text is on the screen: a reading."""
    found = get_object_or_404(queries.case_in_full(), id=client_measure_id)
    log_read(request.person, READ_LOG_KIND, found.id)
    return found


def _open_to_write(request: PersonRequest, client_measure_id: UUID) -> ClientMeasure:
    found = _open(request, client_measure_id)
    if found.decided_at:
        raise NotPossible(_("Saken er avgjort, og kan ikke endres."))
    return found


def _known(case: ClientMeasure, *names: str) -> dict[str, Any]:
    return {"revision": case.revision, **{name: getattr(case, name) for name in names}}


def _is_written(request: PersonRequest, case: ClientMeasure, form: BasisForm | WeighingForm) -> bool:
    """Whether the text was saved; else the form says that somebody else has, and keeps what was typed."""
    try:
        services.write(by=request.person, case=case, revision=form.revision_read(), fields=form.written())
    except services.ChangedMeanwhile:
        form.add_error(
            None,
            _(
                "Noen andre har lagret mens du skrev. Åpne saken i en ny fane, ta med "
                "det de skrev, og lagre igjen."
            ),
        )
        # What was typed stays; saved again, it is put on top of what the others wrote.
        typed = request.POST.copy()
        typed["revision"] = str(_revision_now(case))
        form.data = typed
        return False
    messages.success(request, _("Lagret."))
    return True


def _revision_now(case: ClientMeasure) -> int:
    return ClientMeasure.objects.values_list("revision", flat=True).get(id=case.id)


def _writing(request: PersonRequest, template: str, case: ClientMeasure, form: WritingForm) -> HttpResponse:
    context = {"case": case, "form": form, "measure": guidelines().code(case.code)}
    return render(request, template, context, status=422 if form.is_bound else 200)


def _stepping(request: PersonRequest, case: ClientMeasure, form: StepForm) -> HttpResponse:
    texts = STEP_TEXTS[form.kind]
    is_decision = form.kind == StepKind.DECIDED
    context = {
        "case": case,
        "form": form,
        "texts": texts,
        "is_decision": is_decision,
        "law": guidelines().law if form.kind == StepKind.EXEMPTED else (),
    }
    if is_decision:
        context |= _what_it_says(case)
        context["blanks"] = rules.before_decision(case, guidelines(), timezone.localdate())
    return render(request, "client_measures/step.html", context, status=422 if form.is_bound else 200)


def _what_it_says(case: ClientMeasure) -> dict[str, Any]:
    return {
        "case": case,
        "measure": guidelines().code(case.code),
        "written": written_in(case),
        "steps": list(case.steps.all()),
    }


def _text_of_letter(request: PersonRequest, case: ClientMeasure, name: str) -> tuple[str, bool]:
    """The latest letter of that name as it was kept, and True; else a draft of the forewarning, and False."""
    steps = list(case.steps.all())
    kept = [one for one in steps if one.letter and letter_of(one) == name]
    if kept and (name != Letter.FOREWARNING or case.forewarned_at):
        return kept[-1].letter, True
    if name != Letter.FOREWARNING or case.decided_at or rules.before_forewarning(case, guidelines()):
        raise Http404
    draft = Step(measure=case, by_id=request.person.id, kind=StepKind.FOREWARNED, due_on=answer_by())
    return text_of(Letter.FOREWARNING, case, draft, steps=steps, today=timezone.localdate()), False

"""The pages of certificates: sent in, opened by those who decide, approved or sent back, corrected (4.1)."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggmote.access.reading import reads_of
from tryggmote.access.requests import PersonRequest
from tryggmote.notices.services import mark_seen_about_any
from tryggmote.training import certificates, elements, queries
from tryggmote.training.certificate_forms import ApproveForm, CertificateForm, RefuseForm
from tryggmote.training.models import Certificate, CertificateFile
from tryggmote.training.names import names_of
from tryggmote.training.vocabulary import CertificateState

A_PAGE = 50
# Whatever is in the bytes, a browser neither runs it nor guesses what it is.
HARMLESS = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@require_GET
def waiting(request: PersonRequest) -> HttpResponse:
    """All certificates that wait for the one who asks."""
    page = Paginator(certificates.waiting_for(request.person), A_PAGE).get_page(request.GET.get("page"))
    names = names_of(each.element for each in page)
    return render(request, "training/certificates.html", {"page_obj": page, "names": names})


@require_http_methods(["GET", "POST"])
def send(request: PersonRequest) -> HttpResponse:
    """Send in a certificate."""
    return _send(request, None)


@require_http_methods(["GET", "POST"])
def correct(request: PersonRequest, certificate_id: UUID) -> HttpResponse:
    """Send in a refused certificate again, put right."""
    found = _find(certificate_id)
    if found.person_id != request.person.id or found.state is not CertificateState.REFUSED:
        raise Http404
    return _send(request, found)


def _send(request: PersonRequest, corrects: Certificate | None) -> HttpResponse:
    form = CertificateForm(
        request.POST or None,
        request.FILES or None,
        elements=_elements_of(request.person.id),
        has_file=CertificateFile.objects.filter(certificate=corrects).exists(),
        initial=corrects
        and {"element": corrects.element, "done_on": corrects.done_on, "words": corrects.words},
    )
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        certificates.send(
            by=request.person,
            certificate_id=sent["id"],
            element=sent["element"],
            done_on=sent["done_on"],
            words=sent["words"],
            file=sent["file"],
            corrects=corrects,
        )
        messages.success(request, _("Kursbeviset er sendt. Du får vite det når lederen har sett på det."))
        return redirect("training:own")
    context = {"form": form, "corrects": corrects}
    return render(request, "training/certificate_form.html", context, status=422 if form.is_bound else 200)


def _elements_of(person_id: int) -> list[tuple[str, list[tuple[str, str]]]]:
    """What is asked of the person, and then all the rest of our file."""
    owed = {line.element: line.name for line in queries.lines_of(person_id)}
    rest = {each.code: str(each.title) for each in elements.current().elements if each.code not in owed}
    groups = [(_("Kreves av deg"), [*owed.items()]), (_("Annen opplæring"), [*rest.items()])]
    return [(label, choices) for label, choices in groups if choices]


@require_GET
def certificate(request: PersonRequest, certificate_id: UUID) -> HttpResponse:
    """What was sent in, how it stands, and for those who decide: what to say of it."""
    return _show(request, _find(certificate_id))


def _show(request: PersonRequest, found: Certificate, **bound: forms.Form) -> HttpResponse:
    is_own = found.person_id == request.person.id
    mark_seen_about_any(subject_ids=[found.id])
    certificates.log_opening(by=request.person, certificate=found)
    context: dict[str, Any] = {
        "certificate": found,
        "name": names_of([found.element])[found.element],
        "decision": getattr(found, "decision", None),
        "has_file": CertificateFile.objects.filter(certificate=found).exists(),
        "is_own": is_own,
        "may_decide": not is_own and found.state is CertificateState.WAITING,
        "readers": reads_of(certificates.READ_LOG_KIND, found.id) if is_own else [],
        "approve_form": ApproveForm(),
        "refuse_form": RefuseForm(),
        **bound,
    }
    return render(request, "training/certificate.html", context, status=422 if bound else 200)


@require_GET
def file(request: PersonRequest, certificate_id: UUID) -> HttpResponse:
    """The file, to be saved and opened elsewhere."""
    found = certificates.open_file(by=request.person, certificate=_find(certificate_id))
    return HttpResponse(
        bytes(found.content),
        content_type="application/octet-stream",
        headers={**HARMLESS, "Content-Disposition": f'attachment; filename="{found.name}"'},
    )


@require_POST
def take_back(request: PersonRequest, certificate_id: UUID) -> HttpResponse:
    """Whoever sent it wants it back."""
    certificates.take_back(by=request.person, certificate=_find(certificate_id))
    messages.success(request, _("Kursbeviset er trukket tilbake, og filen er slettet."))
    return redirect("training:own")


@require_POST
def approve(request: PersonRequest, certificate_id: UUID) -> HttpResponse:
    """A leader's yes."""
    found, form = _find(certificate_id), ApproveForm(request.POST)
    if not form.is_valid():
        return _show(request, found, approve_form=form)
    certificates.approve(by=request.person, certificate=found, decision_id=form.cleaned_data["id"])
    messages.success(request, _("Kursbeviset er godkjent, og opplæringen er registrert."))
    return redirect(found)


@require_POST
def refuse(request: PersonRequest, certificate_id: UUID) -> HttpResponse:
    """A leader says what must be put right."""
    found, form = _find(certificate_id), RefuseForm(request.POST)
    if not form.is_valid():
        return _show(request, found, refuse_form=form)
    certificates.refuse(
        by=request.person,
        certificate=found,
        decision_id=form.cleaned_data["id"],
        reason=form.cleaned_data["reason"],
    )
    messages.success(request, _("Kursbeviset er sendt tilbake. Den ansatte ser hva som må rettes."))
    return redirect(found)


def _find(certificate_id: UUID) -> Certificate:
    return get_object_or_404(certificates.certificates(), id=certificate_id)

"""The pages of action cards: what to do until the police come (3.2, 3.3, 3.4, 3.6)."""

from typing import Any

import segno
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggmote.access.ids import new_id
from tryggmote.access.requests import PersonRequest
from tryggmote.controls import action_card_additions as additions
from tryggmote.controls import action_card_queries as queries
from tryggmote.controls import action_card_texts as texts
from tryggmote.controls.action_card_forms import FACTS, AdditionApprovalForm, AdditionForm
from tryggmote.controls.action_card_queries import Card
from tryggmote.controls.action_card_rules import may_write_addition
from tryggmote.controls.action_card_texts import CardText
from tryggmote.controls.models import CardAddition
from tryggmote.information.services import mark_read_about
from tryggmote.notices.services import mark_seen_about
from tryggmote.organisation.models import Unit
from tryggmote.organisation.standing import Standing, standing_in
from tryggmote.ui.offline import is_fetched_to_keep


@require_GET
def card_list(request: PersonRequest) -> HttpResponse:
    """All cards, as they are where one works."""
    cards = queries.cards_in(_own_unit(request))
    context = {
        "everywhere": [card for card in cards if not card.is_for_some_forms],
        "by_form": [card for card in cards if card.is_for_some_forms],
        "unit": request.person.unit,
    }
    return render(request, "controls/cards.html", context)


@require_GET
def card(request: PersonRequest, code: str) -> HttpResponse:
    """One card, in type that can be read with shaking hands."""
    _find(code)
    cards = queries.cards_in(_own_unit(request))
    found = next(card for card in cards if card.code == code)
    unit = request.person.unit
    standing = standing_in(unit.id) if unit else None
    if found.addition and not is_fetched_to_keep(request):
        mark_read_about(by=request.person, subject_id=found.addition.id)
    context = {
        "card": found,
        "others": [other for other in cards if other.code != code],
        "unit": unit,
        "may_write": bool(standing and _may_write(standing)),
        "paper_is_old": request.GET.get("utgave", found.edition) != found.edition,
    }
    return render(request, "controls/card.html", context)


@require_GET
def printed(request: PersonRequest) -> HttpResponse:
    """The cards as they come on paper, A5, each with a code that opens the version of the day."""
    cards = queries.cards_in(_own_unit(request))
    wanted = request.GET.get("kort", "")
    chosen = [card for card in cards if card.code == wanted] or cards
    pages = [(card, _code_to(request, card)) for card in chosen]
    return render(request, "controls/cards_printed.html", {"pages": pages, "unit": request.person.unit})


def _code_to(request: PersonRequest, card: Card) -> SafeString:
    """A QR code that leads to the card, and says which edition the paper has."""
    address = request.build_absolute_uri(f"{card.url}?utgave={card.edition}")
    code = segno.make(address, error="m")
    # Drawn by the library, without the style attributes that the content-security policy forbids.
    return SafeString(code.svg_inline(omitsize=True, border=4, svgclass="tm-qr", lineclass=None))


@require_http_methods(["GET", "POST"])
def addition(request: PersonRequest, code: str, unit_id: int) -> HttpResponse:
    """What holds in a unit: the draft is written, read and approved here; earlier versions are below."""
    text, unit, standing = _find(code), *_unit(unit_id)
    if request.method == "POST":
        return _save(request, text, unit, standing)
    return _show(request, text, unit, standing)


def _save(request: PersonRequest, text: CardText, unit: Unit, standing: Standing) -> HttpResponse:
    form = AdditionForm(request.POST)
    if not form.is_valid():
        return _show(request, text, unit, standing, form=form, status=422)
    try:
        additions.save_addition(
            by=request.person,
            unit_id=unit.id,
            card=text,
            form_id=form.cleaned_data["id"],
            revision=form.cleaned_data["revision"] or 0,
            facts=form.facts(),
        )
    except additions.AdditionChangedMeanwhile as meanwhile:
        form.show_conflict(meanwhile.now)
        return _show(request, text, unit, standing, form=form, status=409)
    messages.success(request, _("Utkastet er lagret."))
    return redirect(queries.address_of_addition(text.code, unit.id))


def _show(
    request: PersonRequest,
    text: CardText,
    unit: Unit,
    standing: Standing,
    *,
    form: AdditionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    versions = queries.versions_of_card(unit.id, text.code)
    draft = next((version for version in versions if version.approved_at is None), None)
    approved = [version for version in versions if version.approved_at]
    holds = queries.addition_in_force(unit.id, text.code)
    if draft:
        mark_seen_about(subject_id=draft.id)
    context: dict[str, Any] = {
        "card": text,
        "unit": unit,
        "from_above": holds if holds and holds.unit_id != unit.id else None,
        "draft": draft,
        "draft_lines": queries.lines_of(draft) if draft else (),
        "versions": [(version, queries.lines_of(version)) for version in approved],
        "leads": standing.leads,
    }
    if _may_write(standing):
        context["form"] = form or AdditionForm(initial=_beginning(draft, holds))
    if draft and standing.leads:
        context["approval_form"] = AdditionApprovalForm(draft=draft, auto_id="approval_%s")
    return render(request, "controls/card_addition.html", context, status=status)


def _beginning(draft: CardAddition | None, holds: CardAddition | None) -> dict[str, Any]:
    """What the form begins with: the draft, else what holds, also when it comes from above."""
    start = draft or holds
    written = {name: getattr(start, name) for name in FACTS} if start else {}
    return {**written, "revision": draft.revision if draft else 0}


@require_POST
def ask(request: PersonRequest, code: str, unit_id: int) -> HttpResponse:
    """The draft is done; the leaders are asked to approve."""
    text, unit = _find(code), _unit(unit_id)[0]
    additions.ask_for_approval(by=request.person, draft=_draft(text, unit))
    messages.success(request, _("Lederen har fått beskjed om at utkastet er klart."))
    return redirect(queries.address_of_addition(text.code, unit.id))


@require_POST
def approve(request: PersonRequest, code: str, unit_id: int) -> HttpResponse:
    """A leader puts the draft in force."""
    text, unit = _find(code), _unit(unit_id)[0]
    draft = _draft(text, unit)
    form = AdditionApprovalForm(request.POST, draft=draft)
    # A form without what it was sent with has approved nothing that anybody can be shown to have read.
    approval_id, revision = (
        (form.cleaned_data["id"], form.cleaned_data["revision"]) if form.is_valid() else (new_id(), 0)
    )
    additions.approve_addition(
        by=request.person, draft=draft, card=text, approval_id=approval_id, revision=revision
    )
    messages.success(request, _("Det gjelder fra nå, og står på kortet. Enheten får vite det."))
    return redirect("controls:card", text.code)


def _draft(text: CardText, unit: Unit) -> CardAddition:
    draft = queries.draft_of_card(unit.id, text.code)
    if draft is None:
        raise Http404
    return draft


def _find(code: str) -> CardText:
    found = texts.find(code)
    if found is None:
        raise Http404
    return found


def _unit(unit_id: int) -> tuple[Unit, Standing]:
    """The unit and what one is to it, for those who may read its documents."""
    standing, unit = standing_in(unit_id), queries.unit_in_sight(unit_id)
    if unit is None or not standing.sees:
        raise Http404
    return unit, standing


def _may_write(standing: Standing) -> bool:
    return may_write_addition(leads=standing.leads, represents=standing.represents)


def _own_unit(request: PersonRequest) -> int | None:
    return request.person.unit.id if request.person.unit else None

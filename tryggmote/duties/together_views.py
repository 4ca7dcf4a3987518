"""Several things of a kind at once."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from tryggmote.access.requests import PersonRequest
from tryggmote.duties.forms import TogetherForm
from tryggmote.duties.kinds import DutyKind, kinds
from tryggmote.duties.owing import in_words
from tryggmote.duties.queries import owed_by_me
from tryggmote.duties.registry import Duty
from tryggmote.duties.rules import in_order, key_of
from tryggmote.duties.together import MOST_AT_ONCE, do_together, of_a_kind


@require_http_methods(["GET", "POST"])
def together(request: PersonRequest) -> HttpResponse:
    """What can be done several at once, by kind; what is chosen of one kind (`hva`) is done."""
    mine = of_a_kind(in_order(map(in_words, owed_by_me()), timezone.now()))
    forms = {code: _form(None, kinds()[code], duties) for code, duties in mine.items()}
    code = request.POST.get("hva", "")
    if request.method != "POST":
        return render(request, "duties/together.html", {"forms": forms.values()})
    if code not in mine:
        messages.info(request, _("Alt dette er allerede gjort."))
        return redirect("duties:all")
    form = _form(request.POST, kinds()[code], mine[code])
    if not form.is_valid():
        context = {"forms": (forms | {code: form}).values()}
        return render(request, "duties/together.html", context, status=422)
    _do(request, form, mine[code])
    return redirect("duties:all")


def _form(data: object, kind: DutyKind, duties: Sequence[Duty]) -> TogetherForm:
    return TogetherForm(data, kind=kind, duties=duties[:MOST_AT_ONCE], auto_id=f"{kind.code}_%s")


def _do(request: PersonRequest, form: TogetherForm, duties: Sequence[Duty]) -> None:
    chosen = [duty.owed for duty in duties if duty.owed and key_of(duty.owed) in form.cleaned_data["chosen"]]
    do_together(
        by=request.person,
        kind=form.kind,
        owed=chosen,
        sent_id=form.cleaned_data["id"],
        to_person_id=form.cleaned_data.get("to"),
    )
    done = ngettext("Gjort: ett gjøremål.", "Gjort: %(count)d gjøremål.", len(chosen))
    messages.success(request, done % {"count": len(chosen)})

"""What certificates ask of people on "Now", in words (4.1): to correct one, to look at others'."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tryggmote.duties.kinds import DutyKind, Owed, Wording

REQUIREMENT = "4.1"


def _to_correct(owed: Owed) -> Wording:
    return Wording(
        title=_("Rett kursbeviset du sendte inn"),
        why=_("Lederen har skrevet hvorfor det ikke teller slik det er."),
        url=reverse("training:certificate", args=[owed.subject]),
        action=_("Se hva som må rettes"),
    )


def _to_decide(owed: Owed) -> Wording:
    number = owed.words["count"]
    is_one = number == 1
    return Wording(
        title=_("Se på kursbeviset fra %(name)s") % owed.words
        if is_one
        else ngettext("Se på %(n)s kursbevis som venter", "Se på %(n)s kursbevis som venter", number)
        % {"n": number},
        why=_("Opplæringen teller først når du har godkjent den."),
        url=reverse("training:certificate", args=[owed.subject])
        if is_one
        else reverse("training:certificates"),
        action=_("Se på det") if is_one else _("Se på dem"),
    )


KINDS = (
    DutyKind(
        "certificate_correct", REQUIREMENT, gettext_lazy("Kursbevis som må rettes"), _to_correct,
        escalates=False,
    ),
    DutyKind(
        "certificate_decide", REQUIREMENT, gettext_lazy("Kursbevis som venter"), _to_decide,
        escalates=False,
    ),
)  # fmt: skip

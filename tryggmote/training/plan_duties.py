"""What the year's plan asks of people on "Now", in words (4.1): to make it, and to be heard on it."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.duties.kinds import DutyKind, Owed, Receiver, Wording

REQUIREMENT = "4.1"


def _planning(owed: Owed) -> Wording:
    has_draft = owed.words["has_draft"]
    title = (
        _("Gjør ferdig opplæringsplanen for %(year)s")
        if has_draft
        else _("Lag opplæringsplanen for %(year)s")
    )
    why = (
        _("%(unit)s: Utkastet venter. Planen gjelder først når verneombudet er hørt og du har godkjent.")
        if has_draft
        else _("%(unit)s: Systemet foreslår hva som trengs. Du justerer, og hører verneombudet.")
    )
    return Wording(
        title=title % owed.words,
        why=why % owed.words,
        url=_address(owed),
        action=_("Åpne utkastet") if has_draft else _("Lag planen for året"),
    )


def _address(owed: Owed) -> str:
    return f"{reverse('training:plan', args=[owed.unit_id])}?aar={owed.words['year']}"


def _speaking(owed: Owed) -> Wording:
    return Wording(
        title=_("Si hva du mener om opplæringsplanen for %(year)s") % owed.words,
        why=_("%(unit)s: Lederen kan ikke godkjenne den før du er hørt.") % owed.words,
        url=f"{_address(owed)}#uttalelse",
        action=_("Uttal deg"),
    )


KINDS = (
    DutyKind(
        "training_plan", REQUIREMENT, gettext_lazy("Opplæringsplanen for året"), _planning,
        goes_to=Receiver.LEADER,
    ),
    DutyKind(
        "training_plan_hearing", REQUIREMENT, gettext_lazy("Uttalelse om opplæringsplanen"), _speaking,
        escalates=False,
    ),
)  # fmt: skip

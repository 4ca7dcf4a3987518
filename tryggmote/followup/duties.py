"""What follow-up asks of people on "Now", in words (§ 23A-5); `duties.sql` says of whom and by when."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.duties.kinds import DutyKind, Owed, Wording

REQUIREMENT = "23a-5"


def _answering(owed: Owed) -> Wording:
    return Wording(
        title=_("Velg hva du vil ha av støtte"),
        why=_("Lederen din har noen tilbud til deg. Alt er frivillig."),
        url=reverse("followup:plan", args=[owed.subject]),
        action=_("Se tilbudene"),
    )


def _following(owed: Owed) -> Wording:
    is_late = owed.due is not None and owed.due < timezone.now()
    why = (
        _("%(unit)s: Neste steg skulle vært gjort.")
        if is_late
        else _("%(unit)s: Neste steg har frist snart.")
    )
    return Wording(
        title=_("Følg opp %(name)s") % owed.words,
        why=why % owed.words,
        url=reverse("followup:plan", args=[owed.subject]),
        action=_("Åpne planen"),
    )


# Both are between the person and the leader who follows up; the plan itself passes up what nobody does.
KINDS = (
    DutyKind(
        "followup_offered", REQUIREMENT, gettext_lazy("Tilbud om støtte"), _answering,
        escalates=False,
    ),
    DutyKind(
        "followup_next_step", REQUIREMENT, gettext_lazy("Oppfølging av en ansatt"), _following,
        escalates=False,
    ),
)  # fmt: skip

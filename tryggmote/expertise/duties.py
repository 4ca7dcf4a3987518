"""What expert help asks of people on "Now", in words: answer, and follow up what is late (1.2).

`duties.sql` says of whom and by when.
"""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.duties.kinds import DutyKind, Owed, Receiver, Wording
from tryggmote.expertise.vocabulary import words_of_expert

REQUIREMENT = "1.2"


def _answering(owed: Owed) -> Wording:
    return Wording(
        title=_("Svar på spørsmålet fra %(unit)s") % owed.words,
        why=_("De trenger faglig hjelp, og dagen de satte, er passert.")
        if owed.words["is_late"]
        else _("De trenger faglig hjelp, og har satt en dag for svaret."),
        url=reverse("expertise:request", args=[owed.subject]),
        action=_("Les og svar"),
    )


def _following_up(owed: Owed) -> Wording:
    expert = words_of_expert(owed.words["kind"], owed.words["whom"])
    return Wording(
        title=_("%(expert)s har ikke svart %(unit)s") % {"expert": expert, "unit": owed.words["unit"]},
        why=_("Dagen for svaret er passert. Purr, eller skriv svaret hvis dere har fått det."),
        url=reverse("expertise:request", args=[owed.subject]),
        action=_("Åpne spørsmålet"),
    )


KINDS = (
    # Those who asked follow it up.
    DutyKind(
        "expertise_answer", REQUIREMENT, gettext_lazy("Svar på et spørsmål om faglig hjelp"), _answering,
        escalates=False,
    ),
    DutyKind(
        "expertise_late", REQUIREMENT, gettext_lazy("Purring på faglig hjelp"), _following_up,
        goes_to=Receiver.LEADER,
    ),
)  # fmt: skip

"""That the handbook is to be opened, on "Now", in words (3.6); `duties.sql` says of whom and by when."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.duties.kinds import DutyKind, Owed, Wording


def _opening(owed: Owed) -> Wording:
    return Wording(
        title=_("Se i håndboken til %(unit)s") % owed.words,
        why=_("Det er lenge siden sist. Øverst står det som er nytt.")
        if owed.words["was_opened"]
        else _("Alt som er innført der du jobber: hva du gjør, hvem som hjelper, og hvor du går ut."),
        url=reverse("handbook:book", args=[owed.unit_id]),
        action=_("Åpne håndboken"),
    )


KINDS = (DutyKind("handbook_unopened", "3.6", gettext_lazy("Håndboken"), _opening, escalates=False),)

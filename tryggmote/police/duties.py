"""What police reports ask of leaders on "Now", in words (2.4); `duties.sql` says of whom and by when."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.duties.kinds import DutyKind, Owed, Wording
from tryggmote.police.vocabulary import Deed

REQUIREMENT = "2.4"


def _looking_again(owed: Owed) -> Wording:
    title, why, action = _words(Deed(owed.words["deed"]))
    return Wording(
        title=title % owed.words,
        why=why,
        url=reverse("police:matter", args=[owed.words["incident"]]),
        action=action,
    )


def _words(deed: Deed) -> tuple[str, str, str]:
    if deed is Deed.LATER:
        return (
            _("Ta stilling til anmeldelse fra %(unit)s"),
            _("Dere ville avgjøre det senere, og nå er dagen der."),
            _("Ta stilling"),
        )
    if deed is Deed.REPORT:
        return (
            _("Send anmeldelsen fra %(unit)s"),
            _("Det er bestemt at hendelsen skal anmeldes, men den er ikke sendt."),
            _("Gjør den ferdig"),
        )
    return (
        _("Hør med politiet om anmeldelsen fra %(unit)s"),
        _("Det er lenge siden dere hørte noe. Ring, og skriv hva de sier."),
        _("Åpne saken"),
    )


KINDS = (
    DutyKind(
        "police_matter", REQUIREMENT, gettext_lazy("Anmeldelse til politiet"), _looking_again,
    ),
)  # fmt: skip

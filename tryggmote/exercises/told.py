"""What people are told of exercises: that and when, never who did what or what was found."""

from django.utils.translation import gettext_lazy as _

from tryggmote.information.registry import ItemKind
from tryggmote.notices.registry import NoticeKind
from tryggmote.notices.vocabulary import Strength

SUGGESTED = "exercises.suggested"
INVITED = "exercises.invited"
DECIDED = "exercises.decided"
MOVED = "exercises.moved"
CALLED_OFF = "exercises.called_off"
EVALUATE = "exercises.evaluate"

KINDS = (
    NoticeKind(
        SUGGESTED,
        title=_("En øvelse er foreslått"),
        body=_("%(unit)s: %(name)s foreslår en øvelse. Les forslaget, og bestem."),
    ),
    NoticeKind(
        INVITED,
        title=_("Du er med på en øvelse"),
        body=_("%(unit)s: Se når, hvor og hva du skal gjøre."),
        for_unit=True,
    ),
    NoticeKind(
        DECIDED,
        title=_("Øvelsen du foreslo, blir noe av"),
        body=_("%(unit)s: %(name)s har bestemt det, og de som er med, er invitert."),
        strength=Strength.DIGEST,
    ),
    NoticeKind(
        MOVED,
        title=_("En øvelse du er med på, er flyttet"),
        body=_("%(unit)s: Se den nye tiden."),
        for_unit=True,
    ),
    NoticeKind(
        CALLED_OFF,
        title=_("En øvelse blir ikke noe av"),
        body=_("%(unit)s: Åpne den og les hvorfor."),
        for_unit=True,
    ),
    NoticeKind(
        EVALUATE,
        title=_("Hvordan var øvelsen?"),
        body=_("%(unit)s: Svar på fire spørsmål. Det tar ett minutt, og ingen ser hvem som svarte hva."),
        strength=Strength.DIGEST,
    ),
)
NEWS = ItemKind(
    "exercises.reported",
    title=_("Vi har øvd: %(title)s"),
    body=_("Les hva vi øvde på, og hva vi lærte."),
    icon="PersonGroupIcon",
)

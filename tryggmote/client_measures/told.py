"""What people are told of a case: that something waits for them, and nothing of what it is about."""

from django.utils.translation import gettext_lazy as _

from tryggmote.notices.registry import NoticeKind

KINDS = (
    NoticeKind(
        "client_measure_named",
        title=_("Du er satt på en lukket sak"),
        body=_("%(unit)s: %(name)s har satt deg på en sak om tiltak overfor en bruker."),
    ),
    NoticeKind(
        "client_measure_to_decide",
        title=_("En lukket sak venter på at du avgjør den"),
        body=_("%(unit)s: %(name)s har gjort klar en sak om tiltak overfor en bruker."),
    ),
    NoticeKind(
        "client_measure_decided",
        title=_("En lukket sak er avgjort"),
        body=_("%(unit)s: %(name)s har avgjort en sak du har arbeidet med. Brukeren skal få vite det."),
    ),
    NoticeKind(
        "client_measure_complaint",
        title=_("En klage venter på svar"),
        body=_("%(unit)s: Det er kommet en klage i en lukket sak. Du svarer skriftlig."),
    ),
)

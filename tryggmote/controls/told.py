"""What measures tell people: that something is to be done and where, never what was written."""

from django.utils.translation import gettext_lazy as _

from tryggmote.notices.registry import NoticeKind

KINDS = (
    NoticeKind(
        "measure_owned",
        title=_("Du har ansvar for et tiltak"),
        body=_("%(unit)s: Du har fått ansvar for et tiltak. Fristen står i Tryggmøte."),
    ),
    NoticeKind(
        "measure_overdue",
        title=_("Et tiltak er over fristen"),
        body=_("%(unit)s: Et tiltak er fem arbeidsdager over fristen. Derfor er du varslet."),
    ),
    NoticeKind(
        "procedure_waiting",
        title=_("En rutine venter på godkjenning"),
        body=_("%(unit)s: Et utkast til rutine er klart. Les det, og godkjenn det eller si hva som mangler."),
    ),
    NoticeKind(
        "card_addition_waiting",
        title=_("Et tiltakskort venter på godkjenning"),
        body=_("%(unit)s: Utkastet til det som gjelder hos dere, er klart. Les det og godkjenn det."),
    ),
    NoticeKind(
        "agreement_to_sign",
        title=_("En avtale venter på at du signerer"),
        body=_("%(unit)s: Arbeidsgiverne skal avtale hvem som samordner vernearbeidet. Les og signer."),
    ),
)

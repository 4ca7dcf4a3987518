"""What is told of injuries and notices: that something was done, never what was written."""

from django.utils.translation import gettext_lazy as _

from tryggmote.notices.registry import NoticeKind
from tryggmote.notices.vocabulary import Strength

KINDS = (
    NoticeKind(
        "notice_copy",
        title=_("Kopi av varsel til Arbeidstilsynet"),
        body=_("%(unit)s: En alvorlig skade er varslet og bekreftet skriftlig. Du får kopi som verneombud."),
        strength=Strength.AT_ONCE,
        why=_("Verneombudet skal ha kopi av varselet til Arbeidstilsynet straks (AML § 5-2)."),
    ),
    NoticeKind(
        "injury_entered",
        title=_("En skade er ført i skaderegisteret"),
        body=_(
            "%(name)s har ført en skade som gjelder deg. Ingenting om helsen din står der uten at du vil."
        ),
    ),
    NoticeKind(
        "injury_reported",
        title=_("Yrkesskaden din er meldt til Nav"),
        body=_("%(name)s har sendt skademeldingen. Se hva du selv kan gjøre videre."),
    ),
    NoticeKind(
        "injury_limit",
        title=_("En frist for yrkesskade nærmer seg"),
        body=_("%(unit)s: Retten til å sette fram krav går ut %(day)s. Skaden er ikke meldt til Nav ennå."),
    ),
)

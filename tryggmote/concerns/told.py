"""What people are told of concerns, demands and stops: that one is there and where, never what it says."""

from django.utils.translation import gettext_lazy as _

from tryggmote.notices.registry import NoticeKind
from tryggmote.notices.vocabulary import Strength

WRITTEN = "concerns.written"
READ = "concerns.read"
ANSWERED = "concerns.answered"
SHARED = "concerns.shared"
PASSED_ON_TO = "concerns.passed_on_to"
PASSED_ON = "concerns.passed_on"
SETTLED = "concerns.settled"
DEMANDED = "concerns.demanded"
DEMAND_ANSWERED = "concerns.demand_answered"
TAKEN_FURTHER = "concerns.taken_further"
STOPPED = "concerns.stopped"
TO_JUDGE = "concerns.to_judge"
STILL_STOPPED = "concerns.still_stopped"
MAY_BEGIN = "concerns.may_begin"

KINDS = (
    NoticeKind(
        WRITTEN,
        title=_("En ansatt er bekymret"),
        body=_("%(unit)s: Noen har skrevet til deg om sikkerheten. Les det, og svar innen fristen."),
    ),
    NoticeKind(
        READ,
        title=_("Bekymringen din er lest"),
        body=_("%(name)s har lest det du skrev."),
        strength=Strength.SCREEN,
    ),
    NoticeKind(
        ANSWERED,
        title=_("Du har fått svar på bekymringen din"),
        body=_("%(name)s har svart. Les svaret, og si om det holder."),
    ),
    NoticeKind(
        SHARED,
        title=_("En bekymring er delt med deg"),
        body=_("%(unit)s: Den som skrev, har sagt at du kan lese den."),
    ),
    NoticeKind(
        PASSED_ON_TO,
        title=_("En bekymring trenger deg"),
        body=_("%(unit)s: Den er ikke besvart innen fristen, eller svaret holdt ikke. Nå er den hos deg."),
    ),
    NoticeKind(
        PASSED_ON,
        title=_("Bekymringen din er sendt videre"),
        body=_("Nå er den hos %(name)s, som også har fått en frist for å svare."),
    ),
    NoticeKind(
        SETTLED,
        title=_("Svaret ditt holder"),
        body=_("%(unit)s: Den som skrev bekymringen, er fornøyd med svaret."),
        strength=Strength.SCREEN,
    ),
    NoticeKind(
        DEMANDED,
        title=_("Verneombudet krever at dere gjør noe"),
        body=_("%(unit)s: Les kravet etter AML § 6-2, og svar innen fristen."),
    ),
    NoticeKind(
        DEMAND_ANSWERED,
        title=_("Kravet ditt er besvart"),
        body=_("%(unit)s: Les hva arbeidsgiveren svarer."),
    ),
    NoticeKind(
        TAKEN_FURTHER,
        title=_("Verneombudet har meldt et krav videre"),
        body=_("%(unit)s: Kravet er meldt til AMU eller Arbeidstilsynet. Se hva det gjelder."),
    ),
    NoticeKind(
        STOPPED,
        title=_("Verneombudet har stanset arbeidet"),
        body=_("%(unit)s: Det er umiddelbar fare. Les hva som er stanset, og snakk med verneombudet nå."),
        strength=Strength.AT_ONCE,
        why=_("Arbeidet er stanset fordi noen er i fare (arbeidsmiljøloven § 6-3)."),
    ),
    NoticeKind(
        TO_JUDGE,
        title=_("Kan arbeidet begynne igjen?"),
        body=_("%(unit)s: Arbeidsgiveren har sagt hva som er gjort. Si om du er enig."),
        strength=Strength.AT_ONCE,
        why=_("Arbeidet er stanset fordi noen er i fare (arbeidsmiljøloven § 6-3)."),
    ),
    NoticeKind(
        STILL_STOPPED,
        title=_("Arbeidet er fortsatt stanset"),
        body=_("%(unit)s: Se hva som mangler før arbeidet kan begynne igjen."),
    ),
    NoticeKind(
        MAY_BEGIN,
        title=_("Arbeidet kan begynne igjen"),
        body=_("%(unit)s: Stansen er over. Se hva som er gjort."),
    ),
)

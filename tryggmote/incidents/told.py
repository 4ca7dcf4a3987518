"""What incidents tell people, in words that say that something happened and where, never what was written."""

from django.utils.translation import gettext_lazy as _

from tryggmote.notices.registry import NoticeKind
from tryggmote.notices.vocabulary import Strength

KINDS = (
    NoticeKind(
        "incident_reported",
        title=_("En hendelse er meldt"),
        body=_("%(unit)s: Noen har meldt om vold, trussel eller uro. Les meldingen innen to arbeidsdager."),
        strength=Strength.AT_ONCE,
        why=_("Leder og verneombud skal vite om en hendelse når den er meldt (krav 2.4)."),
    ),
    NoticeKind(
        "incident_about_you",
        title=_("En hendelse som gjelder deg, er meldt"),
        body=_(
            "%(unit)s: En kollega har meldt en hendelse på vegne av deg. Du kan lese meldingen og svaret."
        ),
    ),
    NoticeKind(
        "incident_read",
        title=_("Meldingen din er lest"),
        body=_("%(name)s har lest hendelsen du meldte."),
        strength=Strength.DIGEST,
    ),
    NoticeKind(
        "incident_answered",
        title=_("Du har fått svar på en hendelse"),
        body=_("%(name)s har svart. Svaret ligger i Tryggmøte."),
    ),
    NoticeKind(
        "incident_escalated",
        title=_("En hendelse trenger deg"),
        body=_("%(unit)s: Ingen leder har lest en hendelse på to arbeidsdager. Derfor er du varslet."),
    ),
    NoticeKind(
        "incident_passed_on",
        title=_("Meldingen din er sendt videre"),
        body=_("Ingen leder hadde lest den etter to arbeidsdager. %(name)s er varslet i stedet."),
    ),
    NoticeKind(
        "incident_serious",
        title=_("En alvorlig hendelse"),
        body=_("%(unit)s: En hendelse er vurdert til nivå %(level)s. Lederen følger den opp."),
        strength=Strength.AT_ONCE,
        why=_("En alvorlig hendelse skal ledelsen vite om med en gang (krav 2.4)."),
    ),
    NoticeKind(
        "incident_step_overdue",
        title=_("Oppfølgingen av en hendelse er forsinket"),
        body=_("%(unit)s: Fristen for et steg er ute. Spør lederen om hun eller han trenger hjelp."),
    ),
    NoticeKind(
        "incident_shared",
        title=_("Det har skjedd noe alvorlig i et kontor dere deler"),
        body=_(
            "%(unit)s: Vurder om det samme kan ramme deres ansatte, og snakk med den andre arbeidsgiveren."
        ),
    ),
    NoticeKind(
        "incident_without_recipient",
        title=_("Leder eller verneombud mangler"),
        body=_(
            "%(unit)s: En hendelse er meldt, men leder eller verneombud er ikke registrert. Registrer dem nå."
        ),
        strength=Strength.AT_ONCE,
        why=_("En hendelse ingen får vite om, blir ikke fulgt opp (krav 2.4)."),
    ),
    NoticeKind(
        "incident_later_reported",
        title=_("Noe har kommet etterpå"),
        body=_("%(unit)s: Det er meldt noe som kom etter en hendelse du har fulgt opp. Les meldingen."),
    ),
)

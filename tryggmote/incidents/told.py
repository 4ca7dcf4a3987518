"""What incidents tell people, in words that say that something happened and where, never what was written."""

from django.utils.translation import gettext_lazy as _

from tryggmote.notices.registry import NoticeKind

KINDS = (
    NoticeKind(
        "incident_reported",
        title=_("En hendelse er meldt"),
        body=_("%(unit)s: Noen har meldt om vold, trussel eller uro. Les meldingen innen to arbeidsdager."),
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
        email=False,
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
    ),
)

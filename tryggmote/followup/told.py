"""What follow-up tells people: that something waits, never who or what. E-mail is read on open screens."""

from django.utils.translation import gettext_lazy as _

from tryggmote.notices.registry import NoticeKind

KINDS = (
    NoticeKind(
        "followup_offered",
        title=_("Du har fått et tilbud"),
        body=_("Lederen din tilbyr deg støtte. Du velger selv hva du vil ha. Alt er frivillig."),
    ),
    NoticeKind(
        "followup_to_do",
        title=_("Noen trenger deg som leder"),
        body=_("Du er satt opp til å følge opp en ansatt. Åpne planen i Tryggmøte."),
    ),
    NoticeKind(
        "followup_changed",
        title=_("Det er noe nytt i en plan"),
        body=_("Noe er svart, avtalt eller endret. Åpne planen i Tryggmøte."),
    ),
    NoticeKind(
        "followup_sooner",
        title=_("En plan har fått kortere frister"),
        body=_("Hendelsen er vurdert som mer alvorlig enn før. Åpne planen i Tryggmøte."),
    ),
    NoticeKind(
        "followup_handed_over",
        title=_("En annen leder følger deg opp"),
        body=_("Du ser hvem i planen din. Vil du ha en annen, kan du velge det selv."),
    ),
    NoticeKind(
        "followup_shared",
        title=_("Noen har delt en plan med deg"),
        body=_("Du kan lese den til den det gjelder, trekker det tilbake. At du leser, blir logget."),
    ),
    NoticeKind(
        "followup_due",
        title=_("Dere har en avtale i dag"),
        body=_("Et steg i en plan har frist i dag. Åpne planen i Tryggmøte."),
    ),
    NoticeKind(
        "followup_overdue",
        title=_("Et steg er over tiden"),
        body=_("Ta kontakt i dag. Er det gjort, så si det i planen."),
    ),
    NoticeKind(
        "followup_passed_up",
        title=_("En oppfølging er forsinket"),
        body=_(
            "%(unit)s: En plan som %(name)s skal følge opp, er over tiden. Hør om %(name)s trenger hjelp."
        ),
    ),
)

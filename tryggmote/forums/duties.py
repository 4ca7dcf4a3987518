"""What forums ask of people on "Now", in words (1.3, AML § 7-2); `duties.sql` says of whom and by when."""

from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.duties.kinds import DutyKind, OneOfSeveral, Owed, Receiver, Together, Wording
from tryggmote.forums.minutes import publish, see_to
from tryggmote.forums.models import Decision, Meeting
from tryggmote.forums.vocabulary import MeetingKind
from tryggmote.ui.dates import day, when

REQUIREMENT = "1.3"
COMMITTEE = "aml-7-2"


def _meeting_yearly(owed: Owed) -> Wording:
    return Wording(
        title=_("Planlegg partnerskapsmøte om vold og trusler"),
        why=_("%(unit)s: Stat og kommune skal behandle det hvert år.") % owed.words,
        url=_plan(owed, MeetingKind.PARTNERSHIP),
        action=_("Planlegg møtet"),
    )


def _reviewing(owed: Owed) -> Wording:
    return Wording(
        title=_("Planlegg ledelsens gjennomgang"),
        why=_("%(unit)s: Hvert år skal dere se om arbeidet virker (internkontrollforskriften § 5 nr. 8).")
        % owed.words,
        url=_plan(owed, MeetingKind.MANAGEMENT_REVIEW),
        action=_("Planlegg møtet"),
    )


def _answering_case(owed: Owed) -> Wording:
    month = date_format(date.fromisoformat(owed.words["month"]), "YEAR_MONTH_FORMAT")
    return Wording(
        title=_("Skal partnerskapet behandle hendelsen på nivå %(level)s?") % owed.words,
        why=_("%(unit)s, %(month)s. Begge eierne svarer, og et nei krever en grunn.")
        % {"unit": owed.words["unit"], "month": month},
        url=reverse("forums:cases"),
        action=_("Svar"),
    )


def _approving(owed: Owed) -> Wording:
    return Wording(
        title=_("Godkjenn referatet fra møtet"),
        why=_("%(kind)s, %(unit)s: Sendt %(day)s. Det teller når begge parter har godkjent.") % _said(owed),
        url=reverse("forums:meeting", args=[owed.subject]),
        action=_("Les og godkjenn"),
    )


def _writing_minutes(owed: Owed) -> Wording:
    starts_at = datetime.fromisoformat(owed.words["starts_at"])
    words = {"unit": owed.words["unit"], "kind": MeetingKind(owed.words["kind"]).label}
    is_begun = starts_at <= timezone.now()
    return Wording(
        title=_("Skriv ferdig referatet") if is_begun else _("Skriv referat fra møtet i dag"),
        why=_("%(kind)s, %(unit)s: Møtet var %(day)s.") % {**words, "day": day(starts_at)}
        if is_begun
        else _("%(kind)s, %(unit)s: Møtet er %(moment)s.") % {**words, "moment": when(starts_at)},
        url=reverse("forums:minutes", args=[owed.subject]),
        action=_("Skriv"),
    )


def _publishing(owed: Owed) -> Wording:
    return Wording(
        title=_("Publiser referatet"),
        why=_("%(kind)s, %(unit)s: Begge parter godkjente %(day)s.") % _said(owed),
        url=reverse("forums:meeting", args=[owed.subject]),
        action=_("Åpne møtet"),
    )


def _seeing_to(owed: Owed) -> Wording:
    words = {"unit": owed.words["unit"], "kind": MeetingKind(owed.words["kind"]).label}
    return Wording(
        title=owed.words["decided"],
        why=_("%(kind)s, %(unit)s: Møtet ga deg oppgaven.") % words,
        url=reverse("forums:decision", args=[owed.subject]),
        action=_("Åpne oppgaven"),
    )


def _going_through(owed: Owed) -> Wording:
    return Wording(
        title=_("Planlegg utvalgets gjennomgang av hendelsene"),
        why=_("%(unit)s: Kvartalet som sluttet %(day)s, er ikke gått gjennom.")
        % {"unit": owed.words["unit"], "day": _day(owed)},
        url=_plan(owed, MeetingKind.COMMITTEE),
        action=_("Planlegg møtet"),
    )


def _reporting(owed: Owed) -> Wording:
    return Wording(
        title=_("Planlegg utvalgets årsrapport"),
        why=_("%(unit)s: Utvalget har ikke gitt årsrapport de siste tolv månedene.") % owed.words,
        url=_plan(owed, MeetingKind.COMMITTEE),
        action=_("Planlegg møtet"),
    )


def _plan(owed: Owed, kind: MeetingKind) -> str:
    return f"{reverse('forums:plan')}?slag={kind}&enhet={owed.unit_id}"


def _said(owed: Owed) -> dict[str, str]:
    """Which forum, where, and on which day."""
    return {
        "unit": owed.words["unit"],
        "kind": str(MeetingKind(owed.words["kind"]).label),
        "day": _day(owed),
    }


def _day(owed: Owed) -> str:
    return day(date.fromisoformat(owed.words["on"]))


def _publish(one: OneOfSeveral) -> None:
    publish(by=one.by, meeting=Meeting.objects.select_related("unit").get(id=one.subject))


def _see_to(one: OneOfSeveral) -> None:
    see_to(by=one.by, decision=Decision.objects.get(id=one.subject))


PUBLISHED_TOGETHER = Together(
    title=gettext_lazy("Publiser referater"),
    says=gettext_lazy("Begge parter har godkjent dem. Hvert referat kan leses av dem det gjelder."),
    button=gettext_lazy("Publiser dem jeg har valgt"),
    act=_publish,
)
DONE_TOGETHER = Together(
    title=gettext_lazy("Oppgaver fra møter som er gjort"),
    says=gettext_lazy("Hver oppgave får ditt navn og tiden nå."),
    button=gettext_lazy("De jeg har valgt, er gjort"),
    act=_see_to,
)
KINDS = (
    DutyKind(
        "forum_yearly", REQUIREMENT, gettext_lazy("Partnerskapsmøte"), _meeting_yearly,
        goes_to=Receiver.LEADER,
    ),
    DutyKind(
        "forum_management", "", gettext_lazy("Ledelsens gjennomgang"), _reviewing, goes_to=Receiver.LEADER
    ),
    DutyKind("forum_case", REQUIREMENT, gettext_lazy("Svar på en sak for partnerskapet"), _answering_case),
    DutyKind("forum_approve", REQUIREMENT, gettext_lazy("Godkjenning av et referat"), _approving),
    DutyKind("forum_minutes", REQUIREMENT, gettext_lazy("Referat fra et møte"), _writing_minutes),
    DutyKind(
        "forum_publish", REQUIREMENT, gettext_lazy("Publisering av et referat"), _publishing,
        together=PUBLISHED_TOGETHER,
    ),
    DutyKind(
        "forum_task", REQUIREMENT, gettext_lazy("Oppgave fra et møte"), _seeing_to, together=DONE_TOGETHER
    ),
    DutyKind("forum_review", COMMITTEE, gettext_lazy("Utvalgets gjennomgang av hendelsene"), _going_through),
    DutyKind("forum_report", COMMITTEE, gettext_lazy("Utvalgets årsrapport"), _reporting),
)  # fmt: skip

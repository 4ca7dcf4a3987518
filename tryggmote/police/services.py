"""What is decided, sent and heard about a police report: one function an act, each in one transaction."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.once import made_once
from tryggmote.exhibits.models import Exhibit
from tryggmote.exhibits.services import hand_over
from tryggmote.incidents.consequences import take_step
from tryggmote.incidents.models import Incident
from tryggmote.incidents.rules import involved
from tryggmote.incidents.vocabulary import Outcome
from tryggmote.notices.services import tell
from tryggmote.police.guidance import guidance
from tryggmote.police.models import Account, PoliceAct
from tryggmote.police.rules import may_decide, may_tell, possible_after, remind_at
from tryggmote.police.vocabulary import Deed

READ_LOG_KIND = "police"
STEP = "police"
_TOLD = {Deed.FILED: "police_filed"}


@dataclass(frozen=True)
class Told:
    """What happened, as the police need it: who is in it is told to them, not to us."""

    channel: str
    exact_words: str = ""
    course: str = ""
    witnesses: str = ""
    harm: str = ""


@dataclass(frozen=True)
class Sending:
    """How the report went to the police, and which evidence went with it."""

    how: str
    police_place: str
    exhibits: tuple[Exhibit, ...] = ()


@transaction.atomic
def decide(
    *,
    by: SignedInPerson,
    incident: Incident,
    act_id: UUID,
    deed: Deed,
    reason: str = "",
    later_on: date | None = None,
    at: datetime | None = None,
) -> PoliceAct:
    """Decide for the employer whether the incident is reported. The same `act_id` again changes nothing.

    To report and not to report both take the leader's step; later leaves it open, and reminds.
    Raises: NotAllowed for others than uninvolved leaders; NotPossible when it has been sent already, or when
    the reason for not reporting or for waiting is missing.
    """
    if deed is not Deed.REPORT and not reason.strip():
        raise NotPossible(_("Skriv hvorfor det ikke blir anmeldt nå."))
    act, is_new = _record(by, incident, act_id, deed, note=reason, at=at, later_on=later_on)
    if is_new and deed is not Deed.LATER:
        outcome = Outcome.DONE if deed is Deed.REPORT else Outcome.DECLINED
        take_step(by=by, incident=incident, code=STEP, outcome=outcome, note=reason, at=act.at)
    return act


@transaction.atomic
def file_report(
    *,
    by: SignedInPerson,
    incident: Incident,
    act_id: UUID,
    sending: Sending,
    day: date | None = None,
    case_number: str = "",
    at: datetime | None = None,
) -> PoliceAct:
    """The report has been sent or handed over, and evidence with it: a link in the chain of each.

    The same `act_id` again changes nothing. Raises: NotAllowed; NotPossible when it was not decided to
    report, or has been sent already.
    """
    act, is_new = _record(
        by,
        incident,
        act_id,
        Deed.FILED,
        day=day,
        case_number=case_number,
        how=sending.how,
        police_place=sending.police_place,
        at=at,
    )
    if is_new:
        to = ", ".join(filter(None, [_("Politiet"), sending.police_place]))
        hand_over(by=by, exhibits=sending.exhibits, to=to, at=act.at)
    return act


@transaction.atomic
def record_news(
    *,
    by: SignedInPerson,
    incident: Incident,
    act_id: UUID,
    deed: Deed,
    day: date | None = None,
    case_number: str = "",
    note: str = "",
    at: datetime | None = None,
) -> PoliceAct:
    """Something was heard from the police, or they were asked. The same `act_id` again changes nothing.

    Raises: NotAllowed; NotPossible when nothing has been sent.
    """
    act, _is_new = _record(by, incident, act_id, deed, day=day, case_number=case_number, note=note, at=at)
    return act


@transaction.atomic
def tell_what_happened(
    *, by: SignedInPerson, incident: Incident, account_id: UUID, told: Told, at: datetime | None = None
) -> Account:
    """Write what happened for the police. Earlier accounts stay; the same `account_id` again changes nothing.

    Raises: NotAllowed for others than those it happened to, the one who reported, and uninvolved leaders.
    """
    if not may_tell(by, incident):
        raise NotAllowed(
            _("Bare den det gjelder, den som meldte, og lederen skriver grunnlaget."),
            who_can_help=_("Nærmeste leder for den det gjelder."),
        )
    account, _is_new = made_once(
        Account,
        id=account_id,
        owner={"by_id": by.id, "incident_id": incident.id},
        fields={"at": at or timezone.now(), **asdict(told)},
    )
    return account


def _record(
    by: SignedInPerson,
    incident: Incident,
    act_id: UUID,
    deed: Deed,
    *,
    at: datetime | None,
    day: date | None = None,
    later_on: date | None = None,
    **fields: str,
) -> tuple[PoliceAct, bool]:
    if not may_decide(by, incident):
        raise NotAllowed(
            _("Bare en leder som ikke selv er en del av hendelsen, tar stilling til anmeldelse."),
            who_can_help=_("Nærmeste leder for den det gjelder, eller neste leder."),
        )
    owner: dict[str, int | UUID] = {"by_id": by.id, "incident_id": incident.id}
    if sent := PoliceAct.objects.filter(id=act_id, **owner).first():
        return sent, False
    _one_at_a_time(incident)
    _must_be_possible(incident, deed)
    at = at or timezone.now()
    act, is_new = made_once(
        PoliceAct,
        id=act_id,
        owner=owner,
        fields={
            "deed": deed,
            "at": at,
            "day": day or timezone.localdate(at),
            "remind_at": remind_at(deed, at, guidance().remind_after_workdays, later_on),
            "guidance_version": guidance().version,
            **fields,
        },
    )
    if is_new:
        _tell_involved(by, incident, deed)
    return act, is_new


def _one_at_a_time(incident: Incident) -> None:
    """Two leaders who act at once are taken one after the other, each on what the other has done."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('police'), hashtext(%s))", [str(incident.id)])


def _must_be_possible(incident: Incident, deed: Deed) -> None:
    latest = (
        PoliceAct.objects.filter(incident=incident, is_latest=True).values_list("deed", flat=True).first()
    )
    if deed not in possible_after(Deed(latest) if latest else None):
        raise NotPossible(
            _("Det kan ikke gjøres slik saken står nå. Åpne siden på nytt, så ser du hva som er gjort.")
        )


def _tell_involved(by: SignedInPerson, incident: Incident, deed: Deed) -> None:
    """Those it happened to hear it from us, not from the police."""
    recipients: Iterable[int] = involved(incident)
    tell(
        person_ids=recipients,
        kind="police_decided" if deed.is_decision else _TOLD.get(deed, "police_news"),
        subject_id=incident.id,
        url=reverse("police:matter", args=[incident.id]),
        context={"name": by.name},
    )

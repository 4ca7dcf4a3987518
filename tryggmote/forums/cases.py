"""Serious incidents the owners of an office are asked about: treat it in the partnership, or not? (1.3)

What is told of one is its level and its month. Whoever may read the incident itself does so elsewhere.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.once import made_once
from tryggmote.forums.models import Case, CaseAnswer, Meeting, Point
from tryggmote.forums.rules import OWNERS
from tryggmote.forums.vocabulary import MeetingKind, Side, Source
from tryggmote.incidents.levels import level as level_of


@dataclass(frozen=True)
class SeriousCase:
    """One serious incident of an office, and what each owner has said; None for one who has not answered."""

    office_id: int
    office: str
    event_id: UUID
    level: int
    month: date
    answers: dict[Side, bool | None]
    meeting_id: UUID | None
    is_treated: bool
    my_side: Side | None

    @property
    def level_words(self) -> str:
        """The level with its word."""
        return f"{self.level} – {level_of(self.level).word}"

    @property
    def month_words(self) -> str:
        """The month it happened in."""
        return date_format(self.month, "YEAR_MONTH_FORMAT")

    @property
    def is_declined(self) -> bool:
        """Whether both owners have said no, each with a reason."""
        return all(answer is False for answer in self.answers.values())

    @property
    def is_to_be_treated(self) -> bool:
        """Whether an owner wants it treated, and it has not been yet."""
        return not self.is_treated and any(self.answers.values())

    @property
    def waits_for_me(self) -> bool:
        """Whether the one who asks owes an answer."""
        return not self.is_treated and self.my_side is not None and self.answers[self.my_side] is None

    @property
    def said(self) -> list[tuple[Side, str]]:
        """What each owner has answered, in words."""
        words = {None: _("har ikke svart"), True: _("vil behandle den"), False: _("vil ikke behandle den")}
        return [(side, words[answer]) for side, answer in self.answers.items()]


_CASES = """
select c.office_id, u.name, c.event_id, c.level, c.month, c.state_treats, c.municipal_treats, c.meeting_id,
  c.is_treated, app.may_sit(app.me(), c.office_id, 'partnership', 'state'),
  app.may_sit(app.me(), c.office_id, 'partnership', 'municipal')
from app.partnership_cases() c join organisation_unit u on u.id = c.office_id
where %(office)s::bigint is null or c.office_id = %(office)s
order by c.is_treated, c.month desc, c.event_id limit %(most)s
"""
MOST = 200


def cases_of(office_id: int | None = None) -> list[SeriousCase]:
    """Those of one office, or of all one owns or leads, what waits first; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_CASES, {"office": office_id, "most": MOST})
        return [_case(*row) for row in cursor.fetchall()]


def _case(
    office_id: int,
    office: str,
    event_id: UUID,
    level: int,
    month: date,
    state: bool | None,
    municipal: bool | None,
    meeting_id: UUID | None,
    is_treated: bool,
    *mine: bool,
) -> SeriousCase:
    return SeriousCase(
        office_id=office_id,
        office=office,
        event_id=event_id,
        level=level,
        month=month,
        answers={Side.STATE: state, Side.MUNICIPAL: municipal},
        meeting_id=meeting_id,
        is_treated=is_treated,
        my_side=next((side for side, is_mine in zip(OWNERS, mine, strict=True) if is_mine), None),
    )


@transaction.atomic
def answer(
    *, by: SignedInPerson, case: SeriousCase, answer_id: UUID, treats: bool, reason: str = ""
) -> CaseAnswer:
    """Say for one's own side whether the partnership is to treat the incident. The latest answer counts,
    and a yes is on the agenda of the meeting that is called already.

    The same `answer_id` again changes nothing. Raises: NotAllowed for others than the office's owners;
    NotPossible for a no without a reason, or when it has been treated.
    """
    if case.my_side is None:
        raise NotAllowed(_("Bare eierne av kontoret svarer på dette: fylket og kommunen."))
    if case.is_treated:
        raise NotPossible(_("Hendelsen er behandlet i et partnerskapsmøte."))
    if not treats and not reason.strip():
        raise NotPossible(_("Skriv hvorfor partnerskapet ikke skal behandle den."))
    fields = {
        "incident_id": case.event_id,
        "side": case.my_side,
        "treats": treats,
        "reason": "" if treats else reason,
    }
    answered, is_new = made_once(CaseAnswer, id=answer_id, owner={"by_id": by.id}, fields=fields)
    if is_new and treats:
        _take_up_in_next(case)
    return answered


def _take_up_in_next(case: SeriousCase) -> None:
    """Put it on the agenda of the partnership meeting that is called already, if there is one."""
    called = Meeting.objects.filter(unit_id=case.office_id, kind=MeetingKind.PARTNERSHIP, called_off_at=None)
    meeting = called.filter(sent_at=None, starts_at__gt=timezone.now()).order_by("starts_at").first()
    if meeting is None:
        return
    Case.objects.get_or_create(meeting=meeting, incident_id=case.event_id)
    points = Point.objects.filter(meeting=meeting)
    if not points.filter(source=Source.SERIOUS).exists():
        number = points.aggregate(last=Max("number"))["last"] or 0
        title = str(Source.SERIOUS.label)
        Point.objects.create(meeting=meeting, number=number + 1, source=Source.SERIOUS, title=title)

"""Minutes: written while the meeting goes on, who was there, what was decided, approved, published (1.3)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.ids import new_id
from tryggmote.access.once import made_once
from tryggmote.controls.services import MeasureDraft, plan_measure
from tryggmote.controls.vocabulary import SUGGESTED_RUNG, MeasureKind, OriginKind
from tryggmote.forums import told
from tryggmote.forums.models import Approval, Decision, Meeting, Participant, Point, Return
from tryggmote.forums.queries import meeting_of_decision
from tryggmote.forums.rules import Readiness, readiness
from tryggmote.forums.services import arranges, hold_open, refuse_unless_arranges
from tryggmote.forums.telling import context_of, tell_everybody, tell_people
from tryggmote.forums.vocabulary import Becomes, Stage
from tryggmote.information.services import publish as put_in_feed
from tryggmote.ui.dates import day


class WrittenMeanwhile(Exception):
    """Somebody else has written at the point since one began; `point` holds what they wrote."""

    def __init__(self, point: Point) -> None:
        super().__init__(str(point.id))
        self.point = point


@transaction.atomic
def write(*, by: SignedInPerson, point: Point, words: str, seen_at: datetime | None) -> Point:
    """Save what the minutes say of a point. `seen_at`: when they were last written, as the writer saw it.

    Raises: WrittenMeanwhile when another has written since; NotAllowed; NotPossible once they are sent.
    """
    hold_open(point.meeting)
    waiting = Point.objects.select_for_update(of=("self",)).select_related("meeting__unit", "minutes_by")
    locked = waiting.get(id=point.id)
    if locked.minutes == words:
        return locked
    if locked.minutes_by_id not in (None, by.id) and locked.minutes_at != seen_at:
        raise WrittenMeanwhile(locked)
    locked.minutes, locked.minutes_by_id, locked.minutes_at = words, by.id, timezone.now()
    locked.save(update_fields=["minutes", "minutes_by", "minutes_at"])
    return locked


@transaction.atomic
def note_attendance(*, by: SignedInPerson, meeting: Meeting, present: Collection[int]) -> None:
    """Write down who of those invited was there. Raises: NotAllowed; NotPossible once they are sent."""
    hold_open(meeting)
    invited = Participant.objects.filter(meeting=meeting)
    invited.filter(person_id__in=present).update(attended=True)
    invited.exclude(person_id__in=present).update(attended=False)


@dataclass(frozen=True)
class DecisionDraft:
    """What is decided. `measure_kind`: of the measure, when it becomes one."""

    id: UUID
    words: str
    becomes: Becomes
    owner_id: int
    due_on: date
    measure_kind: str = ""


@transaction.atomic
def decide(*, by: SignedInPerson, point: Point, draft: DecisionDraft) -> Decision:
    """Write down a decision, and give it to its owner: a measure of the unit, or a task. Once an id.

    Raises: NotAllowed; NotPossible once the minutes are sent, or as `plan_measure` does.
    """
    meeting = point.meeting
    if sent := Decision.objects.filter(id=draft.id, point=point, by_id=by.id).first():
        return sent
    hold_open(meeting)
    fields = {name: getattr(draft, name) for name in ("words", "becomes", "owner_id", "due_on")}
    owner: dict[str, int | UUID] = {"by_id": by.id, "point_id": point.id}
    decision = made_once(Decision, id=draft.id, owner=owner, fields=fields)[0]
    if draft.becomes == Becomes.MEASURE:
        plan_measure(by=by, draft=_measure(meeting, decision, MeasureKind(draft.measure_kind)))
    elif draft.owner_id != by.id:
        tell_people(meeting, told.DECIDED, {draft.owner_id})
    return decision


def _measure(meeting: Meeting, decision: Decision, kind: MeasureKind) -> MeasureDraft:
    return MeasureDraft(
        id=new_id(),
        unit_id=meeting.unit_id,
        title=decision.words,
        what="",
        kind=kind,
        hierarchy=SUGGESTED_RUNG[kind],
        forms=(),
        owner_id=decision.owner_id,
        due_on=decision.due_on,
        origin_kind=OriginKind.MEETING,
        origin_id=decision.id,
        origin_words=f"{meeting.kind_word}, {day(timezone.localtime(meeting.starts_at).date())}",
    )


@transaction.atomic
def see_to(*, by: SignedInPerson, decision: Decision) -> None:
    """Say that a task is done. Doing it again changes nothing.

    Raises: NotAllowed for others than its owner and those who arrange the meetings.
    """
    meeting = meeting_of_decision(decision)
    if decision.owner_id != by.id and not (meeting and arranges(meeting.unit_id, meeting.kind)):
        raise NotAllowed(_("Bare den som har oppgaven, kan si at den er gjort."))
    Decision.objects.filter(id=decision.id, becomes=Becomes.TASK, done_at=None).update(
        done_at=timezone.now(), done_by_id=by.id
    )


def readiness_of(meeting: Meeting, points: Collection[Point], members: Collection[Participant]) -> Readiness:
    """What is missing before the minutes can be sent."""
    return readiness(
        meeting.kind,
        [(point.title, point.minutes) for point in points],
        [(member.side, member.attended) for member in members],
    )


@transaction.atomic
def send(*, by: SignedInPerson, meeting: Meeting) -> None:
    """Send the minutes to both parties for approval. Sending them again changes nothing.

    Raises: NotAllowed; NotPossible before the meeting, with a point unwritten, or a party not there.
    """
    if meeting.stage == Stage.SENT:
        return
    hold_open(meeting)
    if meeting.stage == Stage.PLANNED:
        raise NotPossible(_("Møtet er ikke holdt ennå. Flytt det hvis dere møttes før."))
    points, members = list(meeting.points.all()), list(meeting.participants.all())
    missing = readiness_of(meeting, points, members)
    if missing.empty_points:
        raise NotPossible(
            _("Skriv noe om hver sak først. Det gjenstår: %(points)s.")
            % {"points": ", ".join(missing.empty_points)}
        )
    if missing.absent_sides:
        sides = ", ".join(str(side.label) for side in missing.absent_sides)
        raise NotPossible(_("Ingen er ført som til stede for: %(sides)s.") % {"sides": sides})
    meeting.sent_at = timezone.now()
    meeting.save(update_fields=["sent_at"])
    tell_people(meeting, told.TO_APPROVE, {m.person_id for m in members if m.side and m.attended} - {by.id})


@transaction.atomic
def approve(*, by: SignedInPerson, meeting: Meeting, approval_id: UUID) -> Approval:
    """Stand for the minutes for one's party. When both have, they count; approving again changes nothing.

    Raises: NotAllowed for those who did not sit for a party there; NotPossible when nothing waits.
    """
    if given := Approval.objects.filter(meeting=meeting, round=meeting.round, by_id=by.id).first():
        return given
    member = Participant.objects.filter(meeting=meeting, person_id=by.id, attended=True).first()
    if member is None or not member.side:
        raise NotAllowed(_("Bare de som var til stede for en av partene, kan godkjenne referatet."))
    _hold_waiting(meeting)
    owner: dict[str, int | UUID] = {"by_id": by.id, "meeting_id": meeting.id}
    fields = {"round": meeting.round, "side": member.side}
    approval = made_once(Approval, id=approval_id, owner=owner, fields=fields)[0]
    meeting.refresh_from_db()
    if meeting.approved_at:
        tell_everybody(meeting, told.APPROVED, by)
    return approval


@transaction.atomic
def send_back(*, by: SignedInPerson, meeting: Meeting, return_id: UUID, words: str) -> Return:
    """The minutes are not right: they are written anew, and both parties approve again. Once an id.

    Raises: NotAllowed for those who were not there; NotPossible when nothing waits.
    """
    if sent := Return.objects.filter(id=return_id, meeting=meeting, by_id=by.id).first():
        return sent
    if not Participant.objects.filter(meeting=meeting, person_id=by.id, attended=True).exists():
        raise NotAllowed(_("Bare de som var til stede, kan sende referatet tilbake."))
    _hold_waiting(meeting)
    owner: dict[str, int | UUID] = {"by_id": by.id, "meeting_id": meeting.id}
    returned = made_once(Return, id=return_id, owner=owner, fields={"round": meeting.round, "words": words})[
        0
    ]
    meeting.refresh_from_db()
    tell_everybody(meeting, told.RETURNED, by)
    return returned


@transaction.atomic
def publish(*, by: SignedInPerson, meeting: Meeting) -> None:
    """Let everybody in the unit read the minutes, and put them in its feed. Once; again changes nothing.

    Raises: NotAllowed; NotPossible before both parties have approved.
    """
    if meeting.published_at:
        return
    refuse_unless_arranges(meeting.unit_id, meeting.kind)
    if not meeting.approved_at:
        raise NotPossible(_("Begge parter må godkjenne referatet før det publiseres."))
    meeting.published_at = timezone.now()
    meeting.save(update_fields=["published_at"])
    put_in_feed(
        unit_id=meeting.unit_id,
        kind=told.PUBLISHED,
        subject_id=meeting.id,
        url=meeting.get_absolute_url(),
        context=context_of(meeting),
        by_id=by.id,
    )


def _hold_waiting(meeting: Meeting) -> None:
    """The parties answer one after the other, each to what the other has done.

    By a lock of its own: only those who arrange the meeting may write its row, and so lock it.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtext('forums_meeting'), hashtext(%s))", [str(meeting.id)]
        )
    meeting.refresh_from_db(fields=["sent_at", "called_off_at", "approved_at", "published_at", "round"])
    if meeting.stage != Stage.SENT:
        raise NotPossible(_("Referatet venter ikke på godkjenning nå."))

"""Meetings that are called, and those a rule asks for (1.3, AML § 7-2, internkontrollforskriften § 5)."""

from collections.abc import Iterator

from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.compliance.thresholds import thresholds
from tryggmote.cycle.registry import Event, Source, Span
from tryggmote.cycle.rules import due_days
from tryggmote.cycle.sources.movers import MEETINGS, moves_meetings
from tryggmote.cycle.vocabulary import Kind
from tryggmote.forums.models import Meeting
from tryggmote.forums.rules import (
    last_day_to_review,
    months_between,
    next_meeting_by,
    next_report_by,
    quarters_to_review,
)
from tryggmote.forums.vocabulary import MeetingKind
from tryggmote.ui.dates import OSLO


def _meetings(span: Span) -> Iterator[Event]:
    now = timezone.now()
    for meeting in Meeting.objects.filter(
        unit_id__in=span.unit_ids, called_off_at=None, starts_at__range=span.moments
    ):
        is_over = meeting.starts_at <= now
        yield Event(
            kind=Kind.MEETING,
            key=str(meeting.id),
            unit_id=meeting.unit_id,
            on=meeting.starts_at.astimezone(OSLO).date(),
            title=meeting.kind_word,
            url=meeting.get_absolute_url(),
            requirement="1.3" if meeting.kind == MeetingKind.PARTNERSHIP else "",
            is_done=is_over,
            at=meeting.starts_at,
            moved_as="" if is_over else MEETINGS,
        )


# Others than those who call the meeting do not see all there were, and would be told that it is late.
_LAST_HELD = """
select u.id, wanted.kind, (max(m.starts_at) at time zone %(zone)s)::date
from organisation_unit u
join (values ('partnership', '{office}'::text[], app.units_led() || app.units_owned()),
  ('management_review', '{office,contact_centre,special}', app.units_led())) wanted(kind, unit_kinds, units)
  on u.kind = any (wanted.unit_kinds) and u.id = any (wanted.units)
left join forums_meeting m on m.unit_id = u.id and m.kind = wanted.kind and m.approved_at is not null
where u.id = any (%(units)s) and u.ended_on is null
group by u.id, wanted.kind
"""


def _yearly(span: Span) -> Iterator[Event]:
    """The forums that are to meet every year."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST_HELD, {"zone": OSLO.key, "units": list(span.unit_ids)})
        rows = cursor.fetchall()
    titles = {
        MeetingKind.PARTNERSHIP: _("Årlig partnerskapsmøte om vold og trusler"),
        MeetingKind.MANAGEMENT_REVIEW: _("Ledelsens gjennomgang av arbeidet mot vold og trusler"),
    }
    for unit_id, kind, last_on in rows:
        due_on = next_meeting_by(kind, last_on) if last_on else None
        for day in due_days(due_on, months_between(kind) or 12, span):
            yield Event(
                kind=Kind.MEETING,
                key=f"{kind}-{unit_id}",
                unit_id=unit_id,
                on=day,
                title=titles[MeetingKind(kind)],
                url=_plan(MeetingKind(kind), unit_id),
                requirement="1.3" if kind == MeetingKind.PARTNERSHIP else "",
            )


# Units with a committee, as those see it who see all its meetings.
_COMMITTEES = """
select u.id, max(m.reviewed_until) filter (where m.called_off_at is null),
  (max(m.approved_at) filter (where m.report_year is not null and m.called_off_at is null)
    at time zone %(zone)s)::date
from organisation_unit u
left join forums_meeting m on m.unit_id = u.id and m.kind = 'committee'
where u.id = any (%(units)s) and u.ended_on is null
  and u.id = any (app.units_led() || app.units_of_committee())
  and exists (
    select 1 from organisation_roleassignment r
    where r.unit_id = u.id and r.role = 'committee_member'
      and r.starts_on <= app.today() and coalesce(r.ends_on >= app.today(), true))
group by u.id
"""


def _committees(span: Span) -> Iterator[Event]:
    """Each quarter a committee has before it, and its yearly report (AML § 7-2)."""
    with connection.cursor() as cursor:
        cursor.execute(_COMMITTEES, {"zone": OSLO.key, "units": list(span.unit_ids)})
        rows = cursor.fetchall()
    for unit_id, reviewed_until, reported_on in rows:
        url = _plan(MeetingKind.COMMITTEE, unit_id)
        for quarter_end in quarters_to_review(reviewed_until, until=span.last, today=span.today):
            if span.holds(day := last_day_to_review(quarter_end)):
                title = _("Utvalget går gjennom %(number)s. kvartal %(year)s") % {
                    "number": quarter_end.month // 3,
                    "year": quarter_end.year,
                }
                yield Event(
                    Kind.MEETING, f"quarter-{unit_id}-{quarter_end}", unit_id, day, title, url, "aml-7-2"
                )
        months = thresholds().committee_months
        due_on = next_report_by(reported_on) if reported_on else None
        for day in due_days(due_on, months, span):
            title = _("Utvalgets årsrapport")
            yield Event(Kind.MEETING, f"report-{unit_id}", unit_id, day, title, url, "aml-7-2")


def _plan(kind: MeetingKind, unit_id: int) -> str:
    return f"{reverse('forums:plan')}?slag={kind}&enhet={unit_id}"


SOURCES = (
    Source(MEETINGS, Kind.MEETING, _meetings, mover=moves_meetings),
    Source("yearly_meetings", Kind.MEETING, _yearly),
    Source("committees", Kind.MEETING, _committees),
)

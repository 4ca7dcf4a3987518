"""Who meets in which forum, for which party, how often, and when minutes can be sent. No database.

Requirement 1.3 (the owners), AML § 7-2 (committees), internkontrollforskriften § 5 no. 8 (yearly review).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from tryggmote.compliance.thresholds import thresholds
from tryggmote.forums.vocabulary import MeetingKind, Side, Source
from tryggmote.organisation.roles import LEADS, LEADS_DIRECTLY, Role

OWNERS = (Side.STATE, Side.MUNICIPAL)
PARTIES = (Side.EMPLOYER, Side.EMPLOYEES)

INVITED: Mapping[MeetingKind, tuple[Role, ...]] = {
    MeetingKind.PARTNERSHIP: (Role.OFFICE_LEADER, Role.COUNTY_DIRECTOR, Role.MUNICIPAL_DIRECTOR),
    MeetingKind.COMMITTEE: (
        *(Role.COUNTY_DIRECTOR, Role.MUNICIPAL_DIRECTOR, Role.OFFICE_LEADER, Role.COMMITTEE_MEMBER),
        *(Role.CHIEF_SAFETY_REPRESENTATIVE, Role.OCCUPATIONAL_HEALTH),
    ),
    MeetingKind.CO_DETERMINATION: (*LEADS, Role.UNION_REPRESENTATIVE),
    MeetingKind.SAFETY: (*LEADS_DIRECTLY, Role.SAFETY_REPRESENTATIVE),
    MeetingKind.STAFF: (*LEADS_DIRECTLY, Role.SAFETY_REPRESENTATIVE),
    MeetingKind.MANAGEMENT_REVIEW: (*LEADS_DIRECTLY, Role.SAFETY_REPRESENTATIVE),
}
"""Who is proposed as members, by role; those nearest the unit. The line follows from where it is held."""

_OFFICE = "office"
_ABOVE_OFFICES = ("directorate", "county", "municipality")
_PART_OF_ANOTHER = ("department", "team")
_EMPLOYEES_ROLES = (
    *(Role.SAFETY_REPRESENTATIVE, Role.CHIEF_SAFETY_REPRESENTATIVE),
    *(Role.UNION_REPRESENTATIVE, Role.COMMITTEE_MEMBER),
)


def sides_of(kind: str) -> tuple[Side, Side]:
    """The two parties whose approval makes the minutes count."""
    return OWNERS if kind == MeetingKind.PARTNERSHIP else PARTIES


def kinds_for(unit_kind: str) -> list[MeetingKind]:
    """The forums a unit can have: an office has owners; counties and municipalities meet no users.

    The work of a department is gone through with its office's.
    """
    if unit_kind in _ABOVE_OFFICES:
        return [MeetingKind.COMMITTEE, MeetingKind.CO_DETERMINATION]
    others = set()
    if unit_kind != _OFFICE:
        others.add(MeetingKind.PARTNERSHIP)
    if unit_kind in _PART_OF_ANOTHER:
        others.add(MeetingKind.MANAGEMENT_REVIEW)
    return [kind for kind in MeetingKind if kind not in others]


def side_of(kind: str, roles: Iterable[str], *, is_state: bool) -> Side | None:
    """The party somebody is proposed to sit for, from the roles that invited them; None for none.

    `is_state`: employed by the state. The state's side of a partnership is the county director or the
    office's leader on the state side; the municipality's is its director, or one they send (1.3).
    """
    held = set(roles)
    if kind == MeetingKind.PARTNERSHIP:
        if Role.MUNICIPAL_DIRECTOR in held:
            return Side.MUNICIPAL
        speaks_for_the_state = Role.COUNTY_DIRECTOR in held or (is_state and held & {*LEADS_DIRECTLY})
        return Side.STATE if speaks_for_the_state else None
    if held & {*LEADS}:
        return Side.EMPLOYER
    return Side.EMPLOYEES if held & {*_EMPLOYEES_ROLES} else None


def proposed_points(kind: str) -> list[Source]:
    """What the agenda of a forum is made from, in order."""
    if kind == MeetingKind.COMMITTEE:
        return [Source.LAST_TIME, Source.INCIDENTS, Source.MEASURES, Source.RESIDUAL, Source.REPORT]
    points = [Source.LAST_TIME, Source.STATUS, Source.INCIDENTS, Source.SERIOUS, Source.MEASURES]
    points += [Source.RESIDUAL, Source.EXERCISES]
    if kind == MeetingKind.MANAGEMENT_REVIEW:
        points.append(Source.AIMS)
    return [point for point in points if point != Source.SERIOUS or kind == MeetingKind.PARTNERSHIP]


def last_quarter_end(today: date) -> date:
    """The last day of the last quarter that is over."""
    return date(today.year, 3 * ((today.month - 1) // 3) + 1, 1) - timedelta(days=1)


def last_day_to_review(quarter_end: date) -> date:
    """A committee goes through a quarter before the next one is over. Our own judgement: no law says."""
    return quarter_end + timedelta(days=1) + relativedelta(months=3) - timedelta(days=1)


def quarters_to_review(reviewed_until: date | None, *, until: date, today: date) -> Iterator[date]:
    """The last days of the quarters a committee has before it, to `until`, and the earliest one first.

    One meeting goes through all that is over, so of those only the last counts (AML § 7-2).
    """
    end = last_quarter_end(today)
    if reviewed_until and reviewed_until >= end:
        end = _quarter_after(reviewed_until)
    while end <= until:
        yield end
        end = _quarter_after(end)


def _quarter_after(quarter_end: date) -> date:
    return last_day_to_review(quarter_end)


def next_report_by(last: date) -> date:
    """The day by which a committee is to give its next yearly report (AML § 7-2)."""
    return last + relativedelta(months=thresholds().committee_months)


def months_between(kind: str) -> int | None:
    """How often a forum is to meet: None for those no rule asks it of.

    Requirement 1.3 for the owners of an office, internkontrollforskriften § 5 no. 8 for its own review.
    """
    return {
        MeetingKind.PARTNERSHIP.value: thresholds().partnership_months,
        MeetingKind.MANAGEMENT_REVIEW.value: thresholds().review_months,
    }.get(kind)


def next_meeting_by(kind: str, last: date) -> date | None:
    """The day by which the forum is to meet again; None where no rule says."""
    months = months_between(kind)
    return last + relativedelta(months=months) if months else None


@dataclass(frozen=True)
class Readiness:
    """What is missing before minutes can be sent for approval."""

    empty_points: list[str]
    absent_sides: list[Side]

    @property
    def is_ready(self) -> bool:
        return not self.empty_points and not self.absent_sides


def readiness(
    kind: str, points: Iterable[tuple[str, str]], present: Iterable[tuple[str, bool | None]]
) -> Readiness:
    """Whether every point (title, minutes) has minutes, and both parties (side, attended) were there."""
    there = {side for side, attended in present if attended}
    return Readiness(
        empty_points=[title for title, minutes in points if not minutes.strip()],
        absent_sides=[side for side in sides_of(kind) if side.value not in there],
    )

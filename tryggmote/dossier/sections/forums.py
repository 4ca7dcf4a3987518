"""Meetings with both owners and the committees, and what they decided (1.3, AML §§ 6-2, 7-2)."""

from collections.abc import Sequence

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.dossier.registry import Scope, Section, Table, Told
from tryggmote.dossier.sections.words import on, role_of, roles_of, yes_no
from tryggmote.forums.models import Decision, Meeting
from tryggmote.forums.vocabulary import Side


def read(scope: Scope) -> Told:
    """The meetings one may know of, and their decisions; three queries."""
    first, after = scope.moments
    came = Q(participants__attended=True)
    meetings = list(
        Meeting.objects.filter(
            unit__in=scope.unit_ids, starts_at__gte=first, starts_at__lt=after, called_off_at=None
        )
        .annotate(
            asked=Count("participants"),
            came=Count("participants", filter=came),
            **{side.value: Count("participants", filter=came & Q(participants__side=side)) for side in Side},
        )
        .select_related("unit")
        .order_by("starts_at", "id")
    )
    if not meetings:
        return Told(
            [_("Ingen møter er holdt i perioden, eller den som har laget mappen, er ikke med i dem.")]
        )
    head = [
        _("Møte"),
        _("Enhet"),
        _("Når"),
        *(str(side.label) for side in Side),
        _("Møtte"),
        _("Referatet er godkjent"),
    ]
    rows = [
        [
            meeting.kind_word,
            meeting.unit.name,
            on(meeting.starts_at),
            *(yes_no(bool(getattr(meeting, side.value))) for side in Side),
            _("%(came)s av %(asked)s") % {"came": meeting.came, "asked": meeting.asked},
            on(meeting.approved_at),
        ]
        for meeting in meetings
    ]
    says = [_("Under hver part står det om noen møtte for den.")]
    return Told(says, [Table(head, rows).without(_("Enhet")), *_decisions(scope, meetings)])


def _decisions(scope: Scope, meetings: Sequence[Meeting]) -> list[Table]:
    decisions = list(
        Decision.objects.filter(point__meeting__in=[meeting.id for meeting in meetings])
        .select_related("point__meeting")
        .order_by("point__meeting__starts_at", "point__number", "at")
    )
    if not decisions:
        return []
    roles = roles_of(scope, [decision.owner_id for decision in decisions])
    head = [_("Møte"), _("Vedtak"), _("Ansvarlig"), _("Frist"), _("Gjort")]
    rows = [
        [
            f"{decision.point.meeting.kind_word}, {on(decision.point.meeting.starts_at)}",
            decision.words,
            role_of(roles, decision.owner_id),
            on(decision.due_on),
            on(decision.done_at),
        ]
        for decision in decisions
    ]
    return [Table(head, rows, _("Vedtak"))]


SECTION = Section("forums", gettext_lazy("Møter og utvalg"), 90, read)

"""How it stands, on the first page: the weakest units for directors, what is missing for leaders.

From what is kept, one question each; the unit's own page says how it stands now.
"""

from django.db.models import Count, F, FloatField, Q
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.compliance.columns import by_rule
from tryggmote.compliance.lines import Line as StandingLine
from tryggmote.compliance.models import Standing
from tryggmote.compliance.rollup import WORKPLACES
from tryggmote.compliance.states import State
from tryggmote.duties.panels import MOST_LINES, Line, Panel, PanelKind
from tryggmote.organisation.roles import LEADS_DIRECTLY, OVERSEES

_SHORT = (State.MISSING, State.PARTLY)


def _weakest(person: SignedInPerson) -> Panel:
    counted = Standing.objects.filter(
        until_at=None, rule__in=by_rule(), unit__kind__in=WORKPLACES, state__in=[State.MET, *_SHORT]
    )
    units = (
        counted.values("unit_id", "unit__name", "unit__sort_key")
        .annotate(met=Count("id", filter=Q(state=State.MET)), asked=Count("id"))
        .annotate(share=Cast(F("met"), FloatField()) / F("asked"))
        .filter(met__lt=F("asked"))
        .order_by("share", "unit__sort_key", "unit_id")
    )
    return Panel(
        title=_("Hjelp her først"),
        lines=[
            Line(
                text=unit["unit__name"],
                url=reverse("compliance:of_unit", args=[unit["unit_id"]]),
                below=_("%(met)s av %(asked)s krav er oppfylt") % unit,
            )
            for unit in units[:MOST_LINES]
        ],
        nothing=_("Ingen enheter mangler noe."),
        more=_("Enhetene side om side"),
        url=reverse("compliance:overview"),
    )


def _missing(person: SignedInPerson) -> Panel:
    named = by_rule()
    short = Standing.objects.filter(
        until_at=None, rule__in=named, unit_id__in=[person.unit.id] if person.unit else [], state__in=_SHORT
    )
    lines = [
        StandingLine(standing, named[standing.rule]) for standing in short.order_by("state", "since", "id")
    ]
    return Panel(
        title=_("Dette mangler i enheten"),
        lines=[_of_requirement(line) for line in lines[:MOST_LINES]],
        nothing=_("Alt som måles, er oppfylt."),
        more=_("Se statusen"),
        url=reverse("compliance:mine"),
    )


def _of_requirement(line: StandingLine) -> Line:
    requirement = line.column.requirement
    return Line(
        text=f"{requirement.name} {requirement.title}",
        url=f"{reverse('compliance:mine')}#{line.column.rule.name}",
        below=line.why,
        state=str(line.state.label),
        variant=line.state.variant,
    )


WEAKEST = PanelKind("compliance.weakest", frozenset(OVERSEES), 10, _weakest)
MISSING = PanelKind("compliance.missing", frozenset(LEADS_DIRECTLY), 12, _missing)

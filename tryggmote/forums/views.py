"""Planning a meeting, and its page (1.3, AML § 7-2). The database decides which there are for whom."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggmote.access.errors import NotAllowed
from tryggmote.access.requests import PersonRequest
from tryggmote.forums import cases, queries, services
from tryggmote.forums.agenda import proposed_agenda
from tryggmote.forums.calendar import calendar_of
from tryggmote.forums.figures import incidents_of
from tryggmote.forums.forms import (
    ForumChoice,
    InMyPlaceForm,
    MembersForm,
    MoveForm,
    PlanForm,
    PointForm,
)
from tryggmote.forums.minutes_forms import SendBackForm
from tryggmote.forums.models import Meeting, Participant
from tryggmote.forums.packing import latest_pack
from tryggmote.forums.people import people_to_add, proposed_members
from tryggmote.forums.telling import the_time_of
from tryggmote.forums.vocabulary import MeetingKind, Source, Stage
from tryggmote.information.services import mark_read_about
from tryggmote.notices.services import mark_seen_about_any
from tryggmote.organisation.models import Unit
from tryggmote.ui.forms import SentOnce

PAGE_SIZE = 25


@require_GET
def home(request: PersonRequest) -> HttpResponse:
    """All meetings one sees, and whether one is asked about something serious."""
    page = Paginator(queries.meetings(), PAGE_SIZE).get_page(request.GET.get("page"))
    may_plan = queries.units_to_call_for().exists()
    waiting = sum(case.waits_for_me for case in cases.cases_of())
    return render(request, "forums/home.html", {"page_obj": page, "may_plan": may_plan, "waiting": waiting})


@require_http_methods(["GET", "POST"])
def plan(request: PersonRequest) -> HttpResponse:
    """First which forum (`?slag=…&enhet=…`), then when, who and what."""
    units = queries.units_to_call_for()
    if not units.exists():
        raise NotAllowed(
            _("Møter planlegges av ledere, eiere, verneombud og medlemmer av utvalg."),
            _("Si fra til lederen din om det du vil ha tatt opp."),
        )
    choice = ForumChoice(request.GET if "slag" in request.GET else None, units=units)
    if not choice.is_bound or not choice.is_valid() or not choice.cleaned_data["enhet"]:
        return render(request, "forums/choose.html", {"form": choice, "kinds": list(MeetingKind)})
    unit: Unit = choice.cleaned_data["enhet"]
    kind = MeetingKind(choice.cleaned_data["slag"] or MeetingKind.PARTNERSHIP)
    services.refuse_unless_arranges(unit.id, kind)
    form = PlanForm(
        request.POST or None,
        kind=kind,
        members=proposed_members(unit, kind),
        others=people_to_add(unit),
        agenda=proposed_agenda(unit, kind),
    )
    if request.method == "POST" and form.is_valid():
        return redirect(services.call_meeting(by=request.person, unit=unit, draft=form.draft()))
    context = {"form": form, "unit": unit, "kind": kind}
    return render(request, "forums/plan.html", context, status=422 if form.is_bound else 200)


@require_GET
def meeting(request: PersonRequest, forum_id: UUID) -> HttpResponse:
    """One meeting: when and who, the agenda or the minutes, and what waits."""
    found = find(forum_id)
    mark_seen_about_any(subject_ids=[found.id, the_time_of(found)])
    mark_read_about(by=request.person, subject_id=found.id)
    return show(request, found)


@require_http_methods(["GET", "POST"])
def members(request: PersonRequest, forum_id: UUID) -> HttpResponse:
    """Who is invited."""
    found = find(forum_id)
    services.refuse_unless_open(found)
    invited = list(Participant.objects.filter(meeting=found, sent_for=None))
    form = MembersForm(
        request.POST or None,
        proposed=proposed_members(found.unit, MeetingKind(found.kind)),
        invited=invited,
        others=people_to_add(found.unit),
    )
    if request.method == "POST" and form.is_valid():
        services.change_members(by=request.person, meeting=found, members=form.chosen())
        messages.success(request, _("De nye har fått innkalling."))
        return redirect(found)
    context = {"form": form, "meeting": found}
    return render(request, "forums/members.html", context, status=422 if form.is_bound else 200)


@require_POST
def add_point(request: PersonRequest, forum_id: UUID) -> HttpResponse:
    """Put something of one's own on the agenda."""
    found = find(forum_id)
    form = PointForm(request.POST)
    if not form.is_valid():
        return show(request, found, point_form=form)
    said = form.cleaned_data
    services.add_point(by=request.person, meeting=found, point_id=said["id"], title=said["title"])
    messages.success(request, _("Saken står på sakslisten."))
    return redirect(found)


@require_POST
def send_in_my_place(request: PersonRequest, forum_id: UUID) -> HttpResponse:
    """An owner sends somebody."""
    found = find(forum_id)
    form = InMyPlaceForm(request.POST, people=people_to_add(found.unit))
    if not form.is_valid():
        return show(request, found, in_my_place_form=form)
    person = form.cleaned_data["person"]
    services.send_in_my_place(by=request.person, meeting=found, person=person)
    messages.success(request, _("%(name)s er innkalt og taler for din side.") % {"name": person.name})
    return redirect(found)


@require_POST
def move(request: PersonRequest, forum_id: UUID) -> HttpResponse:
    """Another time or place."""
    found = find(forum_id)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return show(request, found, move_form=form)
    services.move(by=request.person, meeting=found, **form.cleaned_data)
    messages.success(request, _("Møtet er flyttet. De innkalte har fått beskjed."))
    return redirect(found)


@require_POST
def call_off(request: PersonRequest, forum_id: UUID) -> HttpResponse:
    """There will be no meeting."""
    found = find(forum_id)
    services.call_off(by=request.person, meeting=found)
    messages.success(request, _("Møtet er avlyst. De innkalte har fått beskjed."))
    return redirect(found)


@require_GET
def calendar(request: PersonRequest, forum_id: UUID) -> HttpResponse:
    """The meeting as a file for one's own calendar."""
    found = find(forum_id)
    site = request.build_absolute_uri("/").rstrip("/")
    headers = {"Content-Disposition": 'attachment; filename="mote.ics"'}
    return HttpResponse(calendar_of(found, site=site), content_type="text/calendar", headers=headers)


def find(forum_id: UUID) -> Meeting:
    """The meeting. Raises: Http404 when one does not see it."""
    return get_object_or_404(queries.meeting_in_full(forum_id))


def show(request: PersonRequest, found: Meeting, **sent: object) -> HttpResponse:
    """The meeting's page; `sent`: forms that were sent and are wrong, by their names there."""
    arranges = services.arranges(found.unit_id, found.kind)
    mine = queries.my_part(found, request.person)
    parties = queries.parties_of(found)
    sends = arranges and found.is_open and found.kind == MeetingKind.PARTNERSHIP and services.my_side(found)
    is_at_table = services.is_at_table(found)
    points = queries.points_of(found)
    looks_at_incidents = is_at_table and any(each.point.source == Source.INCIDENTS for each in points)
    context = {
        "meeting": found,
        "points": points,
        "incidents": incidents_of(found) if looks_at_incidents else None,
        "parties": parties,
        "arranges": arranges,
        "may_approve": _may_approve(found, mine, parties),
        "may_send_back": bool(mine and mine.attended and found.stage == Stage.SENT),
        "is_at_table": is_at_table,
        "pack": latest_pack(found) if is_at_table else None,
        "returns": list(found.returns.select_related("by").order_by("-at")),
        "once": SentOnce(),
        "point_form": PointForm(),
        "send_back_form": SendBackForm(),
        "move_form": MoveForm(initial={"starts_at": found.starts_at, "place": found.place}),
        "in_my_place_form": InMyPlaceForm(people=people_to_add(found.unit)) if sends else None,
    }
    return render(request, "forums/meeting.html", context | sent, status=422 if sent else 200)


def _may_approve(found: Meeting, mine: Participant | None, parties: list[queries.Party]) -> bool:
    """Whether one's party waits for somebody like oneself to approve."""
    if mine is None or not mine.side or not mine.attended or found.stage != Stage.SENT:
        return False
    return all(party.approved_by is None for party in parties if party.side == mine.side)

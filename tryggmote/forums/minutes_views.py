"""Writing minutes while the meeting goes on, deciding, approving and publishing (1.3)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggmote.access.requests import PersonRequest
from tryggmote.controls.queries import belongs_to, measures_of_origins
from tryggmote.controls.vocabulary import OriginKind
from tryggmote.forums import minutes as acts
from tryggmote.forums import queries
from tryggmote.forums.minutes import WrittenMeanwhile
from tryggmote.forums.minutes_forms import AttendanceForm, DecisionForm, MinutesForm, SendBackForm
from tryggmote.forums.models import Decision, Meeting, Participant, Point
from tryggmote.forums.people import people_who_can_own
from tryggmote.forums.services import arranges, refuse_unless_open
from tryggmote.forums.views import find, show
from tryggmote.forums.vocabulary import Becomes
from tryggmote.organisation.standing import standing_in
from tryggmote.ui.forms import SentOnce


@require_GET
def minutes(request: PersonRequest, forum_id: UUID) -> HttpResponse:
    """All points with a field each, saved as one writes; who is there; what is decided."""
    found = find(forum_id)
    refuse_unless_open(found)
    return _show_minutes(request, found)


@require_POST
def write(request: PersonRequest, forum_id: UUID, number: int) -> HttpResponse:
    """Save what is written of one point; htmx gets only the line that says so."""
    point = _point(forum_id, number)
    form = MinutesForm(request.POST)
    theirs = None
    if form.is_valid():
        said = form.cleaned_data
        try:
            point = acts.write(by=request.person, point=point, words=said["minutes"], seen_at=said["seen_at"])
        except WrittenMeanwhile as error:
            theirs = point = error.point
    context = {"point": point, "form": form, "theirs": theirs}
    status = 200 if form.is_valid() and theirs is None else 422
    if request.headers.get("HX-Request"):
        found = point.meeting
        context["missing"] = acts.readiness_of(found, list(found.points.order_by("number")), _members(found))
        return render(request, "forums/saved.html", context)
    if status == 422:
        return _show_minutes(request, point.meeting, sent={point.id: form}, theirs=theirs)
    return redirect(f"{_minutes_url(point.meeting)}#sak-{point.number}")


@require_http_methods(["GET", "POST"])
def decide(request: PersonRequest, forum_id: UUID, number: int) -> HttpResponse:
    """Write down a decision at a point, on a page of its own: who it is given to is a long list."""
    point = _point(forum_id, number)
    meeting = point.meeting
    refuse_unless_open(meeting)
    plans = standing_in(meeting.unit_id).leads and belongs_to(request.person.id, meeting.unit_id)
    form = DecisionForm(request.POST or None, owners=people_who_can_own(meeting), plans=plans)
    if request.method == "POST" and form.is_valid():
        acts.decide(by=request.person, point=point, draft=form.draft())
        messages.success(request, _("Vedtaket er skrevet ned, og den som har ansvaret, har fått beskjed."))
        return redirect(f"{_minutes_url(meeting)}#sak-{point.number}")
    context = {"form": form, "point": point, "meeting": meeting, "back_url": _minutes_url(meeting)}
    return render(request, "forums/decide.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def decision(request: PersonRequest, forum_decision_id: UUID) -> HttpResponse:
    """One decision, for those who read the minutes and for whoever sees to it; a task is said to be done."""
    found = get_object_or_404(Decision.objects.select_related("owner", "done_by"), id=forum_decision_id)
    if request.method == "POST":
        acts.see_to(by=request.person, decision=found)
        messages.success(request, _("Oppgaven er gjort."))
        return redirect("forums:decision", found.id)
    meeting = queries.meeting_of_decision(found)
    became = measures_of_origins(OriginKind.MEETING, [found.id]).get(found.id, [])
    is_mine = found.owner_id == request.person.id
    context = {
        "decision": found,
        "meeting": meeting,
        "measure": next(iter(became), None),
        "may_finish": found.becomes == Becomes.TASK
        and found.done_at is None
        and (is_mine or bool(meeting and arranges(meeting.unit_id, meeting.kind))),
    }
    return render(request, "forums/decision.html", context)


@require_POST
def attendance(request: PersonRequest, forum_id: UUID) -> HttpResponse:
    """Who is there."""
    found = find(forum_id)
    form = AttendanceForm(request.POST, members=_members(found))
    if not form.is_valid():
        return _show_minutes(request, found, attendance=form)
    acts.note_attendance(by=request.person, meeting=found, present=form.cleaned_data["present"])
    messages.success(request, _("Fremmøtet er lagret."))
    return redirect(_minutes_url(found))


@require_POST
def send(request: PersonRequest, forum_id: UUID) -> HttpResponse:
    """Send the minutes to both parties."""
    found = find(forum_id)
    acts.send(by=request.person, meeting=found)
    messages.success(request, _("Referatet er sendt til begge parter for godkjenning."))
    return redirect(found)


@require_POST
def approve(request: PersonRequest, forum_id: UUID) -> HttpResponse:
    """Stand for the minutes for one's party."""
    found = find(forum_id)
    form = SentOnce(request.POST)
    if form.is_valid():
        acts.approve(by=request.person, meeting=found, approval_id=form.cleaned_data["id"])
        both = _("Begge parter har godkjent. Referatet gjelder.")
        messages.success(request, both if found.approved_at else _("Du har godkjent referatet."))
    return redirect(found)


@require_POST
def send_back(request: PersonRequest, forum_id: UUID) -> HttpResponse:
    """The minutes are not right."""
    found = find(forum_id)
    form = SendBackForm(request.POST)
    if not form.is_valid():
        return show(request, found, send_back_form=form)
    said = form.cleaned_data
    acts.send_back(by=request.person, meeting=found, return_id=said["id"], words=said["words"])
    messages.success(request, _("Referatet er sendt tilbake."))
    return redirect(found)


@require_POST
def publish(request: PersonRequest, forum_id: UUID) -> HttpResponse:
    """Let everybody in the unit read the minutes."""
    found = find(forum_id)
    acts.publish(by=request.person, meeting=found)
    messages.success(request, _("Referatet er publisert til dem det gjelder."))
    return redirect(found)


def _point(forum_id: UUID, number: int) -> Point:
    found = find(forum_id)
    point = get_object_or_404(Point, meeting=found, number=min(number, 32_767))
    point.meeting = found
    return point


def _minutes_url(meeting: Meeting) -> str:
    return f"{meeting.get_absolute_url()}referat/"


def _members(meeting: Meeting) -> list[Participant]:
    found = Participant.objects.filter(meeting=meeting).select_related("person")
    return list(found.order_by("-side", "person__sort_key"))


def _show_minutes(
    request: PersonRequest,
    found: Meeting,
    *,
    sent: dict[UUID, MinutesForm] | None = None,
    theirs: Point | None = None,
    attendance: AttendanceForm | None = None,
) -> HttpResponse:
    points = queries.points_of(found)
    members = _members(found)
    context = {
        "meeting": found,
        "rows": [
            {
                "point": each.point,
                "decisions": each.decisions,
                "form": (sent or {}).get(each.point.id) or _minutes_form(each.point),
                "theirs": theirs if theirs and theirs.id == each.point.id else None,
            }
            for each in points
        ],
        "attendance": attendance or AttendanceForm(members=members),
        "missing": acts.readiness_of(found, [each.point for each in points], members),
        "wrong": [*(sent or {}).values(), *([attendance] if attendance else [])],
    }
    return render(request, "forums/minutes.html", context, status=422 if sent or attendance else 200)


def _minutes_form(point: Point) -> MinutesForm:
    return MinutesForm(initial={"minutes": point.minutes}, auto_id=f"id_%s_{point.number}")

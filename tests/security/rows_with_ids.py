"""One row of each kind that an address can name, who may see it, and what must stay as it was."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from tryggmote.access.ids import new_id
from tryggmote.assistance.models import AlarmSystem, Call, CallEvent
from tryggmote.assistance.tests.test_acts import called
from tryggmote.assistance.tests.test_alarm_systems import set_up
from tryggmote.client_measures.models import ClientMeasure
from tryggmote.client_measures.models import Handler as ClientMeasureHandler
from tryggmote.client_measures.models import Step as ClientMeasureStep
from tryggmote.client_measures.tests.helpers import heard
from tryggmote.concerns import models as concerns
from tryggmote.concerns.tests import helpers as worried
from tryggmote.controls.models import (
    Agreement,
    Establishment,
    Measure,
    Procedure,
    ProcedurePicture,
    ProcedureReading,
    ProcedureVersion,
)
from tryggmote.controls.tests.helpers import in_force, planned_by
from tryggmote.dossier import models as dossiers
from tryggmote.encounters.models import CalendarFeed, Check, Meeting, Outing, RiskReport
from tryggmote.equipment.models import ImportDraft as EquipmentDraft
from tryggmote.equipment.models import Item as Equipment
from tryggmote.equipment.models import ItemTest, MeasureTest, Responsible
from tryggmote.equipment.tests.factories import after_test_by, item_by
from tryggmote.exercises import models as exercises
from tryggmote.exercises.tests import factories as exercising
from tryggmote.exhibits.models import CustodyAct, Exhibit
from tryggmote.exhibits.tests.helpers import added_by
from tryggmote.expertise import models as expertise
from tryggmote.expertise.tests.helpers import asked_by
from tryggmote.expertise.vocabulary import Kind
from tryggmote.followup import models as followup
from tryggmote.followup.tests.helpers import lets_in, offered_by, step_of
from tryggmote.forums import models as forums
from tryggmote.forums.tests import helpers as forum
from tryggmote.forums.vocabulary import MeetingKind
from tryggmote.incidents.models import (
    AssessedLevel,
    Classification,
    Incident,
    LaterReport,
    Opening,
    Reply,
    SameEvent,
    Step,
    StepTaken,
)
from tryggmote.incidents.tests.helpers import reported_by
from tryggmote.incidents.tests.test_linking import linked
from tryggmote.information.models import Item, Reading, Reminder
from tryggmote.information.tests.helpers import published_by
from tryggmote.learning.models import Lesson, LessonSharing, LessonSource, LessonVersion, LessonWithdrawal
from tryggmote.learning.tests.test_lessons import written_by
from tryggmote.lessons import models as lessons
from tryggmote.notices.models import Notice
from tryggmote.organisation.models import Handover, ImportDraft, Unit, UnitKind
from tryggmote.organisation.tests.factories import Office, make_unit, workforce_of
from tryggmote.police.models import Account, PoliceAct
from tryggmote.premises.models import Building, BuildingMove, Picture, Room, RoomNote, Zone
from tryggmote.premises.tests.factories import a_good_room, pictured_by
from tryggmote.residual import models as residual
from tryggmote.residual.tests.helpers import declared_by
from tryggmote.reviews import models as reviews
from tryggmote.reviews.tests.factories import begun_by, change_by
from tryggmote.risk.models import (
    Activity,
    Assessment,
    Hazard,
    HazardDecision,
    Participant,
    Scenario,
)
from tryggmote.risk.models import ImportDraft as SpreadsheetDraft
from tryggmote.risk.tests.stories import begin
from tryggmote.statutory.models import (
    Consent,
    Injury,
    Judgement,
    MedicalDetail,
    NoInjury,
    NoticeAct,
    ReportDecision,
    ReportSending,
)
from tryggmote.statutory.tests.helpers import decided_by, entered_by, judged_by
from tryggmote.training import models as training
from tryggmote.training.tests import helpers as learnt
from tryggmote.training.tests import plan_helpers as planned
from tryggmote.training.tests.certificate_helpers import sent_by

NEAR = {"counsellor", "leader", "office_leader", "safety_representative", "chief_safety_representative"}
ABOVE_THE_TEAM = {
    "office_leader", "safety_representative", "chief_safety_representative", "county_director",
    "municipal_director", "directorate_member", "auditor",
}  # fmt: skip
AT_THE_DRAFT = {"office_leader", "safety_representative", "chief_safety_representative"}
# Who may see the row that an address names, in the office where it was made. Nobody of another office may.
SEEN_BY = {
    "incident_id": NEAR,
    "exhibit_id": NEAR,
    "report_id": NEAR,
    # Two reports of the counsellor's, linked: whoever sees both.
    "link_id": NEAR,
    # The register: the injured, their leaders and their safety representatives.
    "injury_id": NEAR,
    # The other employer's part in the incident: those who see the incident.
    "step_id": NEAR,
    # The incident's hazard: those who lead or represent the unit as a whole, and whoever reported.
    "hazard_id": {"counsellor", "office_leader", "safety_representative", "chief_safety_representative"},
    "check_id": {"counsellor", "leader", "office_leader"},
    # Whoever is at work in the unit was told; its chief safety representative represents it.
    "call_id": {
        "counsellor", "colleague", "leader", "formal_leader", "office_leader", "safety_representative",
        "chief_safety_representative",
    },
    # Alarm buttons on the wall are kept by the leader of the unit and by administrators.
    "system_id": {"office_leader", "administrator"},
    "meeting_id": {"counsellor"},
    # A measure towards a client: whoever made the case, and the leader who decides. Nobody else.
    "client_measure_id": {"counsellor", "office_leader"},
    # The formal leader is the contact.
    "outing_id": {"counsellor", "formal_leader", "leader", "office_leader"},
    "feed_id": {"counsellor"},
    "notice_id": {"leader"},
    # The counsellor's own plan, followed up by the nearest leader, shared with a colleague; whoever gave a
    # consent takes it back.
    "plan_id": {"counsellor", "leader", "colleague"},
    "offer_id": {"counsellor", "leader", "colleague"},
    "consent_id": {"counsellor"},
    "draft_id": {"administrator"},
    # Told a team of the office: those who work in the team, and those with a role in the office or above it.
    "item_id": ABOVE_THE_TEAM,
    "measure_id": ABOVE_THE_TEAM,
    "procedure_id": ABOVE_THE_TEAM,
    "picture_id": ABOVE_THE_TEAM,
    "agreement_id": ABOVE_THE_TEAM,
    "activity_id": ABOVE_THE_TEAM,
    "building_id": ABOVE_THE_TEAM,
    "zone_id": ABOVE_THE_TEAM,
    "room_id": ABOVE_THE_TEAM,
    "review_id": ABOVE_THE_TEAM,
    "change_id": ABOVE_THE_TEAM,
    # Pictures of premises: those who work there, its leaders and its representatives.
    "premises_picture_id": AT_THE_DRAFT,
    "finding_picture_id": AT_THE_DRAFT,
    # A draft of the office's assessment: its leader and its representatives. A file to it: whoever sent it.
    "assessment_id": AT_THE_DRAFT,
    "scenario_id": AT_THE_DRAFT,
    "participant_id": AT_THE_DRAFT,
    "file_id": {"office_leader"},
    # Drafts of the office: its leader and its representatives.
    "lesson_id": AT_THE_DRAFT,
    "record_id": AT_THE_DRAFT,
    # What the team has chosen for something that must be in place.
    "filling_id": ABOVE_THE_TEAM,
    # Equipment of a team; a list of it on its way in: whoever sent it.
    "equipment_id": ABOVE_THE_TEAM,
    # What one team gave another: those who read the documents of either, and whoever keeps people and units.
    "handover_id": ABOVE_THE_TEAM | {"administrator"},
    "sheet_id": {"office_leader"},
    # An exercise that is run, and what was found in it: its leaders and representatives, and who takes part.
    "exercise_id": {"counsellor", *AT_THE_DRAFT},
    "exercise_finding_id": {"counsellor", *AT_THE_DRAFT},
    # What the counsellor has learnt, and exceptions from it: their own and their leaders'.
    "completion_id": {"counsellor", "leader", "office_leader"},
    "exception_id": {"counsellor", "leader", "office_leader"},
    "absence_id": {"counsellor", "leader", "office_leader"},
    # A certificate that waits: likewise. A file of completions on its way in: whoever sent it.
    "certificate_id": {"counsellor", "leader", "office_leader"},
    "training_file_id": {"office_leader"},
    # What the team asks for.
    "element_id": ABOVE_THE_TEAM,
    "risk_link_id": ABOVE_THE_TEAM,
    "renewal_id": ABOVE_THE_TEAM,
    # A draft of the office's plan for the year: its leader and its representatives. A session of the team.
    "training_plan_id": AT_THE_DRAFT,
    "plan_item_id": AT_THE_DRAFT,
    "session_id": ABOVE_THE_TEAM,
    # What the office asks the police: its leader, its representatives, and those above it.
    # A concern sent to the nearest leader.
    "concern_id": {"counsellor", "leader"},
    # Demands and stops of the office: those who lead or represent it; what is stopped, all who work there.
    "demand_id": {"office_leader", "safety_representative", "chief_safety_representative"},
    "stop_id": {
        "counsellor", "colleague", "leader", "formal_leader", "office_leader", "safety_representative",
        "chief_safety_representative",
    },
    "expert_request_id": AT_THE_DRAFT | {"county_director", "municipal_director", "directorate_member"},
    # A short lesson held in the team.
    "gathering_id": ABOVE_THE_TEAM,
    # The leader's meeting with the safety representatives, and a decision the counsellor sees to.
    # A dossier and who was let in to it: whoever made it.
    "dossier_id": {"office_leader"},
    "dossier_invitation_id": {"office_leader"},
    "forum_id": AT_THE_DRAFT,
    "forum_decision_id": AT_THE_DRAFT | {"counsellor"},
    # Whether the partnership is to treat an incident: asked of the owners, seen by the office's leader.
    "forum_case_id": {"office_leader", "county_director", "municipal_director"},
}  # fmt: skip
NUMBERS: dict[str, UUID | int | str] = {
    "element": "layout",
    "code": "talk", "step": "svar", "letter": "varsel", "number": 1, "factor": 1, "old": 1, "new": 1,
    "tag": "ABCD2345", "scenario_code": "bomb_threat", "secret": "x", "kind": "pdf",
    "lesson_code": "a_refusal",
}  # fmt: skip
FIELDS = {"text": "Ja", "answer": "go", "level": "5", "decision": "go", "outcome": "all_well", "reason": "Ja"}
KEPT = [
    Incident,
    Reply,
    AssessedLevel,
    Opening,
    Exhibit,
    CustodyAct,
    PoliceAct,
    Account,
    Classification,
    Step,
    StepTaken,
    Check,
    Meeting,
    CalendarFeed,
    RiskReport,
    Outing,
    Notice,
    ImportDraft,
    Handover,
    Hazard,
    HazardDecision,
    Item,
    Reading,
    Reminder,
    Measure,
    Establishment,
    Procedure,
    ProcedureVersion,
    ProcedureReading,
    Agreement,
    Activity,
    Assessment,
    Scenario,
    Participant,
    SpreadsheetDraft,
    Call,
    CallEvent,
    AlarmSystem,
    ClientMeasure,
    ClientMeasureStep,
    ClientMeasureHandler,
    SameEvent,
    LaterReport,
    Lesson,
    LessonVersion,
    LessonSource,
    LessonSharing,
    LessonWithdrawal,
    Judgement,
    NoticeAct,
    Injury,
    NoInjury,
    Consent,
    MedicalDetail,
    ReportDecision,
    ReportSending,
    Building,
    Zone,
    Room,
    RoomNote,
    residual.Filling,
    residual.Record,
    residual.Version,
    residual.Hearing,
    residual.Approval,
    residual.Withdrawal,
    Equipment,
    ItemTest,
    MeasureTest,
    Responsible,
    EquipmentDraft,
    Picture,
    BuildingMove,
    reviews.Change,
    reviews.ChangeEnding,
    reviews.Review,
    reviews.Part,
    reviews.Finding,
    reviews.FindingPicture,
    reviews.Signature,
    exercises.Exercise,
    exercises.Step,
    exercises.Objective,
    exercises.Participant,
    exercises.Observation,
    exercises.Drill,
    exercises.Finding,
    exercises.Evaluation,
    training.Completion,
    training.Override,
    training.Absence,
    training.Certificate,
    training.CertificateFile,
    training.CertificateDecision,
    training.TrainingFile,
    training.CourseName,
    training.LocalElement,
    training.RiskLink,
    training.Renewal,
    training.Plan,
    training.PlanItem,
    training.PlanHearing,
    training.PlanApproval,
    training.Session,
    training.SignUp,
    training.Attendance,
    followup.Plan,
    followup.Step,
    followup.StepAct,
    followup.PlanAct,
    followup.Consent,
    concerns.Concern,
    concerns.Recipient,
    concerns.Answer,
    concerns.Verdict,
    concerns.Demand,
    concerns.DemandAnswer,
    concerns.TakenFurther,
    concerns.Stop,
    concerns.StopReason,
    concerns.StopAct,
    expertise.ExpertRequest,
    expertise.ExpertAnswer,
    expertise.UsedIn,
    lessons.Gathering,
    lessons.Attendance,
    lessons.Reading,
    forums.Meeting,
    forums.Participant,
    forums.Point,
    forums.Case,
    forums.CaseAnswer,
    forums.Decision,
    forums.Approval,
    forums.Return,
    forums.Pack,
    dossiers.Dossier,
    dossiers.File,
    dossiers.Invitation,
    dossiers.Opening,
]


def rows_of(office: Office) -> dict[str, UUID | int | str]:
    """One row of each kind that an address can name, made by the counsellor of the office."""
    incident = reported_by(office.counsellor, what_happened="Ropte.")
    mine: dict[str, Any] = {"workforce": workforce_of(office.unit, office.directorate)}
    check = Check.objects.create(
        employee=office.counsellor, participant_ids=[office.counsellor.id], form="planned", rule_version="1",
        answers={}, points=0, level=1, safety_area=office.area, **mine,
    )  # fmt: skip
    meeting = Meeting.objects.create(
        owner=office.counsellor, starts_at=timezone.now(), form="planned", **mine
    )
    risk = RiskReport.objects.create(
        reporter=office.counsellor, safety_area=office.area, stopped_work=True, **mine
    )
    outing = Outing.objects.create(
        employee=office.counsellor, contact=office.formal_leader, form="driving", place="E6",
        expected_at=timezone.now(), **mine,
    )  # fmt: skip
    feed = CalendarFeed.objects.create(owner=office.counsellor, address="https://example.invalid/a.ics")
    draft = ImportDraft.objects.create(by=office.administrator, name="a.xlsx", content=b"")
    notice = Notice.objects.get(person=office.leader, subject_id=incident.id)
    team = make_unit("Team Ung", UnitKind.TEAM, parents=(office.unit,))
    workforce_of(team, office.directorate)  # whom the office's leader leads there
    item = published_by(office.office_leader, team)
    procedure = in_force(office.office_leader, team)
    picture = ProcedurePicture.objects.create(
        procedure=procedure, alt="Dør", kind="image/png", content=b"", width=1, height=1,
        by=office.office_leader,
    )  # fmt: skip
    agreement = Agreement.objects.create(
        unit=team, employer_ids=[office.directorate.id, office.municipality.id], text="Sammen.",
        co_ordinator=office.leader, from_on=timezone.localdate(), created_by=office.office_leader,
    )  # fmt: skip
    work = begin(office)
    file = SpreadsheetDraft.objects.create(
        by=office.office_leader, version=work.draft, name="a.xlsx", content=b""
    )
    activity = Activity.objects.create(
        unit=team, name="Samtaler", forms=["planned"], added_by=office.office_leader
    )
    room = a_good_room(office.office_leader, team)
    review = begun_by(office.office_leader, room.zone.building)
    finding = reviews.Finding.objects.create(
        review=review, room=room, point="objects", became="hazard", by=office.office_leader
    )
    exercise = exercising.started_by(
        office.office_leader, exercising.planned_by(office.office_leader, office.unit, office.counsellor)
    )
    judged_by(office.leader, incident)
    injury = entered_by(office.leader, incident, office.counsellor)
    decided_by(office.leader, injury)
    plan = offered_by(office.leader, incident, office.counsellor)
    dossier = dossiers.Dossier.objects.create(
        unit=office.unit, since=timezone.localdate(), until=timezone.localdate(), language="nb",
        by=office.office_leader,
    )  # fmt: skip
    meets = forum.called_by(office.office_leader, office.unit, MeetingKind.SAFETY)
    found = {
        "dossier": dossier,
        "dossier_invitation": dossiers.Invitation.objects.create(
            dossier=dossier, name="Ine", email="ine@example.invalid", ends_at=timezone.now() + timedelta(1)
        ),
        "forum": meets,
        "forum_decision": forum.decided_by(office.office_leader, meets, office.counsellor),
        "forum_case": forum.serious_at(office),
        "incident": incident,
        "exhibit": added_by(office.counsellor, incident),
        "injury": injury,
        "plan": plan,
        "offer": step_of(plan),
        "consent": lets_in(office.counsellor, plan, office.colleague),
        "step": Step.objects.create(
            incident=incident,
            code="coordinate",
            due_at=timezone.now(),
            workforce=workforce_of(office.unit, office.municipality),
        ),
        "hazard": Hazard.objects.get(source_id=incident.id),
        "check": check,
        "meeting": meeting,
        "report": risk,
        "outing": outing,
        "feed": feed,
        "item": item,
        "measure": planned_by(office.office_leader, team, office.office_leader),
        "procedure": procedure,
        "picture": picture,
        "agreement": agreement,
        "employer": office.directorate,
        "activity": activity,
        "building": room.zone.building,
        "zone": room.zone,
        "room": room,
        "premises_picture": pictured_by(office.office_leader, room.zone.building),
        "review": review,
        "finding_picture": reviews.FindingPicture.objects.create(
            finding=finding, kind="image/png", content=b"", width=1, height=1
        ),
        "change": change_by(office.office_leader, room.zone.building),
        "assessment": work.assessment,
        "scenario": work.describe(),
        "participant": work.draft.participants.get(person=office.safety_representative),
        "file": file,
        "call": called(office.counsellor),
        "client_measure": heard(office.counsellor, office.unit),
        "system": set_up(office.office_leader, office.unit, office.colleague),
        "link": linked(office.leader, incident, reported_by(office.counsellor)),
        "lesson": written_by(office.office_leader, office.unit),
        "concern": worried.written_by(office.counsellor),
        "demand": worried.demanded_by(office.safety_representative, office.unit),
        "stop": worried.stopped_by(office.safety_representative, office.unit),
        "expert_request": asked_by(office.office_leader, office.unit, kind=Kind.POLICE),
        "gathering": lessons.Gathering.objects.create(
            unit=team, lesson="a_refusal", held_on=timezone.localdate(), by=office.office_leader
        ),
        "record": declared_by(office.office_leader, office.unit),
        "filling": residual.Filling.objects.create(
            unit=team, element="layout", form="planned", card="threat", by=office.office_leader
        ),
        "equipment": after_test_by(office.office_leader, item_by(office.office_leader, team)),
        "handover": Handover.objects.create(
            from_unit=team,
            to_unit=make_unit("Team Ny", UnitKind.TEAM, parents=(office.unit,)),
            is_whole=False,
            why="Deles.",
            by=office.office_leader,
        ),
        "exercise": exercise,
        "exercise_finding": exercising.found_by(office.office_leader, exercise),
        **_of_training(office, team),
        "sheet": EquipmentDraft.objects.create(
            by=office.office_leader, unit=office.unit, name="a.xlsx", content=b""
        ),
    }
    ids = {f"{kind}_id": row.pk for kind, row in {**found, "draft": draft, "notice": notice}.items()}
    return NUMBERS | ids


def _of_training(office: Office, team: Unit) -> dict[str, Any]:
    today, by = timezone.localdate(), office.office_leader
    plan = planned.proposed_by(by, office.unit)
    return {
        "training_plan": plan,
        "plan_item": plan.items.all()[0],
        "session": planned.held_by(by, team),
        "completion": learnt.done(office.counsellor, "risk_awareness")[0],
        "exception": learnt.let_go_by(office.leader, office.counsellor),
        "certificate": sent_by(office.counsellor),
        "training_file": training.TrainingFile.objects.create(
            by=office.office_leader, unit=office.unit, name="a.csv", content=b"id,kurs,dato"
        ),
        "absence": training.Absence.objects.create(person=office.counsellor, starts_on=today, by=by),
        "element": training.LocalElement.objects.create(unit=team, kind="theory", title="Arkivet", by=by),
        "risk_link": training.RiskLink.objects.create(
            unit=team, element="equipment", lineage=new_id(), by=by
        ),
        "renewal": training.Renewal.objects.create(
            unit=team, element="equipment", version_id=new_id(), lineage=new_id(), since=today, within_days=90
        ),
    }

"""A lesson from first draft to reader: nobody is given away, and nobody is passed over (2.4)."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.ids import new_id
from tryggmote.incidents.models import Incident
from tryggmote.incidents.tests.helpers import reported_by
from tryggmote.incidents.tests.test_linking import linked
from tryggmote.learning import lessons
from tryggmote.learning.lessons import ChangedMeanwhile, LessonText, Shared
from tryggmote.learning.models import Lesson, LessonAsking, LessonSharing, LessonSource, LessonVersion
from tryggmote.learning.rules import has_national_id, names_in, ways_to_ask
from tryggmote.notices.models import Notice
from tryggmote.organisation.models import Person, Unit, UnitKind
from tryggmote.organisation.tests.factories import Office, employ, make_office, make_person, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def a_text(**words: Any) -> LessonText:
    return LessonText(
        **{
            "id": new_id(),
            "title": "Sitt nærmest døra",
            "happened": "En samtale ble truende.",
            "learned": "Den som sitter nærmest døra, kommer seg ut.",
            "changed": "Bordet er flyttet.",
            "forms": ("planned",),
            "circumstances": (3,),
            "scope": "unit",
            **words,
        }
    )


def written_by(person: Person, unit: Unit, source: Incident | None = None, **words: Any) -> Lesson:
    with acting_as(person.id) as by:
        return lessons.begin_lesson(by=by, unit_id=unit.id, written=a_text(**words), source=source)


def share(person: Person, lesson: Lesson, *, sharing_id: UUID | None = None) -> Shared:
    with acting_as(person.id) as by:
        draft = LessonVersion.objects.select_related("lesson__unit").get(lesson=lesson, shared_at=None)
        return lessons.share(by=by, version=draft, revision=draft.revision, sharing_id=sharing_id or new_id())


def answered_by(person: Person, answer: str) -> None:
    with acting_as(person.id) as by:
        asking = LessonAsking.objects.select_related("version__lesson__unit").latest("at")
        lessons.answer(by=by, asking=asking, answer=answer)


def changed_by(person: Person, lesson: Lesson, **words: Any) -> LessonVersion:
    with acting_as(person.id) as by:
        draft = LessonVersion.objects.filter(lesson=lesson, shared_at=None).first()
        revision = draft.revision if draft else 0
        return lessons.save_draft(by=by, lesson=lesson, written=a_text(revision=revision, **words))


def reads(person: Person, lesson: Lesson) -> bool:
    with acting_as(person.id):
        return LessonVersion.objects.filter(lesson=lesson).exists()


def test_a_safety_representative_shares_with_the_unit_and_colleagues_read_it(office: Office) -> None:
    lesson = written_by(office.safety_representative, office.unit)
    assert not reads(office.counsellor, lesson)
    assert share(office.safety_representative, lesson) == Shared.SHARED
    assert reads(office.counsellor, lesson)
    assert not reads(make_office("Nav Storevik").counsellor, lesson)


def test_only_leaders_and_safety_representatives_write(office: Office) -> None:
    for person in (
        office.counsellor,
        office.administrator,
        office.county_director,
        office.directorate_member,
    ):
        with pytest.raises(NotAllowed):
            written_by(person, office.unit)


def test_the_database_refuses_what_others_write(office: Office) -> None:
    for person in (office.counsellor, office.administrator):
        with acting_as(person.id), pytest.raises(DatabaseError), transaction.atomic():
            Lesson.objects.bulk_create([Lesson(unit=office.unit, created_by=person)])
    with acting_as(office.county_director.id), pytest.raises(DatabaseError), transaction.atomic():
        Lesson.objects.bulk_create([Lesson(unit=office.county, created_by=office.county_director)])


def test_beyond_the_unit_the_exposed_is_asked_and_the_leader_approves(office: Office) -> None:
    incident = reported_by(office.counsellor)
    lesson = written_by(office.safety_representative, office.unit, incident, scope="county")
    assert share(office.safety_representative, lesson) == Shared.WAITS_FOR_LEADER
    assert Notice.objects.filter(kind="lesson_waiting", person=office.office_leader).exists()
    assert Notice.objects.filter(kind="lesson_asks_you", person=office.counsellor).exists()
    assert share(office.office_leader, lesson) == Shared.WAITS_FOR_ANSWER
    answered_by(office.counsellor, "yes")
    assert Notice.objects.filter(kind="lesson_answered", person=office.safety_representative).exists()
    assert share(office.office_leader, lesson) == Shared.SHARED
    lesson.refresh_from_db()
    assert lesson.shared_in == office.county


def test_a_no_keeps_it_in_the_unit(office: Office) -> None:
    lesson = written_by(office.office_leader, office.unit, reported_by(office.counsellor), scope="all")
    assert share(office.office_leader, lesson) == Shared.ASKED
    answered_by(office.counsellor, "no")
    LessonAsking.objects.update(answer_by=timezone.now() - timedelta(days=1))
    assert share(office.office_leader, lesson) == Shared.WAITS_FOR_ANSWER
    changed_by(office.office_leader, lesson, scope="unit")
    assert share(office.office_leader, lesson) == Shared.SHARED


def test_silence_is_no_hindrance_once_the_days_have_passed(office: Office) -> None:
    lesson = written_by(office.office_leader, office.unit, reported_by(office.counsellor), scope="all")
    assert share(office.office_leader, lesson) == Shared.ASKED
    LessonAsking.objects.update(answer_by=timezone.now() - timedelta(minutes=1))
    assert share(office.office_leader, lesson) == Shared.SHARED


def test_another_text_is_asked_about_anew(office: Office) -> None:
    lesson = written_by(office.office_leader, office.unit, reported_by(office.counsellor), scope="all")
    share(office.office_leader, lesson)
    answered_by(office.counsellor, "yes")
    changed_by(office.office_leader, lesson, scope="all", happened="En samtale ble svært truende.")
    assert share(office.office_leader, lesson) == Shared.ASKED


def test_everybody_the_event_happened_to_is_asked_also_those_in_other_reports_of_it(office: Office) -> None:
    first, second = reported_by(office.counsellor), reported_by(office.colleague)
    linked(office.leader, first, second)
    lesson = written_by(office.office_leader, office.unit, first, scope="all")
    share(office.office_leader, lesson)
    asked = set(LessonAsking.objects.values_list("person_id", flat=True))
    assert asked == {office.counsellor.id, office.colleague.id}


def test_who_was_exposed_is_not_told_to_those_who_do_not_see_the_incident(office: Office) -> None:
    incident = reported_by(office.counsellor)
    lesson = written_by(office.office_leader, office.unit, incident, scope="county")
    share(office.office_leader, lesson)
    answered_by(office.counsellor, "yes")
    share(office.office_leader, lesson)
    with acting_as(office.colleague.id):
        assert LessonVersion.objects.filter(lesson=lesson).exists()
        assert not LessonSource.objects.exists()
        assert not LessonAsking.objects.exists()
    with acting_as(office.counsellor.id):
        assert LessonSource.objects.get().incident_id == incident.id


def test_a_lesson_of_another_units_incident_asks_the_exposed_within_the_unit_too(office: Office) -> None:
    team = make_unit("Team Ung", UnitKind.TEAM, parents=(office.unit,))
    other = make_unit("Team Gammel", UnitKind.TEAM, parents=(office.unit,))
    exposed = make_person("Even Eksponert")
    employ(exposed, unit=other, employer=office.directorate, daily_leader=office.office_leader)
    worker = make_person("Tor Team")
    employ(worker, unit=team, employer=office.directorate, daily_leader=office.office_leader)
    lesson = written_by(office.office_leader, team, reported_by(exposed))
    assert share(office.office_leader, lesson) == Shared.ASKED


def test_the_database_refuses_sharing_past_the_exposed_whatever_the_program_asks(office: Office) -> None:
    lesson = written_by(office.office_leader, office.unit, reported_by(office.counsellor), scope="all")
    draft = LessonVersion.objects.get(lesson=lesson)
    for person in (office.office_leader, office.safety_representative):
        with acting_as(person.id), pytest.raises(DatabaseError), transaction.atomic():
            LessonSharing.objects.bulk_create(
                [LessonSharing(version=draft, revision=1, scope="all", by=person)]
            )
    with acting_as(office.office_leader.id), pytest.raises(DatabaseError), transaction.atomic():
        # The narrower scope in the act does not fit the wider one in the text.
        LessonSharing.objects.bulk_create(
            [LessonSharing(version=draft, revision=1, scope="unit", by=office.office_leader)]
        )
    with acting_as(office.office_leader.id), pytest.raises(DatabaseError), transaction.atomic():
        LessonVersion.objects.update(shared_at=timezone.now())


def test_whether_the_exposed_agree_is_asked_in_ones_own_name_alone(office: Office) -> None:
    lesson = written_by(office.office_leader, office.unit, reported_by(office.counsellor), scope="all")
    draft = LessonVersion.objects.get(lesson=lesson)

    def agrees(person: Person) -> bool:
        with acting_as(person.id), connection.cursor() as cursor:
            cursor.execute("select app.exposed_agree(%s)", [draft.id])
            return bool(cursor.fetchone()[0])

    assert (agrees(office.office_leader), agrees(office.counsellor)) == (False, True)
    with (
        acting_as(office.office_leader.id),
        pytest.raises(DatabaseError, match="does not exist"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("select app.exposed_agree(%s, %s)", [draft.id, office.counsellor.id])


def test_nobody_answers_for_another(office: Office) -> None:
    lesson = written_by(office.office_leader, office.unit, reported_by(office.counsellor), scope="all")
    share(office.office_leader, lesson)
    with acting_as(office.office_leader.id):
        assert LessonAsking.objects.update(answer="yes") == 0
    with pytest.raises(NotAllowed):
        answered_by(office.office_leader, "yes")


def test_readers_see_the_version_that_is_shared_and_none_before_it(office: Office) -> None:
    lesson = written_by(office.office_leader, office.unit, happened="Vera ble truet i rom 3.")
    share(office.office_leader, lesson)
    changed_by(office.office_leader, lesson)
    with acting_as(office.colleague.id):
        assert LessonVersion.objects.get().number == 1
    share(office.office_leader, lesson)
    with acting_as(office.colleague.id):
        assert LessonVersion.objects.get().happened == "En samtale ble truende."


def test_what_was_shared_is_never_changed(office: Office) -> None:
    lesson = written_by(office.office_leader, office.unit)
    share(office.office_leader, lesson)
    with pytest.raises(DatabaseError), transaction.atomic():
        LessonVersion.objects.update(title="Noe annet")


def test_a_lesson_that_is_withdrawn_is_gone_for_its_readers(office: Office) -> None:
    lesson = written_by(office.office_leader, office.unit)
    share(office.office_leader, lesson)
    with acting_as(office.safety_representative.id) as by:
        lessons.withdraw(
            by=by, lesson=Lesson.objects.get(), withdrawal_id=new_id(), reason="Kunne kjennes igjen."
        )
    assert not reads(office.counsellor, lesson)
    assert reads(office.office_leader, lesson)
    with pytest.raises(NotPossible):
        changed_by(office.office_leader, Lesson.objects.get())


def test_the_same_form_sent_twice_is_one_lesson_and_one_sharing(office: Office) -> None:
    form, sharing = new_id(), new_id()
    first = written_by(office.office_leader, office.unit, id=form)
    assert written_by(office.office_leader, office.unit, id=form) == first
    version = LessonVersion.objects.select_related("lesson__unit").get()
    with acting_as(office.office_leader.id) as by:
        for _time in range(2):
            done = lessons.share(by=by, version=version, revision=1, sharing_id=sharing)
            assert done == Shared.SHARED
    assert LessonSharing.objects.count() == 1


def test_two_who_write_at_once_lose_nothing(office: Office) -> None:
    lesson = written_by(office.office_leader, office.unit)
    changed_by(office.safety_representative, lesson, title="Ny tittel")
    with acting_as(office.office_leader.id) as by, pytest.raises(ChangedMeanwhile) as caught:
        lessons.save_draft(by=by, lesson=lesson, written=a_text(revision=1))
    assert caught.value.now.title == "Ny tittel"


def test_a_draft_changed_since_it_was_read_is_not_shared(office: Office) -> None:
    lesson = written_by(office.office_leader, office.unit)
    draft = LessonVersion.objects.select_related("lesson__unit").get()
    changed_by(office.office_leader, lesson)
    with acting_as(office.office_leader.id) as by, pytest.raises(NotPossible):
        lessons.share(by=by, version=draft, revision=2, sharing_id=new_id())


def test_a_number_that_looks_like_a_national_identity_number_is_found() -> None:
    assert has_national_id("Ring 010190 12345 nå")
    assert has_national_id("01019012345")
    assert not has_national_id("Ring 22334455 kl. 12.30 den 01.01.2026")


def test_names_of_people_are_found_with_a_capital_and_as_whole_words() -> None:
    names = ["Vera Veileder", "Bo Li", "Kari-Anne Vår"]
    assert names_in("Vera satt. En veileder og Kari-Anne kom. Veras pult. Bo.", names) == [
        "Vera",
        "Kari-Anne",
    ]


@pytest.mark.parametrize(
    ("query", "also"),
    [
        ("trussel", "trusler"),
        ("trusselen", "trusler"),
        ("trusler", "trussel"),
        ("truslene", "trussel"),
        ("varsler", "varsel"),
        ('"trusler på telefon" -mottak', '"trussel på telefon" -mottak'),
    ],
)
def test_one_and_several_of_a_word_are_sought_together(query: str, also: str) -> None:
    assert {query, also} <= set(ways_to_ask(query))


def test_other_words_are_sought_as_they_are_written() -> None:
    assert ways_to_ask("kniv i mottaket") == ["kniv i mottaket"]

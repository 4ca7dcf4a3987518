"""What is done about a measure, from plan to effect, and what it leads to (2.3)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.ids import new_id
from tryggmote.controls import queries, registry, services
from tryggmote.controls.models import (
    Cancellation,
    Establishment,
    Evaluation,
    Handover,
    Measure,
    Postponement,
)
from tryggmote.controls.tests.helpers import (
    a_draft,
    days_from_now,
    established_by,
    evaluated_by,
    noon,
    planned_by,
)
from tryggmote.controls.vocabulary import Effect, OriginKind, Rung, Status
from tryggmote.information.models import Item
from tryggmote.notices.models import Notice
from tryggmote.organisation.models import Placement
from tryggmote.organisation.tests.factories import Office, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def measure(office: Office) -> Measure:
    return planned_by(office.office_leader, office.unit, office.counsellor)


def test_a_leader_plans_the_owner_is_told_and_the_unit_informed(office: Office) -> None:
    measure = planned_by(office.office_leader, office.unit, office.counsellor)
    assert measure.status == Status.PLANNED
    assert Notice.objects.get(kind="measure_owned").person_id == office.counsellor.id
    item = Item.objects.get(kind="controls.planned")
    assert (item.subject_id, item.unit_id, item.context) == (
        measure.id,
        office.unit.id,
        {"title": measure.title},
    )


def test_sending_the_same_plan_twice_makes_one_measure_and_tells_once(office: Office) -> None:
    draft = a_draft(office.unit, office.counsellor)
    for _ in range(2):
        with acting_as(office.office_leader.id) as leader:
            services.plan_measure(by=leader, draft=draft)
    assert Measure.objects.count() == Item.objects.count() == Notice.objects.count() == 1


def test_somebody_elses_id_is_refused_and_says_nothing_about_their_measure(
    office: Office, measure: Measure
) -> None:
    with acting_as(office.office_leader.id) as leader:
        own = services.plan_measure(by=leader, draft=a_draft(office.unit, office.counsellor))
    other = make_office("Nav Storevik")
    with acting_as(other.office_leader.id) as stranger, pytest.raises(NotPossible) as refusal:
        services.plan_measure(by=stranger, draft=a_draft(other.unit, other.counsellor, id=own.id))
    assert own.title not in refusal.value.message


def test_only_leaders_of_the_unit_plan(office: Office) -> None:
    other = make_office("Nav Storevik")
    for person in (
        office.counsellor,
        office.safety_representative,
        office.county_director,
        other.office_leader,
    ):
        with acting_as(person.id) as by, pytest.raises(NotAllowed):
            services.plan_measure(by=by, draft=a_draft(office.unit, office.counsellor))


def test_the_owner_must_belong_to_the_unit_and_the_date_lie_ahead(office: Office) -> None:
    stranger = make_office("Nav Storevik").counsellor
    with acting_as(office.office_leader.id) as leader:
        with pytest.raises(NotPossible, match="høre til enheten"):
            services.plan_measure(by=leader, draft=a_draft(office.unit, stranger))
        with pytest.raises(NotPossible, match="fra og med i dag"):
            services.plan_measure(
                by=leader, draft=a_draft(office.unit, office.counsellor, due_on=days_from_now(-1))
            )
        services.plan_measure(
            by=leader, draft=a_draft(office.unit, office.counsellor, due_on=days_from_now(0))
        )


def test_the_owner_establishes_and_the_unit_is_informed(office: Office, measure: Measure) -> None:
    established = established_by(office.counsellor, measure)
    assert established.status == Status.ESTABLISHED
    assert established.is_in_use
    assert Item.objects.filter(kind="controls.established", subject_id=measure.id).exists()


def test_a_colleague_neither_establishes_nor_evaluates(office: Office, measure: Measure) -> None:
    with pytest.raises(NotAllowed):
        established_by(office.colleague, measure)
    established_by(office.counsellor, measure)
    with pytest.raises(NotAllowed):
        evaluated_by(office.colleague, measure)


def test_nobody_evaluates_before_it_is_established(office: Office, measure: Measure) -> None:
    with pytest.raises(NotPossible):
        evaluated_by(office.office_leader, measure)
    assert not Evaluation.objects.exists()


def test_the_same_act_sent_twice_is_done_once(office: Office, measure: Measure) -> None:
    act_id = new_id()
    for _ in range(2):
        with acting_as(office.counsellor.id) as owner:
            services.establish(by=owner, measure=Measure.objects.get(id=measure.id), act_id=act_id)
    assert Establishment.objects.count() == 1
    assert Item.objects.filter(kind="controls.established").count() == 1


def test_an_evaluation_without_effect_keeps_it_open_and_one_with_effect_closes_it(
    office: Office, measure: Measure
) -> None:
    established_by(office.counsellor, measure)
    assert evaluated_by(office.counsellor, measure, Effect.NOT_REDUCED).status == Status.WITHOUT_EFFECT
    assert evaluated_by(office.counsellor, measure, Effect.UNKNOWN).status == Status.WITHOUT_EFFECT
    assert evaluated_by(office.counsellor, measure, Effect.REDUCED).status == Status.EVALUATED
    assert Evaluation.objects.count() == 3


def test_those_who_listen_hear_of_every_evaluation_once(
    office: Office, measure: Measure, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Evaluation] = []
    monkeypatch.setattr(registry, "_evaluated", [])
    registry.on_evaluated(heard.append)
    established_by(office.counsellor, measure)
    act_id = new_id()
    for _ in range(2):
        with acting_as(office.counsellor.id) as owner:
            services.evaluate(
                by=owner,
                measure=Measure.objects.get(id=measure.id),
                act_id=act_id,
                effect=Effect.NOT_REDUCED,
                words="Det skjedde igjen.",
                likelihood=4,
                consequence=5,
            )
    assert [(one.measure_id, one.likelihood, one.measure.effect) for one in heard] == [
        (measure.id, 4, Effect.NOT_REDUCED)
    ]


def test_a_listener_that_refuses_undoes_the_evaluation(
    office: Office, measure: Measure, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_evaluation: Evaluation) -> None:
        raise NotPossible("Nei.")

    monkeypatch.setattr(registry, "_evaluated", [refuse])
    established_by(office.counsellor, measure)
    with pytest.raises(NotPossible, match=r"Nei\."):
        evaluated_by(office.counsellor, measure)
    assert not Evaluation.objects.exists()


def test_a_leader_postpones_hands_over_and_cancels_and_each_is_told_as_a_story(
    office: Office, measure: Measure
) -> None:
    with acting_as(office.office_leader.id) as leader:
        seen = Measure.objects.get(id=measure.id)
        services.postpone(
            by=leader, measure=seen, act_id=new_id(), to_on=days_from_now(30), reason="Døra er forsinket."
        )
        assert seen.due_on == days_from_now(30)
        services.hand_over(by=leader, measure=seen, act_id=new_id(), to_owner_id=office.colleague.id)
        assert seen.owner_id == office.colleague.id
        services.cancel(by=leader, measure=seen, act_id=new_id(), reason="Rommet brukes ikke mer.")
        assert seen.status == Status.CANCELLED
        assert [act.name for act in queries.story_of(seen)] == ["postponement", "handover", "cancellation"]
    assert Postponement.objects.get().from_on == days_from_now(14)
    assert Handover.objects.get().from_owner_id == office.counsellor.id
    assert Notice.objects.filter(kind="measure_owned", person=office.colleague).exists()


def test_the_owner_does_not_change_the_date_the_owner_or_the_plan(office: Office, measure: Measure) -> None:
    with acting_as(office.counsellor.id) as owner:
        seen = Measure.objects.get(id=measure.id)
        with pytest.raises(NotAllowed):
            services.postpone(
                by=owner, measure=seen, act_id=new_id(), to_on=days_from_now(30), reason="Vent."
            )
        with pytest.raises(NotAllowed):
            services.hand_over(by=owner, measure=seen, act_id=new_id(), to_owner_id=office.colleague.id)
        with pytest.raises(NotAllowed):
            services.cancel(by=owner, measure=seen, act_id=new_id(), reason="Orker ikke.")
    assert not Cancellation.objects.exists()


def test_two_who_establish_at_the_same_moment_are_both_answered_and_it_is_done_once(
    office: Office, measure: Measure
) -> None:
    """The page of each still says that it is planned; the database says that it is not."""
    as_both_saw_it = Measure.objects.get(id=measure.id)
    established_by(office.counsellor, measure)
    with acting_as(office.office_leader.id) as leader, pytest.raises(NotPossible):
        services.establish(by=leader, measure=as_both_saw_it, act_id=new_id())
    assert Establishment.objects.count() == 1


def test_a_cancelled_measure_cannot_be_done_anything_about(office: Office, measure: Measure) -> None:
    as_it_was = Measure.objects.get(id=measure.id)
    with acting_as(office.office_leader.id) as leader:
        services.cancel(by=leader, measure=measure, act_id=new_id(), reason="Overflødig.")
        with pytest.raises(NotPossible):
            services.establish(by=leader, measure=as_it_was, act_id=new_id())
        with pytest.raises(NotPossible):
            services.cancel(by=leader, measure=as_it_was, act_id=new_id(), reason="Overflødig.")


def test_measures_are_found_by_what_they_come_from_and_by_id_in_one_query_each(
    office: Office, django_assert_num_queries: object
) -> None:
    scenario, other = new_id(), new_id()
    first = planned_by(
        office.office_leader,
        office.unit,
        office.counsellor,
        origin_kind=OriginKind.SCENARIO,
        origin_id=scenario,
    )
    second = planned_by(
        office.office_leader,
        office.unit,
        office.colleague,
        origin_kind=OriginKind.SCENARIO,
        origin_id=scenario,
    )
    with acting_as(office.counsellor.id):
        with django_assert_num_queries(1):  # type: ignore[operator]
            found = queries.measures_of_origins("scenario", [scenario, other])
            assert [m.owner.name for m in found[scenario]] == [office.counsellor.name, office.colleague.name]
            assert found[other] == []
        with django_assert_num_queries(1):  # type: ignore[operator]
            assert queries.measures_by_id([first.id, second.id, other]) == {
                first.id: first,
                second.id: second,
            }
        assert queries.measures_of_origins("incident", [scenario]) == {scenario: []}


def test_advice_is_what_is_in_use_for_the_form_with_the_best_protection_first(office: Office) -> None:
    def in_use(title: str, rung: Rung, **answers: object) -> Measure:
        measure = planned_by(
            office.office_leader, office.unit, office.counsellor, title=title, hierarchy=rung, **answers
        )
        return established_by(office.counsellor, measure)

    vest = in_use("Vest", Rung.PROTECTIVE, forms=("home_visit",))
    two = in_use("To ansatte", Rung.ORGANISE, forms=("home_visit", "outdoors"))
    everywhere = in_use("Ring først", Rung.PROCEDURE_TRAINING, forms=())
    in_use("Alarm", Rung.DESIGN, forms=("planned",))
    planned_by(office.office_leader, office.unit, office.counsellor, forms=("home_visit",))
    over = in_use("Gammelt", Rung.ELIMINATE, forms=("home_visit",))
    with acting_as(office.office_leader.id) as leader:
        services.cancel(by=leader, measure=over, act_id=new_id(), reason="Ute av bruk.")
    with acting_as(office.counsellor.id):
        assert queries.established_for([office.unit.id], "home_visit") == [two, everywhere, vest]
        assert queries.established_for([office.county.id], "home_visit") == []


def test_late_measures_are_found(office: Office) -> None:
    long_ago = timezone.now() - timedelta(days=400)
    late = planned_by(
        office.office_leader, office.unit, office.counsellor, at=long_ago, due_on=days_from_now(-390)
    )
    never_evaluated = planned_by(
        office.office_leader, office.unit, office.counsellor, at=long_ago, due_on=days_from_now(-390)
    )
    established_by(office.counsellor, never_evaluated, at=noon(days_from_now(-380)))
    planned_by(office.office_leader, office.unit, office.counsellor)
    with acting_as(office.office_leader.id):
        assert list(queries.measures_in(office.unit.id, due=queries.OVERDUE)) == [late]
        assert list(queries.measures_in(office.unit.id, due=queries.UNEVALUATED)) == [never_evaluated]
        assert queries.measures_in(office.county.id).count() == 3
        assert queries.counts(queries.measures())["total"] == 3


def test_an_owner_who_has_moved_no_longer_belongs_but_still_sees_what_was_theirs(
    office: Office, measure: Measure
) -> None:
    elsewhere = make_office("Nav Storevik")
    with acting_as(office.office_leader.id):
        assert queries.measure_in_full(measure.id).get().owner_belongs
    Placement.objects.filter(person=office.counsellor).update(
        workforce=Placement.objects.get(person=elsewhere.counsellor).workforce
    )
    with acting_as(office.office_leader.id):
        assert not queries.measure_in_full(measure.id).get().owner_belongs
    with acting_as(office.counsellor.id):
        assert Measure.objects.filter(id=measure.id).exists()

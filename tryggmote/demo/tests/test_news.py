"""What the fictional offices have written down, agreed on and been told, and who has read it (2.3)."""

import random
import re
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db.models import Count, F, Q
from django.test import Client

from tryggmote.access.context import acting_as
from tryggmote.controls.agreement_queries import employers_in, may_sign_for
from tryggmote.controls.models import (
    Agreement,
    AgreementSigning,
    Establishment,
    Evaluation,
    Measure,
    Procedure,
    ProcedureApproval,
    ProcedureReading,
    ProcedureVersion,
)
from tryggmote.controls.procedure_queries import parts_in_force, read_count
from tryggmote.controls.rules import agreement_runs_out_on
from tryggmote.controls.vocabulary import ProcedureKind
from tryggmote.demo.county import CONTACT_CENTRE, COUNTY, FJORDVIK, GRANLIA, SKJAERGARD
from tryggmote.demo.history.agreements import PLANS as AGREEMENTS
from tryggmote.demo.history.clock import at
from tryggmote.demo.history.procedure_texts import PLANS as PROCEDURES
from tryggmote.demo.history.readership import Readership
from tryggmote.demo.tests.conftest import ANCHOR
from tryggmote.exercises.models import Exercise
from tryggmote.information import queries
from tryggmote.information.models import Item, Reading
from tryggmote.information.registry import kind_of
from tryggmote.organisation.models import Person, Unit
from tryggmote.organisation.roles import Role
from tryggmote.organisation.standing import leaders_of
from tryggmote.risk.models import Version

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
MORNING = at(ANCHOR, 0)
A_FORTNIGHT_AGO = at(ANCHOR - timedelta(days=14), 0)


def person(key: str) -> Person:
    return Person.objects.get(external_id=f"demo:{key}")


def share_read(code: str) -> float:
    """Of those a unit's procedures are for, how many have read what is more than a fortnight old."""
    unit = Unit.objects.get(code=code)
    counts = [
        read_count(procedure, unit.id)
        for procedure in Procedure.objects.filter(unit=unit, in_force_at__lt=A_FORTNIGHT_AGO)
    ]
    return sum(count.read for count in counts) / sum(count.audience for count in counts)


def test_the_offices_have_procedures_as_far_as_they_have_come(county: None) -> None:
    in_force = Counter(
        Procedure.objects.filter(in_force_number__isnull=False).values_list("unit__code", flat=True)
    )
    assert in_force == {COUNTY: 1, FJORDVIK: 6, SKJAERGARD: 2, CONTACT_CENTRE: 2}
    draft = Procedure.objects.get(in_force_number=None)
    assert draft.unit.code == GRANLIA
    assert ProcedureVersion.objects.get(approved_at=None).procedure == draft


def test_one_instruction_says_how_to_close_the_reception_and_one_how_to_visit_homes(county: None) -> None:
    instructions = Procedure.objects.filter(kind=ProcedureKind.WRITTEN_INSTRUCTION)
    assert set(instructions.values_list("unit__code", flat=True)) == {FJORDVIK, SKJAERGARD}


def test_fjordvik_adds_its_own_words_to_what_the_county_says(county: None) -> None:
    with acting_as(person("fjordvik-mottak-stat-1").id):
        addition = Procedure.objects.get(unit__code=FJORDVIK, parent__isnull=False)
        parts = parts_in_force(addition)
    assert [part.procedure.unit.code for part in parts] == [COUNTY, FJORDVIK]
    assert "<ol>" in parts[0].html
    numbers = dict(ProcedureReading.objects.filter(procedure=addition).values_list("person_id", "number"))
    read_above = ProcedureReading.objects.filter(procedure=addition.parent)
    assert numbers.keys() <= set(read_above.values_list("person_id", flat=True))


def test_all_in_skjaergard_have_read_their_procedures_and_most_elsewhere(county: None) -> None:
    assert share_read(SKJAERGARD) == 1
    assert 0.77 < share_read(FJORDVIK) < 0.86
    assert 0.9 <= share_read(CONTACT_CENTRE) < 0.97


def test_whoever_approved_a_procedure_leads_the_unit_and_has_read_it(county: None) -> None:
    for approval in ProcedureApproval.objects.select_related("version__procedure"):
        procedure = approval.version.procedure
        assert approval.by_id in {leader.person_id for leader in leaders_of(procedure.unit_id)}
        assert ProcedureReading.objects.filter(
            procedure=procedure, number=approval.version.number, person_id=approval.by_id
        ).exists()


def test_nobody_confirms_a_procedure_before_it_is_approved(county: None) -> None:
    approved = {
        (approval.version.procedure_id, approval.version.number): approval.at
        for approval in ProcedureApproval.objects.select_related("version")
    }
    for reading in ProcedureReading.objects.all():
        assert approved[reading.procedure_id, reading.number] <= reading.at < MORNING


def test_skjaergard_has_an_agreement_that_both_employers_signed_and_that_was_gone_through(
    county: None,
) -> None:
    agreement = Agreement.objects.get(unit__code=SKJAERGARD)
    assert agreement.is_in_force(ANCHOR)
    assert set(agreement.employer_ids) == {employer.id for employer in employers_in(agreement.unit_id)}
    assert agreement.signed_at is not None
    assert agreement.reviewed_at is not None
    assert agreement.signed_at < agreement.reviewed_at < MORNING
    assert agreement.signed_at == max(
        AgreementSigning.objects.filter(agreement=agreement).values_list("at", flat=True)
    )
    runs_out_on = agreement_runs_out_on(agreement)
    assert runs_out_on is not None
    assert runs_out_on > ANCHOR


def test_fjordvik_waits_for_the_municipality_to_sign_and_granlia_has_agreed_on_nothing(county: None) -> None:
    agreement = Agreement.objects.get(unit__code=FJORDVIK)
    assert agreement.signed_at is None
    signed = AgreementSigning.objects.get(agreement=agreement).employer_id
    with acting_as(person("fjordvik-nav-leder-kommune").id):
        assert {signed, *may_sign_for(agreement)} == set(agreement.employer_ids)
        assert len(may_sign_for(agreement)) == 1
    assert not Agreement.objects.filter(unit__code=GRANLIA).exists()


def test_everything_that_was_approved_planned_established_and_evaluated_is_told_once(county: None) -> None:
    told = Counter(Item.objects.filter(is_standing=False).values_list("kind", flat=True))
    assert told == {
        "risk.approved": Version.objects.filter(approved_at__isnull=False).count(),
        "controls.planned": Measure.objects.count(),
        "exercises.reported": Exercise.objects.filter(closed_at__isnull=False).count(),
        "controls.established": Establishment.objects.count(),
        "controls.evaluated": Evaluation.objects.count(),
        "controls.procedure_approved": ProcedureApproval.objects.count(),
    }
    assert told.total() < 300
    important = Item.objects.filter(is_important=True, is_standing=False).values_list("kind", flat=True)
    assert set(important) == {"controls.procedure_approved"}


def test_every_item_is_of_a_registered_kind_and_has_its_words(county: None) -> None:
    for item in Item.objects.all():
        assert item.context["title"] in kind_of(item.kind).title_for(item.context)
        assert item.body


def test_every_item_leads_to_a_page_for_somebody_of_the_unit(county: None, client_of: ClientOf) -> None:
    for unit_id in set(Item.objects.values_list("unit_id", flat=True)):
        client = client_of(Person.objects.get(id=min(queries.audience_of(unit_id))))
        for url in set(Item.objects.filter(unit_id=unit_id).values_list("url", flat=True)):
            assert client.get(url).status_code == 200, url


def test_nobody_reads_anything_before_it_was_published_or_in_the_future(county: None) -> None:
    assert not Reading.objects.filter(at__lt=F("item__at")).exists()
    assert not Reading.objects.filter(at__gte=MORNING).exists()
    assert not Item.objects.filter(at__gte=MORNING).exists()


def test_an_item_is_read_by_whoever_published_it_and_only_by_those_it_is_for(county: None) -> None:
    audience = {
        unit_id: queries.audience_of(unit_id)
        for unit_id in set(Item.objects.values_list("unit_id", flat=True))
    }
    for item in Item.objects.prefetch_related("readings"):
        readers = {reading.person_id for reading in item.readings.all()}
        assert item.by_id in readers
        assert readers - {item.by_id} <= audience[item.unit_id]


def test_representatives_have_read_what_is_not_from_the_last_days(county: None) -> None:
    old = Item.objects.filter(unit__code=FJORDVIK, at__lt=A_FORTNIGHT_AGO, is_standing=False)
    for key in ("fjordvik-arbeid-stat-1", "fjordvik-sosial-fjordvik-2", "fjordvik-arbeid-stat-2"):
        read = Count("readings", filter=Q(readings__person=person(key)))
        assert not old.annotate(read=read).filter(read=0).exists()


def test_somebody_has_something_to_read_and_nobody_is_buried(county: None) -> None:
    waiting = []
    for reader in Person.objects.filter(placements__isnull=False):
        with acting_as(reader.id):
            waiting.append(queries.unread_by(reader.id).count())
    assert sum(1 for number in waiting if number) >= 5
    assert max(waiting) <= 15


def test_one_who_does_not_read_as_a_rule_still_follows_what_they_take_part_in() -> None:
    readership = Readership(shares=dict.fromkeys(range(10), 0.5), thorough=frozenset({0}))
    picked = readership.pick(range(10), random.Random(1), also={9})
    assert {0, 9} <= set(picked)
    assert len(picked) == 5


def test_no_procedure_or_agreement_holds_anything_that_could_be_a_client() -> None:
    texts = [text.words for plan in PROCEDURES for text in plan.texts]
    for text in (*texts, *(plan.text for plan in AGREEMENTS)):
        assert not re.search(r"(\d\D?){6,}", text), text
        assert "@" not in text


def test_every_procedure_has_numbered_steps_or_points_and_the_offices_of_one_language_write_it() -> None:
    for plan in PROCEDURES:
        for text in plan.texts:
            assert re.search(r"^(1\. |- )", text.words, re.MULTILINE), plan.title
            assert (" ikkje " in text.words) == (plan.unit == SKJAERGARD), plan.title


def test_chief_representatives_and_unions_are_told_too(county: None) -> None:
    roles = (Role.SAFETY_REPRESENTATIVE, Role.UNION_REPRESENTATIVE, Role.CHIEF_SAFETY_REPRESENTATIVE)
    for role in roles:
        assert Reading.objects.filter(person__role_assignments__role=role).exists(), role

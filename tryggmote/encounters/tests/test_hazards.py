"""High checks, stopped meetings and reported risks are hazards until somebody has judged them (2.1, 2.2)."""

import pytest
from django.urls import reverse

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.encounters import reporting
from tryggmote.encounters.models import Check
from tryggmote.encounters.reporting import RiskWords
from tryggmote.organisation.models import Person
from tryggmote.risk.models import HAZARD_LIMIT, Hazard
from tryggmote.risk.vocabulary import Source


def stopped_by(person, **more):
    with acting_as(person.id) as by:
        return reporting.stop_meeting(by=by, report_id=more.pop("report_id", new_id()), **more)


def test_a_high_check_is_a_hazard_described_by_the_reasons_for_its_level(office, checked):
    Person.objects.filter(id=office.counsellor.id).update(language="en")
    check = checked(office.counsellor, signs="strong", draft={"place": "Samtalerom 3"})
    hazard = Hazard.objects.get()
    assert hazard.what == "Høy risiko: Avtalt samtale. Stemningen er truende eller ute av kontroll."
    assert (hazard.source, hazard.source_id) == (Source.CHECK, check.id)
    assert (hazard.unit_id, hazard.forms) == (office.unit.id, ["planned"])


def test_all_the_reasons_there_are_fit(office, checked):
    from tryggmote.encounters import question_sets

    worst = {
        q.code: max(q.answers, key=lambda answer: answer.risk).code
        for q in question_sets.current().questions_for("planned")
    }
    checked(office.counsellor, **worst)
    assert len(Hazard.objects.get().what) <= HAZARD_LIMIT


def test_other_checks_are_no_hazards(office, checked):
    checked(office.counsellor)
    assert not Hazard.objects.exists()


def test_the_same_check_sent_twice_is_one_hazard(office, checked):
    same = new_id()
    for _time in range(2):
        checked(office.counsellor, signs="strong", draft={"id": same})
    assert Hazard.objects.count() == 1


def test_a_stop_and_a_reported_risk_are_hazards_without_what_was_written(office, checked):
    check = checked(office.counsellor)
    stopped_by(office.counsellor, check_id=check.id)
    stopped_by(office.counsellor)
    with acting_as(office.counsellor.id) as by:
        words = RiskWords(what="Gangen er mørk", form="home_visit", place="Gata 1")
        reporting.report_risk(by=by, report_id=new_id(), words=words)
    said = {(hazard.source, hazard.what, tuple(hazard.forms)) for hazard in Hazard.objects.all()}
    assert said == {
        (Source.STOP, "Møte stanset: Avtalt samtale", ("planned",)),
        (Source.STOP, "Møte stanset", ()),
        (Source.RISK, "Meldt risiko: Hjemmebesøk", ("home_visit",)),
    }


def test_the_same_stop_sent_twice_is_one_hazard(office):
    same = new_id()
    for _time in range(2):
        stopped_by(office.counsellor, report_id=same)
    assert Hazard.objects.count() == 1


@pytest.mark.parametrize("is_gone", [False, True])
def test_the_leader_goes_to_the_source_as_long_as_it_is_there(office, checked, client_of, is_gone):
    check = checked(office.counsellor, signs="strong")
    address = reverse("encounters:check", args=[check.id])
    if is_gone:
        Check.objects.all().delete()
    page = client_of(office.office_leader).get(Hazard.objects.get().get_absolute_url()).content.decode()
    assert (address in page) is not is_gone
    assert "Sjekk med høy risiko" in page


def test_whoever_does_not_see_the_source_gets_no_way_there(office, client_of):
    report = stopped_by(office.counsellor)
    assert (
        Hazard.objects.get().get_absolute_url()
        in client_of(office.counsellor).get(report.get_absolute_url()).content.decode()
    )
    type(report).objects.update(safety_area=None)
    hazard = Hazard.objects.get()
    assert (
        report.get_absolute_url()
        in client_of(office.office_leader).get(hazard.get_absolute_url()).content.decode()
    )
    assert (
        report.get_absolute_url()
        not in client_of(office.safety_representative).get(hazard.get_absolute_url()).content.decode()
    )

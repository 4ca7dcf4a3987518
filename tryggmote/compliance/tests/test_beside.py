"""Another standard as data: mapped to rules that exist, and shown beside ours with the same states."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tryggmote.access.context import acting_as
from tryggmote.catalogue import loader
from tryggmote.catalogue.loader import OURS, load_standards, read_standard, read_standards
from tryggmote.compliance.beside import side_by_side
from tryggmote.compliance.checks import faults, requirements_name_rules_that_exist
from tryggmote.compliance.queries import chapters_of
from tryggmote.compliance.states import State
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office

EXAMPLES = OURS.parent / "examples"
CALIFORNIA = EXAMPLES / "california.yaml"
ClientOf = Callable[[Person], Client]


@pytest.fixture
def california_too(settings: Any) -> Iterator[None]:
    """An organisation that uses our sets and the example."""
    settings.CATALOGUE_PATHS = [OURS, EXAMPLES]
    load_standards.cache_clear()
    yield
    load_standards.cache_clear()


@pytest.fixture
def office(db: None) -> Office:
    return make_office()


def test_the_example_is_sound_and_not_in_use_unless_somebody_asks() -> None:
    standard = read_standard(CALIFORNIA)
    assert standard.code == "california"
    assert "eksempel" in str(standard.title)
    assert all(not place.verified for p in standard.provisions.values() for place in p.places)
    assert "california" not in {each.code for each in load_standards()}


def test_it_maps_only_to_rules_that_exist() -> None:
    assert list(faults(read_standards([OURS, EXAMPLES]))) == []
    assert requirements_name_rules_that_exist() == []
    named = [r.evidence.rule for r in read_standard(CALIFORNIA).requirements]
    assert len([rule for rule in named if rule]) >= 10
    assert None in named, "a row that nothing measures says so"


def test_a_row_that_names_no_rule_is_told_by_set_number_and_field(tmp_path: Path) -> None:
    text = CALIFORNIA.read_text().replace("rule: evidence_3_1\n", "rule: evidence_31\n")
    (tmp_path / "california.yaml").write_text(text)
    (fault,) = faults(read_standards([tmp_path]))
    assert fault.startswith("set california, requirement c-2-i-lokaler, field evidence.rule:")
    assert "there is no rule “evidence_31”; the rules are evidence_1_1, " in fault


@pytest.mark.usefixtures("california_too")
def test_the_same_rule_gives_the_same_state_in_both(office: Office) -> None:
    by_code = {standard.code: standard for standard in load_standards()}
    with acting_as(office.office_leader.id):
        found = side_by_side(office.unit, by_code["california"], by_code["trygge-brukermoter"])
        statuses = [status for chapter in chapters_of(office.unit) for status in chapter.statuses]
    assert found.shared >= 6
    for pair in found.pairs:
        for other in pair.others:
            assert other.requirement.evidence.rule == pair.status.requirement.evidence.rule
            assert (other.state, other.why) == (pair.status.state, pair.status.why)
    unmeasured = [p for p in found.pairs if p.status.requirement.evidence.rule is None]
    assert all(p.status.state is State.NOT_MEASURED and not p.others for p in unmeasured)
    theirs = len({o.anchor for p in found.pairs for o in p.others}) + len(found.only_other)
    assert theirs == len(by_code["trygge-brukermoter"].requirements), "no row of the other set is left out"
    anchors = [status.anchor for status in statuses]
    assert len(set(anchors)) == len(anchors), "each row has its own place on the page"


@pytest.mark.usefixtures("california_too")
def test_the_page_shows_both_and_which_two_can_be_chosen(office: Office, client_of: ClientOf) -> None:
    client, address = client_of(office.counsellor), f"/status/{office.unit.id}/side-om-side/"
    page = client.get(f"{address}?one=california&other=lov").content.decode()
    assert "§ 6401.9 (c)(2)(C) Arbeidsgivere på samme sted samordner seg" in page
    assert "AML § 2-2 De to arbeidsgiverne samordner vernearbeidet" in page
    assert "Ikke noe motstykke" in page
    assert client.get(f"{address}?one=finnes-ikke&other=%00").status_code == 200
    status = client.get(f"/status/{office.unit.id}/").content.decode()
    assert "California: forebygging" in status
    assert client.get("/standarden/california/f/").status_code == 200


def test_status_leads_there_when_two_sets_rest_on_the_same_evidence(
    office: Office, client_of: ClientOf, settings: Any
) -> None:
    """Ours do not: each requirement of the standard and of the law has a rule of its own."""
    client, address = client_of(office.counsellor), f"/status/{office.unit.id}/side-om-side/"
    assert address not in client.get("/status/").content.decode()
    page = client.get(address).content.decode()
    assert "0 av 17 krav har et motstykke" in page
    settings.CATALOGUE_PATHS = [OURS, EXAMPLES]
    load_standards.cache_clear()
    try:
        assert address in client.get("/status/").content.decode()
        assert "§ 6401.9" in client.get(address).content.decode()
    finally:
        load_standards.cache_clear()


def test_a_unit_out_of_sight_is_not_found(office: Office, client_of: ClientOf) -> None:
    elsewhere = make_office("Nav Storevik").unit
    answer = client_of(office.counsellor).get(f"/status/{elsewhere.id}/side-om-side/")
    assert answer.status_code == 404


def test_the_loader_reads_the_folders_of_the_setting(california_too: None) -> None:
    assert loader.folders() == (OURS, EXAMPLES)

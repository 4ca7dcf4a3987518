"""The rule data says where each fact comes from, and which have not been checked."""

import pytest
from pydantic import ValidationError

from tryggmote.catalogue.text import LANGUAGES
from tryggmote.catalogue.yaml_files import read_yaml
from tryggmote.statutory.legal_data import OURS, LegalData, legal_data, legal_data_sql
from tryggmote.statutory.rules import Line, recipients_for
from tryggmote.statutory.vocabulary import Addressee, NoticeStep


def test_both_authorities_of_the_law_are_there_with_a_number_and_a_source() -> None:
    authorities = legal_data().notice.authorities
    assert [authority.code for authority in authorities] == ["inspectorate", "police"]
    assert all(authority.source.startswith("https://") for authority in authorities)
    assert all(authority.spoken.replace(" ", "") == authority.number for authority in authorities)


def test_a_psychological_injury_and_doubt_count() -> None:
    codes = {criterion.code for criterion in legal_data().notice.criteria}
    assert {"death", "lasting_physical", "lasting_psychological", "doubt"} <= codes


def test_state_and_municipal_employees_have_different_insurance_and_both_are_reported_to_nav() -> None:
    assert [one.code for one in recipients_for(Line.STATE)] == ["nav", "spk"]
    assert [one.code for one in recipients_for(Line.MUNICIPAL)] == ["nav", "insurer"]
    assert {one.code for one in legal_data().report.recipients} == set(Addressee.values)


def test_everything_is_said_in_three_languages() -> None:
    for criterion in (*legal_data().notice.criteria, *legal_data().report.grounds):
        assert all(getattr(criterion.says, language) for language in LANGUAGES)


def test_a_mistake_in_the_file_stops_the_program() -> None:
    data = read_yaml(OURS).data
    for broken in (
        data | {"notice": data["notice"] | {"authorities": []}},
        data | {"report": data["report"] | {"limit_months": 0}},
        data | {"unknown": 1},
    ):
        with pytest.raises(ValidationError):
            LegalData.model_validate(broken)


def test_the_database_measures_with_the_same_limits() -> None:
    assert f"return {legal_data().report.within_workdays};" in legal_data_sql()
    assert len(NoticeStep.values) == 4  # the views and the list of what waits count them

"""Decisions without a database: what names a person, what is milder, how long is too long."""

from datetime import date

import pytest
from django.db import connection
from pydantic import ValidationError

from tryggmote.client_measures.guidelines import OURS, Guidelines, guidelines
from tryggmote.client_measures.rules import (
    Standing,
    holds_identity_number,
    may_take,
    middle_of,
    names_somebody,
)
from tryggmote.client_measures.vocabulary import BY_LEADER, StepKind

NATIONAL_CODES = {"FYUS", "TFUS", "FTUS", "DIUS", "TOAN"}


def changed(**values: object) -> dict[str, object]:
    return guidelines().model_dump() | values


@pytest.mark.parametrize(
    "reference", ["01019012345", "410190 12345", "010190-12345", "01 01 90 123 45", "sak 01.01.90.12345 ny"]
)
def test_eleven_digits_name_a_person_however_they_are_grouped(reference: str) -> None:
    assert names_somebody(reference)


@pytest.mark.parametrize("reference", ["SAK-2026-118", "2026/118", "1234567890", "A1234567 B1234567"])
def test_a_case_number_names_nobody(reference: str) -> None:
    assert not names_somebody(reference)


def test_a_telephone_number_in_a_text_is_no_identity_number() -> None:
    assert holds_identity_number("Født 010190 12345, ropte.")
    assert holds_identity_number("41019012345")
    assert not holds_identity_number("Ring 55 55 33 33 eller 0047 55 55 33 33 fra 01.01.2026 kl. 9 til 11.")


def test_the_five_national_codes_are_there_and_nothing_longer_than_twelve_weeks() -> None:
    assert {code.code for code in guidelines().codes} == NATIONAL_CODES
    assert guidelines().last_day(date(2027, 1, 4)) == date(2027, 3, 28)
    with pytest.raises(ValidationError):
        Guidelines.model_validate(changed(longest_days=85))


def test_the_mildest_measure_is_weighed_against_less_than_the_strictest() -> None:
    milder = {code: [rung.code for rung in guidelines().milder_than(code)] for code in NATIONAL_CODES}
    assert milder["TOAN"] == ["conversation", "warning", "fixed_contact"]
    assert "two_employees" in milder["FYUS"]
    assert milder["FTUS"][-1] == "one_channel"
    assert guidelines().milder_than("ZZZZ") == []


def test_rule_data_that_names_what_is_not_there_is_refused() -> None:
    broken = guidelines().codes[0].model_copy(update={"milder": ("shouting",)})
    with pytest.raises(ValidationError, match="shouting"):
        Guidelines.model_validate(changed(codes=(broken.model_dump(),)))
    assert OURS.stem == guidelines().version


@pytest.mark.django_db
def test_the_database_knows_the_same_rule_data() -> None:
    ours = guidelines()
    with connection.cursor() as cursor:
        cursor.execute("select app.client_measure_days('longest'), app.client_measure_days('closed_kept')")
        assert cursor.fetchone() == (ours.longest_days, ours.closed_kept_days)
        for code in ours.codes:
            cursor.execute(
                "select app.milder_than_client_measure(%s), app.covered_by_client_measure(%s)",
                [code.code, code.code],
            )
            assert cursor.fetchone() == (list(code.milder), [code.code, *code.covers])


def test_only_a_leader_outside_the_matter_takes_the_leaders_steps() -> None:
    leader = Standing(decides=True, is_own_matter=False, is_creator=False)
    involved = Standing(decides=True, is_own_matter=True, is_creator=True)
    preparer = Standing(decides=False, is_own_matter=False, is_creator=True)
    for kind in StepKind:
        assert may_take(kind, leader)
        assert may_take(kind, preparer) is (kind not in BY_LEADER)
        assert may_take(kind, involved) is (kind not in BY_LEADER)


def test_a_measure_is_looked_at_again_halfway_unless_somebody_says_earlier() -> None:
    assert middle_of(date(2027, 1, 1), date(2027, 1, 29)) == date(2027, 1, 15)
    assert middle_of(date(2027, 1, 1), date(2027, 1, 1)) == date(2027, 1, 1)

"""What is typed is taken apart into words, whatever it is."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tryggmote.search.asked import LONGEST, MOST_WORDS, Asked
from tryggmote.search.marking import marked, passage


def test_words_are_small_and_each_once() -> None:
    assert Asked.of("  Uro i  MOTTAKET, uro! ").words == ("uro", "i", "mottaket")


@pytest.mark.parametrize("typed", ["", " ", "a", "?", "'", "&|!():*"])
def test_too_little_is_not_looked_for(typed: str) -> None:
    assert not Asked.of(typed).is_enough


def test_a_word_has_its_twin_in_the_other_norwegian() -> None:
    assert Asked.of("hendelsene").queries == ["(hendelsene:* | hending:*)"]
    assert Asked.of("heimebesøk").queries == ["(heimebesøk:* | hjemmebesøk:*)"]
    assert Asked.of("alarm").queries == ["(alarm:*)"]


@given(st.text())
def test_whatever_is_typed_becomes_a_few_plain_words(typed: str) -> None:
    asked = Asked.of(typed)
    assert len(asked.text) <= LONGEST
    assert len(asked.words) <= MOST_WORDS
    assert all(word.isalnum() for word in asked.words)


@pytest.mark.django_db
@given(st.text(max_size=60))
def test_what_is_typed_is_always_a_text_query_to_the_database(typed: str) -> None:
    queries = Asked.of(typed).queries
    with connection.cursor() as cursor:
        cursor.execute("select to_tsquery('norwegian', %s)", [" & ".join(queries)])
        assert cursor.fetchone() is not None


def test_words_found_are_marked_whole_and_everything_is_escaped() -> None:
    assert marked("<b>Alarmknapper</b> & lås", ["knapp"]) == (
        "&lt;b&gt;<mark>Alarmknapper</mark>&lt;/b&gt; &amp; lås"
    )
    assert marked("ØVELSE", ["ovels"]) == "<mark>ØVELSE</mark>"


def test_only_the_part_of_a_text_where_the_words_stand_is_shown() -> None:
    shown = passage(f"{'mye annet ' * 40}**alarmen** ringer {'og mer ' * 40}", ["alarm"])
    assert "<mark>alarmen</mark>" in shown
    assert "*" not in shown
    assert len(shown) < 250
    assert passage("ingenting her", ["alarm"]) == ""

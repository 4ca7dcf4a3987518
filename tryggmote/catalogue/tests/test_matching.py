"""Words are found however people type them, and shown safely."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggmote.catalogue.matching import contains_all, contains_any, excerpt, fold, marked, words_of

TEXT = st.text(alphabet=st.sampled_from("aAåÅøØæÆeéoöđŊš <>&\"'ß §.-1a\u030a"), max_size=60)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("ærlig", "Ærlig talt"),
        ("aerlig", "Ærlig talt"),
        ("rømning", "RØMNINGSVEIER"),
        ("romning", "Rømningsveier"),
        ("ås", "Åsane"),
        ("as", "A\u030asane"),
        ("idé", "Ide"),
        ("OMBUD", "verneombudet"),
        ("sámi", "SAMI"),
        ("§ 4-3", "AML § 4-3 sjette ledd"),
    ],
)
def test_a_word_is_found_without_regard_to_case_and_accents(typed: str, written: str) -> None:
    assert contains_all([written], words_of(typed))


def test_all_words_must_be_found_but_not_in_the_same_text() -> None:
    assert contains_all(["leder svarer", "verneombud"], words_of("verneombud leder"))
    assert not contains_all(["leder svarer"], words_of("verneombud leder"))


def test_what_was_found_is_marked_as_it_was_written() -> None:
    assert marked("Ærlig, ærlige folk", words_of("aerlig")) == "<mark>Ærlig</mark>, <mark>ærlig</mark>e folk"


def test_words_that_overlap_are_marked_once() -> None:
    assert marked("verneombud", words_of("verne neomb")) == "<mark>verneomb</mark>ud"


def test_text_cannot_smuggle_in_html() -> None:
    assert (
        marked("<b>a & b</b>", words_of("b"))
        == "&lt;<mark>b</mark>&gt;a &amp; <mark>b</mark>&lt;/<mark>b</mark>&gt;"
    )


@given(text=TEXT, query=TEXT)
def test_marking_changes_nothing_but_the_marks(text: str, query: str) -> None:
    import html
    import unicodedata

    shown = marked(text, words_of(query))
    assert html.unescape(re.sub(r"</?mark>", "", shown)) == unicodedata.normalize("NFC", text)
    assert shown.count("<mark>") == shown.count("</mark>")


@given(text=TEXT, query=TEXT)
def test_something_is_marked_exactly_when_a_word_is_found(text: str, query: str) -> None:
    words = words_of(query)
    assert ("<mark>" in marked(text, words)) == contains_any(text, words)


@given(text=TEXT)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_an_excerpt_shows_whole_words_around_what_was_found() -> None:
    text = "a" * 30 + " ord " * 40 + "verneombud" + " mer" * 60
    shown = excerpt(text, words_of("verneombud"))
    assert shown.startswith("… ord")
    assert shown.endswith("mer …")
    assert len(shown) < 200


def test_an_excerpt_of_a_short_text_is_the_text() -> None:
    assert excerpt("Leder og verneombud", words_of("verneombud")) == "Leder og verneombud"


@given(text=TEXT, query=TEXT)
def test_an_excerpt_holds_what_was_found(text: str, query: str) -> None:
    words = words_of(query)
    assert contains_any(excerpt(text, words), words) == contains_any(text, words)

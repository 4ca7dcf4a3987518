"""Two texts told as one: nothing is lost, and what changed can be found with eyes and with ears."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggmote.ui.differences import AROUND, GAP, Kind, Piece, differences, shortened
from tryggmote.ui.tests.test_components import draw

words = st.lists(st.sampled_from(["rom", "dør", "alarm", "\n", "to", "🚪"])).map(" ".join)


def told(before: str, after: str) -> list[tuple[str, str]]:
    return [(piece.kind.value, piece.text) for piece in differences(before, after)]


def of(kinds: set[Kind], pieces: list[Piece]) -> str:
    return "".join(piece.text for piece in pieces if piece.kind in kinds)


@given(before=words | st.text(max_size=80), after=words | st.text(max_size=80))
def test_both_texts_can_be_read_out_of_the_difference(before, after):
    pieces = differences(before, after)
    assert of({Kind.KEPT, Kind.REMOVED}, pieces) == before.replace("\r\n", "\n")
    assert of({Kind.KEPT, Kind.ADDED}, pieces) == after.replace("\r\n", "\n")


def test_a_word_that_was_exchanged_stands_before_the_one_that_came():
    assert told("Rommet har én dør.", "Rommet har to dører.") == [
        ("kept", "Rommet har"),
        ("removed", " én dør."),
        ("added", " to dører."),
    ]


def test_a_word_that_happens_to_be_the_same_between_two_changes_is_told_with_them():
    assert told("Vakten er alene og redd.", "Begge vaktene går runder og ler.") == [
        ("removed", "Vakten er alene og redd."),
        ("added", "Begge vaktene går runder og ler."),
    ]


def test_how_a_browser_breaks_lines_is_no_change():
    assert told("Dør\r\nVindu", "Dør\nVindu") == [("kept", "Dør\nVindu")]


def test_nothing_to_tell_of_two_empty_texts():
    assert differences("", "") == []


def test_what_is_far_from_a_change_is_left_out_and_what_is_near_is_kept():
    long = "Alt er som før her. " * 200
    first, gone, came, last = shortened(differences(f"{long}To dører.{long}", f"{long}Tre dører.{long}"))
    assert (gone.text.strip(), came.text.strip()) == ("To", "Tre")
    assert first.text.startswith(GAP)
    assert last.text.endswith(GAP)
    assert all(AROUND / 2 < len(piece.text) <= AROUND + len(GAP) for piece in (first, last))


def test_a_text_without_changes_is_not_left_out():
    unchanged = [Piece(Kind.KEPT, "Alt er som før. " * 100)]
    assert shortened(unchanged) == unchanged


def test_a_text_of_one_word_a_thousand_times_is_told_as_exchanged_and_in_no_time():
    before, after = "tre " + "uro " * 10_000 + "fire", "to " + "uro " * 9_000 + "fem"
    assert [kind for kind, _text in told(before, after)] == ["removed", "added"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("ord " * 12_500, "ard " * 12_500),
        ("\n" * 50_000, "x\n" * 25_000),
        ("a\n" * 25_000, "b\na\n" * 12_500),
    ],
)
def test_two_long_texts_are_told_apart_in_reasonable_time(before, after):
    began = time.monotonic()
    differences(before, after)
    assert time.monotonic() - began < 60  # the wrong way takes minutes


def test_two_changes_far_apart_in_a_long_text_are_both_found():
    lines = [f"Linje {number} om hva vi gjør når det blir uro." for number in range(1000)]
    changed = [*lines[:3], "Noe nytt.", *lines[3:990], *lines[991:]]
    found = differences("\n".join(lines), "\n".join(changed))
    assert [piece.text for piece in found if piece.kind is not Kind.KEPT] == [
        "Noe nytt.\n",
        f"{lines[990]}\n",
    ]


def test_a_screen_reader_hears_what_came_and_what_went():
    html = draw("{% difference before after %}", before="én <utgang>", after="to utganger")
    assert "[lagt til: </span>to utganger<" in html
    assert "[fjernet: </span>én &lt;utgang&gt;<" in html

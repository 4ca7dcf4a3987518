"""Only who knows the secret can speak, only what they said is heard, and only now (requirements 3.2, 3.5)."""

import hashlib
import hmac

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tryggmote.assistance.signatures import LATE_AT_MOST_S, is_signed, sign

NOW = 1_800_000_000
SECRET = "kept by the two"
texts = st.text(min_size=1, max_size=80)


@given(body=st.binary(max_size=200), secret=texts, late=st.integers(-LATE_AT_MOST_S, LATE_AT_MOST_S))
def test_what_was_signed_with_the_secret_is_heard_within_five_minutes(
    body: bytes, secret: str, late: int
) -> None:
    assert is_signed(sign(body, secret=secret, at=NOW), body, secret=secret, now=NOW + late)


@given(body=st.binary(max_size=200), other=st.binary(max_size=200))
def test_another_body_is_refused(body: bytes, other: bytes) -> None:
    assume(body != other)
    assert not is_signed(sign(body, secret=SECRET, at=NOW), other, secret=SECRET, now=NOW)


@given(body=st.binary(max_size=200), secret=texts, other=texts)
def test_another_secret_is_refused(body: bytes, secret: str, other: str) -> None:
    assume(secret != other)
    assert not is_signed(sign(body, secret=secret, at=NOW), body, secret=other, now=NOW)


@given(body=st.binary(max_size=200), moved=st.integers(-LATE_AT_MOST_S, LATE_AT_MOST_S))
def test_another_time_under_the_same_digest_is_refused(body: bytes, moved: int) -> None:
    assume(moved)
    forged = sign(body, secret=SECRET, at=NOW).replace(f"t={NOW}", f"t={NOW + moved}")
    assert not is_signed(forged, body, secret=SECRET, now=NOW)


@given(body=st.binary(max_size=200), late=st.integers(min_value=LATE_AT_MOST_S + 1, max_value=10**9))
def test_a_signature_from_another_moment_is_refused(body: bytes, late: int) -> None:
    signature = sign(body, secret=SECRET, at=NOW)
    assert not is_signed(signature, body, secret=SECRET, now=NOW + late)
    assert not is_signed(signature, body, secret=SECRET, now=NOW - late)


@given(signature=st.text(max_size=120))
def test_anything_else_is_refused_and_breaks_nothing(signature: str) -> None:
    assert not is_signed(signature, b"{}", secret=SECRET, now=NOW)


@given(where=st.integers(0, 80), what=st.characters())
def test_a_signature_with_one_wrong_character_is_refused(where: int, what: str) -> None:
    signature = sign(b"{}", secret=SECRET, at=NOW)
    assume(where < len(signature) and signature[where] != what)
    assert not is_signed(signature[:where] + what + signature[where + 1 :], b"{}", secret=SECRET, now=NOW)


@pytest.mark.parametrize("around", [" {}", "{} ", "{}\n", "{},v1=00"])
def test_nothing_may_stand_around_it(around: str) -> None:
    assert not is_signed(around.format(sign(b"{}", secret=SECRET, at=NOW)), b"{}", secret=SECRET, now=NOW)


def test_it_is_what_the_documentation_says() -> None:
    digest = hmac.new(SECRET.encode(), f"{NOW}.".encode() + b'{"id":1}', hashlib.sha256).hexdigest()
    assert sign(b'{"id":1}', secret=SECRET, at=NOW) == f"t={NOW},v1={digest}"

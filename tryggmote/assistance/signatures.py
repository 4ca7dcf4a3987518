"""How a message between an alarm system and us is signed, both ways (requirements 3.2, 3.5). Pure.

`t=<unix seconds>,v1=<hex>`, where the hex is HMAC-SHA256 (RFC 2104) of `<t>.<body>` with the secret that the
two share. The time is signed too, so what somebody has listened to cannot be sent again later.
"""

import hmac
import re

HEADER = "X-Tryggmote-Signature"
# Clocks of alarm equipment are seldom set; wider would give whoever listens more time to send it again.
LATE_AT_MOST_S = 5 * 60
_SIGNATURE = re.compile(r"t=([0-9]{1,12}),v1=([0-9a-f]{64})")


def sign(body: bytes, *, secret: str, at: int) -> str:
    """The header's value for `body`, sent at `at` (Unix seconds)."""
    return f"t={at},v1={_digest(str(at), body, secret)}"


def is_signed(signature: str, body: bytes, *, secret: str, now: float) -> bool:
    """Whether the one who knows the secret signed exactly this body, at most five minutes from `now`."""
    found = _SIGNATURE.fullmatch(signature)
    if not found:
        return False
    at, digest = found.groups()
    # Compared in constant time: how long it takes must not tell how many digits were right.
    is_theirs = hmac.compare_digest(digest, _digest(at, body, secret))
    return is_theirs and abs(now - int(at)) <= LATE_AT_MOST_S


def _digest(at: str, body: bytes, secret: str) -> str:
    return hmac.digest(secret.encode(), f"{at}.".encode() + body, "sha256").hex()

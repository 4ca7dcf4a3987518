"""The part of "Min side" about notices."""

from typing import Any

from tryggmote.access.context import SignedInPerson
from tryggmote.notices.bounces import trouble_of
from tryggmote.notices.choices import quiet_hours_of


def context(person: SignedInPerson) -> dict[str, Any]:
    """What `notices/own_page.html` shows: whether e-mail arrives, and when the phone is quiet."""
    return {"email_trouble": trouble_of(person), "quiet": quiet_hours_of(person)}

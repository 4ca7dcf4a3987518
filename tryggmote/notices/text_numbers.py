"""A number of one's own for text messages: entered, and confirmed by a code that is sent to it."""

import re
from datetime import timedelta

from django.conf import settings
from django.db.models import F
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson, acting_as_job
from tryggmote.notices.models import TextNumber
from tryggmote.notices.nudging import send_code_to
from tryggmote.notices.texting import send_text

CODE_LIVES_FOR = timedelta(minutes=10)
NEXT_CODE_AFTER = timedelta(minutes=1)
TRIES = 5
DIGITS = 6
# A Norwegian mobile number begins with 4 or 9; others are given with their country. No number that costs.
_MOBILE = re.compile(r"\+47[49][0-9]{7}|\+(?!47)[1-9][0-9]{7,14}")


class TooSoon(Exception):
    """A code was sent less than a minute ago."""


def in_full(number: str) -> str | None:
    """A mobile number with its country (E.164), or None for what is none."""
    digits = re.sub(r"[\s().-]", "", number)
    digits = f"+47{digits}" if re.fullmatch(r"\d{8}", digits) else re.sub(r"^00", "+", digits)
    return digits if _MOBILE.fullmatch(digits) else None


def ask(*, by: SignedInPerson, number: str) -> None:
    """Take down a number, and have a code sent to it; the old number is used no more. Raises TooSoon."""
    now = timezone.now()
    # The person's own role reads the number and cannot say that it is confirmed.
    with acting_as_job():
        if TextNumber.objects.filter(person_id=by.id, asked_at__gt=now - NEXT_CODE_AFTER).exists():
            raise TooSoon
        TextNumber.objects.update_or_create(
            person_id=by.id,
            defaults={"number": number, "asked_at": now, "wrong_codes": 0, "confirmed_at": None},
        )
        send_code_to(by.id)


def confirm(*, by: SignedInPerson, code: str) -> bool:
    """Whether the code was right, in time and not guessed at: then the number is in use from now on."""
    now = timezone.now()
    with acting_as_job():
        found = TextNumber.objects.filter(
            person_id=by.id, confirmed_at=None, asked_at__gt=now - CODE_LIVES_FOR, wrong_codes__lt=TRIES
        ).select_for_update()
        asked = found.first()
        if asked is None:
            return False
        if re.sub(r"\s", "", code) == code_for(asked):
            TextNumber.objects.filter(person_id=by.id).update(confirmed_at=now)
            return True
        TextNumber.objects.filter(person_id=by.id).update(wrong_codes=F("wrong_codes") + 1)
        return False


def remove(*, by: SignedInPerson) -> None:
    """The number is used no more; the employer's is, where there is one."""
    with acting_as_job():
        TextNumber.objects.filter(person_id=by.id).delete()


def code_for(asked: TextNumber) -> str:
    """The code of this asking, worked out instead of kept: nobody can read it anywhere."""
    said = f"{asked.person_id} {asked.number} {asked.asked_at.isoformat()}"
    digest = salted_hmac("tryggmote text number", said, algorithm="sha256").digest()
    return str(int.from_bytes(digest) % 10**DIGITS).zfill(DIGITS)


def send_code(person_id: int) -> None:
    """Send the code of the latest asking; in the worker."""
    with acting_as_job():
        asked = (
            TextNumber.objects.filter(person_id=person_id, confirmed_at=None).select_related("person").first()
        )
    if asked and settings.NOTICES_TEXT:
        with translation.override(asked.person.language):
            text = _("Koden din i Tryggmøte er %(code)s. Den gjelder i ti minutter.")
            send_text(settings.NOTICES_TEXT, asked.number, text % {"code": code_for(asked)})

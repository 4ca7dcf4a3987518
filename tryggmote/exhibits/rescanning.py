"""Looking for viruses in files that were stored while there was no scanner, when there is one."""

import logging
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.urls import reverse

from tryggmote.access.context import acting_as_job
from tryggmote.exhibits.keys import KeyIsMissing
from tryggmote.exhibits.models import Exhibit
from tryggmote.exhibits.scanning import ScannerFailed, look
from tryggmote.exhibits.store import NotTheSame, fetch
from tryggmote.exhibits.vocabulary import Part, Scan
from tryggmote.notices.services import tell

log = logging.getLogger(__name__)
AT_MOST = 200
"""Files in one run; the next takes more."""
GIVE_UP_AFTER = 3
"""Failures in a row: then it is the scanner, not the files, and the next run tries again."""


def scan_what_nobody_has() -> int:
    """Have the scanner look at what it has not seen, a file a transaction. Returns how many it judged.

    What something is found in is shut: nobody opens it, and whoever added it is told. Without a scanner, and
    when it does not answer, everything stays as it is and says so on its page.
    """
    if not settings.EXHIBIT_SCANNER:
        return 0
    judged = failures = 0
    for exhibit_id in _unscanned():
        try:
            judged += _scan(exhibit_id)
            failures = 0
        except (NotTheSame, KeyIsMissing):
            log.error("Exhibit %s cannot be opened, so nobody can look for viruses in it.", exhibit_id)
        except ScannerFailed as error:
            log.warning("The scanner did not judge exhibit %s: %s", exhibit_id, error)
            failures += 1
            if failures == GIVE_UP_AFTER:
                break
    return judged


def _unscanned() -> list[UUID]:
    with acting_as_job():
        # By chance: some that the scanner never manages do not stand before the others for ever.
        waiting = Exhibit.objects.filter(scan=Scan.NOT_SCANNED, removed_at=None).order_by("?")
        return list(waiting.values_list("id", flat=True)[:AT_MOST])


def _scan(exhibit_id: UUID) -> bool:
    content = _content_of(exhibit_id)
    if content is None:
        return False
    with content:
        found = look(content)
    with acting_as_job(), connection.cursor() as cursor:
        cursor.execute("select app.judge_exhibit(%s, %s)", [exhibit_id, found.value])
        (added_by,) = cursor.fetchone()
        if added_by is not None and found == Scan.FOUND:
            _tell(added_by, exhibit_id)
    return added_by is not None  # else another worker was here first, or it has been removed


def _content_of(exhibit_id: UUID) -> BinaryIO | None:
    with acting_as_job():
        columns = ("id", "key_id", "sealed_key", "sha256")
        exhibit = Exhibit.objects.filter(id=exhibit_id, removed_at=None).only(*columns).first()
        return fetch(exhibit, Part.ORIGINAL) if exhibit else None


def _tell(added_by: int, exhibit_id: UUID) -> None:
    log.warning("Something harmful was found in exhibit %s. Nobody can open it any more.", exhibit_id)
    url = reverse("exhibits:detail", args=[exhibit_id])
    tell(person_ids=[added_by], kind="exhibit_harmful", subject_id=exhibit_id, url=url, context={})

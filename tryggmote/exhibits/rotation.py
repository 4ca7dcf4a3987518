"""Replacing a key: the files' own keys are sealed with the new one, the files stay as they are."""

import logging

from tryggmote.access.context import acting_as_job
from tryggmote.exhibits.keys import KeyIsMissing, SealedKey, keyring
from tryggmote.exhibits.models import Exhibit

log = logging.getLogger(__name__)
AT_A_TIME = 500


def seal_keys_anew() -> int:
    """Seal with the key in use what is sealed with an older one. Returns and logs how many.

    When none is left, the older key can be taken out of `EXHIBIT_KEYS`.
    """
    ring = keyring()
    if ring.current is None:
        return 0
    sealed = 0
    while count := _seal_some(ring.current):
        sealed += count
    if sealed:
        log.info("Sealed the keys of %d exhibits anew.", sealed)
    return sealed


def _seal_some(current: str) -> int:
    ring = keyring()
    with acting_as_job():
        # The job may read nothing but the keys; a file whose key is gone is not tried again and again.
        waiting = (
            Exhibit.objects.exclude(key_id=current)
            .filter(key_id__in=ring.ids)
            .only("id", "key_id", "sealed_key")
            .order_by("id")[:AT_A_TIME]
        )
        opened = []
        for exhibit in waiting:
            try:
                key = ring.open(SealedKey(exhibit.key_id, bytes(exhibit.sealed_key)), exhibit.id.bytes)
            except KeyIsMissing:
                log.error("The key %s does not open exhibit %s.", exhibit.key_id, exhibit.id)
                continue
            anew = ring.seal(key, exhibit.id.bytes)
            exhibit.key_id, exhibit.sealed_key = anew.key_id, anew.content
            opened.append(exhibit)
        Exhibit.objects.bulk_update(opened, ["key_id", "sealed_key"])
    return len(opened)

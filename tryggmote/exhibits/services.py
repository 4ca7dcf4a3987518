"""What is done with evidence: one function an act, each in one transaction, each a link in the chain."""

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import BinaryIO
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.once import made_once
from tryggmote.access.reading import log_read
from tryggmote.controls.pictures import CleanPicture
from tryggmote.exhibits.copies import viewing_copy
from tryggmote.exhibits.errors import Refused
from tryggmote.exhibits.keys import KEY_BYTES, KeyIsMissing, keyring
from tryggmote.exhibits.limits import MB, limits
from tryggmote.exhibits.models import CustodyAct, Exhibit
from tryggmote.exhibits.rules import is_full, is_too_large, may_remove
from tryggmote.exhibits.scanning import scan
from tryggmote.exhibits.sniffing import media_type_of
from tryggmote.exhibits.spans import Span
from tryggmote.exhibits.store import NotTheSame, digest_of, fetch, fetch_span, put
from tryggmote.exhibits.vocabulary import Deed, Kind, Part, Scan
from tryggmote.incidents.models import Incident

READ_LOG_KIND = "exhibit"
LIST_LOG_KIND = "exhibits"
PAGE_LOG_KIND = "exhibit_page"
ONE_OPENING = timedelta(minutes=10)
"""A player asks for a recording bit by bit, and anew for each place one moves to: that is one opening."""


@dataclass(frozen=True)
class Examined:
    """A file that may be stored: what it is, and the copy of it for the screen."""

    file: BinaryIO
    media_type: str
    size: int
    scan: Scan
    copy: CleanPicture | None

    @property
    def kind(self) -> Kind:
        return limits().kind_of[self.media_type]


def examine(file: BinaryIO, size: int) -> Examined:
    """Look at a file before it is stored. Raises: Refused, with what is wrong and what to do."""
    if size == 0:
        raise Refused(_("Filen er tom. Velg den på nytt, eller ta et skjermbilde av den."))
    media_type = media_type_of(file)
    if media_type is None:
        raise Refused(
            _(
                "Denne typen fil kan ikke legges inn. Bilder, opptak, e-post (.eml), PDF og ren tekst kan. "
                "Ta ellers et skjermbilde."
            )
        )
    kind = limits().kind_of[media_type]
    if is_too_large(kind, size, limits()):
        raise Refused(
            _("Filen er for stor: %(size)s MB. Det er plass til %(limit)s MB. Klipp den, og prøv igjen.")
            % {"size": -(-size // MB), "limit": limits().kinds[kind].largest_mb}
        )
    return Examined(file, media_type, size, scan(file), viewing_copy(file, media_type))


@transaction.atomic
def add_exhibit(
    *,
    by: SignedInPerson,
    incident: Incident,
    exhibit_id: UUID,
    what: str,
    examined: Examined,
    at: datetime | None = None,
) -> Exhibit:
    """Seal and store evidence of an incident that `by` sees. The same `exhibit_id` again changes nothing.

    Raises: NotPossible when files are not switched on here, when the incident has no room for more, or when
    the id belongs to something else.
    """
    ring = keyring()
    if ring.current is None:
        raise NotPossible(
            _("Filer er ikke slått på her. Systemadministratoren må sette opp en nøkkel først.")
        )
    if first := Exhibit.objects.filter(id=exhibit_id, added_by_id=by.id, incident=incident).first():
        return first
    _must_have_room(incident, examined.size)
    file_key, at = secrets.token_bytes(KEY_BYTES), at or timezone.now()
    sealed = ring.seal(file_key, exhibit_id.bytes)
    copy = examined.copy
    exhibit, is_new = made_once(
        Exhibit,
        id=exhibit_id,
        owner={"added_by_id": by.id, "incident_id": incident.id},
        fields={
            "added_at": at,
            "what": what,
            "kind": examined.kind,
            "media_type": examined.media_type,
            "size": examined.size,
            "sha256": digest_of(examined.file),
            "scan": examined.scan,
            "limits_version": limits().version,
            "copy_type": copy.kind if copy else "",
            "copy_sha256": digest_of(BytesIO(copy.content)) if copy else "",
            "key_id": sealed.key_id,
            "sealed_key": sealed.content,
        },
    )
    if is_new:
        put(exhibit, Part.ORIGINAL, examined.file, file_key)
        if copy:
            put(exhibit, Part.COPY, BytesIO(copy.content), file_key)
        _link(by, [exhibit], Deed.ADDED, at=at)
    return exhibit


@transaction.atomic
def view(*, by: SignedInPerson, exhibit: Exhibit) -> BinaryIO:
    """What can be looked at here: the copy of a picture, or a text. It is a link in the chain, and logged.

    Raises: NotPossible when there is nothing to look at, or when it is not what was put there.
    """
    if not exhibit.can_be_shown:
        raise NotPossible(_("Dette kan ikke vises her. Last ned originalen i stedet."))
    content = _opened(exhibit, Part.COPY if exhibit.copy_type else Part.ORIGINAL)
    _link(by, [exhibit], Deed.VIEWED)
    log_read(by, READ_LOG_KIND, exhibit.id)
    return content


@transaction.atomic
def play(*, by: SignedInPerson, exhibit: Exhibit, span: Span) -> bytes:
    """A part of a recording, as a player asks for it. The first within `ONE_OPENING` is a link, and logged.

    Raises: NotPossible when it cannot be played, or when it is not what was put there.
    """
    if not exhibit.player:
        raise NotPossible(_("Dette kan ikke vises her. Last ned originalen i stedet."))
    _must_be_open(exhibit)
    with _told_plainly():
        content = fetch_span(exhibit, span)
    lately = CustodyAct.objects.filter(
        exhibit=exhibit, by_id=by.id, deed=Deed.VIEWED, at__gt=timezone.now() - ONE_OPENING
    )
    if not lately.exists():
        _link(by, [exhibit], Deed.VIEWED)
        log_read(by, READ_LOG_KIND, exhibit.id)
    return content


@transaction.atomic
def fetch_original(*, by: SignedInPerson, exhibit: Exhibit) -> BinaryIO:
    """The original, byte for byte. It is a link in the chain, and logged.

    Raises: NotPossible when its content was removed, or when it is not what was put there.
    """
    content = _opened(exhibit, Part.ORIGINAL)
    _link(by, [exhibit], Deed.FETCHED)
    log_read(by, READ_LOG_KIND, exhibit.id)
    return content


def hand_over(*, by: SignedInPerson, exhibits: Iterable[Exhibit], to: str, at: datetime) -> None:
    """Write down that evidence was given to somebody, in the transaction of the act that gave it."""
    _link(by, exhibits, Deed.HANDED_OVER, note=to, at=at)


@transaction.atomic
def remove(*, by: SignedInPerson, exhibit: Exhibit, incident: Incident, reason: str) -> None:
    """Remove the content of evidence of `incident` for good; its checksum, and who removed it and why, stay.

    Doing it again changes nothing. Raises: NotAllowed for others than uninvolved leaders.
    """
    if not may_remove(by, incident):
        raise NotAllowed(
            _("Bare en leder som ikke selv er en del av hendelsen, kan fjerne innholdet."),
            who_can_help=_("Nærmeste leder for den det gjelder, eller neste leder."),
        )
    if exhibit.removed_at is None:
        _link(by, [exhibit], Deed.REMOVED, note=reason)


def _must_have_room(incident: Incident, size: int) -> None:
    there = Exhibit.objects.filter(incident=incident, removed_at=None).aggregate(
        count=Count("id"), total=Sum("size")
    )
    if is_full(there["count"], int(there["total"] or 0), size, limits()):
        raise NotPossible(
            _("Hendelsen har ikke plass til flere filer. En leder kan fjerne noe som ikke trengs.")
        )


def _link(
    by: SignedInPerson,
    exhibits: Iterable[Exhibit],
    deed: Deed,
    *,
    note: str = "",
    at: datetime | None = None,
) -> None:
    at = at or timezone.now()
    CustodyAct.objects.bulk_create(
        CustodyAct(exhibit=exhibit, by_id=by.id, at=at, deed=deed, note=note) for exhibit in exhibits
    )


def _opened(exhibit: Exhibit, part: Part) -> BinaryIO:
    _must_be_open(exhibit)
    with _told_plainly():
        return fetch(exhibit, part)


def _must_be_open(exhibit: Exhibit) -> None:
    if exhibit.removed_at is not None:
        raise NotPossible(_("Innholdet er fjernet. Hvem som fjernet det, og hvorfor, står på siden."))
    if not exhibit.can_be_opened:
        raise NotPossible(_("Virussjekken fant noe skadelig i filen, så den kan ikke åpnes. Si fra til IT."))


@contextmanager
def _told_plainly() -> Iterator[None]:
    """What keeps a file from being opened, in words for whoever opens it."""
    try:
        yield
    except NotTheSame as error:
        raise NotPossible(
            _("Filen er ikke den samme som ble lagt inn, og åpnes derfor ikke. Si fra til IT.")
        ) from error
    except KeyIsMissing as error:
        raise NotPossible(
            _("Filen kan ikke åpnes fordi nøkkelen til den ikke er satt opp. Si fra til IT.")
        ) from error

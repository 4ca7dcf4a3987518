"""Having the papers of a meeting made: asked for by somebody at the table, made by a job, read by them all.

Nothing in them follows from who asked: what is told of incidents is the same for everybody at the table.
"""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import typst
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson, acting_as, acting_as_job
from tryggmote.access.once import made_once
from tryggmote.forums.models import Meeting, Pack
from tryggmote.forums.pack import PARTS
from tryggmote.forums.telling import moment_in_words
from tryggmote.forums.vocabulary import Source

PAGE = Path(__file__).parent / "pack.typ"


def latest_pack(meeting: Meeting) -> Pack | None:
    """The papers asked for last, without their content; None when nobody has."""
    return Pack.objects.filter(meeting=meeting).defer("content").order_by("-asked_at").first()


@transaction.atomic
def ask_for_pack(*, by: SignedInPerson, meeting: Meeting, pack_id: UUID, language: str) -> Pack:
    """Have the papers made, in this language. The same id again changes nothing."""
    # The job calls `make`, so it cannot be known where this module begins.
    from tryggmote.forums.jobs import make_pack

    owner: dict[str, int | UUID] = {"by_id": by.id}
    fields = {"meeting": meeting, "language": language, "total": len(_sources(meeting)) + 1}
    pack, is_new = made_once(Pack, id=pack_id, owner=owner, fields=fields)
    if is_new:
        make_pack.defer(pack_id=str(pack.id))
    return pack


def make(pack_id: UUID) -> None:
    """Make the papers, saying after each part how far it has come. Made ones are left as they are."""
    with acting_as_job():
        pack = Pack.objects.only("id", "meeting_id", "by_id", "language", "made_at").get(id=pack_id)
    if pack.made_at:
        return
    try:
        with translation.override(pack.language):
            content = drawn(told_of(pack))
    except Exception:
        _note(pack, failed_at=timezone.now())
        raise
    _note(pack, content=content, made_at=timezone.now(), done=pack.total, failed_at=None)


def told_of(pack: Pack) -> dict[str, Any]:
    """All that the papers say, in the language in force, as the one who asked for them may see it."""
    with acting_as(pack.by_id):
        meeting = Meeting.objects.select_related("unit").get(id=pack.meeting_id)
        sources = _sources(meeting)
        told = _front(meeting)
        own = list(meeting.points.order_by("number").values_list("title", flat=True))
    parts = []
    for done, source in enumerate(sources, 1):
        with acting_as(pack.by_id):
            parts.append(PARTS[source](meeting).as_data())
        _note(pack, done=done, total=len(sources) + 1)
    return told | {"agenda": own, "parts": parts}


def drawn(told: dict[str, Any]) -> bytes:
    """The PDF of it. What people wrote goes in as data, so that nothing in it is taken for markup."""
    written: bytes = typst.compile(
        PAGE,
        sys_inputs={"told": json.dumps(told, default=str)},
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
    )
    return written


def _sources(meeting: Meeting) -> list[Source]:
    found = meeting.points.order_by("number").values_list("source", flat=True)
    return [Source(source) for source in found if source in PARTS]


def _front(meeting: Meeting) -> dict[str, Any]:
    return {
        "language": translation.get_language() or "nb",
        "title": f"{meeting.kind_word}: {meeting.theme}",
        "unit": meeting.unit.name,
        "lead": " · ".join(part for part in (moment_in_words(meeting.starts_at), meeting.place) if part),
        "agenda_title": _("Saksliste"),
        "made": _("Laget %(when)s av det som står i Tryggmøte.") % {"when": moment_in_words(timezone.now())},
        "note": _(
            "Papirene er taushetsbelagte. De viser ingen tekst fra hendelser og ingen navn på utsatte."
        ),
    }


def _note(pack: Pack, **fields: Any) -> None:
    with acting_as_job():
        Pack.objects.filter(id=pack.id, made_at=None).update(**fields)
    for name, value in fields.items():
        setattr(pack, name, value)

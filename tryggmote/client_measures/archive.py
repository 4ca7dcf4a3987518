"""The copy for the archive: a ZIP with the case as page and data, its letters, and what archives ask for.

Fields as Noark 5 names them (title, date, document type, access code and its basis). The archive gives its
own number; the title names nobody.
"""

import io
import json
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone, translation

from tryggmote.client_measures.guidelines import guidelines
from tryggmote.client_measures.letters import letter_of
from tryggmote.client_measures.models import ClientMeasure, Step
from tryggmote.client_measures.queries import Linked

# One moment for all files in the archive: the same case gives the same bytes.
_STAMP = (2000, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class LetterFile:
    """A letter as it was generated, and what it is called in the archive."""

    name: str
    title: str
    on: date
    text: str


def packed(case: ClientMeasure, steps: list[Step], linked: list[Linked]) -> bytes:
    """The ZIP. Everything in it is in the client's form of Norwegian, or in codes."""
    with translation.override(case.letter_language):
        letters = _letters(steps)
        files = {
            "metadata.json": _json(_metadata(case, letters)),
            "sak.json": _json(_data(case, steps, linked)),
            "sak.html": render_to_string(
                "client_measures/archive.html",
                {"case": case, "steps": steps, "letters": letters, "measure": guidelines().code(case.code),
                 "milder": _milder(case), "document_type": guidelines().archive.document_type},
            ),
            **{f"brev/{letter.name}": letter.text for letter in letters},
        }  # fmt: skip
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, _STAMP), text.encode(), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _letters(steps: list[Step]) -> list[LetterFile]:
    found = [(step, letter_of(step)) for step in steps if step.letter]
    return [
        LetterFile(
            f"{number:02}-{letter.value}.txt", str(letter.label), timezone.localdate(step.at), step.letter
        )
        for number, (step, letter) in enumerate(found, start=1)
        if letter
    ]


def _metadata(case: ClientMeasure, letters: list[LetterFile]) -> dict[str, Any]:
    archive, code = guidelines().archive, guidelines().code(case.code)
    title = f"{archive.document_type}: {code.name}" if code else str(archive.document_type)
    access = {
        "tilgangskode": archive.access_code,
        "skjermingshjemmel": archive.access_basis,
        "skjermingshjemmelKontrollert": False,
    }
    decided = next((letter for letter in letters if letter.name.endswith(("vedtak.txt", "tiltak.txt"))), None)
    return {
        "tittel": title,
        "offentligTittel": str(archive.document_type),
        "dokumenttype": str(archive.document_type),
        "dokumentdato": decided.on if decided else timezone.localdate(case.created_at),
        "administrativEnhet": case.unit.name,
        "administrativEnhetKode": case.unit.code,
        "saksansvarlig": case.created_by.name,
        "saksreferanse": case.case_reference,
        "systemID": case.id,
        "regelversjon": case.rule_version,
        **access,
        "dokumenter": [
            {"filnavn": "sak.html", "tittel": title, "format": "text/html", **access},
            {"filnavn": "sak.json", "tittel": title, "format": "application/json", **access},
            *(
                {"filnavn": f"brev/{letter.name}", "tittel": letter.title, "dokumentdato": letter.on,
                 "format": "text/plain", **access}
                for letter in letters
            ),
        ],
    }  # fmt: skip


def _data(case: ClientMeasure, steps: list[Step], linked: list[Linked]) -> dict[str, Any]:
    written = (
        "code", "facts", "prevents", "place", "milder_means", "proportionality", "services",
        "from_on", "to_on", "review_on", "letter_language", "case_reference", "rule_version",
        "created_at", "outcome", "told_on",
    )  # fmt: skip
    return {
        **{name: getattr(case, name) for name in written},
        "created_by": case.created_by.name,
        "unit": case.unit.name,
        "handlers": [handler.person.name for handler in case.handlers.all()],
        "incidents": [one.incident_id for one in linked],
        "steps": [
            {"kind": step.kind, "by": step.by.name, "at": step.at, "on": step.on, "due_on": step.due_on,
             "how": step.how, "exception": step.exception, "outcome": step.outcome, "text": step.text}
            for step in steps
        ],
    }  # fmt: skip


def _milder(case: ClientMeasure) -> list[tuple[str, dict[str, str]]]:
    return [
        (str(rung.name), case.milder_means.get(rung.code, {})) for rung in guidelines().milder_than(case.code)
    ]


def _json(value: Any) -> str:
    def plain(other: Any) -> str:
        return other.isoformat() if isinstance(other, (date, datetime)) else str(other)

    return json.dumps(value, default=plain, ensure_ascii=False, indent=2)

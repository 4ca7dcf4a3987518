"""Writing an incident for an employer's own deviation system: JSON, CSV or PDF, by mapping (2.4)."""

import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path

import typst
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.access.errors import NotAllowed
from tryggmote.access.reading import log_read
from tryggmote.incidents import queries
from tryggmote.incidents.export_fields import FIELDS, Exported
from tryggmote.incidents.export_mappings import MappedField, Mapping
from tryggmote.incidents.models import Incident
from tryggmote.incidents.rules import may_handle

EXPORT_LOG_KIND = "incident_export"
PAGE = Path(__file__).parent / "export.typ"
BYTE_ORDER_MARK = "\ufeff"  # so that Excel knows that it is UTF-8
# A spreadsheet takes a cell that begins like this for a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class File:
    """What is handed over."""

    name: str
    media_type: str
    content: bytes


@transaction.atomic
def export(*, by: SignedInPerson, incident: Incident, mapping: Mapping) -> File:
    """The incident as another system wants it; that it was taken out is logged where readings are.

    Raises NotAllowed for others than uninvolved leaders.
    """
    if not may_handle(by, incident):
        raise NotAllowed(
            _("Bare en leder som ikke selv er en del av hendelsen, kan hente den ut."),
            who_can_help=_("Nærmeste leder for den det gjelder, eller neste leder."),
        )
    log_read(by, EXPORT_LOG_KIND, incident.id)
    exported = Exported(incident, queries.latest_classification(incident))
    pairs = [(field.name, _values(field, exported)) for field in mapping.fields]
    write, media_type = _WRITERS[mapping.format]
    return File(f"hendelse-{incident.id}.{mapping.format}", media_type, write(pairs))


Pairs = list[tuple[str, list[str]]]


def _values(field: MappedField, exported: Exported) -> list[str]:
    value = FIELDS[field.source](exported)
    if field.values:
        return [field.values.get(code, code) for code in value.codes]
    return list(value.codes if field.written_as == "code" else value.words)


def _as_json(pairs: Pairs) -> bytes:
    fields = {name: values[0] if len(values) == 1 else values or None for name, values in pairs}
    return json.dumps(fields, ensure_ascii=False, indent=2).encode()


def _as_csv(pairs: Pairs) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(name for name, _values in pairs)
    writer.writerow(_cell(", ".join(values)) for _name, values in pairs)
    return (BYTE_ORDER_MARK + text.getvalue()).encode()


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _as_pdf(pairs: Pairs) -> bytes:
    told = {
        "title": _("Hendelse"),
        "language": get_language() or "nb",
        "note": _(
            "Hentet ut av Tryggmøte. Navn på ansatte er ikke fylt inn. Opplysningene er taushetsbelagte."
        ),
        "pairs": [[name, ", ".join(values)] for name, values in pairs if values],
    }
    # What people wrote goes in as data, so that nothing in it is taken for markup.
    written: bytes = typst.compile(PAGE, sys_inputs={"told": json.dumps(told)}, pdf_standards=["ua-1"])
    return written


_WRITERS = {
    "json": (_as_json, "application/json"),
    "csv": (_as_csv, "text/csv; charset=utf-8"),
    "pdf": (_as_pdf, "application/pdf"),
}

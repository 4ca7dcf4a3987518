"""Labels to print: each with a code that opens the item's test (3.5). Accessible PDF (PDF/UA-1)."""

import json
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
import typst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tryggmote.equipment.models import Item

PAGE = Path(__file__).parent / "labels.typ"
MOST_LABELS = 240
"""Ten sheets: what somebody cuts in one go. More are printed a room or a type at a time."""


def sheet_of(items: Sequence[Item], site: str) -> bytes:
    """The labels of these items as sheets of A4. `site`: the address codes lead to, "https://nav.example"."""
    written: bytes = typst.compile(PAGE, sys_inputs=told_of(items, site), pdf_standards=["ua-1"])
    return written


def told_of(items: Sequence[Item], site: str) -> dict[str, str]:
    """What the page is given."""
    told = {
        "title": _("Etiketter for sikkerhetsutstyr"),
        "language": get_language() or "nb",
        "scan": _("Skann for å teste"),
        "none": _("Ikke noe utstyr passer til det du har valgt."),
        "labels": [_label(item, site) for item in items],
    }
    # What people wrote goes in as data, so that nothing in it is taken for markup.
    return {"told": json.dumps(told)}


def _label(item: Item, site: str) -> dict[str, Any]:
    drawn = BytesIO()
    segno.make(f"{site}{item.test_url}", error="m").save(drawn, kind="svg", border=2, omitsize=True)
    return {
        "name": item.name,
        "where": item.where,
        "code": item.code_in_two,
        "picture": drawn.getvalue().decode(),
        "alt": _("Kode som åpner testen av %(name)s") % {"name": item.name},
    }

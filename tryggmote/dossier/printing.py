"""A dossier on paper: a PDF that screen readers read (PDF/UA-1)."""

import json
from pathlib import Path

import typst
from django.utils.translation import gettext as _

from tryggmote.dossier.content import Content

PAGE = Path(__file__).parent / "dossier.typ"


def as_pdf(content: Content) -> bytes:
    """The whole dossier. What people wrote goes in as data, so that nothing in it is taken for markup."""
    told = content.as_data() | {
        "notes": content.notes,
        "contents_title": _("Innhold"),
        "fiction": content.fiction if content.is_fictional else "",
        "seal_title": content.seal_title,
        "seal_says": content.seal_says,
        "eyebrow": _("Dokumentasjon"),
    }
    written: bytes = typst.compile(
        PAGE,
        sys_inputs={"told": json.dumps(told)},
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
    )
    return written

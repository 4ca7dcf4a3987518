"""The book on paper: a PDF that screen readers read (PDF/UA-1), with every text in full (3.6)."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import typst
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tryggmote.controls.models import ProcedurePicture
from tryggmote.controls.vocabulary import PictureKind
from tryggmote.handbook import queries
from tryggmote.handbook.paper import Node, blocks, pictures_in, plain_blocks
from tryggmote.handbook.registry import Book, Chapter, Entry, FullText
from tryggmote.ui.dates import day, when

PAGE = Path(__file__).parent / "book.typ"
PICTURES_PRINTED = 100
"""More would make a file nobody can send; the rest are told by their words."""
_ENDINGS = {PictureKind.PNG: "png", PictureKind.JPEG: "jpg", PictureKind.WEBP: "webp"}


def as_pdf(book: Book) -> bytes:
    """The whole book, in the language in force. What people wrote goes in as data, never as markup."""
    told = _told(book)
    with TemporaryDirectory() as folder:
        page = Path(folder) / "book.typ"
        page.write_text(PAGE.read_text())
        told["pictures"] = _write_pictures(told["chapters"], Path(folder))
        (page.parent / "told.json").write_text(json.dumps(told, default=str))
        written: bytes = typst.compile(
            str(page), root=folder, ignore_system_fonts=True, pdf_standards=["ua-1"]
        )
    return written


def _told(book: Book) -> dict[str, Any]:
    chapters = queries.read(book)
    changed_at = queries.changed_at(chapters)
    return {
        "language": get_language() or "nb",
        "title": _("Håndbok for trygge møter"),
        "unit": book.unit_name,
        "lead": _("Slik holder vi hverandre trygge."),
        "edition": _("Skrevet ut %(when)s.") % {"when": when(timezone.now())},
        "changed": _("Sist endret %(day)s.") % {"day": day(changed_at.date())} if changed_at else "",
        "note": _("Boken i Tryggmøte er alltid den nyeste. Kast denne når du skriver ut en ny."),
        "contents": _("Innhold"),
        "chapters": [_chapter(read.chapter, read.sections, book) for read in chapters],
    }


def _chapter(chapter: Chapter, sections: list[queries.Section], book: Book) -> dict[str, Any]:
    texts = {text.key: text for text in chapter.texts(book, None)}
    return {
        "title": str(chapter.title),
        "intro": str(chapter.intro),
        "empty": str(chapter.empty),
        "sections": [
            {
                "title": section.title,
                "entries": [
                    _entry(line.entry, texts.get(line.entry.key), is_first=line.is_first, deep=section.title)
                    for line in section.lines
                ],
            }
            for section in sections
        ],
    }


def _entry(entry: Entry, text: FullText | None, *, is_first: bool, deep: str) -> dict[str, Any]:
    """Under a second heading only what it is called: the text stands once."""
    facts = text.facts if text else entry.facts
    return {
        "title": entry.title,
        "text": "" if text or not is_first else str(entry.text),
        "facts": [[str(label), str(words)] for label, words in facts] if is_first else [],
        "phone": entry.phone if entry.phone != entry.title.replace("\N{NO-BREAK SPACE}", "") else "",
        "badge": str(entry.badge.word) if entry.badge else "",
        "blocks": _blocks(text, top=4 if deep else 3) if text and is_first else [],
    }


def _blocks(text: FullText, *, top: int) -> list[Node]:
    return blocks(text.source, top=top) if text.is_markdown else plain_blocks(text.source)


def _write_pictures(chapters: list[dict[str, Any]], folder: Path) -> dict[str, str]:
    """Put the pictures beside the page; one query. Returns the file of each."""
    shown: dict[UUID, None] = {
        found: None
        for chapter in chapters
        for section in chapter["sections"]
        for entry in section["entries"]
        for found in pictures_in(entry["blocks"])
    }
    if not shown:
        return {}
    files = {}
    for picture in ProcedurePicture.objects.filter(id__in=list(shown)[:PICTURES_PRINTED]):
        name = f"{picture.id}.{_ENDINGS[PictureKind(picture.kind)]}"
        (folder / name).write_bytes(bytes(picture.content))
        files[str(picture.id)] = name
    return files

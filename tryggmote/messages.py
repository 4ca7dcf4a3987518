"""The translations of what people read: extracted, checked and compiled, without GNU gettext on the machine.

Bokmål is the language of the code. Each capability has its own catalogue for nynorsk and English.
"""

import io
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

import polib
from django.apps import apps
from django.utils.translation.template import templatize

LANGUAGES = ("nn", "en")
# Which arguments of a call are the text, its plural, its context ("c"); babel's notation.
CALLS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


class Message(NamedTuple):
    """One text to translate, as gettext knows it."""

    text: str
    plural: str
    context: str | None


def update(*, only: Collection[str] = ()) -> list[Path]:
    """Bring the catalogues in line with the code: new texts come untranslated, unused ones go.

    `only` names capabilities; all of them when it is empty.
    """
    changed = []
    for folder in _capabilities():
        if only and folder.name not in only:
            continue
        messages = _messages_of(folder)
        for language in LANGUAGES:
            path = _catalogue(folder, language)
            if messages or path.exists():
                _write(path, language, messages)
                changed.append(path)
    return changed


def check() -> list[str]:
    """What is missing, unused, fuzzy, has lost a placeholder, or is translated in more than one way.

    A sentence each, none when all is well.
    """
    catalogues = ((folder, language) for folder in _capabilities() for language in LANGUAGES)
    faults = [fault for folder, language in catalogues for fault in _faults(folder, language)]
    return sorted(faults + [fault for language in LANGUAGES for fault in _contradictions(language)])


def compile_all() -> None:
    """Make the binary catalogues Django reads, where they are older than their source."""
    for folder in _capabilities():
        for language in LANGUAGES:
            source = _catalogue(folder, language)
            target = source.with_suffix(".mo")
            if source.exists() and (not target.exists() or target.stat().st_mtime < source.stat().st_mtime):
                polib.pofile(str(source)).save_as_mofile(str(target))


def _capabilities() -> list[Path]:
    package = Path(__file__).parent
    return [path for app in apps.get_app_configs() if (path := Path(app.path)).parent == package]


def _catalogue(folder: Path, language: str) -> Path:
    return folder / "locale" / language / "LC_MESSAGES" / "django.po"


def _messages_of(folder: Path) -> dict[Message, set[str]]:
    """Every text in a capability, with the files it stands in."""
    found: dict[Message, set[str]] = {}
    for path in sorted(folder.rglob("*")):
        place = path.relative_to(folder)
        if path.suffix in {".py", ".html", ".txt"} and place.parts[0] not in {"tests", "migrations"}:
            for message in _extract(path):
                found.setdefault(message, set()).add(place.as_posix())
    return found


def _extract(path: Path) -> Iterator[Message]:
    # A tool of the workshop: what runs in production only reads compiled catalogues.
    from babel.messages.extract import extract

    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # Django turns a template into calls between rows of X; the indentation left over is no Python.
        text = "\n".join(line.strip() for line in templatize(text, origin=str(path)).split("\n"))
    source = io.BytesIO(text.encode())
    for _line, message, _comments, context in extract("python", source, CALLS, options={"encoding": "utf-8"}):
        text, plural = message if isinstance(message, tuple) else (message, "")
        yield Message(text, plural, context)


def _write(path: Path, language: str, messages: dict[Message, set[str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    before = {_key(entry): entry for entry in _read(path)}
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for message, files in messages.items():
        entry = before.get(message) or _untranslated(message)
        entry.occurrences = [(file, "") for file in sorted(files)]
        catalogue.append(entry)
    catalogue.save(str(path))


def _read(path: Path) -> polib.POFile | list[polib.POEntry]:
    return polib.pofile(str(path)) if path.exists() else []


def _key(entry: polib.POEntry) -> Message:
    return Message(entry.msgid, entry.msgid_plural, entry.msgctxt)


def _untranslated(message: Message) -> polib.POEntry:
    entry = polib.POEntry(msgid=message.text, msgid_plural=message.plural, msgctxt=message.context)
    if message.plural:
        entry.msgstr_plural = {0: "", 1: ""}
    if PLACEHOLDER.search(message.text):
        entry.flags.append("python-format")
    return entry


def _faults(folder: Path, language: str) -> Iterator[str]:
    path = _catalogue(folder, language)
    name = path.relative_to(folder.parent).as_posix()
    entries = {_key(entry): entry for entry in _read(path)}
    wanted = _messages_of(folder)
    for message in wanted.keys() - entries.keys():
        yield f"{name}: not in the catalogue (run tryggmote messages): {message.text!r}"
    for message in entries.keys() - wanted.keys():
        yield f"{name}: no longer in the code (run tryggmote messages): {message.text!r}"
    for message in wanted.keys() & entries.keys():
        entry = entries[message]
        if not entry.translated():
            yield f"{name}: {'fuzzy' if entry.fuzzy else 'not translated'}: {message.text!r}"
        elif _loses_a_placeholder(entry):
            yield f"{name}: other placeholders than the original: {message.text!r}"


def _contradictions(language: str) -> Iterator[str]:
    """Django makes one catalogue of all: of two translations of a text, everybody reads the last."""
    found: dict[Message, dict[tuple[str, ...], list[str]]] = {}
    for folder in _capabilities():
        for entry in _read(_catalogue(folder, language)):
            if entry.translated():
                said = (entry.msgstr, *entry.msgstr_plural.values())
                found.setdefault(_key(entry), {}).setdefault(said, []).append(folder.name)
    for message, translations in found.items():
        if len(translations) > 1:
            ways = "; ".join(
                f"{'/'.join(filter(None, said))!r} in {', '.join(folders)}"
                for said, folders in translations.items()
            )
            yield f"{language}: translated in more than one way: {message.text!r}: {ways}"


def _loses_a_placeholder(entry: polib.POEntry) -> bool:
    originals = set(PLACEHOLDER.findall(entry.msgid)) | set(PLACEHOLDER.findall(entry.msgid_plural))
    translations = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
    used = {placeholder for text in translations for placeholder in PLACEHOLDER.findall(text)}
    return used != originals

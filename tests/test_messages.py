"""The tool that keeps translations in line with the code, on a small capability of its own."""

from pathlib import Path

import polib
import pytest

from tryggmote import messages

CODE = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext
title = _("Møte i dag")
count = ngettext("%(n)d møte", "%(n)d møter", 2)
verb = pgettext("knapp", "Stans")
nothing = print("Ikke oversatt")
"""
TEMPLATE = """{% load i18n %}
<h1 class="tm'x">{% translate "Møte i dag" %}</h1>
    <p>{% blocktranslate trimmed with who=person.name %}
      {{ who }} har stanset
      et møte.
    {% endblocktranslate %}</p>
{% blocktranslate count n=n %}Én sjekk{% plural %}{{ n }} sjekker{% endblocktranslate %}
"""


@pytest.fixture
def capability(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "møter"
    (folder / "templates").mkdir(parents=True)
    (folder / "tests").mkdir()
    (folder / "code.py").write_text(CODE, encoding="utf-8")
    (folder / "tests" / "test_code.py").write_text('_("Bare i en test")')
    (folder / "templates" / "page.html").write_text(TEMPLATE, encoding="utf-8")
    monkeypatch.setattr(messages, "_capabilities", lambda: [folder])
    return folder


def catalogue(folder: Path, language: str = "nn") -> polib.POFile:
    return polib.pofile(str(folder / "locale" / language / "LC_MESSAGES" / "django.po"))


def translate_everything(folder: Path) -> None:
    for language in messages.LANGUAGES:
        translated = catalogue(folder, language)
        for entry in translated:
            entry.msgstr = "" if entry.msgid_plural else f"[{entry.msgid}]"
            if entry.msgid_plural:
                entry.msgstr_plural = {0: entry.msgid, 1: entry.msgid_plural}
        translated.save()


def test_texts_of_code_and_templates_come_into_the_catalogue(capability: Path) -> None:
    messages.update()
    found = {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in catalogue(capability)}
    assert found == {
        (None, "Møte i dag", ""),
        (None, "%(n)d møte", "%(n)d møter"),
        ("knapp", "Stans", ""),
        (None, "%(who)s har stanset et møte.", ""),
        (None, "Én sjekk", "%(n)s sjekker"),
    }


def test_a_translation_is_kept_and_an_unused_text_goes(capability: Path) -> None:
    messages.update()
    translate_everything(capability)
    (capability / "templates" / "page.html").unlink()
    messages.update()
    assert {entry.msgid for entry in catalogue(capability)} == {"Møte i dag", "%(n)d møte", "Stans"}
    assert catalogue(capability).find("Møte i dag").msgstr == "[Møte i dag]"


def test_all_is_well_when_everything_is_translated(capability: Path) -> None:
    messages.update()
    translate_everything(capability)
    assert messages.check() == []


def test_what_is_missing_is_named_with_its_catalogue(capability: Path) -> None:
    assert len(messages.check()) == 2 * 5
    messages.update()
    assert "møter/locale/en/LC_MESSAGES/django.po: not translated: 'Møte i dag'" in messages.check()


def test_a_lost_placeholder_is_found(capability: Path) -> None:
    messages.update()
    translate_everything(capability)
    translated = catalogue(capability)
    translated.find("%(who)s har stanset et møte.").msgstr = "%(hvem)s stansa eit møte."
    translated.save()
    (said,) = messages.check()
    assert "other placeholders" in said


def test_a_compiled_catalogue_is_what_django_reads(capability: Path) -> None:
    messages.update()
    translate_everything(capability)
    messages.compile_all()
    compiled = polib.mofile(str(capability / "locale" / "nn" / "LC_MESSAGES" / "django.mo"))
    assert compiled.find("Møte i dag").msgstr == "[Møte i dag]"


def test_a_text_translated_in_two_ways_is_told_since_only_one_of_them_is_read(
    capability: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = capability.with_name("hjelp")
    other.mkdir()
    (other / "code.py").write_text('title = _("Møte i dag")', encoding="utf-8")
    monkeypatch.setattr(messages, "_capabilities", lambda: [capability, other])
    messages.update()
    for folder in (capability, other):
        translate_everything(folder)
    assert messages.check() == []
    translated = catalogue(other)
    translated.find("Møte i dag").msgstr = "I dag"
    translated.save()
    (fault,) = messages.check()
    assert fault.startswith("nn: translated in more than one way: 'Møte i dag'")
    assert "hjelp" in fault

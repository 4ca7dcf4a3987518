"""What holds for every template and script: nothing the content-security policy would refuse."""

import re
from pathlib import Path

import pytest

from tryggmote.ui import build

PACKAGE = Path(build.PACKAGE)
TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))
SCRIPTS = sorted(PACKAGE.glob("*/static/**/js/*.js"))
FORBIDDEN = {
    "style attribute": re.compile(r"<[^>%]*\sstyle\s*="),
    "style element": re.compile(r"<style\b"),
    "event handler": re.compile(r"<[^>]*\son[a-z]+\s*="),
    "htmx script": re.compile(r"\bhx-on\b|\bjs:"),
    "script address": re.compile(r"javascript:", re.IGNORECASE),
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)"),
    "address outside the house": re.compile(r"""(?:src|href)=["']https?://(?!127\.0\.0\.1)"""),
}


def relative(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("template", TEMPLATES, ids=relative)
def test_a_template_holds_nothing_the_security_policy_would_refuse(template):
    text = re.sub(r"{%\s*comment.*?endcomment\s*%}|{#.*?#}", "", template.read_text(), flags=re.DOTALL)
    found = [name for name, pattern in FORBIDDEN.items() if pattern.search(text)]
    assert found == [], f"{relative(template)}: {', '.join(found)}"


@pytest.mark.parametrize("template", TEMPLATES, ids=relative)
def test_a_posted_form_carries_its_token(template):
    text = template.read_text()
    for form in re.findall(r"<form\b.*?</form>", text, re.DOTALL):
        if re.search(r'method="post"', form) and "catalogue.html" not in template.name:
            assert "{% csrf_token %}" in form, f"{relative(template)} posts a form without csrf_token"


@pytest.mark.parametrize("script", SCRIPTS, ids=relative)
def test_a_script_makes_no_code_or_markup_out_of_text(script):
    text = script.read_text()
    assert not re.search(r"\beval\(|new Function|(inner|outer)HTML|insertAdjacentHTML|document\.write", text)


def test_every_icon_that_is_named_exists():
    assert build.unknown_icons(build.NODE_MODULES, build.used_icons()) == set()

"""The build copies what is needed and nothing that a page may not have."""

import re

import pytest

from tryggmote.ui import build


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    target = tmp_path_factory.mktemp("build")
    build.build(target=target)
    return target


def test_it_makes_one_style_sheet_with_our_layer_last(built):
    css = (built / "tryggmote.css").read_text()
    assert css.startswith("@layer aksel.reset")
    assert ",app;" in css[:300]
    assert css.count("{") == css.count("}")


def test_nothing_is_fetched_from_elsewhere(built):
    css = (built / "tryggmote.css").read_text()
    addresses = re.findall(r"url\(([^)]*)\)", css)
    assert addresses
    assert all(address.startswith("source-sans-3-") for address in addresses)
    assert all((built / address).exists() for address in addresses)
    assert "@import" not in css


def test_no_source_map_is_promised(built):
    assert not any("sourceMappingURL" in path.read_text() for path in built.glob("*.[cj]s*"))


def test_dark_follows_the_system_for_those_who_have_not_chosen(built):
    css = (built / "tryggmote.css").read_text()
    system = re.search(r"\(prefers-color-scheme:dark\)\{:root:not\(\.light\)\{([^}]*)\}", css)
    chosen = re.findall(r"\.dark(?:,\.dark-theme)?\{([^{}]*--ax-[^{}]*)\}", css)
    assert system
    for block in chosen[:2]:
        for declaration in block.strip(";").split(";"):
            assert declaration in system[1]


def test_every_colour_and_distance_of_ours_is_an_aksel_token():
    for sheet in (build.UI / "styles").glob("*.css"):
        text = build.COMMENT.sub("", sheet.read_text())
        assert not re.search(r"#[0-9a-fA-F]{3,8}\b(?![^{]*\{)", text), sheet.name
        used = set(re.findall(r"var\((--ax-[\w-]+)", text))
        known = set(re.findall(r"(--ax-[\w-]+):", build.style_sheet(build.NODE_MODULES)))
        assert used <= known, f"{sheet.name}: {used - known}"


def test_building_again_writes_nothing(built):
    before = {path: path.stat().st_mtime_ns for path in built.iterdir()}
    build.build(target=built)
    assert {path: path.stat().st_mtime_ns for path in built.iterdir()} == before


def test_a_missing_package_is_named(tmp_path):
    with pytest.raises(build.BuildError, match="npm ci"):
        build.build(node_modules=tmp_path, target=tmp_path)

"""Copies what the browser needs out of node_modules into `static/ui/build/`, in well under a second.

Aksel comes as plain CSS in cascade layers; our own sheets follow in the last layer, so they win without
`!important`. Nothing is fetched and nothing is compiled: the build needs Python only.
"""

import re
import shutil
from pathlib import Path

from tryggmote.ui import app_icons

UI = Path(__file__).resolve().parent
PACKAGE = UI.parent
NODE_MODULES = PACKAGE.parent / "node_modules"
BUILD = UI / "static" / "ui" / "build"

AKSEL_GLOBAL = ("tokens", "reset", "baseline", "print")
AKSEL_COMPONENTS = ("typography", "theme", "button", "link", "tag", "alert", "form", "table", "pagination")
LAYERS = (
    "@layer aksel.reset,aksel.theming,aksel.baseline,aksel.print,aksel.typography,aksel.components.core,"
    "aksel.components.core.loader,aksel.components.core.button,aksel.components.form,aksel.components.modules,"
    "aksel.layout,app;"
)
FONT_SUBSETS = ("latin", "latin-ext")
SOURCE_MAP = re.compile(r"/[*/][#@]\s*sourceMappingURL=.*?(?:\*/|$)", re.MULTILINE)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# An icon is named by its Aksel component name anywhere in code or templates: "BellIcon", or icon="Bell".
ICON_NAME = re.compile(r"""["']([A-Z][A-Za-z0-9]+)Icon["']|icon=["']([A-Z][A-Za-z0-9]*?)(?:Icon)?["']""")


class BuildError(Exception):
    """An npm package is missing or not shaped as expected; the message says which and what to do."""


def build(node_modules: Path = NODE_MODULES, target: Path = BUILD) -> None:
    """Write the style sheet, the fonts, the icons and htmx into `target`. Doing it again changes nothing.

    Raises: BuildError when a package is missing or not as expected.
    """
    target.mkdir(parents=True, exist_ok=True)
    _write(target / "tryggmote.css", style_sheet(node_modules))
    _write(target / "icons.svg", sprite(node_modules, used_icons()))
    for subset in FONT_SUBSETS:
        name = f"source-sans-3-{subset}-wght-normal.woff2"
        _copy(_font_folder(node_modules) / "files" / name, target / f"source-sans-3-{subset}.woff2")
    # The font's licence (SIL OFL 1.1) must go where the font goes.
    _copy(_font_folder(node_modules) / "LICENSE", target / "source-sans-3-license.txt")
    _write(target / "htmx.js", SOURCE_MAP.sub("", _htmx().read_text()))
    for name in app_icons.NAMES:
        _draw(target / name)


def style_sheet(node_modules: Path) -> str:
    """All CSS of a page: Aksel's chosen parts, the system's dark theme, then ours in layer `app`."""
    aksel = node_modules / "@navikt" / "ds-css" / "dist"
    parts = [LAYERS, font_faces(node_modules)]
    parts += [_read(aksel / "global" / f"{name}.min.css") for name in AKSEL_GLOBAL]
    parts += [_read(aksel / "component" / f"{name}.min.css") for name in AKSEL_COMPONENTS]
    parts.append(system_dark(_read(aksel / "global" / "tokens.min.css")))
    ours = "\n".join(sheet.read_text() for sheet in sorted((UI / "styles").glob("*.css")))
    parts.append(f"@layer app{{{COMMENT.sub('', ours)}}}")
    return SOURCE_MAP.sub("", "\n".join(parts))


def system_dark(tokens: str) -> str:
    """Aksel's dark tokens once more, for people whose system is dark and who have not chosen a theme here."""
    blocks = re.findall(r"(?<=[{};])\s*\.dark(?:,\s*\.dark-theme)?\s*\{([^{}]*)\}", tokens)
    if len(blocks) != 2:
        raise BuildError(f"Expected two blocks of dark tokens in @navikt/ds-css, found {len(blocks)}.")
    declarations = ";".join(block.strip().rstrip(";") for block in blocks)
    # In the last layer: Aksel sets `color-scheme: light` on :root in a layer above its tokens.
    rule = f":root:not(.light){{color-scheme:dark;{declarations}}}"
    return f"@layer app{{@media screen and (prefers-color-scheme:dark){{{rule}}}}}"


def font_faces(node_modules: Path) -> str:
    """@font-face of each subset, under the family name Aksel's tokens ask for."""
    ranges = _read(_font_folder(node_modules) / "unicode.json")
    faces = []
    for subset in FONT_SUBSETS:
        found = re.search(rf'"{subset}"\s*:\s*"([^"]+)"', ranges)
        if not found:
            raise BuildError(f"@fontsource-variable/source-sans-3 has no subset {subset}.")
        faces.append(
            "@font-face{font-family:'Source Sans 3';font-style:normal;font-display:swap;font-weight:200 900;"
            f"src:url(source-sans-3-{subset}.woff2) format('woff2');unicode-range:{found[1]}}}"
        )
    return "".join(faces)


def used_icons() -> set[str]:
    """Aksel names (without "Icon") of all icons that templates or Python name."""
    files = [*PACKAGE.rglob("*.html"), *PACKAGE.rglob("*.py")]
    found: set[str] = set()
    for file in files:
        if "tests" not in file.parts:
            found.update(suffixed or plain for suffixed, plain in ICON_NAME.findall(file.read_text()))
    return found


def unknown_icons(node_modules: Path, names: set[str]) -> set[str]:
    """Names that Aksel has no icon for. A test keeps this empty; the build draws nothing for them."""
    return {name for name in names if not _icon_file(node_modules, name).exists()}


def sprite(node_modules: Path, names: set[str]) -> str:
    """One SVG with a symbol for each icon."""
    symbols = []
    for name in sorted(names - unknown_icons(node_modules, names)):
        inner = re.sub(r"^<svg[^>]*>|</svg>\s*$", "", _read(_icon_file(node_modules, name)).strip())
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{inner.strip()}</symbol>')
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>'


def _icon_file(node_modules: Path, name: str) -> Path:
    return node_modules / "@navikt" / "aksel-icons" / "dist" / "svg" / f"{name}.svg"


def _font_folder(node_modules: Path) -> Path:
    return node_modules / "@fontsource-variable" / "source-sans-3"


def _htmx() -> Path:
    import django_htmx

    return Path(django_htmx.__file__).parent / "static" / "django_htmx" / "htmx-4.min.js"


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except FileNotFoundError:
        raise BuildError(f"{path} is missing: run `npm ci` first.") from None


def _write(path: Path, text: str) -> None:
    if not path.exists() or path.read_text() != text:
        path.write_text(text)


def _draw(icon: Path) -> None:
    """Drawn once, and again when the drawing has changed."""
    if not icon.exists() or icon.stat().st_mtime < Path(app_icons.__file__).stat().st_mtime:
        app_icons.app_icon(icon.name).save(icon, optimize=True)


def _copy(source: Path, target: Path) -> None:
    if not source.exists():
        raise BuildError(f"{source} is missing: run `npm ci` first.")
    if not target.exists() or target.read_bytes() != source.read_bytes():
        shutil.copyfile(source, target)

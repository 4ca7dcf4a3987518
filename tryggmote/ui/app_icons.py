"""The mark as pictures of the sizes that phones ask for, drawn from the figures of `mark.svg`."""

from PIL import Image, ImageChops, ImageDraw

from tryggmote.ui.theme import BLUE

SIDE = 36
"""Of the square that `mark.svg` is drawn in."""
CIRCLES = ((13.5, 18.0), (22.5, 18.0))
RADIUS = 9.0
CORNER = 10.0
FAINT = round(255 * 0.4)
SAFE = 0.9
"""How much of its size a mark keeps when the phone cuts the icon to a shape of its own."""
FINER = 4  # drawn larger and made smaller, so that round things are round


_SIZES = {
    "icon-192.png": (192, False),
    "icon-512.png": (512, False),
    "icon-180-maskable.png": (180, True),
    "icon-512-maskable.png": (512, True),
}
NAMES = tuple(_SIZES)
"""Of the files: with round corners, and whole for phones that cut them themselves."""


def app_icon(name: str) -> Image.Image:
    """The picture that belongs in the file with this name."""
    size, is_cut = _SIZES[name]
    return _icon(size, is_cut=is_cut)


def _icon(size: int, *, is_cut: bool) -> Image.Image:
    large = size * FINER
    icon = Image.new("RGBA", (large, large), BLUE if is_cut else (0, 0, 0, 0))
    if not is_cut:
        corner = CORNER / SIDE * large
        ImageDraw.Draw(icon).rounded_rectangle((0, 0, large - 1, large - 1), corner, fill=BLUE)
    first, second = (_disc(large, at, SAFE if is_cut else 1.0) for at in CIRCLES)
    shared = ImageChops.multiply(first, second)
    faint = ImageChops.lighter(first, second).point(lambda value: value * FAINT // 255)
    icon.paste((255, 255, 255, 255), mask=ImageChops.lighter(faint, shared))
    return icon.resize((size, size), Image.Resampling.LANCZOS)


def _disc(large: int, centre: tuple[float, float], scale: float) -> Image.Image:
    mask = Image.new("L", (large, large), 0)
    unit = large / SIDE * scale
    x, y = (large / 2 + (value - SIDE / 2) * unit for value in centre)
    reach = RADIUS * unit
    ImageDraw.Draw(mask).ellipse((x - reach, y - reach, x + reach, y + reach), fill=255)
    return mask

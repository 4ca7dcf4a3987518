"""Pictures that evidence of the demo shows, drawn by code: nothing in them is a photograph of anything."""

import io

from PIL import Image, ImageDraw, ImageFont

INVENTED = "Oppdiktet bilde (demo)"
_SCREEN = (360, 520)
_DOOR = (420, 560)


def screenshot_of_messages(messages: list[tuple[str, str]]) -> bytes:
    """A telephone's screen with what came in, as (time, words). The font has no æ, ø and å."""
    picture = Image.new("RGB", _SCREEN, "#f2f2f7")
    draw = ImageDraw.Draw(picture)
    large, small = ImageFont.load_default(size=20), ImageFont.load_default(size=14)
    draw.rectangle((0, 0, _SCREEN[0], 64), fill="#e1e1e8")
    draw.text((20, 22), "Ukjent nummer", font=large, fill="#1c1c1e")
    top = 100
    for time, words in messages:
        draw.text((24, top), time, font=small, fill="#636366")
        draw.rounded_rectangle((20, top + 24, 320, top + 76), 16, fill="#d8d8de")
        draw.text((36, top + 38), words, font=large, fill="#1c1c1e")
        top += 120
    draw.text((20, _SCREEN[1] - 32), INVENTED, font=small, fill="#636366")
    return _written(picture, "PNG")


def cracked_door() -> bytes:
    """A door with a cracked pane, as somebody with a telephone would take it."""
    picture = Image.new("RGB", _DOOR, "#d7d2c8")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((60, 20, 360, 540), fill="#6b5b4b")
    draw.rectangle((95, 60, 325, 500), fill="#b9d3dc")
    draw.ellipse((335, 280, 351, 296), fill="#d9b44a")
    hit = (190, 380)
    for end in ((95, 300), (120, 60), (230, 60), (325, 210), (325, 430), (250, 500), (140, 500), (95, 430)):
        middle = ((hit[0] + end[0]) // 2 + 8, (hit[1] + end[1]) // 2 - 6)
        draw.line((hit, middle, end), fill="#f5fbfd", width=3)
    for size in (14, 34, 62):
        draw.arc((hit[0] - size, hit[1] - size, hit[0] + size, hit[1] + size), 20, 300, "#f5fbfd", 2)
    draw.text((70, 514), INVENTED, font=ImageFont.load_default(size=14), fill="#ffffff")
    return _written(picture, "JPEG")


def _written(picture: Image.Image, file_format: str) -> bytes:
    written = io.BytesIO()
    picture.save(written, format=file_format)
    return written.getvalue()

"""What the worker does for forums: makes the papers of a meeting (1.3)."""

from uuid import UUID

from procrastinate.contrib.django import app

from tryggmote.forums import packing


@app.task(name="forums.make_pack", retry=2)
def make_pack(pack_id: str) -> None:
    """Make the papers somebody has asked for; the row says how far it has come."""
    packing.make(UUID(pack_id))

"""Nynorsk writes dates, times and numbers as bokmål does."""

from tryggmote.ui.formats.nb.formats import *  # noqa: F403

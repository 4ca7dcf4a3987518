"""Marks on views."""

from collections.abc import Callable
from typing import TypeVar

View = TypeVar("View", bound=Callable[..., object])


def public(view: View) -> View:
    """This page is for people who are not signed in as well. It runs without a database context."""
    view.is_public = True  # type: ignore[attr-defined]
    return view

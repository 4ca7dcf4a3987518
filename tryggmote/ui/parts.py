"""Parts that every page of a signed-in person carries: capabilities register theirs when they start."""

_parts: list[str] = []


def register_part(template: str) -> None:
    """Put a template at the end of every page. It gets the page's own context."""
    if template not in _parts:
        _parts.append(template)


def parts() -> list[str]:
    """All parts in order."""
    return list(_parts)

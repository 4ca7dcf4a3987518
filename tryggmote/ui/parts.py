"""Parts that every page of a signed-in person carries: capabilities register theirs when they start."""

_lines: list[str] = []
_parts: list[str] = []


def register_line(template: str) -> None:
    """Put a template at the very top of every page, where a keyboard meets it first. It gets its context."""
    if template not in _lines:
        _lines.append(template)


def lines() -> list[str]:
    """All that stands at the top, in order."""
    return list(_lines)


def register_part(template: str) -> None:
    """Put a template at the end of every page. It gets the page's own context."""
    if template not in _parts:
        _parts.append(template)


def parts() -> list[str]:
    """All parts in order."""
    return list(_parts)

"""How long texts may be, in characters."""

TEXT_LIMIT = 4_000
LINE_LIMIT = 200

"""Why there is no database."""


class CannotStart(Exception):
    """The embedded database does not start; the message says why and what to do."""

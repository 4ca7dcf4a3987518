"""What may go wrong for a person, with a message they can read. Mapped to pages in `ui.error_pages`."""


class NotAllowed(Exception):
    """The person may not do this. Shown as a 403 page.

    `who_can_help`: a sentence naming the role that can give access or do it instead.
    """

    def __init__(self, message: str, who_can_help: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.who_can_help = who_can_help


class NotPossible(Exception):
    """The act makes no sense any more, for example because it is done already. Shown as a 409 page."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

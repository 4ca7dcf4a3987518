"""Why a file was not taken."""


class Refused(Exception):
    """The file is not stored. `message` says why, and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

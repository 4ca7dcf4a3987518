"""Which browser the tests drive."""

from tests import machine


def find_browser() -> str:
    """The path of a Chromium or Chrome on this machine; `CHROMIUM` chooses one, `make test` fetches one."""
    found = machine.find_browser()
    if not found:
        raise AssertionError("There is no Chromium or Chrome here. Run make test, or name one in CHROMIUM.")
    return found

"""Where the web and alarm processes listen."""

import os

# The outside world reaches them through a proxy; a container says 0.0.0.0.
LISTEN_ADDRESS = os.environ.get("LISTEN_ADDRESS") or "127.0.0.1"


def web_port() -> int:
    """PORT, 8000 unless set."""
    return int(os.environ.get("PORT") or 8000)


def alarm_port() -> int:
    """ALARM_PORT, the one after the web's unless set."""
    return int(os.environ.get("ALARM_PORT") or web_port() + 1)

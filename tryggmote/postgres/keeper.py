"""Keeps the embedded server while somebody needs it: `python -m tryggmote.postgres.keeper VAR`."""

import sys
from pathlib import Path

from tryggmote.postgres.errors import CannotStart
from tryggmote.postgres.server import Server

if __name__ == "__main__":
    try:
        Server(Path(sys.argv[1])).serve_while_needed()
    except CannotStart as error:
        sys.exit(str(error))

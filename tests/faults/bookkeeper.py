"""A worker of the ledger that is started again when it is killed. Run it as a module.

It writes "started" and the number of its process; then it keeps the ledger on the morning of each day it
reads from standard input, and writes "done". When its process is killed, a new one starts and says so.
"""

import os
import sys
from datetime import date

import django

if __name__ == "__main__":
    django.setup()

from tests.duties.simulation import morning_of
from tryggmote.duties import ledger

FAILED = 1


def main() -> None:
    """Until standard input ends. No connection is open here, so each process makes its own."""
    while True:
        process = os.fork()
        if not process:
            _work()
        _, status = os.waitpid(process, 0)
        if not os.WIFSIGNALED(status):
            sys.exit(os.waitstatus_to_exitcode(status))


def _work() -> None:
    status = FAILED
    try:
        print("started", os.getpid(), flush=True)
        # Unbuffered: what this process has not read is there for the next.
        with os.fdopen(os.dup(sys.stdin.fileno()), "rb", buffering=0) as days:
            for line in iter(days.readline, b""):
                ledger.bring_up_to_date(morning_of(date.fromisoformat(line.decode().strip())))
                print("done", flush=True)
        status = 0
    finally:
        os._exit(status)


if __name__ == "__main__":
    main()

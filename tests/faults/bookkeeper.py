"""A worker of the ledger that lives for one simulated morning. Run it as a module.

For each day on its standard input it writes the number of the process that keeps the ledger on that morning,
and then how that process ended: "done", "failed" or "killed".
"""

import os
import sys
from datetime import date

import django

if __name__ == "__main__":
    django.setup()

from tests.duties.simulation import morning_of
from tryggmote.duties import ledger


def main() -> None:
    """Until standard input ends. No connection is open here, so each process makes its own."""
    for line in sys.stdin:
        process = os.fork()
        if not process:
            _keep(date.fromisoformat(line.strip()))
        print(process, flush=True)
        _, status = os.waitpid(process, 0)
        print("killed" if os.WIFSIGNALED(status) else "failed" if status else "done", flush=True)


def _keep(day: date) -> None:
    status = 1
    try:
        ledger.bring_up_to_date(morning_of(day))
        status = 0
    finally:
        os._exit(status)


if __name__ == "__main__":
    main()

"""The processor's time: what something costs where others use the machine too."""

import time
from pathlib import Path

from django.db import connection


def processor_s() -> float:
    """Seconds a processor has worked for this process and for the one that serves its connection.

    Other processes of the server (writing to disk, say) are not in it.
    """
    connection.ensure_connection()
    backend = connection.connection.info.backend_pid
    served_ns = int(Path(f"/proc/{backend}/schedstat").read_text().split()[0])
    return time.process_time() + served_ns / 1e9

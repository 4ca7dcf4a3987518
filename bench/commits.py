"""When steps of calls were committed, as a process of its own hears of it from the database.

python -m bench.commits: until standard input ends; then says for each step its number and the moment, in
seconds of the machine's one monotonic clock.
"""

import json
import os
import sys
import threading
import time

import psycopg


def main() -> None:
    """Listen, and tell."""
    heard: dict[str, float] = {}
    over = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), over.set())).start()
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute("listen call")
        print("ready", flush=True)
        while not over.is_set():
            for notice in connection.notifies(timeout=0.2):
                heard.setdefault(notice.payload, time.perf_counter())
    json.dump(heard, sys.stdout)


main()

"""Pages fetched as fast as the web process gives them, by people who hang up on every third.

python -m bench.page_load PORT SESSION: until standard input ends; then says how many of each.
"""

import socket
import sys
import threading
from itertools import cycle

from bench.client import Client
from bench.screens import COOKIE

PAGES = ("/i-dag/", "/hendelser/", "/")
READERS = 6
HANGS_UP_AFTER_S = 0.005


class Load:
    """Keeps going until it is told to stop."""

    def __init__(self, port: int, session_key: str) -> None:
        self._port = port
        self._session_key = session_key
        self._stop = threading.Event()
        self.fetched = 0
        self.hung_up = 0

    def run_until_input_ends(self) -> None:
        threads = [threading.Thread(target=self._read) for _ in range(READERS)]
        for thread in threads:
            thread.start()
        print("ready", flush=True)
        sys.stdin.read()
        self._stop.set()
        for thread in threads:
            thread.join()

    def _read(self) -> None:
        client = Client(self._port, self._session_key)
        for path in cycle(PAGES):
            if self._stop.is_set():
                return
            if path == PAGES[-1]:
                self._hang_up_on(path)
            else:
                client.get(path)
                self.fetched += 1

    def _hang_up_on(self, path: str) -> None:
        with socket.create_connection(("127.0.0.1", self._port)) as connection:
            asked = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {COOKIE}={self._session_key}\r\n\r\n"
            connection.sendall(asked.encode())
            self._stop.wait(HANGS_UP_AFTER_S)
        self.hung_up += 1


if __name__ == "__main__":
    load = Load(int(sys.argv[1]), sys.argv[2])
    load.run_until_input_ends()
    print(load.fetched, load.hung_up)

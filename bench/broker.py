"""The reference: Mosquitto, which forwards a message to those who wait for it and writes nothing down.

Only as much of MQTT 3.1.1 as that takes (OASIS, sections 3.1, 3.3 and 3.8), at most once (QoS 0).
"""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.screens import Screen, Watch

SETTINGS = """
listener {port} 127.0.0.1
allow_anonymous true
persistence false
max_connections -1
set_tcp_nodelay true
log_dest none
"""
SUBSCRIBED = b"\x90\x03\x00\x01\x00"


@contextmanager
def running(program: str, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The broker listens on this port of the machine itself for the length of the block."""
    with TemporaryDirectory() as folder:
        settings = Path(folder) / "mosquitto.conf"
        Path(folder).chmod(0o755)  # it does not stay root
        settings.write_text(SETTINGS.format(port=port))
        process = subprocess.Popen([program, "-c", settings])
        try:
            yield process
        finally:
            process.terminate()
            process.wait()


def subscriber(watch: Watch, name: str, topic: str) -> Screen:
    """A screen that waits for what is published on a topic. Messages are JSON objects."""
    subscribe = _packet(0x82, b"\x00\x01" + _text(topic) + b"\x00")
    return Screen(watch, connect(name) + subscribe, SUBSCRIBED, b"}")


def connect(name: str) -> bytes:
    """Opens a connection that is never asked whether it lives."""
    return _packet(0x10, _text("MQTT") + b"\x04\x02\x00\x00" + _text(name))


def publish(topic: str, message: bytes) -> bytes:
    """Sends a message to everybody who waits on the topic."""
    return _packet(0x30, _text(topic) + message)


def _packet(kind: int, content: bytes) -> bytes:
    length, encoded = len(content), b""
    while True:
        length, low = divmod(length, 128)
        encoded += bytes([low | (0x80 if length else 0)])
        if not length:
            return bytes([kind]) + encoded + content


def _text(value: str) -> bytes:
    return len(value.encode()).to_bytes(2, "big") + value.encode()

"""What tests need to start the product's programs beside themselves, on the test's own database."""

import os
import socket

from django.conf import settings
from django.db import connection
from psycopg.conninfo import make_conninfo

from tryggmote.postgres.settings import databases


def free_port() -> int:
    """A port of this machine where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(**more: str) -> dict[str, str]:
    """The environment of a program that meets this test's database as the application's own role."""
    app = databases(settings.VAR)["default"]
    names = {"user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    given = {name: app[key] for name, key in names.items() if app.get(key)}
    address = make_conninfo(dbname=connection.settings_dict["NAME"], **given)
    return os.environ | {"DATABASE_URL": address, "DATABASE_OWNER_URL": address} | more

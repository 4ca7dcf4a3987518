"""How programs beside Django's request cycle reach the database: the worker and the event stream."""

from typing import Any

from procrastinate.contrib.django.utils import connector_params

from tryggmote.access.context import JOB_ROLE


def parameters() -> dict[str, Any]:
    """What psycopg needs to connect as the job role, which has policies of its own.

    The connection signs in as the application and takes the role on as it starts. A dead server is
    noticed within about ten seconds.
    """
    given = connector_params()
    options = f"{given.pop('options', '')} -c role={JOB_ROLE}".strip()
    keepalives = {"keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3}
    return given | keepalives | {"options": options}

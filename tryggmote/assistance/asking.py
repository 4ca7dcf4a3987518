"""Running one of the statements in `acts.py` through Django."""

import json
from typing import Any

from django.db import connection

State = dict[str, Any]
"""What a screen shows of a call (`app.state_of_call`)."""


def ask(statement: str, **parameters: Any) -> Any:
    """The one value it answers with; JSON as Python values."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        found = cursor.fetchone()[0]
    # Django leaves JSON as text to its own field.
    return json.loads(found) if isinstance(found, str) and found else found

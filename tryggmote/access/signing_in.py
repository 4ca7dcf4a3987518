"""The one place that turns an authenticated identity into a person, and a person into a session."""

from collections.abc import Mapping
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.db import connection
from django.http import HttpRequest
from django.middleware.csrf import rotate_token

_SESSION_KEY = "person_id"


def person_of(*, issuer: str, subject: str) -> int | None:
    """The person an identity provider vouches for, or None when nobody here has that identity.

    In the demo the issuer is `demo` and the subject a person's id; other issuers are not accepted yet.
    """
    if issuer == "demo" and subject.isdecimal() and len(subject) < 10:
        with connection.cursor() as cursor:
            cursor.execute("select app.working_person(%s)", [int(subject)])
            found: int | None = cursor.fetchone()[0]
            return found
    return None


def sign_in(request: HttpRequest, person_id: int) -> None:
    """Begin a new session for this person; a session from before sign-in is not carried over."""
    request.session.flush()
    request.session[_SESSION_KEY] = person_id
    # A form made before sign-in belongs to whoever had the browser then.
    rotate_token(request)


def forget(request: HttpRequest) -> None:
    """End the session."""
    request.session.flush()


def signed_in_id(request: HttpRequest) -> int | None:
    """Who this request's session belongs to, or None."""
    return holder_of(request.session)


def holder_of(session: SessionBase | Mapping[str, Any]) -> int | None:
    """Who a session's data belong to, or None; the event stream reads sessions without a request."""
    found: int | None = session.get(_SESSION_KEY)
    return found

"""Where the time of one request goes, told in a `Server-Timing` header to whoever asks with `X-Stopwatch`.

Only for the breakdown: requests that are timed from outside do not ask, and pay one look at a header.
"""

import time
from collections import Counter
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpRequest, HttpResponse
from django.template.backends.django import Template

_spent: ContextVar[Counter[str] | None] = ContextVar("spent", default=None)


class Stopwatch:
    """Outermost of all."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        _time_method(Template, "render", "template")
        _time_method(BaseDatabaseWrapper, "_commit", "commit")
        _time_method(BaseDatabaseWrapper, "ensure_connection", "connection")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "X-Stopwatch" not in request.headers:
            return self.get_response(request)
        spent: Counter[str] = Counter()
        token = _spent.set(spent)
        began = time.perf_counter()
        with connection.execute_wrapper(_time_query):
            response = self.get_response(request)
        _spent.reset(token)
        spent["total"] = int((time.perf_counter() - began) * 1e6)
        response["Server-Timing"] = ", ".join(f"{name};dur={value}" for name, value in spent.items())
        return response


def _time_query(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    spent = _spent.get()
    began = time.perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        if spent is not None:
            name = _kind(sql)
            took = int((time.perf_counter() - began) * 1e6)
            spent[name] += took
            spent[f"{name}_n"] += 1
            if spent["_in_template"]:
                spent["sql_in_template"] += took


def _kind(sql: str) -> str:
    if "app.login(" in sql:
        return "login"
    return "session" if "django_session" in sql else "sql"


def _time_method(owner: type, method: str, name: str) -> None:
    original = getattr(owner, method)

    def timed(self: Any, *args: Any, **kwargs: Any) -> Any:
        spent = _spent.get()
        # A template inside a template is part of the outer one.
        if spent is None or spent[f"_in_{name}"]:
            return original(self, *args, **kwargs)
        spent[f"_in_{name}"] = 1
        began = time.perf_counter()
        try:
            return original(self, *args, **kwargs)
        finally:
            spent[name] += int((time.perf_counter() - began) * 1e6)
            spent[f"_in_{name}"] = 0

    setattr(owner, method, timed)

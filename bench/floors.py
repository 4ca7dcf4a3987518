"""What nothing can be faster than: an answer without work, and the smallest question to the database."""

from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponse

STATIC = "/bench/static/"
SELECT_1 = "/bench/select-1/"
SELECT_1_WITHIN = "/bench/select-1-within/"
Handler = Callable[[HttpRequest], HttpResponse]


class Floors:
    """Outermost: the two floors, before any of the product's middleware."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == STATIC:
            return HttpResponse("1")
        if request.path == SELECT_1:
            return select_1()
        return self.get_response(request)


class FloorsWithin:
    """Innermost: the same question asked by a signed-in person, after all of the product's middleware."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return select_1() if request.path == SELECT_1_WITHIN else self.get_response(request)


def select_1() -> HttpResponse:
    """Ask the database for 1 and answer with it."""
    with connection.cursor() as cursor:
        cursor.execute("select 1")
        return HttpResponse(str(cursor.fetchone()[0]))

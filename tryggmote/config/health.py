"""Whether this process can serve: for load balancers and supervisors, not for people."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse

from tryggmote.access.decorators import public


@public
def health(request: HttpRequest) -> HttpResponse:
    """200 when the database answers, else 503. Says nothing about anybody."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
    except DatabaseError:
        return HttpResponse("database\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")

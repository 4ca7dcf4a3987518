"""The request as views of signed-in people get it."""

from django.http import HttpRequest

from tryggmote.access.context import SignedInPerson


class PersonRequest(HttpRequest):
    """A request of somebody who has signed in: the middleware has put them there (`PersonMiddleware`)."""

    person: SignedInPerson

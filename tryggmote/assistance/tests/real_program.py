"""The real program with one kind of notice to tell. Run it as a module, with the port as its argument."""

import sys

import django

from tryggmote.notices import registry
from tryggmote.notices.registry import NoticeKind
from tryggmote.notices.vocabulary import Group, Strength

KIND = NoticeKind("tests.stream", title="Nytt på %(place)s", body="", strength=Strength.SCREEN)


if __name__ == "__main__":
    django.setup()
    registry.register(KIND, group=Group.READING)
    from tryggmote.assistance.program import serve

    serve(host="127.0.0.1", port=int(sys.argv[1]))

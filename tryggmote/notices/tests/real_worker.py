"""The real worker, and one kind of notice that it can put into words. Run it as a module."""

import django

from tryggmote.notices import registry
from tryggmote.notices.registry import NoticeKind

KIND = NoticeKind("tests.met", title="Nytt på %(place)s", body="Noe har skjedd på %(place)s.")


if __name__ == "__main__":
    django.setup()
    registry.register(KIND)
    from tryggmote.notices.worker import main

    main()

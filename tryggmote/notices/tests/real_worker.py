"""The real worker, and kinds of notices that it can put into words. Run it as a module."""

import django

from tryggmote.notices import registry
from tryggmote.notices.registry import NoticeKind
from tryggmote.notices.vocabulary import Group, Strength

GROUP = Group.MEETINGS
KIND = NoticeKind("tests.met", title="Nytt på %(place)s", body="Noe har skjedd på %(place)s.")
OTHERS = (
    NoticeKind("tests.life", "Ring %(place)s", "Ring nå.", Strength.LIFE, why="Noen kan trenge hjelp."),
    NoticeKind("tests.now", "Haster på %(place)s", "Se nå.", Strength.AT_ONCE, why="Loven sier det."),
    NoticeKind("tests.later", "Rolig på %(place)s", "Når du vil.", Strength.DIGEST, for_unit=True),
    NoticeKind("tests.quiet", "Stille", "Bare på skjermen.", Strength.SCREEN),
)


if __name__ == "__main__":
    django.setup()
    for kind in (KIND, *OTHERS):
        registry.register(kind, group=GROUP)
    from tryggmote.notices.worker import main

    main()

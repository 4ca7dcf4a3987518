"""Runs the benchmarks that are named, or all of them."""

import os
import sys
from importlib import import_module

import django

ALL = (
    "nation",
    "bracket",
    "pages",
    "assessments",
    "competence",
    "duties",
    "standing",
    "figures",
    "search",
    "pack",
    "calls",
)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tryggmote.config.settings")
    django.setup()
    for name in sys.argv[1:] or ALL:
        if name not in ALL:
            sys.exit(f"There is no benchmark {name}. Choose among: {', '.join(ALL)}")
        import_module(f"bench.{name}").main()


main()

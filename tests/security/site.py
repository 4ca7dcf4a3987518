"""All addresses of the site, taken from the URLconf itself: a new page is tried without anybody adding it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import URLPattern, URLResolver, get_resolver

# What pages read from addresses and forms without a form class of their own.
LOOSE_NAMES = (
    "q", "sok", "page", "eldre", "check", "meeting", "alle", "id", "person", "neste", "next", "language",
    "theme", "unit", "entries", "take", "title", "mal", "forslag", "ord", "former", "opphav", "enhet", "hva",
    "type", "ark", "linje", "fra", "seal", "kolonne_0", "question_0",
    "kort", "element", "moteform", "vis", "utgave", "hendelse", "kind", "sted", "state", "label",
    "outcome", "at", "bygg", "aar", "gruppe", "slag",
    "under", "sort", "within",
    "guide", "p_objects", "w_objects", "f_objects", "b_objects", "t_objects", "d_objects",
    "confirmed", "role_1", "channel", "wanted", "skip", "incidents_pace", "incidents_channels",
)  # fmt: skip
_PARAMETER = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")


@dataclass(frozen=True)
class Address:
    """One route, for example `hendelser/<uuid:incident_id>/svar/`."""

    name: str
    route: str

    @property
    def parameters(self) -> dict[str, str]:
        """The route's parameters: name and kind ("uuid", "int", "slug", "str")."""
        return {found["name"]: found["kind"] or "str" for found in _PARAMETER.finditer(self.route)}

    def filled(self, values: Mapping[str, object]) -> str:
        """The path with `values` for its parameters. Raises KeyError when one is missing."""
        return "/" + _PARAMETER.sub(lambda found: str(values[found["name"]]), self.route)


def addresses() -> list[Address]:
    """Every address there is."""
    return list(_below(get_resolver(), "", ""))


def _below(resolver: URLResolver, prefix: str, namespace: str) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield Address(f"{namespace}{pattern.name}", route)
        else:
            yield from _below(pattern, route, f"{namespace}{pattern.namespace}:" if pattern.namespace else "")


def field_names() -> list[str]:
    """The name of every field in every form of ours, and what pages read besides."""
    ours = (form for form in _subclasses(forms.BaseForm) if form.__module__.startswith("tryggmote."))
    declared = {name for form in ours for name in getattr(form, "base_fields", {})}
    return sorted(declared.union(LOOSE_NAMES))


def _subclasses(kind: type[Any]) -> Iterator[type[Any]]:
    for subclass in kind.__subclasses__():
        yield subclass
        yield from _subclasses(subclass)

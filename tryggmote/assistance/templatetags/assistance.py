"""What the script of the full-page call needs in the reader's language."""

from functools import lru_cache

from django import template
from django.utils import translation
from django.utils.html import json_script
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tryggmote.assistance.pushing import public_key
from tryggmote.assistance.vocabulary import Kind, Outcome
from tryggmote.organisation.meeting_forms import MeetingForm

register = template.Library()


@register.simple_tag
def push_key() -> str:
    """What a browser subscribes with to be woken."""
    return public_key()


@register.simple_tag
def call_words() -> SafeString:
    """Words by code, as data the page's script reads."""
    return _words_in(translation.get_language())


@lru_cache(maxsize=8)  # on every page, and there are three languages
def _words_in(language: str | None) -> SafeString:
    words = {
        "kind": {kind.value: str(kind.label) for kind in Kind},
        "form": {form.value: str(form.label) for form in MeetingForm},
        "outcome": {outcome.value: str(outcome.label) for outcome in Outcome},
        "title": {
            "real": _("%(name)s trenger hjelp"),
            "drill": _("Øvelse: %(name)s tilkaller hjelp"),
            "test": _("Test fra %(name)s"),
        },
        "device": {
            "real": _("Alarmknapp: %(device)s"),
            "drill": _("Øvelse: alarmknapp %(device)s"),
            "test": _("Test av alarmknapp: %(device)s"),
        },
        "own": {
            "real": _("Hjelp er tilkalt"),
            "drill": _("Øvelse: hjelp er tilkalt"),
            "test": _("Test: hjelp er tilkalt"),
        },
        "reached": _("Vist på skjermen til %(reached)s av %(told)s kolleger"),
        "pushed": _("%(pushed)s varslet på telefonen"),
        "nobody": _("Ingen har svart ennå."),
        "unanswered": _("Ingen har svart. Ring 112."),
        "coming": _("%(name)s kommer"),
        "cannot": _("%(n)s kan ikke komme"),
        "nowhere": _("Sted er ikke oppgitt"),
        "silent": _("Stille: gå dit rolig. Ikke ring og ikke rop."),
        "ended": _("Avsluttet: %(outcome)s"),
        "more": _("Det er %(n)s anrop til."),
        "sending": _("Sender …"),
        "waiting": _("Ikke sendt ennå. Prøver igjen hele tiden. Ring 112 eller rop på hjelp."),
        "signed_out": _("Du er logget ut, så anropet er ikke sendt. Ring 112 eller rop på hjelp."),
        "refused": _("Anropet kom ikke fram. Ring 112 eller rop på hjelp."),
        "arm": _("Trykk én gang til"),
        "not_sent": _("Ikke sendt. Ring 112"),
        "silent_sent": _("Sendt stille"),
    }
    return json_script(words, "tm-call-words")

"""Where to turn when it is urgent, and who else helps (3.6)."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.controls.action_card_texts import Number, cards
from tryggmote.handbook.chapters.people import HELPING, entries_of, holders
from tryggmote.handbook.registry import Book, Chapter, Entry

_FIRST = gettext_lazy("Ring")
_FURTHER = gettext_lazy("Få hjelp av andre")


def entries(book: Book) -> list[Entry]:
    """The numbers of the action cards, each once; the call for help; those whose role it is to help."""
    numbers: dict[str, Number] = {}
    for card in cards():
        for number in card.call:
            numbers.setdefault(number.number, number)
    calls = [
        Entry(number.number, number.spoken, str(number.why), phone=number.number, sections=(_FIRST,))
        for number in numbers.values()
    ]
    colleagues = Entry(
        "call",
        _("Tilkall hjelp i Tryggmøte"),
        _("Alle kollegene dine ser og hører det. Det erstatter ikke 112 eller alarmen på veggen."),
        url=reverse("assistance:raise"),
        sections=(_FURTHER,),
    )
    return [*calls, colleagues, *entries_of(holders(book.all_ids, HELPING), section=_FURTHER)]


CHAPTER = Chapter(
    "hjelp",
    gettext_lazy("Når det haster"),
    order=10,
    entries=entries,
    intro=gettext_lazy("Kom deg i sikkerhet først. Ring så."),
)

"""Where a meeting or a check stands, in words. Derived from what was done; nobody sets it."""

from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tryggmote.encounters.models import Check, Meeting
from tryggmote.encounters.vocabulary import Decision, Outcome


class State(Enum):
    """A state with its word and its colour (the names of `ui`'s tag; the tag adds a shape)."""

    UNCHECKED = ("unchecked", _("Ikke sjekket"), "neutral")
    WAITS_FOR_LEADER = ("waits", _("Venter på lederen"), "warning")
    LEADER_ANSWERED = ("answered", _("Lederen har svart"), "info")
    UNDECIDED = ("undecided", _("Ikke avgjort"), "warning")
    GO = ("go", _("Sjekket, klar"), "success")
    GO_WITH_MEASURES = ("go_with_measures", _("Klar, med tiltak"), "success")
    CHANGED = ("changed", _("Byttet møteform"), "info")
    POSTPONED = ("postponed", _("Utsatt"), "info")
    ALL_WELL = ("all_well", _("Gikk bra"), "success")
    SOMETHING_HAPPENED = ("something_happened", _("Noe skjedde"), "error")

    def __init__(self, code: str, word: str | Promise, variant: str) -> None:
        self.code = code
        self.word = word
        self.variant = variant


_OUTCOMES = {
    Outcome.ALL_WELL.value: State.ALL_WELL,
    Outcome.SOMETHING_HAPPENED.value: State.SOMETHING_HAPPENED,
}
_DECISIONS = {
    Decision.GO.value: State.GO,
    Decision.GO_WITH_MEASURES.value: State.GO_WITH_MEASURES,
    Decision.CHANGE_FORM.value: State.CHANGED,
    Decision.POSTPONE.value: State.POSTPONED,
}


def state_of_check(check: Check) -> State:
    """Where a check stands."""
    if check.outcome:
        return _OUTCOMES[check.outcome]
    if check.is_decided:
        return _DECISIONS[check.decision]
    if check.waits_for_leader:
        return State.WAITS_FOR_LEADER
    return State.LEADER_ANSWERED if check.answered_at else State.UNDECIDED


def state_of_meeting(meeting: Meeting, check: Check | None) -> State:
    """Where a meeting stands: its outcome, else its latest check."""
    if meeting.outcome:
        return _OUTCOMES[meeting.outcome]
    return state_of_check(check) if check else State.UNCHECKED

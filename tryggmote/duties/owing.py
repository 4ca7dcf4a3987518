"""All that somebody must do: what the database knows, in one question, and what providers tell beside it."""

from tryggmote.access.context import SignedInPerson
from tryggmote.duties import registry
from tryggmote.duties.kinds import Owed, kinds
from tryggmote.duties.queries import owed_by_me
from tryggmote.duties.registry import Duty, Ongoing


def everything_of(person: SignedInPerson) -> tuple[list[Duty], list[Ongoing]]:
    """What this person, who is the one that asks, must do in no order, and what they are in the middle of."""
    told, ongoing = registry.told_of(person)
    return [*map(in_words, owed_by_me()), *told], ongoing


def in_words(owed: Owed) -> Duty:
    """One thing that is owed as "Now" shows it, in the language in force."""
    kind = kinds()[owed.kind]
    words = kind.says(owed)
    return Duty(
        title=words.title,
        why=words.why,
        url=words.url,
        action=words.action,
        due=owed.due,
        urgency=owed.urgency,
        requirement=words.requirement or kind.requirement,
        kind=kind.code,
        owed=owed,
    )

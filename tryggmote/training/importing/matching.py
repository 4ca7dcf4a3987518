"""Who and what the lines are about: people by number or e-mail, courses by our names or by others'."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from tryggmote.catalogue.text import LANGUAGES
from tryggmote.organisation.importing.columns import plain
from tryggmote.organisation.importing.problems import Problem
from tryggmote.training import elements
from tryggmote.training.importing.told import Reading, Told

Key = tuple[int, str, date]


@dataclass(frozen=True)
class Someone:
    """Somebody whose training one may record."""

    id: int
    external_id: str
    email: str
    name: str


@dataclass(frozen=True)
class Row:
    """A line understood."""

    line: int
    person: Someone
    element: str
    done_on: date

    @property
    def key(self) -> Key:
        """What makes two rows the same."""
        return (self.person.id, self.element, self.done_on)


@dataclass
class Plan:
    """What a file would do: what is new, what is known already, what cannot be used and why.

    `unknown`: names of courses that nobody has said what are, and how often each is there.
    """

    new: list[Row] = field(default_factory=list)
    known: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unknown: Counter[str] = field(default_factory=Counter)


def our_names() -> dict[str, str]:
    """Each element of our file by its code, and by its title in every language."""
    found = {}
    for element in elements.current().elements:
        found[plain(element.code)] = element.code
        for language in LANGUAGES:
            with translation.override(language):
                found[plain(str(element.title))] = element.code
    return found


class People:
    """Finds people by what the file calls them."""

    def __init__(self, people: Iterable[Someone]) -> None:
        self._by_number: dict[str, Someone] = {}
        self._by_email: dict[str, list[Someone]] = {}
        for person in people:
            self._by_number[person.external_id.casefold()] = person
            if person.email:
                self._by_email.setdefault(person.email.casefold(), []).append(person)

    def find(self, told: Told) -> Someone | str:
        """The person, or in words why nobody. A number counts before an e-mail address."""
        if found := self._by_number.get(told.external_id.casefold()):
            return found
        # Many platforms have the e-mail address as the name of the account.
        found_by_email = self._by_email.get((told.email or told.external_id).casefold(), [])
        if len(found_by_email) > 1:
            return _("Flere har denne e-postadressen. Bruk ansattnummer.")
        if not found_by_email:
            return _("Finnes ikke blant dem du kan registrere for.")
        return found_by_email[0]


def plan_of(
    reading: Reading, *, people: People, courses: Mapping[str, str], title: str, columns: Collection[str]
) -> Plan:
    """The lines sorted; `courses` has the element for each plain name, "" for what is none of ours.

    `columns`: what the file calls the person and the course. What is known already is not looked at here.
    """
    who, what = columns
    plan, first = Plan(problems=list(reading.problems)), dict[Key, int]()
    for told in reading.told:
        person, element = people.find(told), _element_of(told, courses)
        if isinstance(person, str):
            plan.problems.append(Problem(title, told.line, who, person))
        elif element is None:
            plan.unknown[told.courses[0]] += 1
            plan.problems.append(Problem(title, told.line, what, _unknown(told.courses[0])))
        elif not element:
            reason = _("Kurset er ikke opplæring som registreres her.")
            plan.problems.append(Problem(title, told.line, what, reason))
        elif (row := Row(told.line, person, element, told.done_on)).key in first:
            reason = _("Står allerede på linje %(line)d.") % {"line": first[row.key]}
            plan.problems.append(Problem(title, told.line, who, reason))
        else:
            first[row.key] = told.line
            plan.new.append(row)
    plan.problems.sort(key=lambda problem: problem.line)
    return plan


def _element_of(told: Told, courses: Mapping[str, str]) -> str | None:
    return next((courses[key] for name in told.courses if (key := plain(name)) in courses), None)


def _unknown(course: str) -> str:
    return _("Vi vet ikke hvilken opplæring «%(course)s» er.") % {"course": course[:80]}

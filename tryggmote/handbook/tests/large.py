"""A large office: more measures and procedures than any has today (also what `bench` measures)."""

import random
from datetime import timedelta
from itertools import islice

from django.utils import timezone

from tryggmote.controls.models import Measure, Procedure, ProcedureApproval, ProcedureVersion
from tryggmote.controls.vocabulary import MeasureKind, Rung
from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.organisation.models import Person, Unit

MEASURES, PROCEDURES = 500, 200
_WORDS = [
    "alarm", "kollega", "samtale", "skranke", "utgang", "gangen", "rommet", "besøk", "bilen", "nøkkel",
    "vekter", "lås", "glass", "bord", "stol", "avslag", "beskjed", "time", "telefon", "skjerm",
    "kamera", "lys", "dør", "trapp", "lager", "kjøkken", "reise", "mobil", "kode", "varsel", "øvelse",
    "vakt", "kø", "ventetid", "mottak", "garderobe", "parkering", "sykkel", "brev", "post", "pakke",
    "vedtak", "frist", "møte", "gruppe", "kurs", "veileder", "team",
]  # fmt: skip


def _sentence(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(_WORDS, k=words)).capitalize() + "."


def furnish(unit: Unit, leader: Person, *, measures: int = MEASURES, procedures: int = PROCEDURES) -> None:
    """Give the unit that many established measures and procedures in force, no two with the same words.

    Every fifth measure is for two meeting forms, every tenth for all. Called as the owner of the tables.
    """
    chance = random.Random(measures)
    then = timezone.now() - timedelta(days=100)
    Measure.objects.bulk_create(
        Measure(
            unit=unit, title=_sentence(chance, 6), what=_sentence(chance, 60), kind=MeasureKind.DESIGN,
            hierarchy=chance.choice(Rung.values), forms=_forms(chance, number), owner=leader,
            due_on=then.date(), created_by=leader, created_at=then, established_at=then,
        )
        for number in range(measures)
    )  # fmt: skip
    made = Procedure.objects.bulk_create(
        Procedure(unit=unit, title=_sentence(chance, 5), created_by=leader, created_at=then)
        for _ in range(procedures)
    )
    versions = ProcedureVersion.objects.bulk_create(
        ProcedureVersion(procedure=each, number=1, text=_procedure(chance), by=leader, at=then)
        for each in made
    )
    review_on = timezone.localdate() + timedelta(days=300)
    # Approvals are what puts a version in force: the database derives the rest.
    ProcedureApproval.objects.bulk_create(
        ProcedureApproval(version=version, revision=1, by=leader, at=then, review_on=review_on)
        for version in versions
    )


def _forms(chance: random.Random, number: int) -> list[str]:
    if number % 10 == 0:
        return []
    return chance.sample(MeetingForm.values, 2 if number % 5 == 0 else 1)


def _procedure(chance: random.Random) -> str:
    """About three pages on a phone: headings, points and paragraphs."""
    parts = (
        f"## {_sentence(chance, 3)}\n\n{_sentence(chance, 40)}\n\n"
        + "\n".join(f"{number}. {_sentence(chance, 8)}" for number in range(1, 7))
        for _ in iter(int, 1)
    )
    return "\n\n".join(islice(parts, 4))

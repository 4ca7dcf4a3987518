"""Lessons: shared with a unit, with the county and with all, and one that somebody is asked about."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from tryggmote.demo.history.clock import at, id_at, workday_before
from tryggmote.demo.history.lesson_texts import ASKED_ABOUT, SHARED, LessonWords
from tryggmote.demo.history.story import EXPOSED, LEADER, UNIT
from tryggmote.incidents.models import Incident
from tryggmote.incidents.vocabulary import Nature
from tryggmote.learning.limits import limits
from tryggmote.learning.models import Lesson, LessonAsking, LessonSharing, LessonSource, LessonVersion
from tryggmote.learning.rules import answer_by
from tryggmote.organisation.models import Unit


@dataclass(frozen=True)
class _Writer:
    """Draws ids, and knows the people of the county by key."""

    ids: dict[str, int]
    chance: random.Random

    def write(self, words: LessonWords, day: date) -> LessonVersion:
        """The draft of a lesson as its leader wrote it."""
        moment = at(day, 10 * 60 + 15)
        unit_id, by_id = Unit.objects.get(code=words.unit).id, self.ids[words.by]
        lesson = Lesson.objects.create(
            id=id_at(moment, self.chance), unit_id=unit_id, created_by_id=by_id, created_at=moment
        )
        return LessonVersion.objects.create(
            id=id_at(moment, self.chance), lesson=lesson, number=1, by_id=by_id, at=moment,
            title=words.title, happened=words.happened, learned=words.learned, changed=words.changed,
            forms=list(words.forms), circumstances=list(words.circumstances), scope=words.scope,
            saved_with=id_at(moment, self.chance),
        )  # fmt: skip

    def share(self, version: LessonVersion) -> None:
        """Its leader shares it an hour later."""
        moment = version.at + timedelta(hours=1)
        LessonSharing.objects.create(
            id=id_at(moment, self.chance), version=version, revision=1, scope=version.scope,
            by_id=version.by_id, at=moment,
        )  # fmt: skip

    def ask(self, version: LessonVersion, incident: Incident) -> None:
        """Let it come from the incident, and ask the one it happened to, who has not answered yet."""
        assert incident.exposed_id
        moment = version.at + timedelta(minutes=20)
        LessonSource.objects.create(
            lesson=version.lesson, incident=incident, by_id=version.by_id, at=version.at
        )
        LessonAsking.objects.create(
            id=id_at(moment, self.chance), version=version, revision=1, incident=incident,
            person_id=incident.exposed_id, by_id=version.by_id, at=moment,
            answer_by=answer_by(moment, limits().answer_workdays),
        )  # fmt: skip


def write_lessons(ids: dict[str, int], *, seed: int, anchor: date) -> None:
    """Three that can be read, and a draft about the story that its exposed is asked about since yesterday."""
    writer = _Writer(ids, random.Random(f"{seed} lessons"))
    for words in SHARED:
        writer.share(writer.write(words, workday_before(anchor, words.days_ago)))
    incident = Incident.objects.get(exposed_id=ids[EXPOSED], natures__0=Nature.BLOW_OR_KICK)
    draft = LessonWords(unit=UNIT, by=LEADER, days_ago=1, scope="county", **ASKED_ABOUT)
    writer.ask(writer.write(draft, workday_before(anchor, draft.days_ago)), incident)

"""Lessons in the search, as they are shared (ADR 0049)."""

from typing import Any

from django.db.models import F, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from tryggmote.learning.models import Lesson, LessonVersion
from tryggmote.search.registry import Findable, Hit


def _shared() -> QuerySet[Any]:
    shared = LessonVersion.objects.filter(lesson=OuterRef("pk"), number=OuterRef("shared_number"))
    return Lesson.objects.filter(shared_number__isnull=False, withdrawn_at=None).annotate(
        unit_name=F("unit__name"),
        title=shared.values("title")[:1],
        happened=shared.values("happened")[:1],
        learned=shared.values("learned")[:1],
    )


def _lesson(row: Any) -> Hit:
    return Hit(row.title, row.unit_name, row.get_absolute_url(), f"{row.happened} {row.learned}")


LESSONS = Findable("lesson", _("Lærdommer"), "LightBulbIcon", 60, _shared, _lesson)

"""The oracle for assessments: random organisations, every person in them, all that stands in a version."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.security import assessments as a
from tests.security.sight import visible_ids
from tests.security.test_who_sees_what import a_world, worlds
from tryggmote.access.context import acting_as
from tryggmote.risk.models import Activity, Assessment, ImportDraft, Version

pytestmark = pytest.mark.django_db


@worlds
@given(random=st.randoms(use_true_random=False))
def test_everybody_sees_exactly_the_assessments_that_the_table_says(random: Random) -> None:
    with a_world(random) as world:
        paper = a.build(world, random)
        for person in world.people:
            versions = {v.id for v in paper.versions if a.may_see_version(world, paper, person, v)}
            wanted = {
                Assessment: {
                    x.id for x in paper.assessments if a.may_see_assessment(world, paper, person, x)
                },
                Version: versions,
            }
            for model in a.OF_A_VERSION:
                every = dict(model.objects.values_list("id", "version_id"))
                wanted[model] = {row for row, version in every.items() if version in versions}
            wanted[Activity] = {
                row.id for row in Activity.objects.all() if a.sees_documents_of(world, person, row.unit_id)
            }
            # A file to a draft: whoever sent it, and nobody else who writes there.
            wanted[ImportDraft] = set(
                ImportDraft.objects.filter(by_id=person.id).values_list("id", flat=True)
            )
            with acting_as(person.id):
                seen = visible_ids(wanted)
            assert seen == wanted, (person.name, [(r.role, r.unit.name) for r in world.roles_of(person)])

"""A dossier goes a year after it was asked for, with everything that belongs to it."""

from datetime import timedelta

import pytest
from dateutil.relativedelta import relativedelta
from django.utils import timezone

from tryggmote.dossier.models import Dossier, File, Invitation, Opening
from tryggmote.dossier.tests.helpers import made_by
from tryggmote.incidents.kept import kept_times
from tryggmote.organisation.tests.factories import make_office
from tryggmote.retention.forgetting import forget_what_has_served
from tryggmote.retention.models import Deletion

pytestmark = pytest.mark.django_db


def test_it_goes_with_its_files_and_doors() -> None:
    office = make_office()
    dossier = made_by(office.office_leader, office.unit)
    invitation = Invitation.objects.create(
        dossier=dossier, name="Ine", email="ine@example.invalid", ends_at=timezone.now() + timedelta(days=1)
    )
    Opening.objects.create(invitation=invitation, what="pdf")
    assert forget_what_has_served()["dossiers"] == 0
    year = relativedelta(months=kept_times().of("dossier").months)
    Dossier.objects.update(asked_at=timezone.now() - year - timedelta(days=1))
    assert forget_what_has_served()["dossiers"] == 1
    assert not any(model.objects.exists() for model in (Dossier, File, Invitation, Opening))
    assert Deletion.objects.get().object_id == dossier.id

"""Loading the fictional county into an empty database.

Runs as the owner of the tables, not as the application or as a job: twelve months of history are what many
people did in their own names, on days that have passed, and no policy lets anybody write that. The owner's
policies let it through, and the database's own triggers and constraints still hold.
"""

from datetime import date

from django.conf import settings
from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from tryggmote.access.errors import NotPossible
from tryggmote.demo.county import plan_county
from tryggmote.demo.history.cast import gather_cast
from tryggmote.demo.history.earlier_figures import write_earlier_figures
from tryggmote.demo.history.writing import write_history
from tryggmote.demo.models import Demo
from tryggmote.demo.population import write_county
from tryggmote.organisation.models import Person
from tryggmote.statistics.counting import count_figures

SEED = 2026


def is_loaded() -> bool:
    """Whether this database holds the fictional county. Asked as the owner of the tables."""
    return Demo.objects.exists()


@transaction.atomic
def load(anchor: date, *, seed: int = SEED) -> None:
    """Load the county with twelve months of history up to and including `anchor`.

    The same seed and anchor give the same county and the same history.
    Raises: NotPossible when there are people in the database already.
    """
    if Person.objects.exists():
        raise NotPossible(
            _("Det finnes personer i databasen. Det oppdiktede fylket lastes bare i en tom database.")
        )
    county = plan_county(seed)
    # People in the county write bokmål, whatever the terminal speaks where it is loaded.
    with translation.override(settings.LANGUAGE_CODE):
        ids = write_county(county, seed=seed, anchor=anchor)
        write_history(county, ids, seed=seed, anchor=anchor)
    Demo.objects.create(id=1, seed=seed, anchor=anchor)
    count_figures()
    write_earlier_figures(gather_cast(county, ids), seed=seed, anchor=anchor)
    with connection.cursor() as cursor:
        cursor.execute("analyze")

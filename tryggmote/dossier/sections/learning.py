"""How many hold which training (4.1-4.3, 1.2). Counts only: who it is stands in no dossier."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.dossier.registry import Scope, Section, Table, Told
from tryggmote.training.queries import counts_in


def read(scope: Scope) -> Told:
    """Each element of the unit and those below it as it stands today; two queries."""
    counts = counts_in(scope.unit.id)
    if not counts:
        return Told(
            [_("Ingen tall om opplæring: ingen skal ha noe, eller den som har laget mappen, ser dem ikke.")]
        )
    rows = [
        [each.name, *(str(n) for n in (each.people, each.held, each.soon, each.new, each.missing))]
        for each in counts
    ]
    head = [_("Opplæring"), _("Skal ha"), _("Har"), _("Må fornyes snart"), _("Nye"), _("Mangler")]
    return Told([_("Tallene er antall ansatte den dagen mappen er laget.")], [Table(head, rows)])


SECTION = Section("training", gettext_lazy("Opplæring"), 50, read)

"""What leaders owe of steps, on "Now", in words: one line an incident, with what is next (2.4, AML § 2-2).

`duties.sql` says of whom and by when. `overdue_steps.py` tells the next leader of what waits too long.
"""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tryggmote.duties.kinds import DutyKind, Owed, Wording
from tryggmote.incidents.consequence_rules import consequence_rules
from tryggmote.incidents.vocabulary import words_of_natures


def _next_step(owed: Owed) -> Wording:
    rule, others = consequence_rules().step(owed.words["step"]), owed.words["others"]
    more = (
        ngettext("%(count)s steg til.", "%(count)s steg til.", others) % {"count": others} if others else ""
    )
    natures = ", ".join(words_of_natures(owed.words["natures"]))
    return Wording(
        title=_("%(step)s – %(unit)s") % {"step": rule.title, "unit": owed.words["unit"]},
        why=" ".join(filter(None, [f"{natures}.", str(rule.why), more])),
        url=reverse("incidents:detail", args=[owed.subject]) + "#handling",
        action=_("Følg opp"),
    )


def _shared_step(owed: Owed) -> Wording:
    rule = consequence_rules().step(owed.words["step"])
    return Wording(
        title=str(rule.title),
        why=str(rule.why),
        url=f"{reverse('incidents:shared')}#{owed.subject}",
        action=_("Se hva det gjelder"),
    )


KINDS = (
    DutyKind("incident_step", "2.4", gettext_lazy("Oppfølging av en hendelse"), _next_step, escalates=False),
    DutyKind(
        "incident_shared", "aml-2-2", gettext_lazy("Oppfølging sammen med den andre arbeidsgiveren"),
        _shared_step, escalates=False,
    ),
)  # fmt: skip

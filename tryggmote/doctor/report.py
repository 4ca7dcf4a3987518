"""The doctor's findings on a terminal."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tryggmote.doctor.finding import Finding, Weight

MARKS = {Weight.WELL: "✓", Weight.ADVICE: "!", Weight.FAULT: "✗"}


def report(findings: Iterable[Finding]) -> bool:
    """Print what was found, one at a time, then the sum. True when nothing has to be mended."""
    faults = 0
    for found in findings:
        print(MARKS[found.weight], found.what)
        if found.weight is not Weight.WELL:
            print("   ", _("Hvorfor det betyr noe:"), found.why)
            print("   ", _("Hva du gjør:"), found.do)
        faults += found.weight is Weight.FAULT
    if faults:
        print(
            "\n"
            + ngettext("%(count)d ting må rettes.", "%(count)d ting må rettes.", faults) % {"count": faults}
        )
    else:
        print("\n" + _("Ingenting må rettes."))
    return not faults

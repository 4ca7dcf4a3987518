"""What "Now" needs to know of the catalogue."""

from tryggmote.catalogue.loader import load_standards
from tryggmote.catalogue.queries import address


def requirement_url(number: str) -> str:
    """The page of the requirement with this number, in whichever set has it first; "" when none has."""
    for standard in load_standards():
        for requirement in standard.requirements:
            if requirement.number == number:
                return address(standard, requirement)
    return ""

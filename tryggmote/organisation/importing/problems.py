"""What is wrong with a file, said so that the one who made it can put it right."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """`line` counts as the spreadsheet does, from 1; 0 when it is about the whole sheet or file."""

    sheet: str
    line: int
    column: str
    reason: str


class BadFile(Exception):
    """The file cannot be imported. Carries all problems found, in the order of the file."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(problem.reason for problem in problems))
        self.problems = problems

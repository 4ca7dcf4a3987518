"""Who starts the program in these stories: ourselves, and an ordinary user when we are root."""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.platform.installation import (
    Installation,
    installation_of_an_ordinary_user,
    installation_of_ourselves,
)


@pytest.fixture(scope="module", params=["ourselves", "ordinary user"])
def installation(request: pytest.FixtureRequest) -> Iterator[Installation]:
    """A copy of the program, cleaned away afterwards."""
    if request.param == "ordinary user" and os.geteuid():
        pytest.skip("we are an ordinary user ourselves")
    start = installation_of_ourselves if request.param == "ourselves" else installation_of_an_ordinary_user
    # Not pytest's own folder: other runs on this machine tidy that, and another user may not enter it.
    with TemporaryDirectory(prefix="tryggmote-") as folder, start(Path(folder)) as made:
        yield made


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here starts and stops the real thing."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.platform)

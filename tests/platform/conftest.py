"""Who starts the program in these stories: ourselves, and an ordinary user when we are root."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.platform.installation import (
    Installation,
    installation_of_an_ordinary_user,
    installation_of_ourselves,
)


@pytest.fixture(scope="module", params=["ourselves", "ordinary user"])
def installation(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    """A copy of the program, cleaned away afterwards."""
    folder: Path = tmp_path_factory.mktemp("sted")
    if request.param == "ordinary user" and os.geteuid():
        pytest.skip("we are an ordinary user ourselves")
    start = installation_of_ourselves if request.param == "ourselves" else installation_of_an_ordinary_user
    with start(folder) as made:
        yield made

"""Steps of calls reach the screens in order, each once, whoever took them (requirement 3.3)."""

import asyncio
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from tryggmote.assistance import store
from tryggmote.assistance.feeds import CallFeed
from tryggmote.assistance.store import CallNews


class Screens:
    """What has been shown, and the steps that lie in the database."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.shown: list[int] = []
        self.written: list[CallNews] = []
        self.feed = CallFeed(lambda news: self.shown.append(news.number), lambda call: None)
        self.feed.number = 0

        async def steps_since(db: Any, number: int) -> list[CallNews]:
            return [news for news in self.written if news.number > number]

        monkeypatch.setattr(store, "steps_since", steps_since)

    def write(self, number: int) -> CallNews:
        self.written.append(CallNews(number, uuid4(), 1, {}, []))
        return self.written[-1]

    def hear(self, number: int | None) -> None:
        hint: Any = number and SimpleNamespace(channel="call", payload=str(number))
        asyncio.run(self.feed.read(None, hint))  # type: ignore[arg-type]


@pytest.fixture
def screens(monkeypatch: pytest.MonkeyPatch) -> Screens:
    return Screens(monkeypatch)


def test_a_step_taken_here_is_shown_at_once_and_not_again_when_it_is_heard_of(screens: Screens) -> None:
    screens.feed.took(screens.write(1))
    assert screens.shown == [1]
    screens.hear(1)
    screens.hear(None)
    assert screens.shown == [1]
    assert screens.feed.number == 1


def test_a_step_of_the_pages_before_it_is_shown_too(screens: Screens) -> None:
    screens.write(1)
    screens.feed.took(screens.write(2))
    assert screens.feed.number == 0, "who loses the stream now is told of both"
    screens.hear(1)
    screens.hear(2)
    screens.write(3)
    screens.hear(3)
    assert screens.shown == [2, 1, 3]


def test_a_step_that_was_heard_of_first_is_not_shown_again(screens: Screens) -> None:
    news = screens.write(1)
    screens.hear(1)
    screens.feed.took(news)
    assert screens.shown == [1]

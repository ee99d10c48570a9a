"""A server that stops closes its files when they are no longer used."""

from typing import Any

import pytest

from mock_sites import Server


def test_an_answer_that_is_finished_while_the_server_stops_finds_the_listener(monkeypatch: pytest.MonkeyPatch) -> None:
    woken: list[str] = []
    with Server(port=0) as server:
        inside: Any = server
        trigger = inside._loop._trigger  # noqa: SLF001 - waitress calls it from any thread
        wake = trigger._physical_pull  # noqa: SLF001

        def wake_twice() -> None:
            wake()
            inside._loop.thread.join(timeout=5)  # noqa: SLF001
            wake()
            woken.append("twice")

        monkeypatch.setattr(trigger, "_physical_pull", wake_twice)

    assert woken == ["twice"]

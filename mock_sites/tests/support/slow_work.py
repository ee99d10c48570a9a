"""Slow work that must not be done while a transaction may write: hashing, rendering pages, calling other servers."""

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any, Literal

import jinja2
import pytest
from argon2 import PasswordHasher
from flask import has_request_context, request
from sqlalchemy import Connection, Engine, event

from mock_sites.world import hashes
from mock_sites.world.transport import Transport


class Open(threading.local):
    """The connections of a thread with a transaction that may write."""

    def __init__(self) -> None:
        """None yet."""
        self.connections: set[Connection] = set()


class Watch:
    """Slow work that was done by a thread while it kept others from writing."""

    def __init__(self) -> None:
        """None yet."""
        self.found: list[str] = []
        self._open = Open()

    def began(self, connection: Connection) -> None:
        """A transaction has begun."""
        if connection.get_execution_options().get("mock_write"):
            self._open.connections.add(connection)

    def ended(self, connection: Connection) -> None:
        """A transaction was committed or rolled back."""
        self._open.connections.discard(connection)

    def note(self, name: str) -> None:
        """The work ``name`` is about to be done."""
        if self._open.connections:
            self.found.append(f"{name} in {request.method} {request.path}" if has_request_context() else name)

    def watched(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """``work``, with a check before each call."""

        def do(*args: Any, **options: Any) -> Any:
            self.note(name)
            return work(*args, **options)

        return do


class WatchedHasher(PasswordHasher):
    """A password hasher with a check. It hashes like the normal one."""

    def __init__(self, watch: Watch) -> None:
        """With the parameters of the sites."""
        known = hashes.hasher
        super().__init__(time_cost=known.time_cost, memory_cost=known.memory_cost, parallelism=known.parallelism)
        self._watch = watch

    def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
        """Hash a password."""
        self._watch.note("hash")
        return super().hash(password, salt=salt)

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002 - as argon2 calls it
        """Compare a password."""
        self._watch.note("verify")
        return super().verify(hash, password)


@contextmanager
def watching() -> Generator[Watch]:
    """Check the hashes, pages and calls of all threads."""
    watch = Watch()
    listeners: dict[str, Callable[[Connection], None]] = {
        "begin": watch.began,
        "commit": watch.ended,
        "rollback": watch.ended,
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hashes, "hasher", WatchedHasher(watch))
        patch.setattr(jinja2.Template, "render", watch.watched("page", jinja2.Template.render))
        patch.setattr(Transport, "send", watch.watched("call", Transport.send))
        for name, listener in listeners.items():
            event.listen(Engine, name, listener)
        try:
            yield watch
        finally:
            for name, listener in listeners.items():
                event.remove(Engine, name, listener)

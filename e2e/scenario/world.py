"""A world as a client of the control API sees it."""

import re
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, TypeVar
from urllib.parse import quote

import httpx

from mock_sites import loopback_client

Told = TypeVar("Told", "Person", "Event")

PATIENCE: Final = 5
"""Seconds of real time to wait for something that is on its way: a mail, a page, an element; in tests, recordings and
demos alike. Playwright's own expectations wait as long."""


SELLER_CENTER: Final = "https://seller.huaweicloud.com"
"""Where the seller's developers set up and look at the calls."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who is in every new world."""

    key: str
    name: str
    username: str
    password: str
    email: str


@dataclass(frozen=True, kw_only=True)
class Event:
    """One line of a world's journal."""

    number: int
    at: str
    kind: str
    details: Mapping[str, Any]


class Clock:
    """A world's clock."""

    def __init__(self, api: httpx.Client, path: str) -> None:
        """Of the world whose clock is at ``path``."""
        self._api, self._path = api, path

    def now(self) -> str:
        """What it shows, in ISO 8601."""
        return _read(self._api.get(self._path))["now"]

    @property
    def frozen(self) -> bool:
        """Whether it stands still."""
        return _read(self._api.get(self._path))["frozen"]

    def advance(self, *, seconds: float = 0, minutes: float = 0, hours: float = 0) -> None:
        """Move the clock forward; whatever falls due on the way is done."""
        _read(self._api.post(f"{self._path}/advance", json={"seconds": seconds + 60 * (minutes + 60 * hours)}))

    def freeze(self) -> None:
        """Let the clock stand still."""
        _read(self._api.patch(self._path, json={"frozen": True}))

    def run(self) -> None:
        """Let the clock follow real time."""
        _read(self._api.patch(self._path, json={"frozen": False}))

    @contextmanager
    def held(self) -> Generator[None]:
        """Let the clock stand still for a while; one that was running goes on from there afterwards."""
        if self.frozen:
            yield
            return
        self.freeze()
        try:
            yield
        finally:
            self.run()


class World:
    """One world of a server."""

    def __init__(self, api: httpx.Client, described: Mapping[str, Any]) -> None:
        """Made by ``Worlds``."""
        self.name: str = described["name"]
        self.seed: str = described["seed"]
        self.mailbox: str = described["mailbox"]
        self.room = f"{described['url'].partition('?')[0]}worlds/{self.name}"
        self.suffix: str = described["suffix"]
        """What stands behind a documented host name in a local address, with the port."""
        self._api, self._path = api, f"/api/worlds/{self.name}"
        self.clock = Clock(api, f"{self._path}/clock")

    @property
    def port(self) -> str:
        """Where it is served, with the colon before it: another one whenever a server takes any that is free."""
        return self.suffix.partition("localhost")[2]

    def local(self, url: str) -> str:
        """Where the documented ``https://`` address is served in this world."""
        scheme, _, rest = url.partition("://")
        host, slash, path = rest.partition("/")
        return f"http://{host}{self.suffix}{slash}{path}" if scheme == "https" else url

    def documented(self, url: str) -> str:
        """The documented address of a local one."""
        return url.replace("http://", "https://", 1).replace(self.suffix, "", 1)

    def document(self, text: str) -> str:
        """``text`` with the documented addresses in place of local ones, and no port anywhere."""
        suffixes = "|".join(map(re.escape, (self.suffix, quote(self.suffix))))
        text = re.sub(rf"http(://|%3A//|%3A%2F%2F)([a-z0-9.-]+?)(?:{suffixes})", r"https\1\2", text)
        return text.replace(f"localhost{self.port}", "localhost")

    def people(self) -> dict[str, Person]:
        """The ready-made people by their keys."""
        told = _read(self._api.get(f"{self._path}/people"))["people"]
        return {person["key"]: _take(Person, person) for person in told}

    def journal(self, kind: str = "") -> list[Event]:
        """What happened, of kinds that begin with ``kind``, in order."""
        told = _read(self._api.get(f"{self._path}/journal", params={"kind": kind}))["events"]
        return [Event(number=one["number"], at=one["at"], kind=one["kind"], details=one["facts"]) for one in told]

    def mails(self, to: str = "") -> list[dict[str, Any]]:
        """The mails there are, to anybody or to ``to``."""
        with loopback_client(self.mailbox) as mail:
            return _read(mail.get("/api/messages", params={"to": to}))["messages"]

    def wait_for_mail(self, to: str, subject: str = "") -> dict[str, Any]:
        """The first mail to ``to`` whose subject contains ``subject``, as soon as it is there."""
        asked = {"to": to, "subject": subject, "seconds": PATIENCE}
        with loopback_client(self.mailbox) as mail:
            return _read(mail.get("/api/messages/wait", params=asked))

    def latest_code(self, email: str) -> str:
        """The code in the latest mail to ``email``."""
        return self.mails(email)[-1]["codes"][0]

    def speak(self, protocol: str) -> None:
        """Let the marketplace speak ``protocol``, "v1" or "v2", with the sellers of all products from now on."""
        with loopback_client(self.local(SELLER_CENTER)) as center:
            for seller in _read(center.get("/api/sellers"))["sellers"]:
                _read(center.patch(f"/api/sellers/{seller['product']}", json={"protocol": protocol}))

    def spoken(self) -> set[str]:
        """The protocols of the latest calls to sellers."""
        with loopback_client(self.local(SELLER_CENTER)) as center:
            return {call["protocol"] for call in _read(center.get("/api/calls"))["calls"]}

    def snapshot(self, label: str) -> None:
        """Keep the present state under ``label``."""
        _read(self._api.put(f"{self._path}/snapshots/{label}"))

    def restore(self, label: str) -> None:
        """Go back to a kept state."""
        _read(self._api.post(f"{self._path}/snapshots/{label}/restore"))

    def drop(self) -> None:
        """Remove the world."""
        _read(self._api.delete(self._path))


class Worlds:
    """The worlds of a server."""

    def __init__(self, url: str) -> None:
        """Of the server whose start page is at ``url``."""
        self._api = loopback_client(url)

    def make(self, name: str | None = None, *, running: bool = False, seed: str | None = None) -> World:
        """A new world; its clock stands still unless it is told to run, and its seed is that of every world."""
        asked = {"name": name, "running": running} | ({"seed": seed} if seed else {})
        return World(self._api, _read(self._api.post("/api/worlds", json=asked)))

    def get(self, name: str) -> World:
        """The world called ``name``."""
        return World(self._api, _read(self._api.get(f"/api/worlds/{name}")))

    def fork(self, world: World, name: str | None = None) -> World:
        """A new world that begins as ``world`` is now."""
        return World(self._api, _read(self._api.post(f"/api/worlds/{world.name}/fork", json={"name": name})))

    def close(self) -> None:
        """Let go of the connection."""
        self._api.close()


def _take(kind: type[Told], told: Mapping[str, Any]) -> Told:
    """The parts of ``told`` that ``kind`` has."""
    return kind(**{name: told[name] for name in kind.__annotations__})


def _read(answer: httpx.Response) -> Any:
    """What was answered.

    Raises:
        RuntimeError: the server refused; the text holds its reason.
    """
    if answer.is_error:
        message = f"{answer.request.method} {answer.request.url} -> {answer.status_code}: {answer.text[:500]}"
        raise RuntimeError(message)
    return answer.json() if answer.content else None

"""One world of a running server."""

import re
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from mock_sites.client.buyer import MARKETPLACE, Buyer
from mock_sites.client.connection import ClientError, Connection, read
from mock_sites.client.datakit import INTAKE, DataKit
from mock_sites.client.mailbox import Mailbox
from mock_sites.client.purchases import Member
from mock_sites.client.seller_center import SELLER_CENTER, SellerCenter
from mock_sites.process.whole_files import write_whole


@dataclass(frozen=True, kw_only=True)
class DocumentedAddresses:
    """Gives texts of a world its documented addresses."""

    suffix: str
    """What stands behind a documented host name in a local address, with the port."""
    url: str
    """The world's start page."""

    def document(self, text: str) -> str:
        """``text`` with the documented addresses in place of local ones, and no port anywhere."""
        suffixes = "|".join(map(re.escape, (self.suffix, quote(self.suffix))))
        text = re.sub(rf"http(://|%3A//|%3A%2F%2F)([a-z0-9.-]+?)(?:{suffixes})", r"https\1\2", text)
        return text.replace(urlsplit(self.url).netloc, "localhost")


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who is in every new world."""

    key: str
    """What the person is called in tests, such as ``verified-buyer``."""
    company: str
    name: str
    names: Mapping[str, str]
    """The name in each language, by its code."""
    role: str
    username: str
    password: str
    email: str


@dataclass(frozen=True, kw_only=True)
class RecordedLine:
    """A line of a test, and what it finds on which page, if it finds something."""

    text: str
    variable: str
    """The variable of the tab."""
    page: str
    """The documented address of the page."""
    heading: str
    """The heading of the page."""
    locator: str
    """The expression that finds an element."""
    role: str
    """The role of the element. Empty: it is found by its label."""
    name: str
    """The name of the element, or its label."""
    in_dialog: bool
    alone: bool
    """Whether no other element has this name."""


@dataclass(frozen=True, kw_only=True)
class RecordedTest:
    """A test that was written from a recording: its source, and the parts of which it was made."""

    source: str
    lines: list[RecordedLine]
    language: str
    """The language of its first page, such as "zh-CN"."""
    seed: str
    file: str
    """The name of the world's file beside it. Empty if its world is new."""


@dataclass(frozen=True, kw_only=True)
class Login:
    """A member's login, as far as the seller's login address."""

    redirect_url: str
    """Where the browser of the member would go: the seller's login address with the code."""
    code: str
    """Valid for five minutes, and once."""
    tenant: str
    member: Member


@dataclass(frozen=True, kw_only=True)
class Event:
    """One line of a world's journal."""

    number: int
    """Numbers order the events and mails of a world."""
    at: str
    """The world's time, in ISO 8601."""
    kind: str
    """Such as ``huawei.order.paid``."""
    details: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """A kept state of a world."""

    label: str
    now: str | None
    """The world's time in it, in ISO 8601. None: its files are damaged."""


@dataclass(frozen=True, kw_only=True)
class AdvancedClock:
    """A world's clock after its step."""

    now: str
    frozen: bool
    jobs_done: int
    """Jobs that fell due on the way."""


class Clock:
    """The clock of a world."""

    def __init__(self, connection: Connection, world: str) -> None:
        """Made by ``World``."""
        self._api, self._path = connection, ("worlds", world, "clock")

    def now(self) -> str:
        """The world's time, in ISO 8601."""
        return self._api.ask("GET", *self._path)["now"]

    @property
    def frozen(self) -> bool:
        """Whether it stands still."""
        return self._api.ask("GET", *self._path)["frozen"]

    def advance(self, *, seconds: float = 0, minutes: float = 0, hours: float = 0, days: float = 0) -> AdvancedClock:
        """Move the clock forward, 1,100 days at most; whatever falls due on the way is done at its time."""
        step = seconds + 60 * (minutes + 60 * (hours + 24 * days))
        return read(AdvancedClock, self._api.ask("POST", *self._path, "advance", body={"seconds": step}))

    def freeze(self) -> None:
        """Let the clock stand still."""
        self._api.ask("PATCH", *self._path, body={"frozen": True})

    def run(self) -> None:
        """Let the clock follow real time."""
        self._api.ask("PATCH", *self._path, body={"frozen": False})

    @contextmanager
    def held(self) -> Generator[None]:
        """Let the clock stand still in the block; one that was running goes on from there afterwards."""
        if self.frozen:
            yield
            return
        self.freeze()
        try:
            yield
        finally:
            self.run()


class World:
    """One world of a server.

    Attributes:
        name: what it is called.
        seed: what its ids, codes and secrets come from.
        url: its start page.
        suffix: what stands behind a documented host name in a local address, with the port.
        domain: what all host names of the server end with.
        port: where it is served, with a colon before it: another one whenever a server takes any that is free.
        clock: its clock.
        mailbox: its mails.
        seller_center: the sellers of its products.
        datakit: the hosts that report to its workspaces.
    """

    def __init__(self, connection: Connection, described: Mapping[str, Any]) -> None:
        """Made by ``Worlds``."""
        self.name: str = described["name"]
        self.seed: str = described["seed"]
        self.url: str = described["url"]
        self.suffix: str = described["suffix"]
        self.domain, _, port = self.suffix.removeprefix(f".{self.name}").removeprefix(".").rpartition(":")
        self.port = f":{port}"
        self._api = connection
        self.clock = Clock(connection, self.name)
        self.mailbox = Mailbox(connection, described["mailbox"])
        self.seller_center = SellerCenter(connection, self.local(SELLER_CENTER))
        self.datakit = DataKit(connection, self.local(INTAKE))

    def local(self, url: str) -> str:
        """Where the documented ``https://`` address is served in this world."""
        scheme, _, rest = url.partition("://")
        host, slash, path = rest.partition("/")
        return f"http://{host}{self.suffix}{slash}{path}" if scheme == "https" else url

    def documented(self, url: str) -> str:
        """The documented address of a local one."""
        return url.replace("http://", "https://", 1).replace(self.suffix, "", 1)

    @property
    def addresses(self) -> DocumentedAddresses:
        """Documents texts, also when the world is no longer there."""
        return DocumentedAddresses(suffix=self.suffix, url=self.url)

    def people(self) -> dict[str, Person]:
        """The ready-made people by their keys."""
        answer = self._ask("GET", "people")["people"]
        return {person["key"]: read(Person, person) for person in answer}

    def sign_in(self, name: str, password: str) -> Buyer:
        """A buyer who is signed in to the marketplace.

        Raises:
            ClientError: it is not the password of an account.
        """
        return Buyer(self._api, self.local(MARKETPLACE), name, password)

    def ready_made_buyer(self, name: str) -> Person | None:
        """The ready-made buyer with this key or user name. None if there is none."""
        people = self.people().values()
        return next((one for one in people if one.company == "huawei" and name in {one.key, one.username}), None)

    def buyer(self, key: str = "verified-buyer") -> Buyer:
        """The ready-made buyer with this key or user name, signed in to the marketplace.

        Raises:
            ClientError: there is none.
        """
        person = self.ready_made_buyer(key)
        if person is None:
            raise ClientError(f"There is no ready-made buyer {key!r}. The start page shows who there is.")
        return self.sign_in(person.username, person.password)

    def log_in(self, account: str, password: str, *, new_password: str = "") -> Login:
        """Log a member in at unified login. Then ask your service for the ``redirect_url``.

        Args:
            account: the member's account@enterprise-domain.
            password: the member's password.
            new_password: takes the place of an initial password, which must be changed.

        Raises:
            ClientError: the member may not log in, or a new password is needed.
        """
        body = {"account": account, "password": password, "new_password": new_password}
        made = self._api.at(self.local(MARKETPLACE)).ask("POST", "logins", body=body)
        return Login(
            redirect_url=made["redirect_url"],
            code=made["code"],
            tenant=made["tenant"],
            member=read(Member, made["member"]),
        )

    def journal(self, kind: str = "") -> list[Event]:
        """What happened, of kinds that begin with ``kind``, in order."""
        found: list[Event] = []
        more = True
        while more:
            after = found[-1].number if found else 0
            page = self._ask("GET", "journal", query={"kind": kind, "after": after})
            found += map(_event, page["events"])
            more = page["more"]
        return found

    def snapshots(self) -> list[Snapshot]:
        """The kept states, the one that was taken last first."""
        return [
            Snapshot(label=kept["label"], now=kept["clock"] and kept["clock"]["now"])
            for kept in self._ask("GET", "snapshots")["snapshots"]
        ]

    def snapshot(self, label: str) -> None:
        """Keep the present state under ``label``, in place of an older one of that label."""
        self._ask("PUT", "snapshots", label)

    def restore(self, label: str) -> None:
        """Go back to a kept state, its clock too."""
        self._ask("POST", "snapshots", label, "restore")

    def drop_snapshot(self, label: str) -> None:
        """Remove a kept state; the world stays as it is."""
        self._ask("DELETE", "snapshots", label)

    def export(self, file: Path) -> None:
        """Write the world as it is now into ``file``, without its snapshots; ``Worlds.import_file`` reads it."""
        write_whole(file, self._api.download("worlds", self.name, "file"))

    def record(self) -> None:
        """Record what people do in the world from now on, in place of an earlier recording."""
        self._ask("PUT", "recording")

    def stop_recording(self) -> None:
        """Record no more; what was recorded stays."""
        self._ask("POST", "recording", "stop")

    def recorded_test(self, person: str = "", world_file: str = "test_recorded.zip") -> RecordedTest:
        """What was recorded as a test: what everybody did, or the person with this key.

        Args:
            person: the key of a ready-made person; empty for everybody.
            world_file: what the file of the world is called that lies beside the test, if one is needed.

        Raises:
            ClientError: the world has no recording, or there is nothing in it.
        """
        answer = self._ask("GET", "recording", "test", query={"person": person, "world_file": world_file})
        lines = [read(RecordedLine, line) for line in answer["lines"]]
        return read(RecordedTest, answer | {"lines": lines})

    def save_as_test(self, file: Path, person: str = "") -> Path | None:
        """Write ``recorded_test`` into ``file``.

        If the world was not new when the recording began, the file of it is written beside the test, and returned.

        Raises:
            ClientError: the world has no recording, or there is nothing in it.
        """
        test = self.recorded_test(person, file.with_suffix(".zip").name)
        beside = self.save_recorded_world(file.with_suffix(".zip")) if test.file else None
        write_whole(file, test.source)
        return beside

    def save_recorded_world(self, file: Path) -> Path:
        """Write the world as it was when the recording began into ``file``.

        Raises:
            ClientError: the world has no recording, or it was new then.
        """
        write_whole(file, self._api.download("worlds", self.name, "recording", "world"))
        return file

    def turn_on(self, switch: str, customer: str) -> None:
        """Turn on what the staff of a company would turn on for a customer, by its English name on the world's page.

        Raises:
            ClientError: there is no such switch.
        """
        self._turn(switch, customer, on=True)

    def turn_off(self, switch: str, customer: str) -> None:
        """Turn off what ``turn_on`` turns on.

        Raises:
            ClientError: there is no such switch.
        """
        self._turn(switch, customer, on=False)

    def drop(self) -> None:
        """Remove the world and its snapshots."""
        self._ask("DELETE")

    def _turn(self, switch: str, customer: str, *, on: bool) -> None:
        body = {"name": switch, "customer": customer, "on": on}
        self._api.ask("PUT", "worlds", self.name, "switches", body=body)

    def _ask(self, method: str, *path: str, query: Mapping[str, str | float] | None = None) -> Any:
        return self._api.ask(method, "worlds", self.name, *path, query=query)


def _event(answer: Mapping[str, Any]) -> Event:
    return Event(number=answer["number"], at=answer["at"], kind=answer["kind"], details=answer["facts"])

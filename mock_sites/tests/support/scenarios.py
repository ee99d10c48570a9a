"""The same buyer twice, in two equal worlds: on the pages, and by the scenario API."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import httpx

from mock_sites.serving.dispatch import Dispatcher
from mock_sites.tests.support.huawei_pages import MARKETPLACE, Buyer
from mock_sites.world import jobs
from mock_sites.world.passwords import WELL_KNOWN as PASSWORD
from mock_sites.world.world import World


class Api:
    """A client of the scenario API of a world, signed in as ``name`` if there is one."""

    def __init__(self, dispatcher: Dispatcher, world: World, name: str = "hw_liwei") -> None:
        base = world.local(f"{MARKETPLACE}/api")
        self.client = httpx.Client(transport=httpx.WSGITransport(dispatcher), base_url=base)
        if name:
            self.signs_in(name)

    def signs_in(self, name: str = "hw_liwei") -> None:
        """Sign a ready-made buyer in."""
        self.client.headers["X-Auth-Token"] = self.does("POST", "/sign-ins", name=name, password=PASSWORD)["token"]

    def asks(self, method: str, path: str, **fields: Any) -> httpx.Response:
        """The answer to a request with ``fields`` as its JSON."""
        if method in {"GET", "DELETE"} or path.endswith(
            ("/pay", "/cancel", "/accept", "/close", "/retry", "/cancel-authorization")
        ):
            return self.client.request(method, path, params=fields)
        wait = {"wait": fields.pop("wait")} if "wait" in fields else {}
        return self.client.request(method, path, params=wait, json=fields)

    def does(self, method: str, path: str, **fields: Any) -> dict[str, Any]:
        """The JSON of a successful answer; with ``wait="true"`` when the operation is finished."""
        answer = self.asks(method, path, **fields)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else {}

    def refused(self, method: str, path: str, **fields: Any) -> str:
        """The message of a refusal."""
        answer = self.asks(method, path, **fields)
        assert answer.status_code == 422, answer.text
        return answer.json()["message"]


@dataclass(frozen=True)
class Twins:
    """A buyer on the pages of one world, and by the API in another with the same seed."""

    pages: Buyer
    api: Api
    there: World
    """The world of the API."""

    @property
    def here(self) -> World:
        """The world of the pages."""
        return self.pages.world

    def agree(self) -> None:
        """Let the time of the pages' world reach that of the other, and compare all rows of both."""
        jobs.advance(self.here, max(0.0, (self.there.clock.now() - self.here.clock.now()).total_seconds()))
        assert list(rows(self.here)) == list(rows(self.there))

    def close(self) -> None:
        """Close the clients."""
        self.pages.client.close()
        self.api.client.close()


def twins(dispatcher: Dispatcher) -> Twins:
    """Two fresh worlds with the same seed, in each of which the ready-made buyer has just signed in."""
    here, there = dispatcher.worlds.make(running=False), dispatcher.worlds.make(running=False)
    browser = Buyer(here, httpx.Client(transport=httpx.WSGITransport(dispatcher)))
    browser.signs_in("hw_liwei")
    return Twins(browser, Api(dispatcher, there), there)


def rows(world: World) -> Iterator[str]:
    """Every row of every table of every company, without the name of the world and the languages that people use."""
    for company in world.companies:
        with closing(sqlite3.connect(world.file(company))) as database:
            tables = database.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").fetchall()
            for (table,) in tables:
                described = database.execute(f'PRAGMA table_info("{table}")')
                columns = ", ".join(f'"{name}"' for _number, name, *_more in described if name != "language")
                for row in database.execute(f'SELECT {columns} FROM "{table}" ORDER BY rowid'):  # noqa: S608
                    yield f"{company} {table} {row}".replace(world.host_suffix, "")

"""A server is killed at random moments of random requests: each action is done or not, and nothing else changes.

The variable ``MOCK_SITES_KILLS`` sets the number of kills, ``MOCK_SITES_KILLS_SEED`` the seed of their moments.
"""

import json
import os
import random
import re
import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import httpx
import pytest

from mock_sites.http.loopback import loopback_client
from mock_sites.huawei.domain.catalogue import CARD_CONTENT
from mock_sites.tests.support.forking_server import Servers
from mock_sites.world.passwords import WELL_KNOWN as PASSWORD

KILLS: Final = int(os.environ.get("MOCK_SITES_KILLS", "3"))
SEED: Final = int(os.environ.get("MOCK_SITES_KILLS_SEED", "1"))
LATEST_KILL: Final = 0.4
"""Seconds after the first request."""

NAMES, LABELS = ("a", "b", "c"), ("x", "y")
CARD: Final = f"/contents/{CARD_CONTENT}/buy"


@dataclass(frozen=True)
class Known:
    """The known state of a world: how many orders it has and how many are paid, now and in its snapshots."""

    orders: tuple[int, int] = (0, 0)
    snapshots: dict[str, tuple[int, int]] = field(default_factory=dict[str, tuple[int, int]])


Model = dict[str, Known]


class RandomClient:
    """Changes worlds, and computes the expected result."""

    def __init__(self, port: int, chance: random.Random) -> None:
        """Talk to the server on ``port``."""
        self.port, self._chance = port, chance
        self._api = loopback_client(f"http://localhost:{port}")
        self._next: Callable[[], object] = lambda: None

    def plan(self, model: Model) -> list[Model]:
        """Choose the next action. Returns the expected state after each of its steps."""
        choices: list[tuple[list[Model], Callable[[], object]]] = []
        name, label = self._chance.choice(list(model) or ["-"]), self._chance.choice(LABELS)
        known = model.get(name)
        if free := next((free for free in NAMES if free not in model), ""):
            asked = {"name": free, "running": False}
            choices.append(([{**model, free: Known()}], lambda: self._ask("POST", "", asked)))
        if free and known:
            forked = {**model, free: Known(known.orders)}
            choices.append(([forked], lambda: self._ask("POST", f"/{name}/fork", {"name": free})))
        if known:
            kept = replace(known, snapshots={**known.snapshots, label: known.orders})
            orders, paid = known.orders
            bought = [replace(known, orders=(orders + 1, number)) for number in (paid, paid + 1)]
            left = {other: model[other] for other in model if other != name}
            choices += [
                ([{**model, name: kept}], lambda: self._ask("PUT", f"/{name}/snapshots/{label}")),
                ([{**model, name: after} for after in bought], lambda: self._buy(name)),
                ([model], lambda: self._ask("POST", f"/{name}/clock/advance", {"seconds": 60})),
                ([left], lambda: self._ask("DELETE", f"/{name}")),
            ]
        if known and label in known.snapshots:
            restored = {**model, name: replace(known, orders=known.snapshots[label])}
            choices.append(([restored], lambda: self._ask("POST", f"/{name}/snapshots/{label}/restore")))
        steps, self._next = self._chance.choice(choices)
        return steps

    def carry_out(self) -> None:
        """Do the chosen action."""
        self._next()

    def listed(self) -> dict[str, list[str]]:
        """The worlds, each opened, with their snapshots."""
        found: list[dict[str, Any]] = self._ask("GET", "").json()["worlds"]
        for world in found:
            self._ask("GET", f"/{world['name']}/jobs")
        return {world["name"]: world["snapshots"] for world in found}

    def close(self) -> None:
        """Close the connection."""
        self._api.close()

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> httpx.Response:
        return self._api.request(method, f"/api/worlds{path}", json=body).raise_for_status()

    def _buy(self, name: str) -> None:
        at = f"huaweicloud.com.{name}.localhost:{self.port}"
        with loopback_client() as buyer:
            _send(buyer, f"http://auth.{at}/authui/login", {"name": "hw_liwei", "password": PASSWORD})
            pay = _send(buyer, f"http://marketplace.{at}{CARD}", {"quantity": "1"})
            _send(buyer, f"http://marketplace.{at}{pay}", {"method": "balance"})


def _send(buyer: httpx.Client, address: str, form: dict[str, str]) -> str:
    """Fill in and send the form at ``address``. Returns where the answer redirects."""
    page = buyer.get(address).text
    hidden = {name: value for name in ("csrf_token", "attempt") if (value := _value(page, name))}
    answer = buyer.post(address, data=hidden | form)
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


def _value(page: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*value="([^"]+)"', page)
    return found[1] if found else ""


@pytest.fixture(scope="module")
def servers() -> Iterator[Servers]:
    """Servers that can be killed."""
    with closing(Servers()) as servers:
        yield servers


def test_nothing_is_lost_doubled_or_half_done_when_the_server_is_killed(servers: Servers, tmp_path: Path) -> None:
    chance = random.Random(SEED)  # noqa: S311 - which moments, not secrets
    before: Model = {}
    steps: list[Model] = []
    for kill in range(KILLS + 1):
        client = RandomClient(servers.start(tmp_path), chance)
        seen = _look(client, tmp_path)
        assert seen in (before, *steps), f"after kill {kill} (seed {SEED})"
        assert list((tmp_path / "drafts").iterdir()) == []
        timer = threading.Timer(chance.uniform(0, LATEST_KILL) if kill < KILLS else 0, servers.kill)
        timer.start()
        before, steps = seen, []
        with closing(client), suppress(httpx.TransportError):
            while True:
                steps = client.plan(before)
                client.carry_out()
                before = steps[-1]
        timer.join()
        servers.wait_until_gone()


def _look(client: RandomClient, folder: Path) -> Model:
    """The state in the files, after every world was opened. Anything done twice fails."""
    model: Model = {}
    for name, labels in client.listed().items():
        place = folder / "worlds" / name
        model[name] = Known(_orders(place), {label: _orders(place / "snapshots" / label) for label in labels})
    assert sorted(model) == sorted(path.name for path in (folder / "worlds").iterdir())
    return model


def _orders(place: Path) -> tuple[int, int]:
    """How many orders are in ``place``, and how many are paid. Nothing may be done twice, and no number used twice."""
    files = place / json.loads((place / "world.json").read_text())["databases"]
    events: list[tuple[int, str, str]] = []
    for company in ("huawei", "guance"):
        events += _rows(files / f"{company}.db", "SELECT number, kind, details FROM journal")
        events += _rows(files / f"{company}.db", "SELECT number, '', '{}' FROM messages")
    done = [(kind, order) for _, kind, details in events if (order := json.loads(details).get("order"))]
    for what in ([number for number, _, _ in events], done):
        assert [one for one, times in Counter(what).items() if times > 1] == []
    paid = [order for kind, order in done if kind == "huawei.order.paid"]
    return len(_rows(files / "huawei.db", "SELECT id FROM orders")), len(paid)


def _rows(file: Path, query: str) -> list[Any]:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
        return database.execute(query).fetchall()

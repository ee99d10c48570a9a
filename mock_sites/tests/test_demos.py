"""Journeys that are asked for on the page of a world, and what players of them and the server send each other."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import cast

import httpx
import pytest

from mock_sites.control import demo_api
from mock_sites.control import demos as desk
from mock_sites.control.demos import Demo, Demos, Playable
from mock_sites.control.register import Register, enter
from mock_sites.serving.dispatch import Dispatcher
from mock_sites.tests.support.waiting import wait_until
from mock_sites.world import timeline
from mock_sites.world.errors import ConflictError, UnknownWorldError
from mock_sites.world.store import Worlds
from mock_sites.world.timeline import Filter, Kind
from mock_sites.world.world import World

BUYS = Playable("buys", "Buy <something>", "购买")
OFFER = {"journeys": [{"name": "buys", "en": BUYS.en, "zh": BUYS.zh}]}


@pytest.fixture(autouse=True)
def demos(dispatcher: Dispatcher) -> Iterator[Demos]:
    """The demos of a server that no player has asked yet."""
    apps = dispatcher.control.apps.values()
    registers = [cast("Register", app.extensions[Register.__name__]) for app in apps]
    fresh = Demos()
    for app, register in zip(apps, registers, strict=True):
        enter(app, replace(register, demos=fresh))
    yield fresh
    for app, register in zip(apps, registers, strict=True):
        enter(app, register)


@pytest.fixture
def control(dispatcher: Dispatcher) -> Iterator[httpx.Client]:
    with httpx.Client(transport=httpx.WSGITransport(dispatcher), base_url="http://localhost:8700") as client:
        yield client


@pytest.fixture
def asked_once(demos: Demos, monkeypatch: pytest.MonkeyPatch) -> None:
    """A player has asked for a demo, and got none."""
    monkeypatch.setattr(demo_api, "WAIT_SECONDS", 0.0)
    demos.wait_for_next([BUYS], 0)


def ask(control: httpx.Client, world: World, journey: str = "buys") -> httpx.Response:
    """Send the form on the page of a world."""
    found = re.search(
        r'name="demo-csrf_token" type="hidden" value="([^"]+)"', control.get(f"/worlds/{world.name}").text
    )
    token = found[1] if found else ""
    return control.post(f"/worlds/{world.name}/demos", data={"demo-csrf_token": token, "demo-journey": journey})


def steps(world: World) -> list[tuple[str, dict[str, str]]]:
    """The steps of demos in the timeline, the earliest first."""
    return [(each.title, each.details) for each in reversed(timeline.latest(world, Filter(Kind.STEP), 0, 50))]


def test_without_a_player_the_page_says_how_to_start_one(control: httpx.Client, world: World) -> None:
    page = control.get(f"/worlds/{world.name}").text

    assert 'data-copy="journeys player --mock-server http://localhost:8700/"' in page
    assert "demo-journey" not in page


@pytest.mark.usefixtures("asked_once")
def test_a_journey_is_asked_for_begun_and_played_and_its_steps_are_seen(control: httpx.Client, world: World) -> None:
    home = f"/worlds/{world.name}"
    assert '<option value="buys">Buy &lt;something&gt;</option>' in control.get(home).text

    answer = ask(control, world)
    assert answer.headers["Location"] == f"{home}#demo"
    assert "Buy &lt;something&gt; is played in a new window." in control.get(home).text
    demo = control.post("/api/demos/next", json=OFFER).json()["demo"]
    assert demo == {"number": demo["number"], "world": world.name, "journey": "buys", "language": "en"}
    here = f"/api/demos/{demo['number']}"
    assert control.post(f"{here}/begin").status_code == 204
    assert control.post("/api/demos/next", json=OFFER).json() == {"demo": None}
    step = {"title": "Sign in <now>", "actor": "buyer", "number": 1, "steps": 2}
    assert control.post(f"{here}/steps", json=step).status_code == 204
    page = control.get(home).text
    assert control.post(f"{here}/end", json={"failure": "The window was closed."}).status_code == 204

    assert steps(world) == [
        (BUYS.en, {"state": "asked"}),
        (BUYS.en, {"state": "begun"}),
        ("Sign in <now>", {"step": "1/2", "actor": "buyer"}),
        (BUYS.en, {"state": "failed", "failure": "The window was closed."}),
    ]
    assert "Sign in &lt;now&gt;" in page
    assert f'data-stream="{home}/timeline/stream?kind=step"' in page
    for verb, body in (("begin", None), ("steps", step), ("end", {})):
        assert control.post(f"{here}/{verb}", json=body).status_code == 409


@pytest.mark.usefixtures("asked_once")
def test_the_language_of_the_page_is_that_of_the_demo(control: httpx.Client, world: World) -> None:
    control.headers["Accept-Language"] = "zh"

    assert '<option value="buys">购买</option>' in control.get(f"/worlds/{world.name}").text
    ask(control, world)

    assert control.post("/api/demos/next", json=OFFER).json()["demo"]["language"] == "zh"
    assert steps(world) == [("购买", {"state": "asked"})]


def test_a_player_that_waits_gets_the_demo_at_once(control: httpx.Client, demos: Demos, world: World) -> None:
    with ThreadPoolExecutor() as threads:
        waiting = threads.submit(demos.wait_for_next, [BUYS], 60)
        wait_until(lambda: len(demos.playable()) > 0)
        ask(control, world)
        found = waiting.result()

    assert found
    assert (found.world, found.journey) == (world.name, BUYS)


@pytest.mark.usefixtures("asked_once")
@pytest.mark.parametrize("journey", ["", "sells", "x" * 5000])
def test_a_journey_that_no_player_has_is_refused_beside_the_field(
    control: httpx.Client, world: World, journey: str
) -> None:
    answer = ask(control, world, journey)

    assert answer.status_code == 422
    assert 'id="demo-journey-error"' in answer.text
    assert steps(world) == []


def test_what_no_player_is_there_for_is_refused(
    control: httpx.Client, demos: Demos, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    demos.wait_for_next([BUYS], 0)
    ask(control, world)
    second = ask(control, world)
    assert "Another journey is about to be played." in second.text
    assert second.status_code == 422
    page = control.get(f"/worlds/{world.name}").text
    token = re.findall(r'name="demo-csrf_token" type="hidden" value="([^"]+)"', page)
    monkeypatch.setattr(desk, "GAP", 0.0)
    gone = control.post(f"/worlds/{world.name}/demos", data={"demo-csrf_token": token[0], "demo-journey": "buys"})

    assert gone.status_code == 422
    assert "No player waits that has this journey." in gone.text
    assert len(steps(world)) == 1


@pytest.mark.usefixtures("asked_once")
def test_a_player_that_plays_is_busy(control: httpx.Client, demos: Demos, world: World) -> None:
    demo = demos.ask(world.name, "buys", "en")
    demos.begin(demo.number)

    page = control.get(f"/worlds/{world.name}").text
    assert f"The player is busy: it plays Buy &lt;something&gt; in world {world.name}." in page
    demos.end(demo.number)
    assert "The player is busy" not in control.get(f"/worlds/{world.name}").text


@pytest.mark.usefixtures("asked_once")
def test_a_demo_in_a_world_that_has_gone_is_not_begun(control: httpx.Client, demos: Demos, worlds: Worlds) -> None:
    name = worlds.make().name
    first = demos.ask(name, "buys", "en")
    demos.begin(first.number)
    demos.wait_for_next([BUYS], 0)
    second = demos.ask(name, "buys", "en")
    worlds.drop(name)

    assert control.post(f"/api/demos/{second.number}/begin").status_code == 404
    assert control.post("/api/demos/next", json=OFFER).json() == {"demo": None}
    step = {"title": "x", "actor": "buyer", "number": 1, "steps": 1}
    assert control.post(f"/api/demos/{first.number}/steps", json=step).status_code == 404
    assert control.post(f"/api/demos/{first.number}/end", json={}).status_code == 204


def test_players_that_wait_are_few(demos: Demos) -> None:
    with ThreadPoolExecutor() as threads:
        waiting = [threads.submit(demos.wait_for_next, [BUYS], 60) for _ in range(desk.MOST_PLAYERS)]
        wait_until(lambda: demos.waiting == desk.MOST_PLAYERS)
        with pytest.raises(ConflictError, match="players wait already"):
            demos.wait_for_next([BUYS], 60)
        demos.ask("main", "buys", "en")

        assert all(each.result() for each in waiting)


def test_only_the_last_demos_are_remembered(demos: Demos) -> None:
    def play() -> Demo:
        demos.wait_for_next([BUYS], 0)
        return demos.begin(demos.ask("main", "buys", "en").number)

    last = [play() for _ in range(desk.MOST_KEPT + 5)][-1]

    assert demos.running(last.number) == last
    assert demos.running(last.number - desk.MOST_KEPT + 1)
    with pytest.raises(UnknownWorldError):
        demos.running(last.number - desk.MOST_KEPT)


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("next", {"journeys": []}, 422),
        ("next", {"journeys": [{"name": "n" * 61, "en": "x", "zh": "x"}]}, 422),
        ("next", {"journeys": [{"name": "a", "en": "x" * 201, "zh": "x"}]}, 422),
        ("7/begin", {}, 404),
        ("7/steps", {"title": "x", "actor": "buyer", "number": 1, "steps": 1}, 404),
        ("7/steps", {"title": "", "actor": "buyer", "number": 1, "steps": 1}, 422),
        ("7/end", {}, 404),
        ("99999999999999999999/end", {}, 404),
    ],
)
def test_what_a_player_cannot_say_is_refused(
    control: httpx.Client, path: str, body: dict[str, object], status: int
) -> None:
    answer = control.post(f"/api/demos/{path}", json=body)

    assert answer.status_code == status
    assert answer.json()["message"]

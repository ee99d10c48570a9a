"""Journeys that are asked for on the page of a world, and what players of them and the server send each other.

The timers after which a player is lost ring when a test has them ring.
"""

import re
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Final, cast

import httpx
import pytest

from mock_sites.control import demo_api
from mock_sites.control import demos as desk
from mock_sites.control.demo_notes import DemoState, note_end
from mock_sites.control.demos import Demo, Demos, Playable
from mock_sites.control.register import Register, enter
from mock_sites.serving.dispatch import Dispatcher
from mock_sites.tests.support.waiting import PATIENCE, wait_until
from mock_sites.world import timeline
from mock_sites.world.errors import ConflictError, UnknownWorldError
from mock_sites.world.store import Worlds
from mock_sites.world.timeline import Filter, Kind
from mock_sites.world.world import World

BUYS = Playable("buys", "Buy <something>", "购买")
OFFER = {"journeys": [{"name": "buys", "en": BUYS.en, "zh": BUYS.zh}]}


LONG: Final = 2 * PATIENCE
"""Seconds for which somebody waits who is to be woken up."""


class Timers:
    """The timers that run. Each rings when it is told to."""

    def __init__(self) -> None:
        self.running: dict[int, Callable[[], None]] = {}
        self._begun = 0

    def begin(self, seconds: float, act: Callable[[], None]) -> Callable[[], None]:
        """Begin one."""
        assert seconds == desk.GAP
        self._begun += 1
        number = self._begun
        self.running[number] = act
        return lambda: self.running.pop(number, None) and None

    def ring(self) -> None:
        """Have all ring."""
        running, self.running = self.running, {}
        for act in running.values():
            act()


@pytest.fixture
def timers() -> Timers:
    return Timers()


@pytest.fixture(autouse=True)
def demos(dispatcher: Dispatcher, timers: Timers) -> Iterator[Demos]:
    """The demos of a server that no player has asked yet."""
    apps = dispatcher.control.apps.values()
    registers = [cast("Register", app.extensions[Register.__name__]) for app in apps]
    fresh = Demos(lambda demo: note_end(dispatcher.worlds, demo, DemoState.LOST), timers.begin)
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


def ask(control: httpx.Client, world: World, journey: str = "buys", **fields: str) -> httpx.Response:
    """Send the form on the page of a world."""
    found = re.search(
        r'name="demo-csrf_token" type="hidden" value="([^"]+)"', control.get(f"/worlds/{world.name}").text
    )
    token = found[1] if found else ""
    return control.post(
        f"/worlds/{world.name}/demos", data={"demo-csrf_token": token, "demo-journey": journey, **fields}
    )


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
    assert demo == {"number": demo["number"], "world": world.name, "journey": "buys", "language": "en", "speed": 0}
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


def test_language_and_pace_can_be_chosen(control: httpx.Client, demos: Demos, world: World) -> None:
    demos.wait_for_next([BUYS], 0)
    assert ask(control, world, **{"demo-language": "zh", "demo-speed": "0.5"}).status_code == 302

    demo = control.post("/api/demos/next", json=OFFER).json()["demo"]
    assert (demo["language"], demo["speed"]) == ("zh", 0.5)
    assert control.post(f"/api/demos/{demo['number']}/begin").status_code == 204
    assert world.language == "zh", "mails are in the language of the journey from now on"


def test_a_journey_that_begins_after_another_one_is_named_with_the_reason(
    control: httpx.Client, demos: Demos, world: World
) -> None:
    demos.wait_for_next([BUYS, Playable("cancels", "Cancel", "取消", "Sign in (Buy)", "登录（购买）")], 0)

    page = control.get(f"/worlds/{world.name}").text
    assert '<option value="cancels">' not in page
    assert "Cancel begins after: Sign in (Buy)" in page
    assert ask(control, world, "cancels").status_code == 422


@pytest.mark.usefixtures("asked_once")
def test_the_language_of_the_page_is_that_of_the_demo(control: httpx.Client, world: World) -> None:
    control.headers["Accept-Language"] = "zh"

    assert '<option value="buys">购买</option>' in control.get(f"/worlds/{world.name}").text
    ask(control, world)

    assert control.post("/api/demos/next", json=OFFER).json()["demo"]["language"] == "zh"
    assert steps(world) == [("购买", {"state": "asked"})]


def test_a_player_that_waits_gets_the_demo_at_once(control: httpx.Client, demos: Demos, world: World) -> None:
    with ThreadPoolExecutor() as threads:
        waiting = threads.submit(demos.wait_for_next, [BUYS], LONG)
        wait_until(lambda: len(demos.known()) > 0)
        ask(control, world)
        found = waiting.result(PATIENCE)

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
    page = control.get(f"/worlds/{world.name}").text
    token = re.findall(r'name="demo-csrf_token" type="hidden" value="([^"]+)"', page)
    ask(control, world)
    assert "demo-journey" not in control.get(f"/worlds/{world.name}").text, "there is nothing to ask for meanwhile"
    second = control.post(f"/worlds/{world.name}/demos", data={"demo-csrf_token": token[0], "demo-journey": "buys"})
    assert "Another journey is about to be played." in second.text
    assert second.status_code == 422
    monkeypatch.setattr(desk, "GAP", 0.0)
    gone = control.post(f"/worlds/{world.name}/demos", data={"demo-csrf_token": token[0], "demo-journey": "buys"})

    assert gone.status_code == 422
    assert "No player waits that has this journey." in gone.text
    assert len(steps(world)) == 1


@pytest.mark.usefixtures("asked_once")
def test_a_player_that_plays_is_busy(control: httpx.Client, demos: Demos, worlds: Worlds, world: World) -> None:
    demo = demos.ask(world.name, "buys", "en")
    demos.begin(demo.number)

    page = control.get(f"/worlds/{world.name}").text
    assert "Buy &lt;something&gt; is being played." in page
    other = worlds.make()
    elsewhere = control.get(f"/worlds/{other.name}").text
    worlds.drop(other.name)
    assert f"The player is busy: it plays Buy &lt;something&gt; in world {world.name}." in elsewhere
    assert f'href="/worlds/{world.name}#demo"' in elsewhere
    demos.end(demo.number)
    page = control.get(f"/worlds/{world.name}").text
    assert "is being played" not in page
    assert "demo-journey" in page, "the player is about to wait again"


def stop(control: httpx.Client, world: World, number: int) -> httpx.Response:
    """Press the button of a demo on the page of a world."""
    page = control.get(f"/worlds/{world.name}").text
    [token] = set(re.findall(r'name="csrf_token" value="([^"]+)"', page))
    return control.post(f"/worlds/{world.name}/demos/{number}/stop", data={"csrf_token": token})


def test_a_demo_that_is_played_is_stopped_on_the_page_and_its_player_hears_of_it_at_once(
    control: httpx.Client, demos: Demos, worlds: Worlds, world: World, timers: Timers
) -> None:
    demos.wait_for_next([BUYS], 0)
    ask(control, world)
    demo = demos.current()[0]
    here = f"/api/demos/{demo.number}"
    control.post(f"{here}/begin")
    assert f'action="/worlds/{world.name}/demos/{demo.number}/stop"' in control.get(f"/worlds/{world.name}").text
    other = worlds.make()
    assert stop(control, other, demo.number).status_code == 404
    worlds.drop(other.name)
    with ThreadPoolExecutor() as threads:
        watching = threads.submit(demos.wait_for_stop, demo.number, LONG)
        wait_until(lambda: not timers.running)
        answer = stop(control, world, demo.number)

        assert watching.result(PATIENCE).stopped
        assert answer.headers["Location"] == f"/worlds/{world.name}#demo"
        page = control.get(f"/worlds/{world.name}").text
        assert "The demo ends after the step that is being played." in page
        assert f"/demos/{demo.number}/stop" not in page
        assert stop(control, world, demo.number).status_code == 422

        # It plays the step to its end, and says meanwhile that it is there.
        watching = threads.submit(demos.wait_for_stop, demo.number, LONG)
        wait_until(lambda: not timers.running)
        assert not watching.done()
        assert control.post(f"{here}/end", json={"stopped": True}).status_code == 204
        assert watching.result(PATIENCE).ended

    assert [details["state"] for _title, details in steps(world)] == ["asked", "begun", "stopping", "stopped"]
    assert timers.running == {}
    assert demos.current() == []


def test_a_demo_that_no_player_has_begun_is_stopped_and_not_played(
    control: httpx.Client, demos: Demos, world: World
) -> None:
    demos.wait_for_next([BUYS], 0)
    ask(control, world)
    [demo] = demos.current()
    assert "Buy &lt;something&gt; is about to be played." in control.get(f"/worlds/{world.name}").text
    stop(control, world, demo.number)

    assert "The demo was stopped before it began." in control.get(f"/worlds/{world.name}").text
    assert demos.wait_for_next([BUYS], 0) is None
    assert control.post(f"/api/demos/{demo.number}/begin").json() == {"message": f"Demo {demo.number} was stopped."}
    assert [details["state"] for _title, details in steps(world)] == ["asked", "stopped"]
    assert demos.ask(world.name, "buys", "en")


@pytest.mark.usefixtures("asked_once")
def test_a_player_that_does_not_ask_any_more_is_lost_until_it_says_something(
    control: httpx.Client, demos: Demos, world: World, timers: Timers
) -> None:
    """It was killed, or its machine sleeps, or is so busy that it comes late."""
    ask(control, world)
    [demo] = demos.current()
    here = f"/api/demos/{demo.number}"
    control.post(f"{here}/begin")
    assert control.post(f"{here}/watch").json() == {"stopped": False}
    timers.ring()

    assert "No player waits." in control.get(f"/worlds/{world.name}").text
    assert steps(world)[-1] == (BUYS.en, {"state": "lost"})
    step = {"title": "x", "actor": "buyer", "number": 1, "steps": 1}
    assert control.post(f"{here}/steps", json=step).status_code == 204
    assert "is being played" in control.get(f"/worlds/{world.name}").text
    timers.ring()
    assert "No player waits." in control.get(f"/worlds/{world.name}").text
    assert control.post(f"{here}/end", json={}).status_code == 204
    timers.ring()
    assert [details.get("state") for _title, details in steps(world)][-2:] == ["lost", "done"]


@pytest.mark.usefixtures("asked_once")
def test_a_timer_that_rings_too_late_loses_nobody(demos: Demos, world: World, timers: Timers) -> None:
    demo = demos.ask(world.name, "buys", "en")
    demos.begin(demo.number)
    [late] = timers.running.values()
    demos.wait_for_stop(demo.number, 0)
    late()

    assert demos.current() == [demos.running(demo.number)]
    [late] = timers.running.values()
    demos.end(demo.number)
    late()
    assert steps(world) == []


def test_the_last_question_of_a_player_counts_and_an_earlier_one_waits_no_longer(
    demos: Demos, world: World, timers: Timers
) -> None:
    demos.wait_for_next([BUYS], 0)
    demo = demos.ask(world.name, "buys", "en")
    demos.begin(demo.number)
    with ThreadPoolExecutor() as threads:
        waiting = threads.submit(demos.wait_for_stop, demo.number, LONG)
        wait_until(lambda: not timers.running)
        demos.wait_for_stop(demo.number, 0)

        assert not waiting.result(PATIENCE).stopped
    assert len(timers.running) == 1


def test_a_real_timer_calls_once_and_can_be_cancelled() -> None:
    rung = threading.Event()
    desk.real_timer(PATIENCE, lambda: pytest.fail("it was cancelled"))()
    desk.real_timer(0, rung.set)

    assert rung.wait(PATIENCE)


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
        waiting = [threads.submit(demos.wait_for_next, [BUYS], LONG) for _ in range(desk.MOST_PLAYERS)]
        wait_until(lambda: demos.waiting == desk.MOST_PLAYERS)
        with pytest.raises(ConflictError, match="players wait already"):
            demos.wait_for_next([BUYS], 60)
        demos.ask("main", "buys", "en")

        assert all(each.result(PATIENCE) for each in waiting)


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
        ("7/watch", {}, 404),
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

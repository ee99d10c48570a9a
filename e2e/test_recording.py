"""Recording a journey on a real browser: what is left of it, and what is not."""

import base64
import html
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, quote_plus

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from e2e.journeys import Journey, Text, purchase_to_login
from e2e.journeys.trace_groups import TraceGroups
from e2e.pages.huawei_account import SignInPage
from e2e.recording.capture import Capture, Images
from e2e.recording.failure import describe_failure
from e2e.recording.recorder import Recorder
from e2e.review.command import BASELINES
from e2e.scenario.actor import Actor
from e2e.scenario.labels import Language
from e2e.scenario.personas import choose_personas
from e2e.scenario.scenario import Scenario
from mock_sites.client import World, Worlds
from mock_sites.redaction.scan import scan
from mock_sites.redaction.secrets import Secret
from mock_sites.review.comparing.compare import compare
from mock_sites.review.load import read_baseline, read_recording

PASSWORD: Final = 'Pa"ss <1&é+/ö'

RecordJourney = Callable[..., Path]


@pytest.fixture
def record_journey(browser: Browser) -> RecordJourney:
    """Record a journey that is played in a world, and return the recording's folder."""

    def record(journey: Journey, world: World, folder: Path, *, images: Images = "none", password: str = "") -> Path:
        capture, contexts = Capture(images), list[BrowserContext]()

        def open_browser(_language: Language) -> BrowserContext:
            contexts.append(browser.new_context(locale="en-US", reduced_motion="reduce"))
            capture.watch(contexts[-1])
            return contexts[-1]

        personas = choose_personas(world, "en")
        if password:
            personas = replace(personas, buyer=replace(personas.buyer, password=password))
        scenario = Scenario(world, "en", open_browser, personas=personas)
        recorder = Recorder(journey, capture, scenario)
        try:
            journey.play(scenario, recorder, TraceGroups())
        except AssertionError:
            assert recorder.steps[-1]["error"]
        manifest = recorder.finish(folder)
        for context in contexts:
            context.close()
        return manifest.parent

    return record


def texts_of(recording: Path) -> dict[str, Any]:
    """What a recording says in words, apart from times."""
    texts: dict[str, Any] = {
        str(path.relative_to(recording)): json.loads(path.read_text("utf-8"))
        if path.suffix == ".json"
        else path.read_text("utf-8")
        for path in recording.rglob("*")
        if path.suffix in {".json", ".yaml"}
    }
    del texts["manifest.json"]["world"], texts["manifest.json"]["timeline"]
    for step in texts["manifest.json"]["steps"]:
        del step["began"], step["seconds"], step["varying"], step["request_times"]
    return texts


def test_the_same_journey_on_the_same_seed_is_recorded_the_same(
    record_journey: RecordJourney, worlds: Worlds, keep_world: Callable[[World], World], tmp_path: Path
) -> None:
    short = Journey("short", en="Until the prompt", zh="")
    short.steps += purchase_to_login.steps[:3]

    folders = [
        record_journey(short, keep_world(worlds.make(name)), tmp_path / name, images="step")
        for name in ("one", "another-one")
    ]
    one, two = map(texts_of, folders)

    assert one == two
    differences = [change for _step, change in compare(*map(read_recording, folders)) if not change.advice]
    assert differences == [], "The name of a world is on its pages. A longer one moves what stands beside it."
    approved = read_baseline(BASELINES / "purchase-to-login-en.yaml")
    again = read_recording(folders[1]).model_copy(update={"journey": approved.journey})
    assert [*compare(approved.model_copy(update={"steps": approved.steps[:3]}), again)] == []
    first, second, third = one["manifest.json"]["steps"]
    assert first["requests"][-2:] == [
        ["POST", "https://auth.huaweicloud.com/authui/login", 302],
        ["GET", "https://console.huaweicloud.com/", 200],
    ]
    manifest = json.loads((folders[0] / "manifest.json").read_text("utf-8"))
    assert 0 <= manifest["timeline"]["buyer"] <= manifest["steps"][0]["began"] + manifest["steps"][0]["seconds"]
    assert (second["name"], second["clauses"]) == ("opens_the_product_page", ["buy-1"])
    assert (first["document_title"], third["document_title"][:19]) == ("Console - Huawei Cloud", "Guance SaaS Edition")
    assert {step["document_language"] for step in (first, second, third)} == {"en"}
    assert third["url"].startswith("https://marketplace.huaweicloud.com/contents/")
    assert '- heading "Guance SaaS Edition" [level=1]' in one[third["tree"]]


def test_dialogs_and_downloads_and_all_requests_that_failed_are_recorded_in_their_step(
    record_journey: RecordJourney, world: World, tmp_path: Path
) -> None:
    story = Journey("story", en="A page that does much, and the next one", zh="")
    missing = "https://www.huaweicloud.com/static/missing"

    @story.step("buyer", en="Confirm", zh="", caption=Text("", ""))
    def confirms(buyer: Actor, _scenario: Scenario) -> None:
        buyer.opens("https://www.huaweicloud.com/")
        buyer.page.route("**/refused", lambda route: route.abort("connectionrefused"))
        with buyer.page.expect_download():
            buyer.page.evaluate(
                """async () => {
                    confirm("Are you sure?")
                    const load = part => new Promise(done => part.onerror = () => done())
                    const image = Object.assign(new Image(), {src: "/static/missing.png"})
                    const style = Object.assign(document.createElement("link"), {rel: "stylesheet"})
                    document.head.append(style)
                    style.href = "/static/missing.css"
                    await Promise.all([load(image), load(style), fetch("/refused").catch(() => 0)])
                    const link = document.createElement("a")
                    Object.assign(link, {href: "data:text/csv,a", download: "a.csv"}).click()
                }"""
            )

    @story.step("buyer", en="Go on", zh="", caption=Text("", ""))
    def goes_on(buyer: Actor, _scenario: Scenario) -> None:
        buyer.opens("https://www.huaweicloud.com/")

    first, second = read_recording(record_journey(story, world, tmp_path / "story")).steps

    assert (first.dialogs, second.dialogs) == ((("confirm", "Are you sure?", "", ""),), ())
    assert ([file.name for file in first.downloads], second.downloads) == (["a.csv"], ())
    failed = [request for request in first.requests if request.status != 200]
    assert failed == [
        ("GET", "https://www.huaweicloud.com/refused", 0),
        ("GET", f"{missing}.css", 404),
        ("GET", f"{missing}.png", 404),
    ]
    assert [request for request in second.requests if request.status != 200] == []
    assert first.console == ()


def test_a_step_is_looked_at_once(record_journey: RecordJourney, world: World, tmp_path: Path) -> None:
    story = Journey("story", en="One page", zh="")

    @story.step("buyer", en="Open it", zh="", caption=Text("", ""))
    def opens(buyer: Actor, _scenario: Scenario) -> None:
        buyer.opens("https://www.huaweicloud.com/")

    recording = record_journey(story, world, tmp_path / "story", images="step")

    with zipfile.ZipFile(recording / "buyer.zip") as trace:
        lines = [json.loads(line) for line in trace.read("trace.trace").splitlines()]
    calls = [line["method"] for line in lines if line["type"] == "before" and line["class"] in {"Frame", "Page"}]
    assert calls == ["goto", "evaluateExpression", "ariaSnapshot", "screenshot"]
    assert "aria-snapshot" not in {line["type"] for line in lines}


def test_secrets_in_a_step_are_numbered_before_those_that_only_a_trace_holds_in_the_order_of_the_answers(
    record_journey: RecordJourney, world: World, tmp_path: Path
) -> None:
    story = Journey("story", en="A page that asks for something before the next one", zh="")
    fetched, opened = (f"/?access_token={name * 10}" for name in ("first1", "second2"))

    @story.step("buyer", en="Open two pages", zh="", caption=Text("", ""))
    def opens_two_pages(buyer: Actor, _scenario: Scenario) -> None:
        buyer.opens("https://www.huaweicloud.com/")
        buyer.page.evaluate("address => fetch(address)", fetched)
        buyer.opens(f"https://www.huaweicloud.com{opened}")

    recording = record_journey(story, world, tmp_path / "story")

    assert read_recording(recording).steps[0].requests[-1][1].endswith("=«token-1»")


def test_a_recording_holds_no_secret_however_it_is_written(
    record_journey: RecordJourney, world: World, tmp_path: Path
) -> None:
    leaky = Journey("leaky", en="Secrets everywhere", zh="")

    @leaky.step("buyer", en="Sign in", zh="", caption=Text("", ""))
    def signs_in(buyer: Actor, scenario: Scenario) -> None:
        SignInPage(buyer).open().sign_in_as(scenario.personas.buyer)
        expect(buyer.page.get_by_role("alert")).to_be_visible()

    @leaky.step("buyer", en="Tell", zh="", caption=Text("", ""), clauses=["buy-1"])
    def tells(buyer: Actor, scenario: Scenario) -> None:
        typed, page = scenario.personas.buyer.password, buyer.page
        buyer.opens(f"https://www.huaweicloud.com/?q={quote(typed)}&access_token={'t0k3n' * 5}#{quote(typed)}")
        page.evaluate(
            """async text => {
                const basic = btoa(unescape(encodeURIComponent("buyer:" + text)))
                console.error(text, basic)
                document.body.append(text, JSON.stringify({text}))
                const headers = {Authorization: "Basic " + basic}
                await fetch("/", {method: "POST", body: JSON.stringify({text}), headers})
            }""",
            typed,
        )
        expect(page.get_by_text(typed)).to_have_text("something else", timeout=1)

    recording = record_journey(leaky, world, tmp_path / "leaky", images="action", password=PASSWORD)

    assert scan([recording], [Secret("password", PASSWORD)]).found == []
    spelled = [PASSWORD, quote(PASSWORD), quote_plus(PASSWORD), html.escape(PASSWORD), json.dumps(PASSWORD)[1:-1]]
    spelled += [re.escape(PASSWORD), base64.b64encode(f"buyer:{PASSWORD}".encode()).decode(), "t0k3n"]
    with zipfile.ZipFile(recording / "buyer.zip") as trace:
        contents = {name: trace.read(name) for name in trace.namelist()}
    contents |= {path.name: path.read_bytes() for path in recording.rglob("*.*") if path.suffix in {".json", ".yaml"}}
    leaks = [(name, word) for name, content in contents.items() for word in spelled if word.encode() in content]
    assert leaks == []

    manifest = json.loads((recording / "manifest.json").read_text("utf-8"))
    assert [step["masked"] for step in manifest["steps"]] == [True, True]
    assert manifest["redacted"]["images"]["buyer.zip"]
    assert {*manifest["redacted"]["images"]["buyer.zip"]} <= contents.keys()
    referred = set(re.findall(rb"resources/[0-9a-f]{40}\.\w+", contents["trace.network"]))
    assert {name.decode() for name in referred} <= contents.keys()
    assert describe_failure(recording / "manifest.json").splitlines()[:2] == ["Step 2 failed: Tell", "It shows: buy-1"]
    shown = run_playwright("trace", "open", str(recording / "buyer.zip"), folder=tmp_path)
    assert "Playwright" in shown
    assert "Tell (buy-1)" in run_playwright("trace", "actions", folder=tmp_path)


def run_playwright(*arguments: str, folder: Path) -> str:
    """What Playwright's own command says."""
    command = [sys.executable, "-m", "playwright", *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout

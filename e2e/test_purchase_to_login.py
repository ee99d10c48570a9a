"""The main journey, whole, in English: on the same seed it is served the same bytes, so runs can be compared.

In Chinese it is the first half of the whole life of a subscription.
"""

import json
import re
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import BrowserContext

from e2e.journeys import purchase_to_login
from e2e.journeys.world_cache import WorldCache
from e2e.scenario.actor import OpenBrowser
from e2e.scenario.labels import Language
from e2e.scenario.scenario import Scenario
from fixtures.accessibility import Inspector
from fixtures.guards import Guards
from fixtures.shown import Evidence
from mock_sites.client import Worlds

MASK: Final = {
    "CSRF tokens are signed with a key of the process and the time": re.compile(
        r'(name="csrf_token"[^>]*value=")[^"]*'
    ),
}
"""All that may differ between two runs, and why."""


@dataclass(frozen=True)
class Document:
    """A page as it was served. ``body`` is None when the browser left it before its body could be read."""

    request: str
    status: int
    body: str | None


def read_documents(archive: Path) -> list[Document]:
    """The pages in an HTTP archive, masked; a page that was fetched twice in a row is there once."""
    found: list[Document] = []
    for entry in json.loads(archive.read_text(encoding="utf-8"))["log"]["entries"]:
        answer = entry["response"]
        if entry["_resourceType"] != "document":
            continue
        body: str | None = answer["content"].get("text")
        for pattern in MASK.values():
            body = pattern.sub(r"\1", body) if body is not None else None
        document = Document(f"{entry['request']['method']} {entry['request']['url']}", answer["status"], body)
        if document not in found[-1:]:
            found.append(document)
    return found


@pytest.mark.plays(purchase_to_login)
def test_two_runs_in_english_are_served_the_same_bytes(
    worlds: Worlds,
    open_browser: OpenBrowser,
    inspector: Inspector,
    world_cache: WorldCache | None,
    shown: Evidence,
    guards: Guards,
    tmp_path: Path,
) -> None:
    runs: list[list[Document]] = []
    play = partial(world_cache.play, purchase_to_login) if world_cache else purchase_to_login.play
    for run in ("first", "second"):
        contexts: list[BrowserContext] = []

        def open_recorded(
            language: Language, run: str = run, contexts: list[BrowserContext] = contexts
        ) -> BrowserContext:
            context = open_browser(language)
            context.tracing.start_har(tmp_path / f"{run}-{len(contexts)}.har", content="embed")
            contexts.append(context)
            return context

        world = worlds.make("same-bytes")
        scenario = Scenario(world, "en", open_recorded)
        shown.watch_scenario(scenario)
        if run == "first":
            play(scenario, shown.playing(purchase_to_login), inspector)
        else:
            purchase_to_login.play(scenario)
        for context in contexts:
            context.tracing.stop_har()
        guards.see_world(world)
        world.drop()
        runs.append(
            [page for number in range(len(contexts)) for page in read_documents(tmp_path / f"{run}-{number}.har")]
        )

    assert inspector.found == []
    first, second = runs
    assert [(page.request, page.status) for page in first] == [(page.request, page.status) for page in second]
    both = [(page, again) for page, again in zip(first, second, strict=True) if page.body and again.body]
    assert len(both) > len(purchase_to_login.steps)
    for page, again in both:
        assert page.body == again.body, page.request

"""``journeys bench``, at its smallest: that it works, not how fast anything is."""

import json
import os
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Final
from unittest.mock import Mock
from xml.etree import ElementTree as ET

import psutil
import pytest
from playwright.sync_api import Browser, Playwright

from e2e.bench import capacity, comparison, measures
from e2e.bench.peers import Peer
from e2e.bench.process_trees import ProcessTreeError, run_tree
from e2e.journeys import Journey, purchase_to_login
from e2e.journeys.journey import Text
from mock_sites import Server

DOCS: Final = Path(__file__).parents[1] / "docs"

ASK = "import json, os, urllib.request as u; u.urlopen(json.load(open(os.environ['GIVEN']))['server']).read()"
"""A play of one page."""

LEAVE_A_WORKER = """
import subprocess, sys
work = "import time\\nwhile time.process_time() < 0.3: pass\\nprint(flush=True); time.sleep(600)"
worker = subprocess.Popen([sys.executable, "-c", work], stdout=subprocess.PIPE, start_new_session=True)
worker.stdout.readline()
"""


def test_the_tools_are_compared_and_those_that_are_missing_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    peers = [Peer(name, "1", [sys.executable, "-Sc", ASK]) for name in ("Harness", "Playwright script")]
    monkeypatch.setattr(comparison, "find_peers", lambda: (peers, {"Selenium": "it is not installed."}))
    reported: list[str] = []

    compared = comparison.compare(rounds=1, report=reported.append)

    assert reported == ["Selenium is left out: it is not installed."]
    stored = json.loads(compared.as_json())
    assert [len(each["processor"]) for each in stored["costs"]] == [1, 1]
    assert "Selenium was left out: it is not installed." in compared.as_markdown()
    assert len(ET.fromstring(compared.as_svg()).findall("{*}rect")) == 4  # noqa: S314 - made here


def test_what_a_tool_leaves_running_is_ended_and_counted() -> None:
    spent = run_tree([sys.executable, "-Sc", LEAVE_A_WORKER], os.environ)

    assert spent.processor >= 0.3


def test_a_tool_that_fails_is_shown() -> None:
    with pytest.raises(ProcessTreeError, match=r"failed, as it says above\.\nno such play\n$"):
        run_tree([sys.executable, "-Sc", "raise SystemExit('no such play')"], os.environ)


@pytest.fixture
def first() -> Journey:
    """A journey of one step."""
    journey = Journey("first-step", en="First", zh="First", about=Text(en="First", zh="First"))
    journey.steps += purchase_to_login.steps[:1]
    return journey


def test_the_measures_of_the_sites_are_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], playwright: Playwright, first: Journey
) -> None:
    # One thread has Playwright once, and the tests before this one may have started it.
    monkeypatch.setattr(measures, "started_playwright", Mock(return_value=nullcontext(playwright)))
    for name in ("WORLDS", "AGAIN"):
        monkeypatch.setattr(measures, name, 1)
    monkeypatch.setattr(measures, "start_server", lambda: None)

    measures.measure(rounds=1, journey=first)

    printed = capsys.readouterr().out
    assert all(label in printed for label in ("A world, made from Python", "Server time of a page", "first-step"))


def test_the_costs_of_a_journey_are_measured_in_each_process(
    monkeypatch: pytest.MonkeyPatch, browser: Browser, server: Server, first: Journey
) -> None:
    monkeypatch.setattr(capacity, "start_browser", Mock(return_value=nullcontext(browser)))
    monkeypatch.setattr(capacity, "_sites", lambda: nullcontext((psutil.Process(), server.url)))
    before = server.worlds.names()

    measured = capacity.measure_capacity(rounds=1, journey=first)

    assert list(measured.costs) == ["browser", "driver", "tests", "sites"]
    assert all(cost >= 0 for cost in measured.costs.values())
    assert measured.cost > 0
    assert server.worlds.names() == before
    assert capacity.Capacity.read(measured.as_json()) == measured


def test_the_cores_for_many_journeys_are_computed() -> None:
    costs = {"browser": 5.4, "driver": 0.9, "tests": 1.8, "sites": 0.9}

    table = capacity.Capacity("main", 5, 2, "3.13", "150", costs).as_markdown()

    assert "| browser | 5.40 | 667 |" in table
    assert "| all | 9.00 | 400 |" in table
    assert "| 10,000 | 2 | 1 | 1 | 25 | 1.25 |" in table
    assert "| 1,000,000 | 105 | 63 | 11 | 2,500 | 125.00 |" in table
    assert "Its process uses one core: 96,000 journeys a day." in table


def test_the_page_on_scaling_has_the_table_of_what_was_measured() -> None:
    measured = capacity.Capacity.read((DOCS / "bench" / "capacity.json").read_text(encoding="utf-8"))

    assert measured.as_markdown() in (DOCS / "scaling.md").read_text(encoding="utf-8")
    assert measured.as_markdown() == (DOCS / "bench" / "capacity.md").read_text(encoding="utf-8")

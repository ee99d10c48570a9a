"""``journeys bench``, at its smallest: that it works, not how fast anything is."""

import json
import os
import sys
from xml.etree import ElementTree as ET

import pytest

from e2e.bench import comparison, measures
from e2e.bench.peers import Peer
from e2e.bench.process_trees import ProcessTreeError, run_tree
from e2e.journeys import Journey, purchase_to_login
from e2e.journeys.journey import Text

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
    with pytest.raises(ProcessTreeError, match="no such play"):
        run_tree([sys.executable, "-Sc", "raise SystemExit('no such play')"], os.environ)


def test_the_measures_of_the_sites_are_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    first = Journey("first-step", en="First", zh="First", about=Text(en="First", zh="First"))
    first.steps += purchase_to_login.steps[:1]
    for name in ("WORLDS", "AGAIN"):
        monkeypatch.setattr(measures, name, 1)
    monkeypatch.setattr(measures, "start_server", lambda: None)

    measures.measure(rounds=1, journey=first)

    printed = capsys.readouterr().out
    assert all(label in printed for label in ("A world, made from Python", "Server time of a page", "first-step"))

"""What a test run leaves behind when tests fail and workers die, seen from outside: in runs of their own."""

import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from e2e.recording.known_secrets import known_secrets
from fixtures.inner_runs import ROOT, run_pytest
from mock_sites.redaction.scan import scan

CONFIG: Final = ["-c", str(ROOT / "pyproject.toml")]

TESTS: Final = '''
import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from e2e.journeys import Journey, Text
from e2e.pages.huawei_account import SignInPage

look = Journey("look", en="Look", zh="")

@look.step("buyer", en="Sign in", zh="", caption=Text("", ""))
def signs_in(buyer, scenario):
    SignInPage(buyer).open().sign_in_as(scenario.personas.buyer)
    expect(buyer.page.get_by_role("heading", name="Console")).to_be_visible()
    # Everybody's password in all that a page can show, say and ask.
    buyer.page.evaluate("""said => {
        document.body.append(said, JSON.stringify({said}), btoa("x:" + said))
        document.title = said
        console.log(said)
        return fetch("/?password=" + encodeURIComponent(said), {method: "POST", body: new URLSearchParams({said})})
    }""", scenario.personas.buyer.password)

@look.step("buyer", en="Look for nothing", zh="", caption=Text("", ""), clauses=["buy-2"])
def looks_for_nothing(buyer, scenario):
    if os.environ["PYTEST_CURRENT_TEST"].startswith("test_it.py::test_failing"):
        expect(buyer.page.get_by_role("heading", name="Nothing")).to_be_visible(timeout=1)

def test_failing(play):
    play(look)

def test_dying(play):
    play(look)
    os._exit(1)

def test_after(play, world_cache):
    play(look)
    assert world_cache is None, "the cache cannot be written"
'''


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with tests, and the project's fixtures."""
    shutil.copy(ROOT / "conftest.py", tmp_path)
    (tmp_path / "test_it.py").write_text(TESTS, encoding="utf-8")
    return tmp_path


def run(folder: Path, *options: str, environment: Mapping[str, str] | None = None) -> str:
    """What a run of the tests says, in which no cache can be written."""
    unused = [part for name in ("randomly", "hypothesispytest") for part in ("-p", f"no:{name}")]
    no_cache = f"cache_dir={folder / 'conftest.py' / 'cache'}"
    own = [*CONFIG, "--rootdir", str(folder), "--strict-config", "--output", "left", "-o", no_cache]
    code, output = run_pytest(folder, *unused, *own, *options, str(folder), environment=environment)
    assert code == pytest.ExitCode.TESTS_FAILED, output
    assert re.fullmatch(
        r"processor seconds: .*browser [1-9].* the tests waited \d+ s for the others", last_line(output)
    )
    return output


def last_line(output: str) -> str:
    return output.rstrip().rpartition("\n")[2]


def test_a_worker_that_dies_and_is_replaced_loses_no_recordings(folder: Path) -> None:
    # The one worker has played two tests when it dies; the one that replaces it begins with their recordings there.
    output = run(folder, "-n", "1", "--dist", "load", "--record", "--recordings", "recordings")

    assert "crashed while running 'test_it.py::test_dying" in output
    assert "2 failed, 1 passed" in output
    manifests = {file.parent.parent.name: file for file in (folder / "recordings").rglob("manifest.json")}
    tests = {re.sub("-chromium.*", "", name) for name in manifests}
    assert tests == {f"test-it-py-test-{name}" for name in ("failing", "dying", "after")}
    assert len(manifests) == 3
    for manifest in manifests.values():
        recorded = json.loads(manifest.read_text(encoding="utf-8"))
        assert [step["name"] for step in recorded["steps"]] == ["signs_in", "looks_for_nothing"]
        assert (manifest.parent / recorded["actors"]["buyer"]).is_file()
    assert scan([folder / "recordings"], known_secrets(None)).found == []

    failed = next(manifest for name, manifest in manifests.items() if "failing" in name).parent
    assert (
        "Step 2 failed: Look for nothing\nIt shows: buy-2\nThe buyer was at https://console.huaweicloud.com/" in output
    )
    assert f"playwright show-trace {failed.relative_to(folder)}/buyer.zip --port 0" in output


def test_pytest_playwright_leaves_what_is_asked_for_without_secrets_and_deletes_nothing_of_others(folder: Path) -> None:
    kinds = ["-p", "no:xdist", "--tracing", "on", "--screenshot", "on", "--slowmo", "1"]

    mine, of_earlier_run = (
        folder / "left" / "mine.txt",
        folder / "left" / "test-it-py-test-after-chromium" / "trace-9.zip",
    )
    of_earlier_run.parent.mkdir(parents=True)
    for file in (mine, of_earlier_run):
        file.touch()

    output = run(folder, "-k", "failing or after", *kinds, environment={"TMPDIR": "/nowhere"})

    assert "1 failed, 1 passed" in output
    assert "could not create cache path" in output
    left = sorted(file.name for file in (folder / "left").rglob("*.*") if file.is_file())
    assert left == ["mine.txt", "test-failed-1.png", "test-finished-1.png", "trace.zip", "trace.zip"]
    assert scan([folder / "left"], known_secrets(None)).found == []


def test_a_run_with_windows_that_cannot_be_shown_is_refused_in_a_sentence(folder: Path) -> None:
    nowhere = {"PWDEBUG": "1", "DISPLAY": "", "WAYLAND_DISPLAY": ""}

    code, output = run_pytest(folder, *CONFIG, "-n", "1", environment=nowhere)

    assert (code, output.strip()) == (
        pytest.ExitCode.USAGE_ERROR,
        "ERROR: There is no display to show a browser on. Unset PWDEBUG, or try xvfb-run.",
    )

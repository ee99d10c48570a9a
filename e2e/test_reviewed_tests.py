"""``pytest --review`` and ``--approve``, seen from outside: in runs of their own."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from fixtures.inner_runs import ROOT, run_pytest
from mock_sites.review.folder_names import folder_name

OWN: Final = ["-c", str(ROOT / "pyproject.toml"), "-p", "no:randomly", "-p", "no:hypothesispytest", "-p", "no:xdist"]

TESTS: Final = """
import os

from e2e.journeys import Journey, Text
from e2e.pages.huawei_account import SignInPage

look = Journey("look", en="Look", zh="")

@look.step("buyer", en="Open the sign-in page", zh="", caption=Text("", ""))
def opens(buyer, scenario):
    SignInPage(buyer).open()
    if os.environ.get("CHANGED", "nothing") in os.environ["PYTEST_CURRENT_TEST"]:
        buyer.page.evaluate("document.querySelector('h1').textContent = 'Come in'")

def test_same(play):
    play(look)

def test_changed(play):
    play(look)

def test_new(play):
    play(look)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with tests, and the project's fixtures."""
    shutil.copy(ROOT / "conftest.py", tmp_path)
    (tmp_path / "test_it.py").write_text(TESTS, encoding="utf-8")
    return tmp_path


def run(folder: Path, *options: str, environment: Mapping[str, str] | None = None) -> tuple[int, str]:
    """The exit code of a run of the tests, and what it says."""
    own = [*OWN, "--rootdir", str(folder), "-o", f"cache_dir={folder / 'cache'}"]
    return run_pytest(folder, *own, *options, str(folder), environment={"CI": "", **(environment or {})})


def test_a_test_is_compared_with_what_was_approved(folder: Path) -> None:
    code, output = run(folder, "--approve", "-k", "same or changed")

    assert code == pytest.ExitCode.OK, output
    written = sorted((folder / "e2e" / "baselines" / "tests").glob("*/look-en.yaml"))
    assert [file.parent.name for file in written] == [
        folder_name(f"test_it.py::test_{name}[chromium]") for name in ("changed", "same")
    ]
    assert [line for line in output.splitlines() if line.endswith(".yaml")] == list(map(str, written))
    before = [file.read_bytes() for file in written]

    code, output = run(folder, "--review", environment={"CHANGED": "test_changed", "CI": "true"})

    assert code == pytest.ExitCode.TESTS_FAILED
    assert "2 failed, 1 passed" in output, output
    recorded = folder / "output" / "recordings" / folder_name("test_it.py::test_changed[chromium]")
    assert (
        "The recording differs from the baseline:\n"
        "- text: heading “Sign in with a Huawei Cloud account” is now “Come in” (1. Open the sign-in page)\n"
        f"Report: {(recorded / 'review.html').relative_to(folder)}\n"
        "If this is as it should be: pytest --approve 'test_it.py::test_changed[chromium]'\n"
    ) in output
    assert "Come in" in (recorded / "review.html").read_text(encoding="utf-8")
    assert "`pytest --approve 'test_it.py::test_new[chromium]'` makes it." in output
    assert [file.read_bytes() for file in sorted((folder / "e2e").rglob("*.yaml"))] == before


@pytest.mark.parametrize(
    ("options", "environment", "reason"),
    [
        (["--approve"], {"CI": "true"}, "--approve writes baselines, and this is a CI run"),
        (["--approve", "--review"], {}, "use one of them"),
        (["--review", "--tracing", "on"], {}, "leave out --tracing"),
    ],
)
def test_a_run_that_cannot_be_is_refused(
    folder: Path, options: list[str], environment: Mapping[str, str], reason: str
) -> None:
    code, output = run(folder, *options, environment=environment)

    assert code == pytest.ExitCode.USAGE_ERROR
    assert reason in output

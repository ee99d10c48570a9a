"""``pytest --review`` and ``--approve`` of a project with recordings of its own, in runs of their own."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from fixtures.inner_runs import ROOT, run_pytest
from mock_sites.review.folder_names import folder_name

CONFTEST: Final = f"""
import os, shutil, sys
sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
import pytest
from e2e.support.sample import make_sample, write_sample

@pytest.hookimpl(tryfirst=True)
def pytest_recordings_of_test(item):
    folder = item.config.rootpath / "output" / item.name
    shutil.rmtree(folder, ignore_errors=True)
    steps = make_sample()
    if item.name in os.environ.get("CHANGED", ""):
        steps[1].elements[1].name = "Come in"
        if "bill" in item.name:
            steps[3].elements[1].name = "Somewhere else"
    write_sample(steps, folder / "purchase-en")
    return folder
"""
TESTS: Final = """
def test_order(): pass
def test_bill(): pass
def test_other(): pass
"""
NAMES: Final = "test_order test_bill"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The folder of a project whose tests have the sample recording."""
    (tmp_path / "conftest.py").write_text(CONFTEST, encoding="utf-8")
    (tmp_path / "test_it.py").write_text(TESTS, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    return tmp_path


def run(project: Path, *options: str, environment: Mapping[str, str] | None = None) -> tuple[int, str]:
    plugins = ["-p", "no:randomly", "-p", "no:cacheprovider", "-p", "no:xdist"]
    code, output = run_pytest(project, *plugins, *options, environment={"CI": "", **(environment or {})})
    return code, output


def test_a_cause_in_several_tests_is_told_once_at_the_end(project: Path) -> None:
    code, output = run(project, "--approve")
    assert code == pytest.ExitCode.OK, output

    code, output = run(project, "--review", environment={"CHANGED": NAMES})

    assert code == pytest.ExitCode.TESTS_FAILED
    summary = output[output.index("= reviews =") :].splitlines()
    assert summary[2:5] == [
        "one cause in 2 tests: text: heading “Guance” is now “Come in”",
        "  test_it.py::test_order",
        "  test_it.py::test_bill",
    ]
    assert len([line for line in summary if line.startswith("one cause")]) == 1
    assert "Somewhere else" in output


def test_baselines_that_cannot_be_written_are_told_with_what_to_do(project: Path) -> None:
    (project / "file").write_text("", encoding="utf-8")

    code, output = run(project, "--approve", "--baselines", "file/baselines")

    assert code == pytest.ExitCode.TESTS_FAILED
    reason = "cannot be written: Not a directory. Name another folder with --baselines"
    sentence = f"{folder_name('test_it.py::test_order')} {reason}"
    assert output.count(sentence) == 1
    assert [line for line in output.splitlines() if "exception" in line] == []

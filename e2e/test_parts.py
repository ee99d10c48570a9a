"""Parts of a run, as several machines run them, and what ``journeys merge`` makes of them."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner
from junitparser import JUnitXml

from e2e.cli import main
from e2e.merging import MergeError, cases, merge, name, properties
from e2e.proof import CLAIM
from fixtures.inner_runs import ROOT

PASSING: Final = """
import pytest

@pytest.mark.parametrize("number", range(5))
def test_passing(number):
    pass
"""
TESTS: Final = f"""
{PASSING}
from pathlib import Path

from e2e.proof import Answer

SUBSCRIBING = "POST marketplace.huaweicloud.com/contents/8990a122-f456-43a4-892c-a458be31e336/subscribe 422"

@pytest.mark.clause("buy-3")
def test_proving(shown, request):
    shown.answers.append(Answer(SUBSCRIBING, "zh"))
    recording = Path(request.config.getoption("--junitxml")).parent / "recordings" / request.node.name / "manifest.json"
    recording.parent.mkdir(parents=True)
    recording.write_text(request.node.name)

def test_failing():
    assert not "passed"

@pytest.mark.skip(reason="as if a tool was missing")
def test_skipped():
    pass
"""
RUNS: Final = """
import sys
import pytest

plugins = [part for name in sys.argv[1:] for part in ("-p", name)]
common = [*plugins, "--durations-path", "durations.json"]
pytest.main([*common, "--junitxml", "parts/whole/junit.xml", "--store-durations"])
for group in "123":
    pytest.main([*common, "--junitxml", f"parts/{group}/junit.xml", "--splits", "3", "--group", group])
"""
GROUPS: Final = "123"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a whole run of some tests, and with three parts of it, whose random orders differ."""
    folder = tmp_path_factory.mktemp("run")
    # Tests of the same name that take equally long, so only their order distinguishes them.
    (folder / "test_it.py").write_text(TESTS, encoding="utf-8")
    (folder / "test_more.py").write_text(PASSING, encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\nmarkers =\n    clause\n    plays\n", encoding="utf-8")
    (folder / "durations.json").write_text('{"test_slow.py::test": 2.345, "test_quick.py::test": 0.1}')
    plugins = ["pytest-split", "randomly", "fixtures.shown", "fixtures.clauses", "fixtures.parts"]
    subprocess.run(
        [sys.executable, "-c", RUNS, *plugins],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        check=True,
    )
    return folder


@pytest.fixture
def parts(run: Path, tmp_path: Path) -> list[Path]:
    """Copies of the three parts, for a test that changes them."""
    for group in GROUPS:
        shutil.copytree(run / "parts" / group, tmp_path / group)
    return [tmp_path / group for group in GROUPS]


def outcomes(folder: Path) -> list[tuple[str, ...]]:
    """Each test with its outcome and what it has proved."""
    return sorted(
        (name(case), *(type(result).__name__ for result in case.result), *properties(case, CLAIM))
        for case in cases(JUnitXml.fromfile(str(folder / "junit.xml")))
    )


def test_three_parts_merged_are_one_run(run: Path, parts: list[Path], tmp_path: Path) -> None:
    merged = merge(parts, tmp_path / "whole")

    assert outcomes(tmp_path / "whole") == outcomes(run / "parts" / "whole")
    assert {len(outcomes(part)) for part in parts} == {4, 5}
    assert (merged.tests, merged.skipped, merged.failed) == (13, 1, ["test_it.test_failing"])
    assert [(claim.clause, claim.language) for claim in merged.claims] == [("buy-3", "zh")]
    files = [path.relative_to(tmp_path / "whole").as_posix() for path in (tmp_path / "whole").rglob("*.*")]
    assert sorted(files) == ["junit.xml", "recordings/test_proving/manifest.json"]


def test_only_the_durations_of_slow_tests_are_stored(run: Path) -> None:
    assert json.loads((run / "durations.json").read_text(encoding="utf-8")) == {"test_slow.py::test": 2.3}


def _remove_part(parts: list[Path]) -> None:
    parts.pop()


def _repeat_part(parts: list[Path]) -> None:
    shutil.copytree(parts[0], parts[1], dirs_exist_ok=True)


def _remove_results(parts: list[Path]) -> None:
    (parts[1] / "junit.xml").unlink()


def _cut_results(parts: list[Path]) -> None:
    file = parts[1] / "junit.xml"
    file.write_text(file.read_text(encoding="utf-8")[:200], encoding="utf-8")


def _whole_run(parts: list[Path]) -> None:
    shutil.rmtree(parts[1])
    parts[1].mkdir()
    (parts[1] / "junit.xml").write_text("<testsuites><testsuite><testcase name='test'/></testsuite></testsuites>")


def _same_file(parts: list[Path]) -> None:
    for part in parts:
        (part / "review.html").touch()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (_remove_part, "The parts are 1 of 3, 2 of 3, but a run has 1 of 3, 2 of 3, 3 of 3."),
        (_repeat_part, "are both part 1 of 3."),
        (_remove_results, "2 has no junit.xml that can be read"),
        (_cut_results, "2 has no junit.xml that can be read"),
        (_whole_run, "2 is no part of a run"),
        (_same_file, "have the same file: review.html."),
    ],
)
def test_what_are_not_the_parts_of_one_run_is_refused_in_a_sentence(
    change: Callable[[list[Path]], None], reason: str, parts: list[Path], tmp_path: Path
) -> None:
    change(parts)

    with pytest.raises(MergeError) as refused:
        merge(parts, tmp_path / "whole")

    assert reason in str(refused.value)
    assert not (tmp_path / "whole").exists()


def test_the_command_fails_when_a_test_failed_or_a_clause_was_not_shown(parts: list[Path], tmp_path: Path) -> None:
    words = ["merge", *map(str, parts), "--output", str(tmp_path / "whole")]

    merged = CliRunner().invoke(main, [*words, "--clause-coverage"])
    again = CliRunner().invoke(main, words)

    assert merged.exit_code == 1
    assert "failed: test_it.test_failing\nbuy-1: no test of its own passed\n" in merged.stdout
    assert f"Parts: 3, tests: 13, failed: 1, skipped: 1. All files are in {tmp_path / 'whole'}.\n" in merged.stdout
    assert (again.exit_code, "is there already" in again.stderr) == (2, True)

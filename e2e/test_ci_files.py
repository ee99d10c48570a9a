"""The files in ``docs/ci`` that users copy: their form, what they call, and a small run."""

import os
import re
import subprocess
import warnings
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner

from fixtures.inner_runs import ROOT

with warnings.catch_warnings():  # it changes what happens to warnings
    from check_jsonschema import main as check_jsonschema

CI: Final = ROOT / "docs" / "ci"


@pytest.mark.parametrize(
    ("file", "schema"), [("github-actions.yml", "github-workflows"), ("gitlab-ci.yml", "gitlab-ci")]
)
def test_a_file_has_the_form_that_its_ci_reads(file: str, schema: str) -> None:
    words = ["--builtin-schema", f"vendor.{schema}", "--data-transform", "gitlab-ci", str(CI / file)]

    checked = CliRunner().invoke(check_jsonschema, words)

    assert checked.exit_code == 0, checked.output


@pytest.mark.parametrize("file", ["github-actions.yml", "gitlab-ci.yml"])
def test_a_file_calls_what_the_script_does(file: str) -> None:
    script = (CI / "run.sh").read_text(encoding="utf-8")

    called = re.findall(r"docs/ci/run\.sh (\w+)", (CI / file).read_text(encoding="utf-8"))

    assert called == ["part", "review", "merge"]
    assert re.findall(r"^(\w+)\)$", script, re.MULTILINE) == called


def test_a_part_is_run_and_merged_by_the_script(tmp_path: Path) -> None:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "MAKE"))}
    small = {"OUTPUT": str(tmp_path), "ARGS": "-n 0 -p no:cacheprovider mock_sites/tests/test_readme.py"}

    for words in (["part", "1", "1"], ["merge"]):
        done = subprocess.run(
            [CI / "run.sh", *words], env=inherited | small, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr

    assert f"Parts: 1, tests: 2, failed: 0, skipped: 0. All files are in {tmp_path}/whole.\n" in done.stdout
    assert (tmp_path / "whole" / "junit.xml").is_file()


def test_the_script_says_what_it_can_do() -> None:
    done = subprocess.run([CI / "run.sh"], capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert "docs/ci/run.sh part 1 3" in done.stderr

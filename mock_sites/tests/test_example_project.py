"""The example project of a seller, run in an environment of its own with the wheel in it.

It proves that the wheel and its requirements, without this checkout, are enough for another project's tests: templates,
translations, the plugin's fixtures and the browser. The required packages are those of this environment, in the locked
versions. Whether a package index has them is not tested.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from email import message_from_bytes
from importlib import metadata
from pathlib import Path
from typing import Final
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement

from mock_sites.environment.packages import plain_name
from mock_sites.tests.support.wheels import build_wheel

PROJECT: Final = Path(__file__).parents[2] / "docs" / "example_project"


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a new environment with the wheel, its extra ``pytest`` and what they require."""
    folder = tmp_path_factory.mktemp("environment")
    venv = folder / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", venv], check=True)
    site = next(venv.glob("lib/python*/site-packages"))
    wheel = build_wheel(folder)
    uv = [Path(sys.executable).parent / "uv", "pip", "install", "--quiet", "--offline", "--no-deps"]
    subprocess.run([*uv, "--python", venv / "bin" / "python", wheel], check=True)
    for package in required(wheel):
        for name in {path.parts[0] for path in package.files or []} - {"..", "__pycache__"}:
            (site / name).symlink_to(str(package.locate_file(name)))
    return venv / "bin" / "python"


def required(wheel: Path) -> Iterator[metadata.Distribution]:
    """The installed packages that the wheel with its extra requires, and those that they require."""
    with ZipFile(wheel) as archive:
        found = next(name for name in archive.namelist() if name.endswith("/METADATA"))
        described = message_from_bytes(archive.read(found)).get_all("Requires-Dist", [])
    waiting = [(described, {"", "pytest"})]
    seen = set[str]()
    while waiting:
        requirements, extras = waiting.pop()
        for one in map(Requirement, requirements):
            applies = one.marker is None or any(one.marker.evaluate({"extra": extra}) for extra in extras)
            if applies and plain_name(one.name) not in seen:
                seen.add(plain_name(one.name))
                yield (package := metadata.distribution(one.name))
                waiting.append((package.requires or [], {"", *one.extras}))


def run(*words: str | Path, cwd: Path) -> str:
    """The output of a program in ``cwd``, with nothing of this run in its environment."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "PYTHON", "VIRTUAL"))}
    done = subprocess.run(words, cwd=cwd, env=kept, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)  # noqa: PLW1510
    assert done.returncode == 0, done.stdout
    return done.stdout


def test_the_example_project_passes_without_a_warning_with_the_installed_wheel(python: Path, tmp_path: Path) -> None:
    project = tmp_path / "example"
    shutil.copytree(PROJECT, project, ignore=shutil.ignore_patterns("__pycache__", ".pytest_cache"))

    assert "6 passed" in run(python, "-m", "pytest", "-W", "error", cwd=project)


def test_its_tests_without_a_browser_need_no_playwright(python: Path, tmp_path: Path) -> None:
    project = tmp_path / "example"
    shutil.copytree(PROJECT, project, ignore=shutil.ignore_patterns("__pycache__", ".pytest_cache"))
    (project / "playwright.py").write_text("raise ImportError('not installed')\n")
    asked = ["-p", "no:playwright", "tests/test_without_a_browser.py"]

    assert "3 passed" in run(python, "-m", "pytest", "-W", "error", *asked, cwd=project)


def test_nothing_of_the_checkout_is_there_but_the_command_of_the_sites(python: Path, tmp_path: Path) -> None:
    found = "from importlib.util import find_spec; print([find_spec(name) for name in ('e2e', 'fixtures', 'faker')])"

    assert run(python, "-c", found, cwd=tmp_path) == "[None, None, None]\n"
    assert "serve" in run(python.parent / "mock-sites", "--help", cwd=tmp_path)
    assert not (python.parent / "journeys").exists()

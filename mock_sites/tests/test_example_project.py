"""The example project of a seller, run in an environment of its own with the wheel in it.

It proves that the wheel and its requirements, without this checkout, are enough for another project's tests: templates,
translations, the plugin's fixtures and the browser. The required packages are those of this environment, in the locked
versions. Whether a package index has them is not tested.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Collection, Iterator
from email import message_from_bytes
from importlib import metadata
from pathlib import Path
from typing import Final
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement

from mock_sites.environment.packages import plain_name
from mock_sites.review.folder_names import folder_name
from mock_sites.tests.support.wheels import build_wheel

PROJECT: Final = Path(__file__).parents[2] / "docs" / "example_project"


SHOP: Final = """
import os

import pytest


@pytest.fixture(scope="module")
def shared(browser):
    context = browser.new_context()
    yield context.new_page()
    context.close()


def test_signs_in(page):
    page.set_content("<h1>Sign in</h1><input type=password aria-label=Password><button>Go</button>")
    page.get_by_label("Password").fill("correct-horse-7")
    page.get_by_role("button").click()


def test_looks_twice(shared, page):
    shared.set_content("<h1>Shop</h1>")
    page.set_content(f"<h1>{os.environ.get('HEADING', 'Own')}</h1>")


def test_closes_what_it_opens(browser, shared):
    with browser.new_context() as context:
        context.new_page().set_content("<h1>Closed</h1>")


def test_shows_nothing():
    pass
"""
"""Tests of a program that has nothing to do with the mock sites."""


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a new environment with the wheel, its extra ``pytest`` and what they require."""
    return make_environment(tmp_path_factory.mktemp("environment"), "pytest")


@pytest.fixture(scope="module")
def reviewing_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with the extra ``review``."""
    return make_environment(tmp_path_factory.mktemp("reviewing"), "pytest", "review")


def make_environment(folder: Path, *extras: str) -> Path:
    """Make an environment; its Python."""
    venv = folder / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", venv], check=True)
    site = next(venv.glob("lib/python*/site-packages"))
    wheel = build_wheel(folder)
    uv = [Path(sys.executable).parent / "uv", "pip", "install", "--quiet", "--offline", "--no-deps"]
    subprocess.run([*uv, "--python", venv / "bin" / "python", wheel], check=True)
    for package in required(wheel, extras):
        for name in {path.parts[0] for path in package.files or []} - {"..", "__pycache__"}:
            (site / name).symlink_to(str(package.locate_file(name)))
    return venv / "bin" / "python"


def required(wheel: Path, extras: Collection[str]) -> Iterator[metadata.Distribution]:
    """The installed packages that the wheel with its extras requires, and those that they require."""
    with ZipFile(wheel) as archive:
        found = next(name for name in archive.namelist() if name.endswith("/METADATA"))
        described = message_from_bytes(archive.read(found)).get_all("Requires-Dist", [])
    waiting = [(described, {"", *extras})]
    seen = set[str]()
    while waiting:
        requirements, wanted = waiting.pop()
        for one in map(Requirement, requirements):
            applies = one.marker is None or any(one.marker.evaluate({"extra": extra}) for extra in wanted)
            if applies and plain_name(one.name) not in seen:
                seen.add(plain_name(one.name))
                yield (package := metadata.distribution(one.name))
                waiting.append((package.requires or [], {"", *one.extras}))


def run(*words: str | Path, cwd: Path, code: int = 0, **environment: str) -> str:
    """The output of a program in ``cwd`` that ends with this exit code, with nothing of this run in its environment."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "PYTHON", "VIRTUAL"))}
    kept |= {"CI": "", **environment}
    done = subprocess.run(words, cwd=cwd, env=kept, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)  # noqa: PLW1510
    assert done.returncode == code, done.stdout
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


def test_reviews_name_the_extra_that_they_need(python: Path, tmp_path: Path) -> None:
    refused = run(python, "-m", "pytest", "--review", cwd=tmp_path, code=pytest.ExitCode.USAGE_ERROR)

    assert "mock-marketplace[pytest,review]" in refused


def folder_of(test: str) -> str:
    return folder_name(f"test_shop.py::test_{test}[chromium]")


def test_what_tests_of_another_project_show_is_approved_and_reviewed(reviewing_python: Path, tmp_path: Path) -> None:
    (tmp_path / "test_shop.py").write_text(SHOP, encoding="utf-8")
    pytest_ = [reviewing_python, "-m", "pytest", "-W", "error"]

    (tmp_path / "baselines" / "test-shop-py-test-that-is-gone-chromium").mkdir(parents=True)
    approved = run(*pytest_, "--approve", cwd=tmp_path)
    again = run(*pytest_, "--approve", cwd=tmp_path)
    same = run(*pytest_, "--review", cwd=tmp_path)
    changed = run(*pytest_, "--review", cwd=tmp_path, code=1, HEADING="Other")

    texts = {
        file.relative_to(tmp_path / "baselines").as_posix(): file.read_text("utf-8")
        for file in tmp_path.rglob("*.yaml")
    }
    assert sorted(texts) == [
        f"{folder_of('closes_what_it_opens')}/trace.yaml",
        f"{folder_of('looks_twice')}/trace-2.yaml",
        f"{folder_of('looks_twice')}/trace.yaml",
        f"{folder_of('signs_in')}/trace.yaml",
    ]
    assert "correct-horse-7" not in "".join(texts.values())
    counted = "tests with a recording: 3; without one, of which nothing is compared: 1"
    assert counted in approved
    assert "baselines written:" in approved
    assert "baselines written:" not in again
    assert "baselines of a test that is not there: test-shop-py-test-that-is-gone-chromium" in same
    assert [*tmp_path.rglob("*.zip")] == [], "traces have secrets"
    assert [file.name for file in (tmp_path / "test-results").rglob("*.html")] == ["review.html"]
    assert counted in same
    assert "heading “Own” is now “Other”" in changed
    assert "3 passed, 1 failed" in changed or "1 failed, 3 passed" in changed


def test_nothing_of_the_checkout_is_there_but_the_command_of_the_sites(python: Path, tmp_path: Path) -> None:
    found = "from importlib.util import find_spec; print([find_spec(name) for name in ('e2e', 'fixtures', 'faker')])"

    assert run(python, "-c", found, cwd=tmp_path) == "[None, None, None]\n"
    assert "serve" in run(python.parent / "mock-sites", "--help", cwd=tmp_path)
    assert not (python.parent / "journeys").exists()

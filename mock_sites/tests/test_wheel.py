"""The wheel: what others get when they install this project."""

import ast
import sys
from email import message_from_string
from importlib import metadata
from typing import Final
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement

from mock_sites.environment.packages import plain_name
from mock_sites.tests.support.wheels import ROOT, build_wheel

EXTRAS: Final = {
    "mock_sites/pytest_plugin/": "pytest",
    "mock_sites/redaction/": "review",
    "mock_sites/review/": "review",
}
"""The packages that need an extra."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> ZipFile:
    """The wheel of this checkout."""
    return ZipFile(build_wheel(tmp_path_factory.mktemp("wheel")))


def described(wheel: ZipFile, name: str) -> str:
    return next(wheel.read(path).decode() for path in wheel.namelist() if path.endswith(f".dist-info/{name}"))


def required(wheel: ZipFile, extra: str = "") -> set[str]:
    """The names of the packages that the wheel requires, for itself or for ``extra``."""
    found = message_from_string(described(wheel, "METADATA")).get_all("Requires-Dist", [])
    wanted = map(Requirement, found)
    chosen = (one for one in wanted if (str(one.marker or "") == (f'extra == "{extra}"' if extra else "")))
    return {plain_name(one.name) for one in chosen}


def with_their_own(names: set[str]) -> set[str]:
    """``names``, and what those packages require themselves."""
    wanted = [Requirement(text) for name in names for text in metadata.requires(name) or []]
    more = {plain_name(one.name) for one in wanted if one.marker is None or one.marker.evaluate({"extra": ""})}
    return names | more


def imported(source: bytes) -> set[str]:
    """The top-level modules that a source imports anywhere."""
    nodes = list(ast.walk(ast.parse(source)))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    some_of = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    return {name.partition(".")[0] for name in plain | some_of}


def test_it_holds_the_sites_alone_with_what_they_serve(wheel: ZipFile) -> None:
    names = {name for name in wheel.namelist() if ".dist-info/" not in name}
    files = {str(path.relative_to(ROOT)) for path in (ROOT / "mock_sites").rglob("*") if path.is_file()}
    wanted = {name for name in files if "/tests/" not in name and not name.endswith((".pyc", ".po"))}

    assert names == wanted
    assert {"mock_sites/py.typed", "mock_sites/translations/zh/LC_MESSAGES/messages.mo"} < names


def test_its_only_command_is_one_that_it_holds(wheel: ZipFile) -> None:
    commands = described(wheel, "entry_points.txt").partition("[console_scripts]")[2].partition("[")[0]

    assert commands.split("\n", 2)[1] == "mock-sites = mock_sites.__main__:main"
    assert "journeys" not in commands


def test_requirements_of_this_projects_own_tests_are_not_installed(wheel: ZipFile) -> None:
    assert required(wheel, "pytest") == {"playwright", "pytest", "pytest-playwright"}
    assert not [name for name in required(wheel) if "pytest" in name or name == "playwright"]


def test_what_it_imports_is_what_it_requires(wheel: ZipFile) -> None:
    """Or a requirement of one of those, such as Flask's Werkzeug."""
    modules = metadata.packages_distributions()
    base = with_their_own(required(wheel))
    extras = {package: required(wheel, extra) for package, extra in EXTRAS.items()}
    for name in wheel.namelist():
        if name.endswith(".py"):
            more = (packages for package, packages in extras.items() if name.startswith(package))
            allowed = base.union(*more)
            others = imported(wheel.read(name)) - sys.stdlib_module_names - {"mock_sites", "_typeshed"}
            missing = {one for one in others if not {*map(plain_name, modules[one])} & allowed}
            assert not missing, f"{name} imports {missing}, which the wheel does not require"

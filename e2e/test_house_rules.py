"""Rules that the code of journeys, tests and fixtures keeps."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from e2e.clauses import all_clauses
from e2e.journeys import JOURNEYS

ROOT: Final = Path(__file__).parents[1]
SOURCES: Final = [
    *sorted((ROOT / "e2e").rglob("*.py")),
    *sorted((ROOT / "fixtures").rglob("*.py")),
    ROOT / "conftest.py",
]
WAITING_FOR_NOTHING: Final = {"wait_for_timeout", "sleep", "networkidle"}
WAITS_FOR_PEOPLE: Final = {ROOT / "e2e" / "demo" / "keys.py", ROOT / "e2e" / "demo" / "narrator.py"}
"""The pauses of a presenter: until somebody presses a key, and as long as it takes to read a card or see a result."""


def names_in(tree: ast.AST) -> Iterator[str]:
    """The names, attributes and short texts of a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Call):
            yield from (
                word.value for word in node.args if isinstance(word, ast.Constant) and isinstance(word.value, str)
            )
            yield from (
                word.value.value
                for word in node.keywords
                if isinstance(word.value, ast.Constant) and isinstance(word.value.value, str)
            )


def clauses_in(tree: ast.AST) -> Iterator[str]:
    """The clause ids with which tests are marked."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "clause":
            yield from (
                word.value for word in node.args if isinstance(word, ast.Constant) and isinstance(word.value, str)
            )


@pytest.mark.parametrize(
    "path", [path for path in SOURCES if path not in WAITS_FOR_PEOPLE], ids=lambda path: str(path.relative_to(ROOT))
)
def test_nobody_waits_for_time_to_pass(path: Path) -> None:
    assert WAITING_FOR_NOTHING.isdisjoint(names_in(ast.parse(path.read_text(encoding="utf-8"))))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_the_public_entry_of_the_sites_is_imported(path: Path) -> None:
    inner = r"^\s*(from|import) mock_sites\.(?!(client|pytest_plugin) import)"
    assert not re.search(inner, path.read_text(encoding="utf-8"), re.MULTILINE)


def test_nothing_is_located_by_its_place_in_the_markup() -> None:
    assert [path.name for path in SOURCES if "xpath" + "=" in path.read_text(encoding="utf-8")] == []


def test_every_clause_that_is_named_exists() -> None:
    in_tests = {clause for path in SOURCES for clause in clauses_in(ast.parse(path.read_text(encoding="utf-8")))}
    in_journeys = {clause for journey in JOURNEYS.values() for step in journey.steps for clause in step.clauses}

    assert in_tests | in_journeys <= all_clauses().keys()


def test_every_clause_of_the_main_journey_has_a_test_of_its_own() -> None:
    in_tests = {clause for path in SOURCES for clause in clauses_in(ast.parse(path.read_text(encoding="utf-8")))}
    in_journeys = {clause for journey in JOURNEYS.values() for step in journey.steps for clause in step.clauses}

    assert in_journeys - in_tests == set()


def test_the_names_of_steps_are_unique_within_a_journey() -> None:
    for journey in JOURNEYS.values():
        names = [step.name for step in journey.steps]
        assert len(names) == len(set(names))

"""Rules of the code of journeys, tests and fixtures."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from e2e.clauses import all_clauses
from e2e.journeys import JOURNEYS

ROOT: Final = Path(__file__).parents[1]
SOURCES: Final = [
    *sorted((ROOT / "e2e").rglob("*.py")),
    *sorted((ROOT / "fixtures").rglob("*.py")),
    ROOT / "conftest.py",
]
TESTS: Final = [*SOURCES, *sorted((ROOT / "mock_sites" / "tests").rglob("*.py"))]
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


def test_nobody_waits_for_time_to_pass() -> None:
    waiting = {
        str(path.relative_to(ROOT)): words
        for path in SOURCES
        if path not in WAITS_FOR_PEOPLE
        and (words := WAITING_FOR_NOTHING & set(names_in(ast.parse(path.read_text(encoding="utf-8")))))
    }

    assert waiting == {}


def test_only_the_public_entry_of_the_sites_is_imported() -> None:
    inner = re.compile(r"^\s*(from|import) mock_sites\.(?!(client|pytest_plugin) import)", re.MULTILINE)

    assert [str(path.relative_to(ROOT)) for path in SOURCES if inner.search(path.read_text(encoding="utf-8"))] == []


def imported(tree: ast.AST) -> Iterator[str]:
    """The names of the modules that a module imports, and of what it imports from them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_no_module_of_tests_is_imported() -> None:
    modules = {path.stem for path in TESTS if path.stem.startswith("test_")}
    trees = {str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8")) for path in TESTS}
    found = {
        f"{path}: {name}" for path, tree in trees.items() for name in imported(tree) if modules & set(name.split("."))
    }

    assert found == set(), "what several tests need belongs in fixtures, mock_sites/tests/support or e2e/support"


def test_every_page_object_is_used() -> None:
    words = Counter(word for path in SOURCES for word in re.findall(r"\w+", path.read_text(encoding="utf-8")))
    defined = [
        node.name
        for path in (ROOT / "e2e" / "pages").glob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef | ast.FunctionDef)
    ]

    assert [name for name in defined if words[name] == 1] == []


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

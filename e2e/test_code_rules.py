"""Rules of the code of journeys, tests and fixtures."""

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
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
FAST_TESTS: Final = sorted((ROOT / "mock_sites" / "tests").rglob("*.py"))
WAITING_FOR_NOTHING: Final = {"wait_for_timeout", "sleep", "networkidle"}
WAITS_FOR_TIME: Final = {"e2e/bench/load/generator.py", "e2e/demo/keys.py", "e2e/demo/narrator.py"}
"""A load that is measured for a time, and the pauses of a presenter: for a key, to read a card, to see a result."""
WRITES_PARTS: Final = {
    "e2e/bench/comparison",
    "e2e/demo/encoding",
    "e2e/demo/film",
    "e2e/gallery/index",
    "e2e/gallery/photographer",
    "e2e/gallery/texts",
    "e2e/journeys/world_cache",
    "e2e/recording/command",
    "e2e/recording/writing",
    "e2e/support/review_schema",
    "e2e/support/sample",
    "mock_sites/process/whole_files",
    "mock_sites/review/approving/baseline",
    "mock_sites/review/traces/trace",
    "mock_sites/world/folders",
    "mock_sites/world/lock",
    "mock_sites/world/world_files",
}
"""Modules that write into a folder of their own, which takes its place when it is complete, or temporary files."""
POLL: Final = "threading.Event().wait("


@dataclass(frozen=True)
class Source:
    """What the rules look at in one module, which is parsed once.

    Attributes:
        text: its text.
        used: the names, attributes and short texts that it uses.
        clauses: the clause ids with which its tests are marked.
        imports: the dotted names of what it imports.
    """

    text: str
    used: set[str]
    clauses: set[str]
    imports: set[str]


def read(path: Path) -> Source:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    source = Source(text, set(), set(), set())
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            source.used.add(node.attr)
        elif isinstance(node, ast.Name):
            source.used.add(node.id)
        elif isinstance(node, ast.Call):
            source.used.update(texts(node.args), texts(word.value for word in node.keywords))
            if isinstance(node.func, ast.Attribute) and node.func.attr == "clause":
                source.clauses.update(texts(node.args))
        elif isinstance(node, ast.Import):
            source.imports.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            source.imports.update(f"{node.module}.{alias.name}" for alias in node.names)
    return source


def texts(nodes: Iterable[ast.expr]) -> Iterator[str]:
    return (node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))


def defined_in(path: Path) -> Iterator[str]:
    """The names at the top of a module that are there to be used: no tests, hooks, or what a decorator registers."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            decorators = [ast.unparse(decorator) for decorator in node.decorator_list]
            registered = any("." in one and not one.startswith("pytest.fixture") for one in decorators)
            if not registered and "autouse=True" not in "".join(decorators):
                yield from (name for name in [node.name] if not name.startswith(("test_", "pytest_", "__")))
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = [name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)]
            yield from (name for name in names if not name.startswith(("pytest", "__")))


@pytest.fixture(scope="module")
def sources() -> dict[str, Source]:
    """The modules of journeys and fixtures, by path."""
    return {str(path.relative_to(ROOT)): read(path) for path in SOURCES}


def test_nobody_waits_for_time_to_pass(sources: dict[str, Source]) -> None:
    waiting = {path: words for path, source in sources.items() if (words := WAITING_FOR_NOTHING & source.used)}

    assert waiting.keys() == WAITS_FOR_TIME, waiting


def test_tests_look_again_and_again_with_an_end_only() -> None:
    polling = [path.stem for path in (*SOURCES, *FAST_TESTS) if POLL in path.read_text(encoding="utf-8")]

    assert polling == ["test_code_rules", "waiting"], "wait_until() of mock_sites/tests/support/waiting.py has an end"


def test_rows_are_searched_by_one_rule_that_takes_any_text() -> None:
    pattern = re.compile(r"autoescape=True\)|\.i?like\(|\.regexp_match\(")  # SQLite refuses a long pattern of LIKE
    paths = sorted({*(ROOT / "mock_sites").rglob("*.py")} - {*FAST_TESTS})

    assert [path.name for path in paths if pattern.search(path.read_text(encoding="utf-8"))] == [], "use have_text()"


def test_what_is_printed_in_columns_is_cut_off_nowhere() -> None:
    cutting = re.compile(r"\b(?:Table|Console)\((?![^)]*(?:stderr|soft_wrap)=True)")  # other consoles have 80 columns
    printing = re.compile(r"^ *from rich", re.MULTILINE)
    folding = ROOT / "mock_sites" / "process" / "printing.py"
    reviews = {*(ROOT / "mock_sites" / "review").rglob("*.py")}  # printed in folded lines
    paths = {path for folder in ("mock_sites", "e2e") for path in (ROOT / folder).rglob("*.py")}
    texts = {path.name: path.read_text(encoding="utf-8") for path in paths - {folding} - reviews}
    found = [
        name
        for name, text in texts.items()
        if printing.search(text) and cutting.search(text) and not name.startswith("test_")
    ]

    assert found == [], "use console_for() and folding_table()"


def test_what_people_have_is_replaced_as_a_whole() -> None:
    writing = re.compile(r"\.write_(?:text|bytes)\(|\.open\(\"[wx]b?\"")
    paths = {path for folder in ("mock_sites", "e2e", "fixtures") for path in (ROOT / folder).rglob("*.py")}
    found = {
        str(path.relative_to(ROOT))
        for path in paths - {*FAST_TESTS}
        if not path.name.startswith("test_") and writing.search(path.read_text(encoding="utf-8"))
    }

    assert found == {f"{name}.py" for name in WRITES_PARTS}, "use write_whole()"


def test_old_words_do_not_come_back() -> None:
    old = re.compile(r"who[e]ver|nobody[s]_|hinder[e]d|citizen[s]|\b(tol[d]|roo[m]|octet[s])( =|[(:])", re.IGNORECASE)
    shown = re.compile(r"N_\(|^ +en=")  # texts of pages and captions have translations and recordings
    paths = [path for folder in ("mock_sites", "e2e", "fixtures") for path in (ROOT / folder).rglob("*.py")]
    lines = [(path, line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    found = [f"{path.name}: {line.strip()}" for path, line in lines if old.search(line) and not shown.search(line)]

    assert found == [], "say who or what is meant, in present-day English"


def test_only_the_public_entry_of_the_sites_is_imported(sources: dict[str, Source]) -> None:
    inner = re.compile(r"^\s*(from|import) mock_sites\.(?!(client|pytest_plugin|redaction|review)\b)", re.MULTILINE)

    assert [path for path, source in sources.items() if inner.search(source.text)] == []


def test_no_module_of_tests_is_imported(sources: dict[str, Source]) -> None:
    tests = sources | {str(path.relative_to(ROOT)): read(path) for path in FAST_TESTS}
    modules = {Path(path).stem for path in tests if Path(path).stem.startswith("test_")}
    found = {
        f"{path}: {name}" for path, source in tests.items() for name in source.imports if modules & {*name.split(".")}
    }

    assert found == set(), "what several tests need belongs in fixtures, mock_sites/tests/support or e2e/support"


def test_what_a_module_defines_is_used() -> None:
    """What the sites define is used by more than tests of it, or documented for others."""
    folders = [ROOT / folder for folder in ("mock_sites", "e2e", "fixtures", "docs")]
    paths = [path for folder in folders for path in folder.rglob("*") if path.suffix in {".py", ".html", ".js", ".md"}]
    anywhere, outside_of_tests = Counter[str](), Counter[str]()
    for path in paths:
        words = re.findall(r"\w+", path.read_text(encoding="utf-8"))
        anywhere.update(words)
        if not path.name.startswith("test_"):
            outside_of_tests.update(words)
    of_sites = {*(ROOT / "mock_sites").rglob("*.py")} - {*FAST_TESTS}

    assert [
        f"{path.name}: {name}"
        for path in paths
        if path.suffix == ".py"
        for name in defined_in(path)
        if (outside_of_tests if path in of_sites else anywhere)[name] == 1
    ] == []


def test_nothing_is_located_by_its_place_in_the_markup(sources: dict[str, Source]) -> None:
    assert [path for path, source in sources.items() if "xpath" + "=" in source.text] == []


def test_every_clause_that_is_named_exists(sources: dict[str, Source]) -> None:
    in_tests = {clause for source in sources.values() for clause in source.clauses}
    in_journeys = {clause for journey in JOURNEYS.values() for step in journey.steps for clause in step.clauses}

    assert in_tests | in_journeys <= all_clauses().keys()


def test_every_clause_of_the_main_journey_has_a_test_of_its_own(sources: dict[str, Source]) -> None:
    in_tests = {clause for source in sources.values() for clause in source.clauses}
    in_journeys = {clause for journey in JOURNEYS.values() for step in journey.steps for clause in step.clauses}

    assert in_journeys - in_tests == set()


def test_the_names_of_steps_are_unique_within_a_journey() -> None:
    for journey in JOURNEYS.values():
        names = [step.name for step in journey.steps]
        assert len(names) == len(set(names))

"""Which tests a change reaches, by what a green run has recorded."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
from coverage import CoverageData

from fixtures.coverage_record import CoverageRecord, blocks_of, record
from fixtures.inner_runs import ROOT
from fixtures.recorded_coverage import lines_of

RATES: Final = """
from fixtures.money import CENT

class Rates:
    def price(self):
        return CENT

    @property
    def tax(self):
        return 0
"""
PRICES: Final = """
def price():
    return 1

def tax():
    return 0
"""
TESTS: Final = """
import prices

def test_price():
    assert prices.price() == 1

def test_tax():
    assert prices.tax() == 0
"""
RUNS: Final = """
from pathlib import Path
import pytest

common = ["-q", "-p", "pytest_cov.plugin", "-p", "fixtures.changed"]
record = ["--record-coverage", "--cov=e2e", "--cov-context=test", "--cov-report="]
prices = Path("e2e/prices.py")
print("first", pytest.main([*common, "--changed"]))
print("recorded", pytest.main([*common, *record]))
print("same", pytest.main([*common, "--changed"]))
prices.write_text(prices.read_text().replace("return 0", "return 0.0"))
print("changed", pytest.main([*common, "--changed", "-rA"]))
"""
RUN: Final = re.compile("(?:first 4|(?:recorded|same|changed) 0)\n")
"""Ends the output of each run, if it ended so."""
PRICE, TAX, PAGE, RULE, SLOW = (f"e2e/test_it.py::test_{name}" for name in ("price", "tax", "page", "rule", "slow"))
SECONDS: Final = {PRICE: 1.0, TAX: 2.0, PAGE: 3.0, RULE: 0.1, SLOW: 9.0}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project."""
    files = {
        "fixtures/money.py": "CENT = 1\n",
        "fixtures/rates.py": RATES,
        "fixtures/templates/bill.html": "{{ price }}",
        "fixtures/templates/unused.css": "p {}",
        "e2e/test_it.py": "",
        "conftest.py": "",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def recorded(root: Path) -> CoverageRecord:
    """A recorded run of its tests: three of them run code of the project, a rule and a slow one do not."""
    data = CoverageData(str(root / ".coverage"))
    ran = {
        "": {"money.py": [1], "rates.py": [2, 4, 5, 8, 9]},
        f"{PRICE}|run": {"rates.py": [6]},
        f"{TAX}|setup": {"rates.py": [10]},
        f"{PAGE}|run": {"rates.py": [6, 10], "templates/bill.html": [5]},
    }
    for context, lines in ran.items():
        data.set_context(context)
        data.add_lines({str(root / "fixtures" / name): numbers for name, numbers in lines.items()})
    data.write()
    record(root, SECONDS, lines_of(CoverageData(str(root / ".coverage")), root)).save(root / "record.json")
    return CoverageRecord.load(root / "record.json")


@pytest.mark.parametrize(
    ("file", "before", "after", "reached"),
    [
        ("fixtures/rates.py", "return CENT", "return 2 * CENT", {PRICE, PAGE}),
        ("fixtures/rates.py", "@property", "@cached_property", {TAX, PAGE}),
        ("fixtures/rates.py", "class Rates:", "class Rates:\n    def new(self): pass", {PRICE, TAX, PAGE}),
        ("fixtures/money.py", "1", "2", {PRICE, TAX, PAGE}),
        ("fixtures/templates/bill.html", "price", "tax", {PAGE}),
        ("fixtures/templates/unused.css", "p", "q", {PAGE}),
        ("e2e/test_it.py", "", "pass", SECONDS.keys() - {RULE}),
        ("conftest.py", "", "pass", SECONDS.keys() - {RULE, SLOW} | {SLOW}),
    ],
)
def test_a_change_reaches_the_tests_that_ran_the_block(
    root: Path, recorded: CoverageRecord, file: str, before: str, after: str, reached: set[str]
) -> None:
    text = (root / file).read_text(encoding="utf-8")
    (root / file).write_text(text.replace(before, after, 1), encoding="utf-8")

    selection = recorded.select(blocks_of(root), SECONDS, seconds=100)

    # Nothing is known of the rule, which is quick.
    assert selection.chosen == selection.reached == reached | {RULE}
    assert selection.unknown == {SLOW} - selection.reached
    assert selection.changed == [file]


def test_nothing_is_chosen_when_nothing_was_changed(root: Path, recorded: CoverageRecord) -> None:
    assert recorded.select(blocks_of(root), SECONDS, seconds=100).chosen == set()


def test_new_tests_come_first_and_then_those_that_say_most_about_the_change(
    root: Path, recorded: CoverageRecord
) -> None:
    (root / "fixtures/money.py").write_text("CENT = 2\n", encoding="utf-8")
    (root / "fixtures/templates/bill.html").write_text("", encoding="utf-8")

    chosen = [
        recorded.select(blocks_of(root), [*SECONDS, "e2e/test_it.py::test_new"], seconds).chosen
        for seconds in (0, 0.5, 3.5, 4.5, 6.5)
    ]

    added = [after - before for before, after in zip([frozenset[str](), *chosen], chosen, strict=False)]
    assert added == [{"e2e/test_it.py::test_new"}, {RULE}, {PAGE}, {PRICE}, {TAX}]


def test_a_file_that_was_removed_reaches_what_ran_it(root: Path, recorded: CoverageRecord) -> None:
    (root / "fixtures/templates/bill.html").unlink()

    assert recorded.select(blocks_of(root), SECONDS, seconds=100).reached == {PAGE, RULE}


def test_a_record_has_the_name_of_each_test_once(root: Path, recorded: CoverageRecord) -> None:
    assert recorded.tests["fixtures/rates.py"]["Rates.price"] == [PAGE, PRICE]

    text = (root / "record.json").read_text(encoding="utf-8")

    assert [text.count(test) for test in SECONDS] == [1] * len(SECONDS)


def test_a_run_chooses_the_tests_of_what_was_changed_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "e2e").mkdir()
    for name, text in (("pytest.ini", "[pytest]"), ("e2e/prices.py", PRICES), ("e2e/test_it.py", TESTS)):
        (tmp_path / name).write_text(text, encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "-c", RUNS],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=True,
    )

    first, recorded, same, changed = (part.strip() for part in RUN.split(done.stdout)[:-1])
    assert "Run: make coverage" in done.stderr
    assert first == ""
    assert "2 passed" in recorded
    assert "Nothing was changed since the recorded run." in same
    assert "Changed files: 1. Tests that they reach: 1. make test runs all tests." in changed
    assert "PASSED e2e/test_it.py::test_tax" in changed
    assert "test_price" not in changed

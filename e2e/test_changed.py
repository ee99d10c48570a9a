"""Which tests a change reaches, by what a green run has recorded."""

from pathlib import Path
from typing import Final

import pytest
from coverage import CoverageData

from fixtures.coverage_record import CoverageRecord, blocks_of, record
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

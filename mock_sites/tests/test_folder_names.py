"""What single tests write is in folders of their own."""

import ast
from itertools import combinations
from pathlib import Path
from typing import Final

import pytest

from mock_sites.review.folder_names import folder_name

ROOT: Final = Path(__file__).parents[2]

IDS: Final = [
    "test_a.py::test_b[+]",
    "test_a.py::test_b[-]",
    "test_a.py::test_b[a b]",
    "test_a.py::test_b[a-b]",
    "test_a.py::test_b[A-b]",
    "test_a.py::test_b_a[b]",
    "test_a_py/test_b.py::a[b]",
    f"test_a.py::test_b[{'long' * 60}1]",
    f"test_a.py::test_b[{'long' * 60}2]",
    "test_a.py::测试[一]",
    "test_a.py::测试[二]",
]


@pytest.mark.parametrize(("one", "other"), [*combinations(IDS, 2)])
def test_each_test_has_a_folder_of_its_own_also_where_capitals_do_not_count(one: str, other: str) -> None:
    assert folder_name(one).lower() != folder_name(other).lower()


@pytest.mark.parametrize("test", IDS)
def test_every_file_system_takes_the_names(test: str) -> None:
    name = folder_name(test)

    assert len(name) < 128
    assert name.replace("-", "").isalnum()
    assert name.isascii()
    assert name.startswith("test-a-py-")


def test_nothing_else_makes_names_of_node_ids() -> None:
    """A second way to make them would write into the folders of other tests again."""
    makers = {
        path.name
        for folder in ("mock_sites", "fixtures", "e2e")
        for path in (ROOT / folder).rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "re.sub" and "nodeid" in ast.unparse(call)
    }

    assert makers == set()

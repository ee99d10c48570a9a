"""A page that several tests share is reviewed in each of them, in any order, if each opens what it needs."""

from pathlib import Path
from typing import Final

import pytest

from fixtures.inner_runs import run_pytest

TESTS: Final = """
import pytest

@pytest.fixture(scope="session")
def of_session(browser):
    context = browser.new_context()
    yield context.new_page()
    context.close()

@pytest.fixture(scope="module")
def of_module(browser):
    context = browser.new_context()
    yield context.new_page()
    context.close()

@pytest.fixture(params=["of_session", "of_module"])
def tab(request):
    return request.getfixturevalue(request.param)

def test_news(tab):
    tab.goto("data:text/html,<title>News</title><h1>News</h1><button onclick='this.remove()'>Read</button>")
    tab.get_by_role("button").click()

def test_cart(tab):
    tab.goto("data:text/html,<title>Cart</title><h1>Cart</h1>")
    tab.get_by_role("heading").inner_text()
"""


def test_tests_that_share_a_page_are_compared_in_any_order(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(TESTS, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\nmock_browser = always\n", encoding="utf-8")
    plugins = ["-p", "no:randomly", "-p", "no:cacheprovider", "-p", "no:xdist"]

    code, output = run_pytest(tmp_path, *plugins, "--approve", environment={"CI": ""})

    assert code == pytest.ExitCode.OK, output
    assert len([*tmp_path.glob("baselines/*/trace.yaml")]) == 4

    code, output = run_pytest(tmp_path, *plugins, "--review", "test_it.py::test_cart", "test_it.py::test_news")

    assert code == pytest.ExitCode.OK, output
    assert "tests with a recording: 4" in output

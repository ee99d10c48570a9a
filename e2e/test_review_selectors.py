"""Rules by CSS selector apply to the elements of traces, and are told where there are none."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from e2e.cli import main
from fixtures.traces import asked, seen, visit_shop_and_pay, write
from mock_sites.review.approving.baseline import approve
from mock_sites.review.runs import find_recordings


def page(clock: str = "12:03", deal: str = "tea", count: str = "5", cart: str = "Cart") -> list[Any]:
    """A page whose parts have no role, or share one."""
    return [
        "HTML",
        {},
        ["HEAD", {}, ["STYLE", {}, ".deal { color: red }"]],
        [
            "BODY",
            {},
            ["DIV", {"id": "clock"}, ["SPAN", {}, clock], " o'clock"],
            ["P", {"class": "deal big", "data-kind": "ad"}, f"Deal: {deal}", ["B", {}, ["A", {"href": "/x"}, deal]]],
            ["P", {}, "Bought ", ["SPAN", {"class": "count"}, count], " times"],
            ["BUTTON", {"aria-label": cart}, "+"],
        ],
    ]


def review(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["review", *(str(word) for word in words)], env={"COLUMNS": "200"})


def compare(folder: Path, rules: str, before: list[Any], after: list[Any]) -> Result:
    traces = [write(folder / f"{n}.zip", *visit_shop_and_pay(shop, shop)) for n, shop in enumerate((before, after))]
    file = folder / "rules.toml"
    file.write_text(rules, encoding="utf-8")
    return review(*traces, "--rules", file)


CASES: dict[str, tuple[str, dict[str, str]]] = {
    "an id": ("#clock", {"clock": "12:09"}),
    "a class": (".deal", {"deal": "mate"}),
    "an attribute": ("[data-kind]", {"deal": "mate"}),
    "an attribute with a value": ("p[data-kind='ad']", {"deal": "mate"}),
    "a descendant": ("p .count", {"count": "7"}),
    "a child of another one": ("body > p > span", {"count": "7"}),
    "the parent of another one": ("p:has(> .count)", {"count": "7"}),
    "one of several": (".count, #clock", {"count": "7", "clock": "1:00"}),
    "a label": ("button", {"cart": "Basket"}),
}


@pytest.mark.parametrize("table", ["ignore", "normalise"])
@pytest.mark.parametrize("name", CASES)
def test_elements_that_a_selector_matches_are_not_compared(name: str, table: str, tmp_path: Path) -> None:
    selector, changed = CASES[name]
    rule = f'[[{table}]]\nselector = "{selector}"\n'
    every = {"clock": "Noon", "deal": "soap", "count": "many", "cart": "Bag"}
    others = {part: value for part, value in every.items() if part not in changed}

    result = compare(tmp_path, rule, page(), page(**changed))

    assert (result.exit_code, "never applied" in result.stdout) == (0, False), result.stdout
    assert compare(tmp_path, rule, page(), page(**others)).exit_code == 1


def test_ignored_elements_may_be_gone_but_normalised_ones_may_not(tmp_path: Path) -> None:
    without = page()
    del without[3][3]

    assert compare(tmp_path, "[[ignore]]\nselector = '.deal'", page(), without).exit_code == 0
    assert compare(tmp_path, "[[normalise]]\nselector = '.deal'", page(), without).exit_code == 1


def test_a_selector_applies_in_its_steps_and_in_frames(tmp_path: Path) -> None:
    traces: list[Path] = []
    for text in ("one", "two"):
        shown, network = visit_shop_and_pay(["HTML", {}, ["BODY", {}, ["IFRAME", {"src": "/snapshot/inner"}]]])
        shown.insert(4, seen(1, 19, "after", "http://ads/", ["HTML", {}, ["P", {}, text]], frame="inner"))
        shown.insert(8, seen(2, 31, "before", "http://ads/", ["HTML", {}, ["P", {}, text]], frame="inner"))
        traces.append(write(tmp_path / f"{text}.zip", shown, [*network, asked(12, "GET", "http://ads/", kind="any")]))
    rules = tmp_path / "rules.toml"

    for steps, code in (("['/shop']", 0), ("['1']", 0), ("['/paid']", 1)):
        rules.write_text(f"[[ignore]]\nselector = 'p'\nsteps = {steps}\n", encoding="utf-8")
        result = review(*traces, "--rules", rules)
        assert (result.exit_code, "never applied" in result.stdout) == (code, bool(code)), result.stdout


def test_where_no_elements_are_a_selector_is_told_to_have_not_applied(tmp_path: Path) -> None:
    trace = write(tmp_path / "run" / "shop.zip", *visit_shop_and_pay(page()))
    approve([recorded.read() for recorded in find_recordings(trace)], tmp_path / "baselines")
    rules = tmp_path / "rules.toml"
    rules.write_text("[[ignore]]\nselector = '.deal'\n", encoding="utf-8")

    result = review(tmp_path / "baselines", trace, "--rules", rules)

    assert result.exit_code == 0, result.output
    assert (
        "Rule never applied: ignore, selector “.deal” (cannot apply to recordings of journeys and to baselines,"
        " which have no elements)" in result.stdout
    )

"""What a user's rules name is not compared, and nothing else; each rule is told."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from e2e.cli import main
from fixtures.traces import visit_shop_and_pay, write
from mock_sites.review.page_content import SentForm, StoredItem
from mock_sites.review.recording import Box, RecordedStep, Recording, Request, Title
from mock_sites.review.varying import RulesAtWork, expressions, find_rules
from mock_sites.review.varying.rules import read_rules

SHOP = "http://shop.localhost"


def step(*tree: str, title: str = "/cart", **fields: Any) -> RecordedStep:
    lines = "".join(f"{line}\n" if line.startswith(" ") else f"- {line}\n" for line in tree)
    names = Title(en=title, zh="")
    about: dict[str, Any] = {"number": 1, "name": title.strip("/"), "title": names, "actor": "buyer", "tree": lines}
    return RecordedStep.model_validate({**about, "url": SHOP + title, **fields})


def find(folder: Path, rules: str, before: RecordedStep, after: RecordedStep) -> tuple[list[str], list[int]]:
    """What still differs, and how often each rule applied."""
    file = folder / "rules.toml"
    file.write_text(rules, encoding="utf-8")
    old, new = (
        Recording(journey="j", title=Title(en="", zh=""), language="en", seed="any", steps=(each,))
        for each in (before, after)
    )
    at_work = RulesAtWork(find_rules(file, folder))
    changes = [change.what for _step, change in at_work.compare(old, new) if not change.advice]
    return changes, [use.count for use in at_work.uses]


def asked(*urls: str) -> tuple[Request, ...]:
    return tuple(Request("GET", SHOP + url, 200) for url in urls)


CLOCK = step('status "Online": "5"', 'row "Tea 12:03":', '  - cell "Tea"', '  - cell "12:03"')
LATER = step('status "Online": "7"', 'row "Tea 12:09":', '  - cell "Tea"', '  - cell "12:09"')
OTHER = step('status "Online": "7"', 'row "Mate 12:09":', '  - cell "Mate"', '  - cell "12:09"')

RULES: dict[str, tuple[str, RecordedStep, RecordedStep]] = {
    "a role": ('[[ignore]]\nrole = "status"', step('status: "5"'), step('status: "7"')),
    "a name": ('[[ignore]]\nname = "Online*"', step('text: "Online: 5"', "heading"), step("heading")),
    "a name within a row": ("[[ignore]]\nrole = 'cell'\nname = '12:*'\n[[ignore]]\nrole = 'status'", CLOCK, LATER),
    "the text of a role": (
        "[[normalise]]\nrole = 'cell'\npattern = '\\d+:\\d+'\n[[ignore]]\nrole = 'status'",
        CLOCK,
        LATER,
    ),
    "a pattern": (
        r"""[[normalise]]
pattern = 'Build (\d+)'""",
        step("text: Build 17 of shop"),
        step("text: Build 18 of shop"),
    ),
    "text that matches": ("[[ignore]]\npattern = 'DevTools'", step(console=("Get the DevTools",)), step()),
    "requests": (
        "[[ignore]]\nurl = '/count/*/hit'",
        step(requests=asked("/a")),
        step(requests=asked("/a", "/count/7/hit")),
    ),
    "a part of addresses": (
        "[[normalise]]\nurl = '/carts/*'",
        step("link:", "  - /url: /carts/ab/pay", title="/carts/ab", requests=asked("/carts/ab")),
        step("link:", "  - /url: /carts/cd/pay", title="/carts/cd", requests=asked("/carts/cd")),
    ),
    "a field of addresses": (
        "[[normalise]]\nfield = 'day'",
        step(requests=asked("/?day=1&x=2")),
        step(requests=asked("/?day=2&x=2")),
    ),
    "a cookie": ("[[ignore]]\nfield = 'ab'", step(storage=(StoredItem("cookie", "shop", "ab", "1"),)), step()),
    "a step": ("[[ignore]]\nrole = 'status'\nsteps = ['/cart*']", step('status: "5"'), step('status: "7"')),
}


@pytest.mark.parametrize("name", RULES)
def test_what_a_rule_names_is_not_compared(name: str, tmp_path: Path) -> None:
    rules, before, after = RULES[name]

    assert find(tmp_path, "", before, after) != ([], [])
    changes, counts = find(tmp_path, rules, before, after)
    assert changes == []
    assert all(counts), counts
    assert find(tmp_path, rules, after, before)[0] == []


@pytest.mark.parametrize(
    ("rules", "before", "after"),
    [
        ("[[ignore]]\nrole = 'status'\n[[ignore]]\nrole = 'cell'\nname = '12:*'", CLOCK, OTHER),
        ("[[ignore]]\nrole = 'status'\nsteps = ['/pay']", CLOCK, LATER),
        ("[[ignore]]\nrole = 'cell'\nname = 'Online'", CLOCK, LATER),
        (
            r"[[normalise]]" + "\n" + r"pattern = 'Build (\d+)'",
            step("text: Build 17 of shop"),
            step("text: Build 18 of cart"),
        ),
        ("[[ignore]]\nurl = '/count/*/hit'", step(requests=asked("/a")), step(requests=asked("/a", "/count/7/sum"))),
        ("[[normalise]]\nurl = '/carts/*'", step(requests=asked("/carts/a/pay")), step(requests=asked("/carts/b/end"))),
        ("[[normalise]]\nfield = 'day'", step(requests=asked("/?day=1&x=2")), step(requests=asked("/?day=2&x=3"))),
        (
            "[[ignore]]\nfield = 'ab'",
            step(forms=(SentForm("POST", SHOP, ("a",)),)),
            step(forms=(SentForm("POST", SHOP, ()),)),
        ),
    ],
)
def test_what_no_rule_names_is_compared(rules: str, before: RecordedStep, after: RecordedStep, tmp_path: Path) -> None:
    assert find(tmp_path, rules, before, after)[0] != []


def test_an_area_of_pictures_is_masked(tmp_path: Path) -> None:
    steps: list[RecordedStep] = []
    for name, place in (("before", 10), ("after", 30)):
        picture = Image.new("RGB", (100, 80), "white")
        picture.paste("black", (place, 10, place + 8, 18))
        picture.save(tmp_path / f"{name}.png")
        steps.append(step(image=tmp_path / f"{name}.png"))

    assert find(tmp_path, "", *steps)[0] != []
    assert find(tmp_path, "[[mask]]\narea = [5, 5, 40, 20]", *steps) == ([], [2])
    assert find(tmp_path, "[[mask]]\narea = [5, 5, 10, 20]", *steps)[0] != []


def test_an_ignored_element_is_masked_in_pictures(tmp_path: Path) -> None:
    steps: list[RecordedStep] = []
    for name, colour in (("before", "red"), ("after", "blue")):
        Image.new("RGB", (100, 80), colour).save(tmp_path / f"{name}.png")
        steps.append(step("img", image=tmp_path / f"{name}.png", boxes=(Box("img", "Chart", 0, 0, 100, 80),)))

    assert find(tmp_path, "[[ignore]]\nname = 'Chart'\n", *steps)[0] == []


@pytest.mark.parametrize(
    ("rules", "error"),
    [
        ("[[ignore]\n", "no TOML: Expected ']]' at the end of an array declaration (at line 1"),
        ("[[ignored]]\n", "ignored is not known; allowed are ignore, normalise, mask"),
        (
            "[[mask]]\narea = [1, 2, 3, 4]\n[[ignore]]\nheader = 'x'\n",
            ", line 4: ignore: header is not known: headers are not compared, so such a rule could never apply.",
        ),
        ("[[ignore]]\nreason = 'x'\n", ", line 1: ignore: needs one of role and name, selector, url, field, pattern"),
        ("\n[[mask]]\narea = 'x'\n", ", line 3: mask: area is [left, top, width, height], four numbers"),
        ("[[mask]]\n", ", line 1: mask: area is [left, top, width, height], four numbers"),
        ("[[ignore]]\nrole = 'x'\nsteps = '3'\n", ", line 3: ignore: steps is a list of texts, such as"),
        ("[[ignore]]\nrole = 'x'\nsteps = [3]\n", ", line 3: ignore: steps is a list of texts, such as"),
        ("[[ignore]]\nrole = 'x'\nreason = 3\n", ", line 3: ignore: reason is a text in quotes"),
        ("[[ignore]]\nrole = 'x'\n\n[[ignore]]\nrole = 'y'\n\nnmae = 'z'\n", ", line 7: nmae is not known"),
        ("[ignore]\nrole = 'x'\n", "ignore: begin each rule with the line [[ignore]]"),
        ("[[ignore]]\nurl = 'x'\nrole = 'y'\n", ", line 1: ignore: needs one of"),
        ("[[normalise]]\nurl = '/x'\n", ", line 1: normalise: url needs a * for what varies"),
        ("[[normalise]]\npattern = '('\n", ", line 1: normalise: pattern is no regular expression"),
        ("[[ignore]]\nselector = 'p:hoover'\n", ", line 1: ignore: selector is no CSS selector of elements: Unknown"),
        ("[[ignore]]\nselector = 'p['\n", ", line 1: ignore: selector is no CSS selector of elements: expected"),
        ("[[ignore]]\nselector = 'p::before'\n", ", line 1: ignore: selector names no element, but ::before"),
        ("[[ignore]]\nselector = 'p'\nrole = 'p'\n", ", line 1: ignore: needs one of role and name, selector,"),
        (
            "[[ignore]]\nheading = 'x'\n",
            ", line 2: heading is not known; allowed are steps, reason, role, name,",
        ),
        ("\n[[mask]]\narea = [1, 2, 3]\n", ", line 3: mask: area is [left, top, width, height]"),
        ("[[mask]]\narea = [1, 2, 3, -4]\n", ", line 2: mask: area is [left, top, width, height]"),
        ("ignore = 3\n", "ignore: begin each rule with the line [[ignore]]"),
    ],
)
def test_a_file_that_holds_no_rules_is_refused_in_one_line(rules: str, error: str, tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_text(rules, encoding="utf-8")
    trace = write(tmp_path / "a.zip", *visit_shop_and_pay())

    result = review(trace, trace, "--rules", file)

    assert result.exit_code == 2
    [line] = result.stderr.splitlines()
    assert f"{file}" in line
    assert error in line


def review(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["review", *(str(word) for word in words)], env={"COLUMNS": "200"})


def test_each_rule_is_told_with_how_often_it_applied(tmp_path: Path) -> None:
    before = write(tmp_path / "before.zip", *visit_shop_and_pay())
    after = write(tmp_path / "after.zip", *visit_shop_and_pay(["HTML", {}, ["H1", {}, "Cart"], ["BUTTON", {}, "Buy"]]))
    (tmp_path / "review.toml").write_text(
        '[[ignore]]\nrole = "heading"\nreason = "it greets by name"\n[[normalise]]\npattern = "never"\n',
        encoding="utf-8",
    )
    report = tmp_path / "report.html"

    assert review(before, after, "--rules", tmp_path / "missing.toml").exit_code == 2
    result = review(before, after, "--html", report)

    assert result.exit_code == 0, result.stdout
    assert "Rule: ignore, role “heading”: applied 4 times" in result.stdout
    assert "Rule never applied: normalise, pattern “never”" in result.stdout
    text = report.read_text(encoding="utf-8")
    assert "it greets by name" in text
    assert "<strong>never applied</strong>" in text


@pytest.mark.parametrize("table", ["ignore", "normalise"])
def test_a_pattern_that_would_never_end_is_told_once(
    table: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expressions, "LONGEST", 0.01)
    long = ["HTML", {}, ["P", {}, "! " + "word" * 100 + "-"]]
    for run in ("before", "after"):
        for test in ("one", "two"):
            write(tmp_path / run / test / "trace.zip", *visit_shop_and_pay(long))
    rules = tmp_path / "review.toml"
    rules.write_text(f"[[{table}]]\npattern = '(\\w+\\s?)+[!?]'\n", encoding="utf-8")

    result = review(tmp_path / "before", tmp_path / "after", "--rules", rules)

    assert (result.exit_code, result.stdout) == (2, "")
    [line] = result.stderr.splitlines()
    assert "a rule takes more than 0.01 s for one text" in line
    assert rf": {table}, pattern “(\w+\s?)+[!?]”. Make its pattern simpler" in line


def test_an_empty_file_and_one_with_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"

    file.write_bytes(b"")
    assert read_rules(file).all == ()
    file.write_bytes(b"\xef\xbb\xbf[[ignore]]\nrole = 'x'\nsteps = ['\xe8\xb4\xad\xe4\xb9\xb0']\n")
    assert [rule.text for rule in read_rules(file).all] == ["ignore, steps 购买, role “x”"]


def test_the_example_in_the_docs_is_read() -> None:
    rules = read_rules(Path(__file__).parents[1] / "docs" / "review.toml")

    assert (len(rules.ignore), len(rules.normalise), len(rules.mask)) == (3, 2, 1)

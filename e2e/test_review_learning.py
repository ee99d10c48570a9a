"""Rules that are learned from two unchanged runs are narrow, and with them nothing is found."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from e2e.cli import main
from fixtures.traces import Lines, asked, visit_shop_and_pay, write
from mock_sites.review.varying.rules import read_rules


def review(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["review", *(str(word) for word in words)], env={"COLUMNS": "200"})


Part = str | tuple[str, str, str]
"""A text, or an element with its role, its name and what it holds."""


def shop(*parts: Part) -> list[object]:
    return ["HTML", {}, ["BODY", {}, ["H1", {}, "Shop"], *map(element, parts), ["BUTTON", {}, "Buy"]]]


def element(part: Part) -> list[object]:
    if isinstance(part, str):
        return ["P", {}, part]
    role, name, held = part
    if role == "link":
        return ["A", {"href": held, "aria-label": name}, name]
    if role == "checkbox":
        return ["INPUT", {"type": "checkbox", "aria-label": name, "__playwright_checked_": held}]
    if "alarm" in role:
        return ["DIV", {"role": "alert", "aria-label": name, "aria-pressed": str("open" in role).lower()}, held]
    return ["DIV", {"role": role, "aria-label": name}, held]


def visit(texts: tuple[Part, ...], *requests: str, complaint: str = "", cookie: str = "") -> tuple[Lines, Lines]:
    """The traces of a visit: what the page shows, and what it asks for."""
    shown, network = visit_shop_and_pay(shop(*texts), shop(*texts))
    sites = ["http:" if url.startswith("//") else "http://localhost:8123" for url in requests]
    network += [asked(36, "GET", f"{site}{url}", kind="fetch") for site, url in zip(sites, requests, strict=True)]
    network[0]["snapshot"]["request"]["cookies"] = [{"name": cookie, "value": "1"}] * bool(cookie)
    if complaint:
        shown.append({"type": "console", "messageType": "error", "text": complaint, "time": 52})
    return shown, network


PAIRS = {
    "a number in a text": (
        visit(("5 visitors online",)),
        visit(("17 visitors online",)),
        [r"pattern = '^(\d+) visitors online$'"],
    ),
    "a part of an address": (visit((), "/ads/summer/top"), visit((), "/ads/winter/top"), ['url = "/ads/*"']),
    "a request that is made sometimes": (visit(()), visit((), "/survey?wave=3"), ['url = "/survey"']),
    "a complaint": (visit(()), visit((), complaint="No video (5 s)"), [r"pattern = '^No video \(5 s\)$'"]),
    "an element": (visit(("Try our app",)), visit(()), ['role = "paragraph"']),
    "a text of an element with a name": (
        visit((("status", "Online", "5"), ("status", "Sold", "3"))),
        visit((("status", "Online", "7"), ("status", "Sold", "3"))),
        ['role = "status"', 'name = "Online"', r"pattern = '^(\d+)$'"],
    ),
    "an address of a link": (
        visit((("link", "Deal", "/deals/summer"),)),
        visit((("link", "Deal", "/deals/winter"),)),
        ['url = "/deals/*"'],
    ),
    "a state": (
        visit((("checkbox", "Sound", "false"),)),
        visit((("checkbox", "Sound", "true"),)),
        ['role = "checkbox"', 'name = "Sound"'],
    ),
    "an address that no rule by address names": (
        visit((("link", "Deal", "summer.html"),)),
        visit((("link", "Deal", "winter.html"),)),
        ['role = "link"', 'name = "Deal"'],
    ),
    "a state and a text of one element": (
        visit((("alarm", "Door", "5"),)),
        visit((("open alarm", "Door", "7"),)),
        ['role = "alert"', 'name = "Door"'],
    ),
    "a cookie": (visit(()), visit((), cookie="visit"), ['field = "visit"']),
    "a request to a site that is asked sometimes": (
        visit(()),
        visit((), "//ads.localhost/"),
        ['url = "http://ads.localhost"'],
    ),
    "several": (
        visit(("5 visitors online", "Deal: tea"), "/ads/summer/top"),
        visit(("17 visitors online", "Deal: mate"), "/ads/winter/top"),
        [r"'^(\d+) visitors", r"'^Deal: (\w+)$'", 'url = "/ads/*"'],
    ),
}


@pytest.mark.parametrize("name", PAIRS)
def test_with_the_proposed_rules_an_unchanged_pair_has_no_finding(name: str, tmp_path: Path) -> None:
    before, after, expected = PAIRS[name]
    traces = write(tmp_path / "before.zip", *before), write(tmp_path / "after.zip", *after)
    rules = tmp_path / "proposed" / "review.toml"

    assert review(*traces).exit_code == 1
    result = review("--learn", *traces, "--output", rules)
    assert result.exit_code == 0, result.output
    text = rules.read_text(encoding="utf-8")
    assert [part for part in expected if part not in text] == [], text
    assert text.count("[[") == text.count("# ") == len(read_rules(rules).all)
    assert all(rule.steps for rule in read_rules(rules).all)
    result = review(*traces, "--rules", rules)
    assert (result.exit_code, "never applied" in result.stdout) == (0, False), result.stdout


def test_proposed_rules_are_so_narrow_that_other_changes_are_found(tmp_path: Path) -> None:
    before = write(tmp_path / "before.zip", *visit(("5 visitors online",), "/ads/summer/top"))
    after = write(tmp_path / "after.zip", *visit(("17 visitors online",), "/ads/winter/top"))
    other = write(tmp_path / "other.zip", *visit(("17 guests online",), "/ads/winter/end"))
    rules = tmp_path / "rules.toml"
    rules.write_text(review("--learn", before, after).stdout, encoding="utf-8")

    result = review(before, other, "--rules", rules)

    assert result.exit_code == 1
    assert "guests" in result.stdout
    assert "/end" in result.stdout


def test_what_no_rule_can_cover_is_told(tmp_path: Path) -> None:
    before = write(tmp_path / "before.zip", *visit(()))
    shown, network = visit(())
    shown[8]["error"] = {"message": "Timeout 5000ms exceeded"}
    after = write(tmp_path / "after.zip", shown, network)

    assert "# No rule covers this: fails: Expect" in review("--learn", before, after).stdout
    assert review("--learn", before, before).stdout == "# Nothing differs.\n"
    assert review(before, before, "--output", tmp_path / "any.toml").exit_code == 2

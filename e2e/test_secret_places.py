"""What the commands and the README say of the places of secrets is one list, and true."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import pytest
from click.testing import CliRunner

from e2e.cli import main
from fixtures.traces import OPTIONS, SHOP, Lines, action, asked, seen, write
from mock_sites.redaction.looked_for import FORMS, LOOKED_FOR, PLACES
from mock_sites.redaction.scan import scan

README: Final = Path(__file__).parents[1] / "README.md"


def typed(*keys: str, **attributes: str) -> Lines:
    """Keys, each of which goes into a field of its own."""
    lines: Lines = []
    for call, key in enumerate(keys, 1):
        field = ["INPUT", {**attributes, "__playwright_value_": key}]
        lines += [*action(call, call, "keyboardPress", params={"key": key})]
        lines.append(seen(call, call, "after", SHOP, ["HTML", {}, ["BODY", {}, field]]))
    return lines


def header(name: str, value: str) -> Lines:
    exchange = asked(1, "GET", SHOP)
    exchange["snapshot"]["request"]["headers"] = [{"name": name, "value": value}]
    return [exchange]


def said(text: str) -> Lines:
    return [{"type": "console", "messageType": "log", "text": text, "args": [], "time": 1}]


EXAMPLES: Final[Sequence[tuple[Lines, Lines]]] = (
    (typed(*"Q7", type="password"), []),
    (typed(*"1739", maxlength="1"), []),
    (typed("x", **{"aria-label": "API token"}), []),
    ([], header("Authorization", "Basic bWU6cGE1NQ==")),
    ([], header("Cookie", "sid=abcdefgh12345678")),
    (said('{"card_pin": "4711"}'), []),
    (said("access_key=abcdefgh12345678"), []),
    (said(f"{'a' * 16}.abcdef.{'b' * 27}"), []),
)


@pytest.mark.parametrize(("place", "example"), [*zip(PLACES, EXAMPLES, strict=True)])
def test_a_place_that_is_named_is_looked_at(place: str, example: tuple[Lines, Lines], tmp_path: Path) -> None:
    shown, network = example

    assert place in LOOKED_FOR
    assert scan([write(tmp_path / "trace.zip", [OPTIONS, *shown], network)], []).found


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("command", ["scan", "redact"])
def test_the_help_and_the_readme_name_all_places_and_no_others(command: str) -> None:
    shown = words(CliRunner().invoke(main, [command, "--help"]).stdout)
    listed: list[Any] = [f"- {told}" for told in (*PLACES, FORMS)]

    assert shown.endswith(f"Looked for: {' '.join(listed)}")
    assert " ".join(listed) in words(README.read_text("utf-8"))

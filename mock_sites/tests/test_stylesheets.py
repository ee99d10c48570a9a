"""What the style sheets of all sites keep to."""

import re
from pathlib import Path
from typing import Final

import pytest

WEB: Final = Path(__file__).parents[1] / "web"

SHEETS: Final = {path.name: path.read_text() for path in WEB.glob("static/*.css")}

SMALLEST: Final = 12.5
"""The smallest size of ids and codes, in pixels."""


@pytest.mark.parametrize("sheet", SHEETS)
def test_nothing_moves_when_another_entry_of_a_menu_is_chosen(sheet: str) -> None:
    for selector, rules in re.findall(r"([^{}]+){([^{}]*)}", SHEETS[sheet]):
        if re.search(r"\[aria-(current|pressed)", selector) and not selector.strip().startswith(
            (".pages", ".waterfall")
        ):
            assert "font-weight" not in rules, selector


@pytest.mark.parametrize("sheet", SHEETS)
def test_ids_and_codes_are_large_enough_to_read(sheet: str) -> None:
    for selector, size in re.findall(r"([^{}]*\.mono) {[^}]*font-size: ([.0-9]+)rem", SHEETS[sheet]):
        assert 16 * float(size) >= SMALLEST or ".dense" in selector, selector


@pytest.mark.parametrize(
    "template",
    [path for path in WEB.parent.rglob("*.html") if '<nav class="side"' in path.read_text()],
    ids=lambda path: path.name,
)
def test_each_entry_of_a_side_menu_has_an_icon(template: Path) -> None:
    for entry in re.findall(r"<li><a .*", template.read_text()):
        assert "icon(" in entry, entry

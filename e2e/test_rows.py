"""Filters, cards and tiles at many widths of the window: the fields have one width, and nothing is alone in a row."""

from typing import Final

import pytest

from e2e.scenario.actor import Actor
from mock_sites.client import World

_WIDTHS: Final = (500, 640, 768, 800, 1000, 1280)

_FIELDS: Final = """([fields, buttons]) => {
  const form = document.querySelector(".filters"), one = kind => form.querySelector(kind).cloneNode(true)
  const some = (length, kind) => Array.from({length}, () => one(kind))
  form.replaceChildren(...some(fields, ".field"), ...some(buttons, ".btn"))
  const boxes = [...form.children].map(child => child.getBoundingClientRect())
  const rows = Map.groupBy(boxes, box => Math.round(box.bottom))
  const widths = new Set(boxes.slice(0, fields).map(box => Math.round(box.width)))
  return [widths.size, rows.get(Math.round(boxes.at(-1).bottom)).length]
}"""
"""How many widths the fields of a filter have, and how many of it are in the row of the last button."""

_ALONE: Final = """() => [...document.querySelectorAll(".cards, .tiles")].flatMap(grid => {
  const boxes = [...grid.children].map(child => child.getBoundingClientRect()), last = boxes.at(-1)
  const few = boxes.filter(box => box.top === last.top).length < (grid.matches(".cards") ? 3 : 2)
  const end = grid.getBoundingClientRect().right
  return few && last.right < end - 1 ? [grid.className] : []
})"""
"""The grids with too few tiles or cards in their last row, which do not take it."""


_ONE_LESS: Final = """() => document.querySelectorAll(".cards, .tiles").forEach(grid => {
  if (grid.children.length > 1) grid.lastElementChild.remove()
})"""


@pytest.mark.parametrize("width", _WIDTHS)
def test_the_fields_of_a_filter_have_one_width_and_no_button_is_alone(visitor: Actor, world: World, width: int) -> None:
    page = visitor.page
    page.set_viewport_size({"width": width, "height": 720})
    for fields, buttons in ((1, 1), (2, 1), (2, 2), (3, 1), (4, 1)):
        page.goto(world.local("https://seller.huaweicloud.com/"))
        widths, beside = page.evaluate(_FIELDS, [fields, buttons])
        assert widths == 1, (fields, buttons)
        assert beside > 1, (fields, buttons)


def test_no_card_is_alone_in_a_row(visitor: Actor, world: World) -> None:
    page = visitor.page
    page.goto(world.local("https://marketplace.huaweicloud.com/"))
    for width in (360, *_WIDTHS):
        page.set_viewport_size({"width": width, "height": 720})
        for _ in range(7):
            assert page.evaluate(_ALONE) == [], width
            page.evaluate(_ONE_LESS)
        page.reload()

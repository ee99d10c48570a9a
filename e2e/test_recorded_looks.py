"""What is recorded of a page is that of the page as people see it: with its style sheets."""

import pytest
from playwright.sync_api import Page, Route

from e2e.recording.page_state import look_at, tree_and_boxes

SHOP = "http://shop.localhost/"


def test_a_page_whose_style_sheet_has_not_come_yet_is_waited_for(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[Route] = []
    wait = page.wait_for_load_state

    def hold(route: Route) -> None:
        held.append(route)

    def wait_after_the_sheet_has_come() -> None:
        held.pop().fulfill(body="h1 { height: 77px }", content_type="text/css")
        wait()

    monkeypatch.setattr(page, "wait_for_load_state", wait_after_the_sheet_has_come)
    page.route(
        SHOP,
        lambda route: route.fulfill(body="<link rel=stylesheet href=late.css><h1>Shop</h1>", content_type="text/html"),
    )
    page.route("**/late.css", hold)
    with page.expect_request("**/late.css"):
        page.goto(SHOP, wait_until="commit")

    look = look_at(page, ())
    _tree, [heading] = tree_and_boxes(page)

    assert (look["loaded"], held) == (True, [])
    assert (heading["name"], heading["height"]) == ("Shop", 77)

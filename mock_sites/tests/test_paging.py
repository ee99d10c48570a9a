"""Pages of a list: their rows, their links to other pages, and odd page numbers."""

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import delete, select

from mock_sites.serving.dispatch import Dispatcher
from mock_sites.tests.support.visitors import apps
from mock_sites.web.context import WORLD_KEY
from mock_sites.web.paging import Page, page_of
from mock_sites.world.shared_tables import Event
from mock_sites.world.world import World

MARKETPLACE = "huawei.marketplace"
BELOW_ORDERS = "{% from 'paging.html' import pages %}{{ pages(page, 'List', 'services.my_orders', state='cancelled') }}"


@pytest.fixture
def many(dispatcher: Dispatcher) -> Iterator[World]:
    """A world with 120 journal events."""
    world = dispatcher.worlds.make(running=False)
    with world.uow("huawei", write=True) as uow:
        uow.session.execute(delete(Event))
        for number in range(120):
            uow.record("counted", number=number)
    yield world
    dispatcher.worlds.drop(world.name)


def shown(dispatcher: Dispatcher, world: World, asked: str) -> Page[Event]:
    """The page of rows for an address with this query."""
    inside = {WORLD_KEY: world}
    with (
        apps(dispatcher)[MARKETPLACE].test_request_context(f"/?{asked}", environ_overrides=inside),
        world.uow("huawei") as uow,
    ):
        return page_of(uow, select(Event).order_by(Event.number.desc()))


def drawn(dispatcher: Dispatcher, world: World, page: Page[int], language: str = "en") -> str:
    """The links to other pages below a list of orders in one state."""
    app, inside = apps(dispatcher)[MARKETPLACE], {WORLD_KEY: world, "HTTP_ACCEPT_LANGUAGE": language}
    with app.test_request_context("/", environ_overrides=inside):
        return app.jinja_env.from_string(BELOW_ORDERS).render(page=page)


@pytest.mark.parametrize(
    ("asked", "number", "first", "rows"),
    [
        ("", 1, 119, 50),
        ("page=2", 2, 69, 50),
        ("page=3", 3, 19, 20),
        ("page=4", 3, 19, 20),
        ("page=0", 1, 119, 50),
        ("page=-7", 1, 119, 50),
        ("page=two", 1, 119, 50),
        ("page=", 1, 119, 50),
        ("page=2.5", 1, 119, 50),
        (f"page={'9' * 30}", 3, 19, 20),
        (f"page={'9' * 5000}", 1, 119, 50),
        ("page=%D9%A2", 2, 69, 50),
        ("page=3&page=1", 3, 19, 20),
    ],
)
def test_a_page_that_does_not_exist_is_the_nearest_one(
    dispatcher: Dispatcher, many: World, asked: str, number: int, first: int, rows: int
) -> None:
    page = shown(dispatcher, many, asked)
    assert (page.number, page.rows[0].details["number"], len(page)) == (number, first, rows)
    assert (page.total, page.last) == (120, 3)
    assert (page.first_row, page.last_row) == (50 * (number - 1) + 1, 50 * (number - 1) + rows)


@pytest.mark.parametrize(
    ("number", "total", "links"),
    [
        (1, 0, [1]),
        (1, 51, [1, 2]),
        (1, 250, [1, 2, 0, 5]),
        (2, 250, [1, 2, 3, 4, 5]),
        (3, 250, [1, 2, 3, 4, 5]),
        (100, 10_000, [1, 0, 99, 100, 101, 0, 200]),
        (200, 10_000, [1, 0, 199, 200]),
    ],
)
def test_the_first_the_last_and_the_next_pages_are_linked(number: int, total: int, links: list[int]) -> None:
    assert Page([0], number, total).links == links


def test_one_page_has_no_way_to_others(dispatcher: Dispatcher, many: World) -> None:
    assert "nav" not in drawn(dispatcher, many, Page([0] * 50, 1, 50))


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("en", ("51-100 of 10,000", "Previous page", "Next page", 'aria-label="Page 2" aria-current="page"')),
        ("zh", ("第 51-100 条，共 10,000 条", "上一页", "下一页", 'aria-label="第 2 页" aria-current="page"')),
    ],
)
def test_the_way_to_other_pages_keeps_what_narrows_the_list(
    dispatcher: Dispatcher, many: World, language: str, texts: tuple[str, ...]
) -> None:
    page = drawn(dispatcher, many, Page([0] * 50, 2, 10_000), language)
    assert all(text in page for text in texts)
    addresses = re.findall(r'href="([^"]+)"', page)
    assert addresses[0] == "/buyer/orders?state=cancelled"
    assert all("state=cancelled" in address for address in addresses)
    assert "/buyer/orders?state=cancelled&amp;page=200" in addresses
    assert page.count("aria-current") == 1


def test_an_api_answers_with_the_rows_and_where_they_stand() -> None:
    assert Page(["a", "b"], 2, 120).as_json("orders") == {"orders": ["a", "b"], "page": 2, "pages": 3, "total": 120}


def test_the_links_of_a_list_are_named_without_counting_through_its_pages() -> None:
    total = 50 * 10**12
    assert Page([0], 7, total).links == [1, 0, 6, 7, 8, 0, 10**12]
    assert Page([0], 10**12, total).links == [1, 0, 10**12 - 1, 10**12]


@pytest.mark.parametrize(("rows", "said"), [([51], "51 of 51"), ([51, 52], "51-52 of 52")])
def test_a_page_with_one_row_names_it_once(dispatcher: Dispatcher, many: World, rows: list[int], said: str) -> None:
    assert re.findall(r'class="pages-shown">\s*([^<]*?)\s*<', drawn(dispatcher, many, Page(rows, 2, rows[-1]))) == [
        said
    ]

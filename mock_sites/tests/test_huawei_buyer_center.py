"""The Buyer Center: search, filters, reviews, the side bar, rows as cards."""

from typing import Final

import pytest
from sqlalchemy import select

from mock_sites.huawei.domain import listings
from mock_sites.huawei.domain.catalogue import CARD_CONTENT, GUANCE_CONTENT
from mock_sites.huawei.domain.tables import BuyerReview, Order
from mock_sites.tests.support.huawei_pages import MARKETPLACE, SERVICES, Buyer, Visit, visit
from mock_sites.tests.support.sending import token
from mock_sites.tests.support.subscribing import buy
from mock_sites.web.language import LANGUAGES
from mock_sites.web.markup import elements
from mock_sites.world.world import World

__all__ = ["visit"]

ORDERS: Final = f"{MARKETPLACE}/buyer/orders"
GUANCE_PAGE: Final = f"{MARKETPLACE}/contents/{GUANCE_CONTENT}"


@pytest.fixture
def buyer(world: World, visit: Visit) -> Buyer:
    """The ready-made buyer."""
    return Buyer(world, visit("hw_liwei"))


def rows(page: str) -> int:
    """How many rows the tables of a page have."""
    return sum(one.tag == "tr" and any(up.tag == "tbody" for up in one.around()) for one in elements(page))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_of_the_side_bar_is_a_page_that_marks_itself(world: World, visit: Visit, language: str) -> None:
    client = visit("hw_liwei")
    client.headers.update({"Accept-Language": language})
    side = [one for one in elements(client.get(world.local(SERVICES)).text) if one.attributes.get("class") == "side"]
    links = [
        one.attributes["href"]
        for one in elements(client.get(world.local(SERVICES)).text)
        if one.tag == "a" and any(up.attributes.get("class") == "side" for up in one.around())
    ]
    assert len(side) == 1
    assert len(links) == 10
    for link in links:
        page = client.get(world.local(MARKETPLACE + link))
        assert page.status_code == 200
        marked = [
            one.attributes["href"]
            for one in elements(page.text)
            if one.attributes.get("aria-current") == "page" and "href" in one.attributes
        ]
        assert marked == [link]


@pytest.mark.parametrize(
    ("search", "found"), [("guance", 1), ("观测云", 1), ("SaaS", 1), ("card", 0), ("<script>", 0), ("x" * 5000, 0)]
)
def test_purchased_services_are_found_by_the_name_of_the_product(
    world: World, buyer: Buyer, search: str, found: int
) -> None:
    buy(world)
    page = buyer.client.get(world.local(SERVICES), params={"search": search}).text
    assert rows(page) == found
    assert ("None of your services fits." in page) is not found
    assert "<script>" not in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, 2),
        ({"number": "cs26"}, 2),
        ({"number": "%"}, 0),
        ({"product": CARD_CONTENT}, 1),
        ({"product": "nothing"}, 0),
        ({"since": "2026-03-02", "until": "2026-03-02"}, 2),
        ({"since": "2026-03-03"}, 0),
        ({"until": "2026-03-01"}, 0),
        ({"since": "yesterday", "until": "0000-00-00"}, 2),
        ({"until": "9999-12-31"}, 2),
        ({"since": "0001-01-01"}, 2),
        ({"state": "pending_payment"}, 1),
        ({"state": "no", "product": GUANCE_CONTENT}, 1),
    ],
)
def test_orders_are_found_by_number_product_time_and_state(
    world: World, buyer: Buyer, asked: dict[str, str], found: int
) -> None:
    buy(world)
    buyer.sends(f"{MARKETPLACE}/contents/{CARD_CONTENT}/buy", quantity="1")
    assert rows(buyer.client.get(world.local(ORDERS), params=asked).text) == found


def test_an_order_is_found_by_its_whole_number(world: World, buyer: Buyer) -> None:
    buy(world)
    buyer.sends(f"{MARKETPLACE}/contents/{CARD_CONTENT}/buy", quantity="1")
    with world.uow("huawei") as uow:
        number = uow.session.scalars(select(Order.id).where(Order.content_id == GUANCE_CONTENT)).one()
    assert rows(buyer.client.get(world.local(ORDERS), params={"number": f" {number.lower()} "}).text) == 1


def test_a_review_is_shown_masked_counted_and_replaced(world: World, buyer: Buyer, visit: Visit) -> None:
    details = f"{SERVICES}/{buy(world)}"
    guance = listings.find(GUANCE_CONTENT)
    assert guance
    for stars, comment in (("1", "Too <b>slow</b>"), ("5", "Better now")):
        page = buyer.client.get(world.local(details))
        form = {"csrf_token": token(page), "stars": stars, "comment": comment}
        assert buyer.client.post(world.local(f"{details}/review"), data=form).status_code == 302
        shown = visit("hw_wangfang").get(world.local(GUANCE_PAGE), params={"tab": "reviews"}).text
        assert "hw***i" in shown
        assert "hw_liwei" not in shown
        assert "<b>slow" not in shown
        mean = (sum(one.stars for one in guance.reviews) + int(stars)) / (len(guance.reviews) + 1)
        assert f'<p class="tally">{mean:.1f}</p>' in shown
        assert f"Reviews ({len(guance.reviews) + 1})" in shown
    assert "Better now" in shown
    assert "Too" not in shown
    assert "Better now" in buyer.text_of(details)


@pytest.mark.parametrize("wrong", [{"stars": "6"}, {"stars": ""}, {"comment": " "}, {"comment": "x" * 501}])
def test_a_wrong_review_is_refused_beside_the_field_and_kept(world: World, buyer: Buyer, wrong: dict[str, str]) -> None:
    details = f"{SERVICES}/{buy(world)}"
    form = {"csrf_token": token(buyer.client.get(world.local(details))), "stars": "4", "comment": "Fine"} | wrong
    answer = buyer.client.post(world.local(f"{details}/review"), data=form)
    assert answer.status_code == 422
    assert "field-error" in answer.text
    with world.uow("huawei") as uow:
        assert not uow.session.scalars(select(BuyerReview)).all()


def test_what_was_bought_for_a_period_can_be_unsubscribed_from_one_place(buyer: Buyer) -> None:
    page = buyer.text_of(f"{MARKETPLACE}/buyer/unsubscriptions")
    assert "0 of 10" in page
    assert rows(page) == 0

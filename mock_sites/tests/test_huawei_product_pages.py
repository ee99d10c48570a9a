"""Product pages of the marketplace: tabs, agreements, favourites."""

import re
from typing import Final

import pytest
from sqlalchemy import select

from mock_sites.guance.domain.locks import BUFFER
from mock_sites.huawei.domain.catalogue import CARD_CONTENT, GUANCE_CONTENT, PLAN_CONTENT
from mock_sites.huawei.domain.expiry import GRACE
from mock_sites.huawei.domain.listings import Listing, all_listings
from mock_sites.huawei.domain.tables.accounts import Account
from mock_sites.huawei.domain.tables.opinions import BuyerReview
from mock_sites.huawei.marketplace.views import TABS
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.huawei_pages import MARKETPLACE, Visit, visit
from mock_sites.tests.support.sending import token
from mock_sites.tests.support.subscribing import buy
from mock_sites.web.language import LANGUAGES
from mock_sites.web.markup import elements
from mock_sites.world.world import World

__all__ = ["visit"]

FAVOURITES: Final = f"{MARKETPLACE}/buyer/favourites"

ONE_OF_EACH_KIND: Final = {listing.delivery: listing for listing in all_listings()}


def page_of(listing: Listing) -> str:
    return f"{MARKETPLACE}/contents/{listing.content_id}"


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("listing", ONE_OF_EACH_KIND.values(), ids=ONE_OF_EACH_KIND)
def test_every_tab_is_a_page_that_says_which_one_it_is(
    world: World, browse: Browse, listing: Listing, tab: str
) -> None:
    page = browse(MARKETPLACE).get(world.local(page_of(listing)), params={"tab": tab})
    assert page.status_code == 200
    shown = [one for one in elements(page.text) if "tabs" in one.attributes.get("class", "")]
    assert len(shown) == 1
    current = [one for one in elements(page.text) if one.attributes.get("aria-current") == "page"]
    query = f"?tab={tab}" if tab != TABS[0] else ""
    assert current[-1].attributes["href"] == f"/contents/{listing.content_id}{query}#tabs"


@pytest.mark.parametrize("tab", ["", "no", "../../base", "<script>"])
def test_a_tab_that_does_not_exist_is_the_first_one(world: World, browse: Browse, tab: str) -> None:
    page = browse(MARKETPLACE).get(world.local(page_of(all_listings()[0])), params={"tab": tab})
    assert page.status_code == 200
    assert '<h2 id="tab-title">Introduction</h2>' in page.text


@pytest.mark.parametrize("listing", all_listings(), ids=lambda listing: listing.name["en"])
def test_reviews_and_prices_are_those_of_the_catalogue(world: World, browse: Browse, listing: Listing) -> None:
    reviews = browse(MARKETPLACE).get(world.local(page_of(listing)), params={"tab": "reviews"}).text
    assert f'<p class="tally">{listing.rating:.1f}</p>' in reviews
    assert reviews.count('<p class="reply">') == sum(review.reply is not None for review in listing.reviews)
    prices = browse(MARKETPLACE).get(world.local(page_of(listing)), params={"tab": "pricing"}).text
    for tier in listing.tiers:
        assert f"¥{tier.price:,.2f} / " in prices


def test_the_plan_costs_what_its_specifications_cost(world: World, browse: Browse) -> None:
    prices = browse(MARKETPLACE).get(world.local(f"{MARKETPLACE}/contents/{PLAN_CONTENT}"), params={"tab": "pricing"})
    for amount in ("¥600.00 / month", "¥6,000.00 / year", "¥1,800.00 / month", "¥18,000.00 / year"):
        assert amount in prices.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_agreements_that_a_product_names_can_be_read(world: World, browse: Browse, language: str) -> None:
    names = ("agreements/marketplace", "agreements/privacy", f"contents/{CARD_CONTENT}/terms")
    titles = set[str]()
    for name in names:
        page = browse(MARKETPLACE).get(world.local(f"{MARKETPLACE}/{name}"), headers={"Accept-Language": language})
        assert page.status_code == 200
        titles |= {one.text for one in elements(page.text) if one.tag == "h1"}
    assert len(titles) == len(names)


def test_a_product_is_saved_once_listed_and_removed(world: World, visit: Visit) -> None:
    buyer, listing = visit("hw_liwei"), all_listings()[5]
    address = world.local(f"{page_of(listing)}/favourite")
    assert listing.name["en"] not in buyer.get(world.local(FAVOURITES)).text
    sent = {"csrf_token": token(buyer.get(world.local(page_of(listing)))), "saved": "y"}
    assert [buyer.post(address, data=sent).status_code for _ in range(2)] == [302, 302]
    assert listing.name["en"] in buyer.get(world.local(FAVOURITES)).text
    assert "Saved" in buyer.get(world.local(page_of(listing))).text
    assert [event.kind for event in world.journal() if "favourite" in event.kind] == ["huawei.favourite.saved"]
    back = buyer.post(address, data=sent | {"saved": "", "back": "list"})
    assert back.headers["location"] == "/buyer/favourites"
    assert listing.name["en"] not in buyer.get(world.local(FAVOURITES)).text.partition("</main>")[0].partition("<h1")[2]


def test_a_favourite_has_the_rating_of_its_page(world: World, visit: Visit) -> None:
    buyer, (listing,) = visit("hw_liwei"), [one for one in all_listings() if one.content_id == GUANCE_CONTENT]
    sent = {"csrf_token": token(buyer.get(world.local(page_of(listing)))), "saved": "y"}
    buyer.post(world.local(f"{page_of(listing)}/favourite"), data=sent)
    with world.uow("huawei", write=True) as uow:
        (account_id,) = uow.session.scalars(select(Account.id).where(Account.name == "hw_liwei"))
        uow.session.add(
            BuyerReview(account_id=account_id, content_id=GUANCE_CONTENT, stars=1, comment="", written_at=uow.now)
        )

    of_page, of_favourite = (
        re.findall(r"Rating:</span> (\d\.\d)", buyer.get(world.local(address)).text)[0]
        for address in (page_of(listing), FAVOURITES)
    )
    assert of_favourite == of_page != f"{listing.rating:.1f}"


def test_favourites_are_of_one_buyer(world: World, visit: Visit) -> None:
    buyer, listing = visit("hw_liwei"), all_listings()[5]
    sent = {"csrf_token": token(buyer.get(world.local(page_of(listing)))), "saved": "y"}
    buyer.post(world.local(f"{page_of(listing)}/favourite"), data=sent)
    assert listing.name["en"] not in visit("hw_wangfang").get(world.local(FAVOURITES)).text


def test_a_visitor_signs_in_to_save_and_comes_back_to_the_product(world: World, browse: Browse, visit: Visit) -> None:
    address = world.local(f"{page_of(all_listings()[5])}/favourite")
    assert "authui/login?next=" in browse(MARKETPLACE).get(address).headers["location"]
    assert visit("hw_liwei").get(address).headers["location"] == f"/contents/{all_listings()[5].content_id}"


def test_my_agreements_are_those_of_the_orders(world: World, visit: Visit) -> None:
    buyer, mine = visit("hw_liwei"), world.local(f"{MARKETPLACE}/buyer/agreements")
    assert "Terms of" not in buyer.get(mine).text
    buy(world)
    assert f"/contents/{GUANCE_CONTENT}/terms" in buyer.get(mine).text


@pytest.mark.parametrize("listing", all_listings(), ids=lambda listing: listing.name["en"])
def test_a_product_for_named_customers_says_so_before_the_click(world: World, browse: Browse, listing: Listing) -> None:
    page = browse(MARKETPLACE).get(world.local(page_of(listing))).text
    is_for_all = listing.content_id in {CARD_CONTENT, GUANCE_CONTENT, PLAN_CONTENT}
    assert ("Only for customers that the seller has named." in page) is not is_for_all


def test_data_are_kept_for_as_long_as_products_promise(browse: Browse) -> None:
    terms = browse(MARKETPLACE).get(f"/contents/{GUANCE_CONTENT}/terms").text
    answers = [text for listing in all_listings() for one in listing.questions for text in one.answer.values()]
    promised = re.findall(r"at least (\d+) days|至少保留 (\d+) 天", " ".join([terms, *answers]))
    assert {int(english or chinese) for english, chinese in promised} == {min(BUFFER, GRACE).days}
    assert terms.count("at least 14 days") == 1

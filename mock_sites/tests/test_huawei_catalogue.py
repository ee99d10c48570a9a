"""The catalogue of the marketplace: its data, and how products are found."""

from dataclasses import replace
from typing import Final

import pytest
from flask_babel import force_locale, gettext

from mock_sites.huawei.domain import catalogue
from mock_sites.huawei.domain.listing_search import CATEGORIES, DELIVERIES, ORDERS, PRICES, Wanted
from mock_sites.huawei.domain.listings import Listing, Text, all_listings
from mock_sites.serving.dispatch import Dispatcher
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.huawei_pages import MARKETPLACE, Visit, visit
from mock_sites.tests.support.visitors import apps
from mock_sites.web.context import WORLD_KEY
from mock_sites.web.language import LANGUAGES
from mock_sites.web.markup import elements
from mock_sites.world.world import World

__all__ = ["visit"]

INVENTED: Final = next(one for one in all_listings() if one.seller.key != "guance")

ODD: Final = ["<script>alert(1)</script>", "' OR 1=1 --", "😀 مرحبا", "\\", "%", "x" * 5000, "\u202e", "{{ 7 * 7 }}"]


def names(listings: list[Listing]) -> list[str]:
    return [listing.name["en"] for listing in listings]


def texts_of(listing: Listing) -> list[Text]:
    said = [text for review in listing.reviews for text in (review.text, review.reply) if text]
    asked = [text for question in listing.questions for text in (question.asked, question.answer)]
    tiers = [tier.name for tier in listing.tiers]
    mine = [listing.name, listing.summary, listing.seller.name, *listing.tags, *listing.highlights]
    return [*mine, *tiers, *said, *asked]


def test_every_text_is_there_in_every_language() -> None:
    for listing in all_listings():
        for text in texts_of(listing):
            assert set(text) == set(LANGUAGES), text
            assert all(text.values()), text


def test_products_have_ids_kinds_and_prices_of_their_own() -> None:
    listings = all_listings()
    assert len({one.content_id for one in listings}) == len({one.product_id for one in listings}) == len(listings) > 20
    for one in listings:
        assert one.category in CATEGORIES
        assert one.delivery in DELIVERIES
        assert one.price == min((tier.price for tier in one.tiers), default=one.price), one.name
        assert one.highlights
        assert one.questions
        assert 1 <= one.rating <= 5
        assert list(one.reviews) == sorted(one.reviews, key=lambda review: review.on, reverse=True)


@pytest.mark.parametrize(("stars", "rating"), [({5: 2, 4: 1, 3: 1}, 4.3), ({5: 1, 4: 2}, 4.3), ({5: 3, 4: 4}, 4.4)])
def test_a_rating_is_rounded_as_people_do(stars: dict[int, int], rating: float) -> None:
    assert replace(all_listings()[0], stars=stars).rating == rating


def test_what_can_be_ordered_is_shown_as_it_is_sold(world: World, dispatcher: Dispatcher) -> None:
    with world.uow("huawei") as uow:
        sold = {product.content_id: product for product in catalogue.all_products(uow)}
    shown = {one.content_id: one for one in all_listings() if one.content_id in sold}
    assert set(shown) == set(sold)
    app = apps(dispatcher)["huawei.marketplace"]
    for content_id, product in sold.items():
        one = shown[content_id]
        assert (one.product_id, one.price) == (product.product_id, product.unit_price)
        for language in LANGUAGES:
            with app.test_request_context("/", environ_overrides={WORLD_KEY: world}), force_locale(language):
                assert (one.name[language], one.seller.name[language]) == (
                    gettext(product.title),
                    gettext(product.seller),
                )


@pytest.mark.parametrize("search", ["postgresql", "PostgreSQL  mossbridge", "苔桥", "苔桥 镜像", "Mossbridge 镜像"])
def test_words_of_both_languages_find_a_product(search: str) -> None:
    assert "Mossbridge PostgreSQL Image" in names(Wanted(search=search).found(all_listings()))


def test_all_words_of_a_search_must_be_there() -> None:
    assert Wanted(search="postgresql nonsense").found(all_listings()) == []


@pytest.mark.parametrize(
    ("price", "amounts"),
    [("free", {"0"}), ("to-100", {"0.06", "100"}), ("to-1000", {"100.5", "1000"}), ("above", {"10000.01"})],
)
def test_a_price_is_in_one_range_up_to_its_end(price: str, amounts: set[str]) -> None:
    every = ["0", "0.06", "100", "100.5", "1000", "1000.01", "10000", "10000.01"]
    listings = [replace(INVENTED, price=type(INVENTED.price)(amount)) for amount in every]
    assert {str(one.price) for one in Wanted(price=price).found(listings)} == amounts
    assert sum(len(Wanted(price=each).found(listings)) for each in PRICES) == len(listings)


def test_results_are_ordered_as_asked() -> None:
    by = {order: Wanted(order=order).found(all_listings()) for order in ORDERS}
    assert by[""] == list(all_listings())
    assert [one.sales for one in by["sales"]] == sorted((one.sales for one in all_listings()), reverse=True)
    assert by["cheapest"][0].price == 0
    assert by["dearest"][0].price == max(one.price for one in all_listings())
    assert by["newest"][0].updated == max(one.updated for one in all_listings())


def test_filters_that_do_not_exist_are_left_out() -> None:
    asked = {"search": "  a   b ", "category": "no", "delivery": "<b>", "price": "-1", "order": "'", "other": "1"}
    assert Wanted.asked(asked).values() == {"search": "a b"}


def test_a_page_of_many_products_is_as_long_as_one_of_few(
    world: World, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    def length(number: int) -> int:
        monkeypatch.setattr(
            catalogue, "all_listings", lambda: tuple(replace(INVENTED, content_id=str(one)) for one in range(number))
        )
        page = browse(MARKETPLACE).get(world.local(f"{MARKETPLACE}/products"), params={"order": "sales", "page": "2"})
        return sum(element.tag == "article" for element in elements(page.text))

    assert length(100) == length(100_000) == 12


@pytest.mark.parametrize("search", ODD)
@pytest.mark.parametrize("language", LANGUAGES)
def test_any_search_is_answered_and_shown_escaped(world: World, browse: Browse, search: str, language: str) -> None:
    address = world.local(f"{MARKETPLACE}/products")
    answer = browse(MARKETPLACE).get(address, params={"search": search}, headers={"Accept-Language": language})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert "/products" in answer.text, "a way on"


def test_filters_can_be_combined_and_keep_each_other(world: World, browse: Browse) -> None:
    address = world.local(f"{MARKETPLACE}/products")
    page = browse(MARKETPLACE).get(address, params={"category": "ai", "delivery": "api", "order": "cheapest"}).text
    assert page.index("Plainspeech API") < page.index("Ember Document Reader")
    assert page.count("<article") == 2
    forms = page.split("<form")
    prices = next(form for form in forms if 'name="price" value="free"' in form)
    for name, value in {"category": "ai", "delivery": "api", "order": "cheapest"}.items():
        assert f'type="hidden" name="{name}" value="{value}"' in prices


def test_an_invented_product_can_be_looked_at_and_its_seller_asked(world: World, visit: Visit) -> None:
    buyer = visit("hw_liwei")
    page = buyer.get(world.local(f"{MARKETPLACE}/contents/{INVENTED.content_id}"))
    assert "/invitation" in page.text
    asked = buyer.get(world.local(f"{MARKETPLACE}/contents/{INVENTED.content_id}/invitation"))
    assert INVENTED.seller.phone in asked.text
    for verb in ("subscribe", "buy", "order", "trial"):
        answer = buyer.get(world.local(f"{MARKETPLACE}/contents/{INVENTED.content_id}/{verb}"))
        assert answer.status_code == 404
    sold = world.local(f"{MARKETPLACE}/contents/{catalogue.GUANCE_CONTENT}/invitation")
    assert buyer.get(sold).status_code == 404

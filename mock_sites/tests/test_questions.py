"""Questions about products, reviews, and what their sellers answer."""

from typing import Final

import httpx
import pytest

from mock_sites.huawei.domain import questions
from mock_sites.huawei.domain.catalogue import GUANCE_CONTENT
from mock_sites.huawei.domain.listings import all_listings
from mock_sites.huawei.protocol.addresses import SELLER_CENTER_HOST
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.huawei_pages import MARKETPLACE, SERVICES, Visit, visit, words_of
from mock_sites.tests.support.sending import post, token
from mock_sites.tests.support.subscribing import buy
from mock_sites.world.world import World

__all__ = ["visit"]

PRODUCT: Final = f"{MARKETPLACE}/contents/{GUANCE_CONTENT}"
TAB: Final = f"{PRODUCT}?tab=questions"
INVENTED: Final = f"{MARKETPLACE}/contents/{all_listings()[-1].content_id}?tab=questions"


@pytest.fixture
def buyer(visit: Visit) -> httpx.Client:
    """The ready-made buyer."""
    return visit("hw_liwei")


@pytest.fixture
def seller(browse: Browse) -> httpx.Client:
    """The Seller Center."""
    return browse(f"https://{SELLER_CENTER_HOST}")


def send(buyer: httpx.Client, page: str, address: str, **fields: str) -> httpx.Response:
    """Send a form of a page to its address."""
    return buyer.post(address, data={"csrf_token": token(buyer.get(page)), **fields})


def ask(world: World, buyer: httpx.Client, text: str, tab: str = TAB) -> httpx.Response:
    """Send the form of the tab."""
    return send(buyer, world.local(tab), world.local(tab.replace("?tab=", "/")), question=text)


@pytest.mark.parametrize("tab", [TAB, INVENTED], ids=["Guance", "invented seller"])
def test_a_question_and_its_answer_are_on_the_product_page_for_everybody(
    world: World, buyer: httpx.Client, seller: httpx.Client, browse: Browse, tab: str
) -> None:
    assert ask(world, buyer, "Does it run on ARM?", tab).status_code == 302
    visitor = browse(MARKETPLACE)
    shown = words_of(visitor.get(world.local(tab)))
    assert "Does it run on ARM? hw***i · 2026-03-02 Not answered yet." in shown
    assert "Does it run on ARM?" in words_of(seller.get("/questions?state=open"))
    assert post(seller, "/questions/1/answer", reply="Yes, from version 2 on.").status_code == 302
    assert "Not answered yet." not in (answered := words_of(visitor.get(world.local(tab))))
    assert "Yes, from version 2 on." in answered
    assert "Does it run on ARM?" not in words_of(seller.get("/questions?state=open"))
    assert [one.kind for one in world.journal() if "question" in one.kind] == [
        "huawei.question.asked",
        "huawei.question.answered",
    ]


def test_the_tab_counts_the_questions_of_buyers(world: World, buyer: httpx.Client) -> None:
    number = len(all_listings()[0].questions)
    assert f"Questions ({number})" in words_of(buyer.get(world.local(PRODUCT)))
    ask(world, buyer, "Why?")
    assert f"Questions ({number + 1})" in words_of(buyer.get(world.local(PRODUCT)))


@pytest.mark.parametrize("text", ["", "   ", "W" * (questions.LONGEST + 1)])
def test_a_question_that_is_refused_stays_in_the_form_of_the_tab(world: World, buyer: httpx.Client, text: str) -> None:
    answer = ask(world, buyer, text)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert '<h2 id="tab-title">Questions' in answer.text
    assert not [one for one in world.journal() if "question" in one.kind]


def test_the_same_question_is_asked_once_and_a_buyer_has_few_open_ones(world: World, buyer: httpx.Client) -> None:
    sent = [ask(world, buyer, f"Question {number}").status_code for number in (0, 0, *range(questions.MOST_OPEN + 1))]
    assert sent == [302] * (questions.MOST_OPEN + 2) + [422]
    assert len([one for one in world.journal() if one.kind == "huawei.question.asked"]) == questions.MOST_OPEN


def test_a_visitor_signs_in_to_ask_and_comes_back_to_the_tab(world: World, browse: Browse, buyer: httpx.Client) -> None:
    address = world.local(f"{PRODUCT}/questions")
    assert "authui/login?next=" in browse(MARKETPLACE).get(address).headers["location"]
    assert buyer.get(address).headers["location"] == f"/contents/{GUANCE_CONTENT}?tab=questions#tabs"
    assert "Sign in to ask a question" in browse(MARKETPLACE).get(world.local(TAB)).text


def test_a_seller_replies_to_a_review_until_another_one_takes_its_place(
    world: World, buyer: httpx.Client, seller: httpx.Client
) -> None:
    details, reviews = world.local(f"{SERVICES}/{buy(world)}"), world.local(f"{PRODUCT}?tab=reviews")
    for stars, comment in (("2", "Slow."), ("5", "Fast now.")):
        assert send(buyer, details, f"{details}/review", stars=stars, comment=comment).status_code == 302
        assert "It will be faster." not in words_of(buyer.get(reviews))
        page = seller.get("/questions").text
        path = page.partition('href="/reviews/')[2].partition('"')[0]
        assert post(seller, f"/reviews/{path}", reply="It will be faster.").status_code == 302
        assert f"{comment} Reply of Guance: It will be faster." in words_of(buyer.get(reviews))

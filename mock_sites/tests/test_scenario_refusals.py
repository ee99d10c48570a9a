"""The scenario API refuses what the pages refuse, for the same reason, and then changes nothing."""

import html
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import httpx
import pytest

from mock_sites.huawei.domain import catalogue
from mock_sites.huawei.domain.tables import Enterprise, Resource
from mock_sites.serving.dispatch import Dispatcher
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support import plans
from mock_sites.tests.support.huawei_pages import AUTH, MARKETPLACE, Buyer
from mock_sites.tests.support.scenarios import Api
from mock_sites.tests.support.sending import post
from mock_sites.tests.support.subscribing import account_of, buy, close, enterprise_with_wendy, order
from mock_sites.tests.support.visitors import nothing_changes
from mock_sites.world import jobs, throttle
from mock_sites.world.passwords import WELL_KNOWN as PASSWORD
from mock_sites.world.world import World

SHOP: Final = f"{MARKETPLACE}/contents"
GUIDE: Final = f"{MARKETPLACE}/buyer/partner-services"
BUYING: Final = f"{MARKETPLACE}/buyer/purchased-services"
SERVICE, CARD, PLAN = (
    f"{SHOP}/{content}" for content in (catalogue.GUANCE_CONTENT, catalogue.CARD_CONTENT, catalogue.PLAN_CONTENT)
)
OTHER: Final = "hw_wangfang"
MEMBER: Final = {
    "name": "Max",
    "department": "Research",
    "phone": "13800000009",
    "email": "",
    "account": "max",
    "password": "Initial-2026",
}


@dataclass(frozen=True)
class Case:
    """The same wish on a page and by the API. ``ready`` prepares the world, and returns the id that addresses need."""

    page: str
    typed: Mapping[str, Any]
    path: str
    asked: Mapping[str, Any]
    reason: str
    ready: Callable[[World], str] = lambda _: ""
    method: str = "POST"
    to: str = ""
    """Where the page's form is sent, if it is not the page itself."""
    buyer: str = "hw_liwei"


def poor(world: World) -> str:
    """An unpaid order that costs more than there is."""
    made = order(world)
    with world.uow("huawei", write=True) as uow:
        account_of(uow).balance = 1
    return made


def enterprise(world: World) -> str:
    """An enterprise with the member Wendy."""
    return enterprise_with_wendy(world, buy(world))


def without_enterprise(world: World) -> str:
    """A service with a role, when Wang Fang has the domain acme."""
    made = buy(world)
    with world.uow("huawei", write=True) as uow:
        uow.session.get_one(Resource, made).role = "personal"
        details = {"name": "G", "domain": "acme", "created_at": uow.now, "ready_at": uow.now}
        uow.session.add(Enterprise(id="theirs", account_id=account_of(uow, OTHER).id, **details))
    return made


def later(days: int) -> Callable[[World], str]:
    """A plan that was bought some days ago."""

    def ready(world: World) -> str:
        made = plans.buy(world)
        jobs.advance(world, days * plans.DAY)
        return made

    return ready


def closed(world: World) -> str:
    """A service that is closed."""
    made = buy(world)
    close(world, made)
    return made


def renewing(operation: str, **fields: Any) -> tuple[str, dict[str, str], str, dict[str, Any]]:
    """An operation of a purchased service, on its page and by the API."""
    typed = {name: str(value) for name, value in fields.items()}
    return f"{BUYING}/{{0}}/{operation}", typed, f"/services/{{0}}/{operation}", fields


def member(**wrong: str) -> tuple[str, dict[str, str], str, dict[str, Any]]:
    """A new member with something wrong."""
    return f"{GUIDE}/members/new", MEMBER | wrong, "/members", MEMBER | wrong


def as_enterprise(name: str, domain: str) -> tuple[str, dict[str, str], str, dict[str, Any]]:
    """A new enterprise."""
    typed = {"name": name, "domain": domain}
    return f"{GUIDE}/enterprise", typed, "/enterprise", typed


NAMED = {"offer": catalogue.GUANCE_PRODUCT}
"""The pay-per-use product."""

CASES: Final = {
    "not verified": Case(
        f"{SERVICE}/subscribe",
        {"agreed": "y"},
        "/orders",
        {**NAMED, "agreed": True},
        "Your account must be verified",
        buyer="hw_chenjing",
    ),
    "terms": Case(f"{SERVICE}/subscribe", {}, "/orders", NAMED, "Agree to the terms before you subscribe."),
    "subscribed already": Case(
        f"{SERVICE}/subscribe",
        {"agreed": "y"},
        "/orders",
        {**NAMED, "agreed": True},
        "You have subscribed to this product already.",
        buy,
    ),
    **{
        f"{number} units": Case(
            f"{CARD}/buy",
            {"quantity": str(number)},
            "/orders",
            {"offer": catalogue.CARD_PRODUCT, "number": number},
            "Enter a whole number from 1 to 500.",
        )
        for number in (0, 501, 10**30, -1)
    },
    "13 months": Case(
        f"{PLAN}/order",
        {"specification": plans.MONTH, "number": "13"},
        "/orders",
        {"offer": plans.MONTH, "number": 13},
        "Enter 1 to 12 months.",
    ),
    "plan again": Case(
        f"{PLAN}/order",
        {"specification": plans.MONTH, "number": "1"},
        "/orders",
        {"offer": plans.MONTH},
        "You have this product until its service expires.",
        plans.buy,
    ),
    "trial after the plan": Case(
        f"{PLAN}/trial",
        {"agreed": "y"},
        "/orders",
        {"offer": "OFFI-PLAN-STANDARD-TRIAL", "agreed": True},
        "You have tried or bought this product already.",
        plans.buy,
    ),
    "terms of the trial": Case(
        f"{PLAN}/trial",
        {},
        "/orders",
        {"offer": "OFFI-PLAN-STANDARD-TRIAL"},
        "Agree to the terms before you subscribe.",
    ),
    "balance": Case(
        f"{MARKETPLACE}/orders/{{0}}/pay", {"method": "balance"}, "/orders/{0}/pay", {}, "The account balance of", poor
    ),
    "renew for long": Case(
        *renewing("renew", specification=plans.MONTH, number=40), "Enter 1 to 12 months.", plans.buy
    ),
    "renew as another edition": Case(
        *renewing("renew", specification=plans.HIGHER, number=1), "Choose one of the specifications.", plans.buy
    ),
    "renewal change to the same": Case(
        *renewing("renewal-change", specification=plans.MONTH, number=1), "Choose one of the specifications.", plans.buy
    ),
    "upgrade to the same": Case(
        *renewing("upgrade", specification=plans.MONTH), "Choose one of the specifications.", plans.buy
    ),
    "upgrade after the end": Case(
        *renewing("upgrade", specification=plans.HIGHER), "This service has expired. Renew it first.", later(40)
    ),
    "unsubscribe late": Case(
        *renewing("unsubscribe"), "The five days in which a service can be unsubscribed are over.", later(6)
    ),
    "policy of a trial": Case(
        f"{BUYING}/{{0}}/expiry-policy",
        {"policy": "renew"},
        "/services/{0}/expiry-policy",
        {"auto_renew": True},
        "A trial is not renewed by itself. Make it formal first.",
        plans.try_out,
        "PATCH",
    ),
    "close a plan": Case(*renewing("close"), "This resource was bought for a period.", plans.buy),
    "close again": Case(*renewing("close"), "This resource is closed already.", closed),
    "role": Case(f"{GUIDE}/role", {"role": "resale"}, "/role", {"role": "resale"}, "Select a role.", buy, "PUT"),
    "domain is taken": Case(*as_enterprise("Acme", "acme"), "This domain is taken", without_enterprise),
    "domain": Case(*as_enterprise("Acme", "-"), "A domain has 2 to 30 letters", without_enterprise),
    "long domain": Case(*as_enterprise("Acme", "a" * 31), "longer than 30 characters", without_enterprise),
    "no name of an enterprise": Case(*as_enterprise(" ", "acme"), "Fill in this field.", without_enterprise),
    "their enterprise": Case(
        f"{GUIDE}/enterprise",
        {"enterprise": "theirs"},
        "/enterprise/existing",
        {"enterprise": "theirs"},
        "Choose one of your enterprises.",
        without_enterprise,
        to=f"{GUIDE}/enterprise/existing",
    ),
    "second enterprise": Case(*as_enterprise("Acme 2", "acme2"), "An enterprise has been set up already", enterprise),
    "weak password": Case(*member(password="x"), "A password has 8 to 64 characters.", enterprise),
    "long password": Case(*member(password="x1" * 40), "longer than 64 characters", enterprise),
    "no way to reach": Case(*member(phone=""), "Enter a phone number, an email address or both.", enterprise),
    "phone": Case(*member(phone="none"), "Enter a phone number in digits.", enterprise),
    "email": Case(*member(email="none"), "Enter an email address, such as name@example.com.", enterprise),
    "account": Case(*member(account="max max"), "An account has up to 64 letters", enterprise),
    "account is taken": Case(*member(account="wendy"), "This account exists in the enterprise already.", enterprise),
    "no department": Case(*member(department=""), "Fill in this field.", enterprise),
    "control characters": Case(*member(name="a\u202eb"), "Remove control characters", enterprise),
    "nobody to authorize": Case(
        f"{GUIDE}/authorize",
        {"agreed": "y"},
        "/members/authorize",
        {"members": [], "agreed": True},
        "Pick at least one member.",
        enterprise,
    ),
    "authorize others": Case(
        f"{GUIDE}/authorize",
        {"members": ["nobody"], "agreed": "y"},
        "/members/authorize",
        {"members": ["nobody"], "agreed": True},
        "Pick members of this enterprise only.",
        enterprise,
    ),
}


Prepared = Callable[[Callable[[World], str], str], tuple[str, Buyer, Api]]


@pytest.fixture(scope="module")
def prepared(dispatcher: Dispatcher) -> Iterator[Prepared]:
    """A prepared world with its buyer on the pages and by the API. Cases share it: a refusal changes nothing."""
    with ExitStack() as stack:

        @cache
        def prepare(ready: Callable[[World], str], name: str) -> tuple[str, Buyer, Api]:
            world = dispatcher.worlds.make(running=False)
            stack.callback(dispatcher.worlds.drop, world.name)
            made = ready(world)
            browser = stack.enter_context(httpx.Client(transport=httpx.WSGITransport(dispatcher)))
            buyer, api = Buyer(world, browser), Api(dispatcher, world, name)
            stack.callback(api.client.close)
            buyer.signs_in(name)
            return made, buyer, api

        yield prepare


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_reason_is_that_of_the_page(prepared: Prepared, case: Case) -> None:
    made, buyer, api = prepared(case.ready, case.buyer)

    page = buyer.sends(case.page.format(made), to=case.to.format(made), **case.typed)
    with nothing_changes(buyer.world):
        message = api.refused(case.method, case.path.format(made), **case.asked)

    assert page.status_code == 422, page.text
    assert case.reason in message
    assert message.split(": ", 1)[-1] in html.unescape(page.text)


@pytest.mark.parametrize("typed", [{"name": "hw_liwei", "password": "wrong"}, {"name": " ", "password": "x"}])
def test_the_reason_not_to_sign_in_is_that_of_the_page(
    dispatcher: Dispatcher, world: World, browse: Browse, typed: dict[str, str]
) -> None:
    page = post(browse(AUTH), "/authui/login", **typed)
    with Api(dispatcher, world, "").client as client:
        refused = client.post("/sign-ins", json=typed)

    assert (page.status_code, refused.status_code) == (422, 422)
    assert refused.json()["message"].removeprefix("name: ") in page.text


def test_wrong_passwords_are_limited_on_pages_and_by_the_api_together(
    dispatcher: Dispatcher, world: World, browse: Browse
) -> None:
    typed = {"name": "hw_liwei", "password": "wrong"}
    for _ in range(throttle.MOST_FOR_ACCOUNT):
        post(browse(AUTH), "/authui/login", **typed)

    with Api(dispatcher, world, "").client as client:
        refused = client.post("/sign-ins", json=typed | {"password": PASSWORD})

    assert (refused.status_code, "Too many" in refused.json()["message"]) == (422, True), refused.text

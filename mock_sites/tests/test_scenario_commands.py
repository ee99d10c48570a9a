"""The client's buyer, and the commands ``buy``, ``onboard`` and ``close``, on a running server."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from mock_sites import Server
from mock_sites.cli import main
from mock_sites.client import Buyer, ClientError, World, Worlds
from mock_sites.huawei.conformance.listing import Kind
from mock_sites.huawei.domain.catalogue import CARD_PRODUCT, GUANCE_CONTENT, GUANCE_PRODUCT, PLAN_CONTENT
from mock_sites.tests.support.behaving import BehavingSeller
from mock_sites.tests.support.example import KEY as EXAMPLE_KEY
from mock_sites.tests.support.example import Example, example
from mock_sites.tests.support.gateway import KEY, ReceivedRequest, seller
from mock_sites.tests.support.plans import HIGHER, MONTH
from mock_sites.world.agreement import GUANCE_PUBLIC_KEY

__all__ = ["example"]

PAGE = Path(__file__).parents[2] / "docs" / "without_a_browser.md"


@pytest.fixture
def there(server: Server) -> Iterator[World]:
    """A world, as the client sees it."""
    with Worlds(server.url) as remote:
        world = remote.make()
        yield world
        world.drop()


@pytest.fixture
def buyer(there: World) -> Buyer:
    return there.buyer()


def run(there: World, *words: str, **environment: str) -> Result:
    """Run a command for the world."""
    where = ["--server", there.url, "--world", there.name]
    return CliRunner().invoke(main, [words[0], *where, *words[1:]], env=environment)


def test_a_buyer_buys_takes_into_use_and_closes(buyer: Buyer) -> None:
    offers = {offer.offer: offer for offer in buyer.offers()}
    assert (offers[MONTH].kind, offers[MONTH].period, offers[MONTH].price) == ("period", "month", 600)
    bought = buyer.buy(GUANCE_PRODUCT)
    assert (bought.outcome, bought.order.state) == ("done", "completed")
    assert buyer.choose_role("customer").role == "customer"
    taken = buyer.onboard("Acme Research", "acme", "Initial-2026")
    assert (taken.outcome, taken.enterprise, taken.member) == ("done", buyer.enterprise(), buyer.members()[0])
    assert (taken.member.login_name, taken.member.authorized) == ("hw_liwei@acme", True)
    wendy = buyer.add_member("Initial-2027", name="Wendy", department="R", email="w@example.com", account="wendy")
    assert buyer.authorize([wendy.member.id]).members[0].authorized
    assert not buyer.cancel_authorization(wendy.member.id).member.authorized
    instance = bought.order.instance or ""
    closed = buyer.close(instance)
    assert [call.operation for call in closed.calls] == ["releaseInstance"]
    assert buyer.services() == [closed.service]
    buyer.buy(GUANCE_PRODUCT)
    buyer.choose_role()
    assert buyer.use_enterprise(taken.enterprise.id).outcome == "done"


def test_a_seller_offers_a_package_and_a_buyer_buys_it(there: World, buyer: Buyer) -> None:
    center = there.seller_center
    package = center.offer_package(GUANCE_CONTENT, "Starter", "0.5", "GB", 80, stops=True)
    assert center.packages(GUANCE_CONTENT) == [package]
    offered = next(each for each in buyer.offers() if each.offer == package.offer)
    assert (offered.kind, offered.edition, offered.price) == ("package", "Starter", 80)
    assert (offered.quota, offered.unit, offered.stops) == ("0.5", "GB", True)
    assert run(there, "buy", GUANCE_PRODUCT).exit_code == 0
    bought = run(there, "buy", package.offer)
    assert bought.exit_code == 0, bought.output
    service = buyer.services()[0]
    assert f"is completed, instance {service.instance}." in bought.output
    assert service.package
    assert (service.package["offer"], service.package["left"]) == (package.offer, "0.5")
    center.withdraw_package(GUANCE_CONTENT, package.offer)
    assert center.packages(GUANCE_CONTENT) == []
    with pytest.raises(ClientError, match="There is no such offer"):
        buyer.buy(package.offer)
    assert buyer.service(service.instance).state == "in_use"


def test_a_buyer_changes_a_plan_and_unsubscribes(buyer: Buyer) -> None:
    instance = buyer.buy(MONTH, 2, auto_renew=True).order.instance or ""
    changed = [buyer.upgrade(instance, HIGHER), buyer.renew(instance, HIGHER, 3), buyer.renew_as(instance, MONTH)]
    assert [[call.operation for call in each.calls] for each in changed] == [
        ["upgradeInstance"],
        ["refreshInstance"],
        ["changeInstanceCheck", "refreshInstance"],
    ]
    assert not buyer.change_policy(instance, auto_renew=False).auto_renew
    assert buyer.unsubscribe(instance).order.state == "completed"
    assert (buyer.service(instance).state, buyer.account().balance) == ("closed", 100_000)


def test_a_buyer_who_does_not_wait_lets_the_clock_be(there: World, buyer: Buyer) -> None:
    before = there.clock.now()
    assert buyer.buy(GUANCE_PRODUCT, wait=False).outcome == "waiting"
    ordered = buyer.order(CARD_PRODUCT, 3)
    assert (ordered.outcome, buyer.cancel(ordered.order.id).state) == ("unpaid", "cancelled")
    assert GUANCE_CONTENT in {order.product for order in buyer.orders()}
    assert there.clock.now() == before


def test_a_ready_made_buyer_has_a_key_and_a_username(there: World) -> None:
    for person in there.people().values():
        expected = person if person.company == "huawei" else None
        assert there.ready_made_buyer(person.key) == there.ready_made_buyer(person.username) == expected


def test_kinds_of_offers_are_called_as_in_a_listing_of_conform(buyer: Buyer) -> None:
    """A card is no product of a seller's service."""
    assert {offer.kind for offer in buyer.offers()} - {"card"} <= set(Kind)


def test_refusals_are_the_reasons_of_the_pages(there: World, buyer: Buyer) -> None:
    with pytest.raises(ClientError, match="must be verified with real-name authentication"):
        there.buyer("unverified-buyer").buy(GUANCE_PRODUCT)
    with pytest.raises(ClientError, match="There is no ready-made buyer 'nobody'"):
        there.buyer("nobody")
    with pytest.raises(ClientError, match="name or the password is incorrect"):
        there.sign_in("hw_liwei", "wrong")
    buyer.sign_out()
    with pytest.raises(ClientError, match="Sign in first"):
        buyer.account()


def test_the_examples_on_the_page_about_it_pass(there: World, buyer: Buyer, example: Example) -> None:
    block, _login, package = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, Any] = {}
    exec(compile(block, PAGE, "exec"), names)  # noqa: S102 - our own document

    names["test_a_purchase_is_delivered_and_released"](there, buyer, example.address, EXAMPLE_KEY)

    assert example.instances == {}
    exec(compile(package, PAGE, "exec"), {"mock_world": there, "mock_buyer": buyer})  # noqa: S102 - likewise


def test_the_commands_buy_onboard_and_close(there: World) -> None:
    listed = run(there, "buy")
    assert (listed.exit_code, GUANCE_PRODUCT in listed.output, "Standard edition" in listed.output) == (0, True, True)
    bought = run(there, "buy", GUANCE_PRODUCT)
    assert (bought.exit_code, bought.output.splitlines()[1:]) == (0, ["newInstance: accepted 000000 Success."])
    taken = run(there, "onboard", "Acme Research", "acme")
    assert "member hw_liwei@acme is authorized" in taken.output
    assert "authSync: accepted 000000 Success." in taken.output
    assert "But the seller" not in taken.output
    closed = run(there, "close", "--json")
    assert json.loads(closed.output)["service"]["state"] == "closed"
    plan = json.loads(run(there, "buy", MONTH, "2", "--json").output)
    assert (plan["outcome"], plan["order"]["periods"]) == ("done", 2)
    ended = run(there, "close", plan["order"]["instance"])
    assert (ended.exit_code, "is closed" in ended.output) == (0, True)
    assert json.loads(run(there, "buy", "--json").output)[0]["offer"]


def test_a_purchase_from_a_seller_that_is_stopped_says_what_to_do(there: World) -> None:
    with seller(lambda _request: None) as address:
        there.seller_center.configure(GUANCE_CONTENT, production_address=address, access_key=KEY)
    failed = run(there, "buy", GUANCE_PRODUCT)
    assert failed.exit_code == 1
    assert "Start the service, see that it answers in time, or correct its production address" in failed.output


@pytest.mark.parametrize("instance", ["/Ab+c//d/e==", "50%2F%252F/%25%"])
def test_the_instance_ids_of_a_seller_may_have_slashes_and_escapes(there: World, buyer: Buyer, instance: str) -> None:

    def answer(request: ReceivedRequest) -> None:
        request.answer = json.dumps({"resultCode": "000000", "resultMsg": "", "instanceId": instance}).encode()

    with seller(answer) as address:
        there.seller_center.configure(PLAN_CONTENT, production_address=address, access_key=KEY)
        assert buyer.buy(MONTH).order.instance == instance
        assert buyer.renew(instance, MONTH).outcome == "done"
        assert buyer.change_policy(instance, auto_renew=True) == buyer.service(instance)
        assert run(there, "close", instance).exit_code == 0
    assert buyer.service(instance).state == "closed"


def test_a_refused_call_is_reported_with_where_to_look(there: World) -> None:
    assert run(there, "buy", GUANCE_PRODUCT).exit_code == 0

    def refuse(request: ReceivedRequest) -> None:
        request.answer = b'{"resultCode":"000001","resultMsg":"no"}'

    with seller(refuse) as address:
        there.seller_center.configure(GUANCE_CONTENT, production_address=address, access_key=KEY)
        failed = run(there, "onboard", "Acme", "acme")
    last = there.seller_center.calls(verdict="refused")[0]
    assert failed.exit_code == 1
    assert "But the seller has not accepted all of it, so a login may fail:" in failed.output
    assert "tenantSync: refused 000001 The seller refuses the signature." in failed.output
    assert f"See {there.seller_center.url}/calls/{last.number} for the call" in failed.output


def test_onboarding_goes_on_where_it_stopped(there: World, buyer: Buyer) -> None:
    instance = buyer.buy(GUANCE_PRODUCT).order.instance or ""
    buyer.choose_role("customer")
    with seller(BehavingSeller(protocol="v2", refuses=["tenantSync", "authSync"])) as address:
        there.seller_center.configure(GUANCE_CONTENT, production_address=address, access_key=KEY)
        assert run(there, "onboard", "Acme", "acme").exit_code == 1
    assert [each.operation for each in buyer.failures()] == ["tenantSync", "authSync"]
    there.seller_center.use_built_in(GUANCE_CONTENT)

    again = run(there, "onboard", " Acme ", "ACME")

    assert again.exit_code == 0, again.output
    first, *rest = again.output.splitlines()
    assert first == "The enterprise was there already, so only what was missing was done."
    assert [line.partition(":")[0] for line in rest[2:]] == ["tenantSync", "applicationSync", "allOrgSync", "authSync"]
    assert buyer.failures() == []
    buyer.close(instance)
    buyer.buy(GUANCE_PRODUCT)
    anew = buyer.onboard("Acme", "acme", "Initial-2026")
    assert (anew.outcome, anew.resumed, anew.enterprise.id) == ("done", True, buyer.enterprises()[0].id)
    assert [call.operation for call in anew.calls] == ["tenantSync", "applicationSync", "allOrgSync", "authSync"]
    other = run(there, "onboard", "Other", "other")
    assert (other.exit_code, "its name and domain cannot be changed" in other.output) == (2, True)


@pytest.mark.parametrize("code", ["000002", "000101"])
@pytest.mark.parametrize("public_key", ["", GUANCE_PUBLIC_KEY])
def test_a_client_secret_that_a_seller_cannot_decrypt_is_told_as_that(there: World, code: str, public_key: str) -> None:
    assert run(there, "buy", GUANCE_PRODUCT).exit_code == 0

    def answer(request: ReceivedRequest) -> None:
        refuses = request.target.endswith("/applicationSync")
        request.answer = json.dumps({"resultCode": code if refuses else "000000", "resultMsg": "no"}).encode()

    with seller(answer) as address:
        there.seller_center.configure(GUANCE_CONTENT, production_address=address, access_key=KEY, public_key=public_key)
        failed = run(there, "onboard", "Acme", "acme").output

    assert f"Does not accept the client secret ({code}: no); check the private key" in failed
    assert ("No public key of your service is set" in failed) == (not public_key)


def test_a_service_that_the_seller_does_not_know_is_closed(there: World) -> None:
    assert run(there, "buy", GUANCE_PRODUCT).exit_code == 0
    with seller(BehavingSeller(protocol="v2", refuses=["releaseInstance"])) as address:
        there.seller_center.configure(GUANCE_CONTENT, production_address=address, access_key=KEY)
        closed = run(there, "close")

    assert closed.exit_code == 0, closed.output
    assert "is closed. The seller does not know it, so nothing is left to release." in closed.output


def test_a_release_that_failed_is_named_and_tried_again(there: World, buyer: Buyer) -> None:
    instance = buyer.buy(MONTH).order.instance or ""

    def refuse(request: ReceivedRequest) -> None:
        request.answer = b'{"resultCode":"000005","resultMsg":"no"}'

    with seller(refuse) as address:
        there.seller_center.configure(PLAN_CONTENT, production_address=address, access_key=KEY)
        assert run(there, "close", instance).exit_code == 1
    assert buyer.service(instance).state == "closing_failed"
    reason = r"The seller has not released this service.*messages, Restart"
    with pytest.raises(ClientError, match=reason):
        buyer.unsubscribe(instance)
    with pytest.raises(ClientError, match=reason):
        buyer.renew(instance, MONTH)
    there.seller_center.use_built_in(PLAN_CONTENT)
    again = run(there, "close", instance)
    assert (again.exit_code, buyer.service(instance).state) == (0, "closed"), again.output


def test_the_list_of_offers_has_the_quota_of_packages(there: World) -> None:
    center = there.seller_center
    center.offer_package(GUANCE_CONTENT, "Starter", "0.5", "GB", 80, stops=True)
    center.offer_package(GUANCE_CONTENT, "Large", "1000", "hours", 800, stops=False)

    listed = run(there, "buy", COLUMNS="200").output

    assert re.search(r"Guance SaaS Edition, Starter.* package +0\.5 GB, then it stops +80", listed)
    assert re.search(r"Guance SaaS Edition, Large +package +1000 hours +800", listed)


def test_a_command_fails_with_1_if_the_seller_has_refused_and_with_2_if_nothing_was_done(there: World) -> None:
    def refuse(request: ReceivedRequest) -> None:
        request.answer = b'{"resultCode":"000002","resultMsg":"no"}'

    with seller(refuse) as address:
        there.seller_center.configure(GUANCE_CONTENT, production_address=address, access_key=KEY)
        failed = run(there, "buy", GUANCE_PRODUCT)
    assert (failed.exit_code, "is cancelled" in failed.output) == (1, True)
    [refused_calls] = [line for line in failed.output.splitlines() if "refused 000002" in line]
    assert refused_calls.endswith("(19 times)")
    for words, reason in (
        (("close",), "There is no service to close. Buy one first"),
        (("onboard", "Acme", "acme"), "There is no service to take into use. Buy one first"),
        (("buy", "nothing"), "There is no such offer."),
        (("buy", MONTH, "--as", "unverified-buyer"), "must be verified"),
        (("buy", MONTH, "--as", "nobody"), "say the password"),
        (("buy", MONTH, "--as", "hw_liwei", "--password", "wrong"), "incorrect"),
    ):
        refused = run(there, *words)
        assert (refused.exit_code, reason in refused.output) == (2, True), refused.output

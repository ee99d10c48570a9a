"""The scenario API does what the pages do: after each operation, all rows of two equal worlds are the same."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from mock_sites.huawei.domain import supervision
from mock_sites.huawei.domain.catalogue import CARD_CONTENT, CARD_PRODUCT, GUANCE_CONTENT, GUANCE_PRODUCT, PLAN_CONTENT
from mock_sites.huawei.domain.tables import Order
from mock_sites.serving.dispatch import Dispatcher
from mock_sites.tests.support import packages
from mock_sites.tests.support.gateway import drive
from mock_sites.tests.support.huawei_pages import MARKETPLACE, page_of
from mock_sites.tests.support.plans import DAY, HIGHER, MONTH, YEAR
from mock_sites.tests.support.scenarios import Twins, twins
from mock_sites.tests.support.visitors import methods, rules
from mock_sites.world import jobs

GUIDE = f"{MARKETPLACE}/buyer/partner-services"
PRODUCT = f"{MARKETPLACE}/contents"
TRIAL = "OFFI-PLAN-STANDARD-TRIAL"
WAIT = {"wait": "true"}
PAGE = Path(__file__).parents[2] / "docs" / "without_a_browser.md"
FIRST = {
    "name": "Li Wei",
    "department": "Acme Research",
    "phone": "13800000001",
    "email": "li.wei@acme.example.com",
    "account": "hw_liwei",
}
"""What the form of the first member is filled with."""

WENDY = {"name": "Wendy", "department": "Research", "email": "wendy@acme.example.com", "account": "wendy"}

PAGES_ONLY = {
    *("favourites.save", "marketplace.ask", "services.review", "operator_pass.enter_by_pass"),
    *(f"departments.{verb}" for verb in ("new", "edit", "delete")),
    *(f"member_management.{verb}" for verb in ("edit", "reset_password", "disable", "enable", "delete")),
    *(f"groups.{verb}" for verb in ("new", "show", "take_out", "edit", "delete")),
    *(f"groups.{verb}" for verb in ("authorize", "cancel_department", "cancel_group")),
    "member_sheets.batch_import",
    *(f"member_sheets.{verb}_{kind}" for verb in ("failed_members", "export") for kind in ("csv", "xlsx")),
    *("member_management.administrators", "member_management.dismiss"),
    *("applications.start", "applications.stop"),
    *("approvals.approve", "approvals.reject"),
}
"""Forms that no operation replaces: a seller notices nothing of the first ones, most others manage an enterprise, and
orders by an operation are the account's own, which need no approval.
"""

DONE_BY = {
    "checkout.cancel": "scenario_orders.cancel",
    "checkout.details": "scenario_orders.buy",
    "checkout.pay": "scenario_orders.pay",
    "marketplace.subscribe": "scenario_orders.buy",
    "packages.details": "scenario_orders.buy",
    "partner.add_member": "scenario_partner.add_member",
    "partner.authorize": "scenario_partner.authorize",
    "partner.cancel_authorization": "scenario_partner.cancel_authorization",
    "partner.enterprise": "scenario_partner.set_up",
    "partner.retry": "scenario_partner.retry",
    "partner.role": "scenario_partner.choose_role",
    "partner.use_existing": "scenario_partner.use_existing",
    "plans.details": "scenario_orders.buy",
    "plans.trial": "scenario_orders.buy",
    "renewing.policy": "scenario_services.change_policy",
    "renewing.renew": "scenario_services.renew",
    "renewing.renewal_change": "scenario_services.renewal_change",
    "renewing.unsubscribe": "scenario_services.unsubscribe",
    "renewing.upgrade": "scenario_services.upgrade",
    "service_supervision.accept": "scenario_orders.accept",
    "services.close": "scenario_services.close",
}
"""For each form of the pages: the operation that does the same."""


@pytest.fixture
def both(dispatcher: Dispatcher) -> Iterator[Twins]:
    """A buyer on the pages of one world, and by the API in another."""
    both = twins(dispatcher)
    both.agree()
    yield both
    both.close()
    for world in (both.here, both.there):
        dispatcher.worlds.drop(world.name)


def subscribe(both: Twins) -> str:
    """Both subscribe to the pay-per-use product. Returns the instance."""
    both.pages.sends(f"{PRODUCT}/{GUANCE_CONTENT}/subscribe", agreed="y")
    made = both.api.does("POST", "/orders", offer=GUANCE_PRODUCT, agreed=True, **WAIT)
    both.agree()
    assert (made["outcome"], made["order"]["state"]) == ("done", "completed")
    assert [(call["operation"], call["verdict"]) for call in made["calls"]] == [("newInstance", "accepted")]
    return made["order"]["instance"]


def set_up(both: Twins) -> str:
    """Both set up an enterprise for their service. Returns its id."""
    choose_role(both)
    both.pages.sends(f"{GUIDE}/enterprise", name=" Acme Research ", domain="ACME")
    made = both.api.does("POST", "/enterprise", name=" Acme Research ", domain="ACME", **WAIT)
    both.agree()
    assert (made["outcome"], made["enterprise"]["state"], made["enterprise"]["domain"]) == ("done", "ready", "acme")
    assert [call["operation"] for call in made["calls"]] == ["tenantSync", "applicationSync", "allOrgSync"]
    return made["enterprise"]["id"]


def choose_role(both: Twins) -> None:
    """Both say that the service is for themselves."""
    both.pages.sends(f"{GUIDE}/role", role="personal")
    assert both.api.does("PUT", "/role", role="personal")["role"] == "personal"
    both.agree()


def pay(both: Twins, order_id: str) -> str:
    """Both pay their order. Returns the instance."""
    both.pages.sends(f"{MARKETPLACE}/orders/{order_id}/pay", method="balance")
    done = both.api.does("POST", f"/orders/{order_id}/pay", **WAIT)
    both.agree()
    assert (done["outcome"], done["order"]["state"]) == ("done", "completed")
    return done["order"]["instance"]


def buy_plan(both: Twins, offer: str, number: int, *, auto_renew: bool = False) -> str:
    """Both buy the plan and pay for it. Returns the instance."""
    renewed = {"auto_renew": "y"} if auto_renew else {}
    both.pages.sends(f"{PRODUCT}/{PLAN_CONTENT}/order", specification=offer, number=str(number), **renewed)
    made = both.api.does("POST", "/orders", offer=offer, number=number, auto_renew=auto_renew, **WAIT)
    both.agree()
    assert (made["outcome"], made["calls"]) == ("unpaid", [])
    return pay(both, made["order"]["id"])


def change(both: Twins, instance: str, operation: str, offer: str, **more: int) -> None:
    """Both order a change of their service and pay for it."""
    typed = {name: str(value) for name, value in more.items()}
    both.pages.sends(page_of(instance, operation), specification=offer, **typed)
    made = both.api.does("POST", f"/services/{instance}/{operation}", specification=offer, **more)
    both.agree()
    assert made["outcome"] == "unpaid"
    assert pay(both, made["order"]["id"]) == instance


def test_a_service_is_subscribed_to_and_set_up_and_its_members_are_authorized(both: Twins) -> None:
    subscribe(both)
    set_up(both)
    both.pages.sends(f"{GUIDE}/members/new", **FIRST, password="Initial-2026")
    first = both.api.does("POST", "/members", password="Initial-2026", **WAIT)
    both.agree()
    assert (first["outcome"], first["calls"]) == ("done", [])
    both.pages.sends(f"{GUIDE}/members/new", **WENDY, phone="", password="Initial-2027")
    second = both.api.does("POST", "/members", **WENDY, password="Initial-2027", **WAIT)
    both.agree()
    assert second["member"]["login_name"] == "wendy@acme"
    assert [call["operation"] for call in second["calls"]] == ["singleOrgSync"]

    picked = [each["member"]["id"] for each in (first, second)]
    both.pages.sends(f"{GUIDE}/authorize", members=picked, agreed="y")
    granted = both.api.does("POST", "/members/authorize", members=picked, agreed=True, **WAIT)
    both.agree()
    assert [member["authorized"] for member in granted["members"]] == [True, True]
    assert [call["operation"] for call in granted["calls"]] == ["authSync"]

    cancel = f"/members/{picked[1]}/cancel-authorization"
    both.pages.sends(f"{GUIDE}/members", to=f"{GUIDE}{cancel}")
    withdrawn = both.api.does("POST", cancel, **WAIT)
    both.agree()
    assert (withdrawn["outcome"], withdrawn["member"]["authorized"]) == ("done", False)
    assert [member["authorized"] for member in both.api.does("GET", "/members")["members"]] == [True, False]
    assert both.api.does("GET", "/enterprise")["login_url"] in both.pages.text_of(f"{GUIDE}/hand-over").replace(
        both.here.suffix, both.there.suffix
    ).replace("&amp;", "&")


def test_calls_that_the_seller_did_not_take_are_sent_again(both: Twins) -> None:
    subscribe(both)
    for world in (both.here, both.there):
        drive(world, "", access_key="", kit_key="another-key")
    choose_role(both)
    both.pages.sends(f"{GUIDE}/enterprise", name="Acme Research", domain="acme")
    made = both.api.does("POST", "/enterprise", name="Acme Research", domain="acme", **WAIT)
    both.agree()
    assert made["outcome"] == "failed"
    assert [each["domain"] for each in both.api.does("GET", "/enterprises")["enterprises"]] == ["acme"]
    [failure] = both.api.does("GET", "/failures")["failures"]
    assert (failure["operation"], failure["enterprise"]) == ("tenantSync", made["enterprise"]["id"])
    for world in (both.here, both.there):
        drive(world, "", access_key="", kit_key="")

    both.pages.sends(GUIDE, to=f"{GUIDE}/failures/{failure['number']}/retry")
    done = both.api.does("POST", f"/failures/{failure['number']}/retry", **WAIT)

    both.agree()
    assert done["outcome"] == "done"
    assert [call["operation"] for call in done["calls"]] == ["tenantSync", "applicationSync", "allOrgSync"]
    assert both.api.does("GET", "/failures")["failures"] == []
    assert both.api.does("POST", f"/failures/{failure['number']}/retry", **WAIT)["calls"] == []


def test_a_delivery_under_supervision_is_accepted(both: Twins) -> None:
    for world in (both.here, both.there):
        drive(world, "", "v1", access_key="", product=PLAN_CONTENT, is_supervised=True)
    both.pages.sends(f"{PRODUCT}/{PLAN_CONTENT}/order", specification=MONTH, number="1", auto_renew="", agreed="y")
    made = both.api.does("POST", "/orders", offer=MONTH, agreed=True)["order"]
    both.pages.sends(f"{MARKETPLACE}/orders/{made['id']}/pay", method="balance")
    assert both.api.does("POST", f"/orders/{made['id']}/pay", **WAIT)["outcome"] == "supervised"
    both.agree()
    for world in (both.here, both.there):
        with world.uow("huawei", write=True) as uow:
            supervision.deliver(uow, uow.session.get_one(Order, made["id"]))
        jobs.run_due(world)

    both.pages.sends(f"{MARKETPLACE}/buyer/service-supervision/{made['id']}/accept")
    done = both.api.does("POST", f"/orders/{made['id']}/accept", **WAIT)

    both.agree()
    assert (done["outcome"], done["order"]["state"]) == ("done", "completed")
    assert "not at this stage" in both.api.refused("POST", f"/orders/{made['id']}/accept")


def test_a_service_is_closed_and_its_enterprise_uses_the_next_one(both: Twins) -> None:
    instance = subscribe(both)
    enterprise = set_up(both)
    both.pages.sends(page_of(instance, "close"))
    closed = both.api.does("POST", f"/services/{instance}/close", **WAIT)
    both.agree()
    assert (closed["outcome"], closed["service"]["state"]) == ("done", "closed")
    assert [call["operation"] for call in closed["calls"]] == ["releaseInstance"]

    assert subscribe(both) != instance
    choose_role(both)
    both.pages.sends(f"{GUIDE}/enterprise", to=f"{GUIDE}/enterprise/existing", enterprise=enterprise)
    bound = both.api.does("POST", "/enterprise/existing", enterprise=enterprise, **WAIT)
    both.agree()
    assert (bound["outcome"], bound["enterprise"]["id"]) == ("done", enterprise)
    assert [service["state"] for service in both.api.does("GET", "/services")["services"]] == ["in_use", "closed"]


def test_a_card_is_ordered_paid_and_another_order_of_it_cancelled(both: Twins) -> None:
    made: list[str] = []
    for number in (50, 2):
        both.pages.sends(f"{PRODUCT}/{CARD_CONTENT}/buy", quantity=str(number))
        ordered = both.api.does("POST", "/orders", offer=CARD_PRODUCT, number=number)
        both.agree()
        assert (ordered["outcome"], ordered["order"]["amount"]) == ("unpaid", 100 * number)
        made.append(ordered["order"]["id"])
    assert pay(both, made[0]) is None
    both.pages.sends(f"{MARKETPLACE}/orders/{made[1]}/cancel")
    assert both.api.does("POST", f"/orders/{made[1]}/cancel")["state"] == "cancelled"
    both.agree()
    assert both.api.does("GET", "/account")["balance"] == 95_000
    assert [order["id"] for order in both.api.does("GET", "/orders")["orders"]] == [made[1], made[0]]
    assert both.api.does("GET", f"/orders/{made[0]}")["state"] == "completed"


def test_a_package_is_bought_and_closed(both: Twins) -> None:
    offers = {packages.offer(world, name="Starter") for world in (both.here, both.there)}
    [offer] = offers
    assert "Subscribe to this product first" in both.api.refused("POST", "/orders", offer=offer)
    subscribe(both)
    assert "not sold by units" in both.api.refused("POST", "/orders", offer=offer, number=2)
    both.pages.sends(f"{PRODUCT}/{GUANCE_CONTENT}/packages/{offer}")
    made = both.api.does("POST", "/orders", offer=offer)
    both.agree()
    assert (made["outcome"], made["order"]["package"], made["order"]["amount"]) == ("unpaid", offer, 80)
    instance = pay(both, made["order"]["id"])
    held = {"offer": offer, "name": "Starter", "quota": "10", "used": "0", "left": "10", "unit": "GB", "stops": False}
    assert both.api.does("GET", f"/services/{instance}")["package"] == held
    both.pages.sends(page_of(instance, "close"))
    closed = both.api.does("POST", f"/services/{instance}/close", **WAIT)
    both.agree()
    assert (closed["outcome"], closed["service"]["state"]) == ("done", "closed")
    assert [call["operation"] for call in closed["calls"]] == ["releaseInstance"]


def test_a_plan_is_bought_upgraded_renewed_and_unsubscribed(both: Twins) -> None:
    instance = buy_plan(both, MONTH, 2, auto_renew=True)
    change(both, instance, "upgrade", HIGHER)
    change(both, instance, "renew", HIGHER, number=3)
    change(both, instance, "renewal-change", MONTH, number=1)
    both.pages.sends(page_of(instance, "expiry-policy"), policy="expire")
    assert both.api.does("PATCH", f"/services/{instance}/expiry-policy", auto_renew=False)["auto_renew"] is False
    both.agree()
    both.pages.sends(page_of(instance, "unsubscribe"))
    ended = both.api.does("POST", f"/services/{instance}/unsubscribe", **WAIT)
    both.agree()
    assert (ended["outcome"], ended["order"]["type"], ended["order"]["state"]) == ("done", "UNSUBSCRIBE", "completed")
    assert both.api.does("GET", f"/services/{instance}")["state"] == "closed"
    assert both.api.does("GET", "/account")["balance"] == 100_000


def test_a_trial_becomes_formal_after_it_was_frozen(both: Twins) -> None:
    both.pages.sends(f"{PRODUCT}/{PLAN_CONTENT}/trial", agreed="y")
    made = both.api.does("POST", "/orders", offer=TRIAL, agreed=True, **WAIT)
    both.agree()
    assert made["order"]["type"] == "TRIAL"
    instance = made["order"]["instance"]
    jobs.advance(both.there, 16 * DAY)
    both.agree()
    for signed_in in (both.pages.signs_in, both.api.signs_in):
        signed_in()
    change(both, instance, "renew", YEAR, number=1)
    assert both.api.does("GET", f"/services/{instance}")["state"] == "in_use"


def test_what_a_form_of_the_pages_does_is_done_by_an_operation(dispatcher: Dispatcher) -> None:
    forms = {
        rule.endpoint for name, rule in rules(dispatcher) if name == "huawei.marketplace" and "POST" in methods(rule)
    }
    assert forms == PAGES_ONLY | DONE_BY.keys()
    operations = {rule.endpoint for name, rule in rules(dispatcher) if name == "huawei.marketplace.api"}
    assert set(DONE_BY.values()) <= operations


def test_the_page_about_it_lists_every_operation(both: Twins) -> None:
    names = {"{order_id}": "ORDER", "{instance_id}": "INSTANCE", "{member_id}": "MEMBER", "{number}": "NUMBER"}
    described: set[str] = set()
    for path, operations in both.api.does("GET", "/openapi.json")["paths"].items():
        described |= {
            f"{method.upper()} {re.sub('{.*?}', lambda found: names[found[0]], path)}" for method in operations
        }
    listed: list[str] = []
    for code in re.findall(r"`((?:[A-Z]+ )?(?:/api/|\.\.\./)[^`]*)`", PAGE.read_text(encoding="utf-8")):
        method, path = code.split(" ") if " " in code else (listed[-1].split(" ")[0], code)
        listed.append(f"{method} {path.replace('...', listed[-1].split(' ')[1].rpartition('/')[0] if listed else '')}")
    assert described == {each for each in listed if not each.endswith("/openapi.json")}

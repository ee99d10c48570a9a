"""Who pays for a workspace: all pages agree on it, whatever has happened to it (S2, Canceling, note)."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Final

import pytest
from sqlalchemy import select

from mock_sites.guance.domain import bills, locks, settlement, subscriptions
from mock_sites.guance.domain.states import SuspendedFor
from mock_sites.guance.domain.subscriptions import Purchase
from mock_sites.guance.domain.tables import Subscription, Workspace
from mock_sites.tests.support.users import Users
from mock_sites.web.markup import Element, elements
from mock_sites.world import jobs
from mock_sites.world.unit_of_work import UnitOfWork

DAY: Final = 86400

HUAWEI: Final = "Huawei Cloud account"
BILLING_CENTER: Final = "Billing Center account"
NOBODY: Final = "None while the workspace is locked"

Happening = Callable[[Users], object]


def change(do: Callable[[UnitOfWork, Workspace, Subscription], object]) -> Happening:
    """What Guance does to the workspace that Li Wei pays for."""

    def happen(users: Users) -> None:
        with users.world.uow("guance", write=True) as uow:
            workspace = uow.session.get_one(Workspace, users.ids["workspace_id"])
            do(uow, workspace, uow.session.get_one(Subscription, users.ids["instance_id"]))

    return happen


def days(number: int) -> Happening:
    """Advance the clock by a number of days."""
    return lambda users: jobs.advance(users.world, number * DAY)


def subscribe_again(uow: UnitOfWork, workspace: Workspace, closed: Subscription) -> None:
    """A new subscription of the same buyer pays for the workspace."""
    purchase = Purchase("o9", "l9", closed.huawei_account_id, closed.product_id, closed.product_name)
    instance = subscriptions.open_subscription(uow, purchase, "i9").instance_id
    settlement.settle_by_huawei(uow, workspace, huawei_account_id=closed.huawei_account_id, instance_id=instance)


def of_every(do: Callable[[UnitOfWork, Subscription], object]) -> Happening:
    """What Guance does to each subscription of the buyer."""

    def happen(uow: UnitOfWork, _workspace: Workspace, one: Subscription) -> None:
        wanted = select(Subscription).where(Subscription.huawei_account_id == one.huawei_account_id)
        for subscription in uow.session.scalars(wanted).all():
            do(uow, subscription)

    return change(happen)


CLOSE: Final = change(lambda uow, _workspace, one: locks.cancel_subscription(uow, one.instance_id))
CLOSE_ALL: Final = of_every(lambda uow, one: locks.cancel_subscription(uow, one.instance_id))
SUSPEND: Final = of_every(lambda uow, one: locks.suspend_subscription(uow, one, SuspendedFor.EXPIRED))
RESUME: Final = of_every(locks.resume_subscription)
UNLOCK: Final = change(lambda uow, workspace, _one: locks.unlock(uow, workspace))

STATES: Final[dict[str, tuple[list[Happening], str]]] = {
    "open": ([], HUAWEI),
    "high consumption was reported": ([days(1)], HUAWEI),
    "cancelled": ([CLOSE], NOBODY),
    "cancelled and unlocked": ([CLOSE, UNLOCK], BILLING_CENTER),
    "cancelled and subscribed again": ([CLOSE, change(subscribe_again)], HUAWEI),
    "cancelled and locked for good": ([CLOSE, days(15)], NOBODY),
    "suspended": ([SUSPEND], NOBODY),
    "suspended and unlocked": ([SUSPEND, UNLOCK], BILLING_CENTER),
    "suspended and renewed": ([SUSPEND, RESUME], HUAWEI),
    "suspended, then cancelled": ([SUSPEND, CLOSE_ALL], NOBODY),
    "suspended, locked for good, then cancelled": ([SUSPEND, days(15), CLOSE_ALL], NOBODY),
}


def said(page: str, fact: str) -> list[Element]:
    """The value of a fact on a page."""
    return [one for one in elements(page) if one.attributes.get("data-fact") == fact]


def rows(users: Users) -> dict[str, str]:
    """Who pays for which workspace, on Workspace Management."""
    found = said(users.visitor("guance.billing_center", "owner").get("/workspaces").text, "settlement")
    return {
        next(one.attributes["data-workspace"] for one in cell.around() if one.tag == "tr"): cell.text for cell in found
    }


@pytest.mark.parametrize("state", STATES)
def test_all_pages_name_the_same_payer_of_a_workspace(users: Users, state: str) -> None:
    happenings, payer = STATES[state]
    for happen in happenings:
        happen(users)
    workspace, boss = users.ids["workspace_id"], users.visitor("guance.billing_center", "owner")
    assert rows(users)[workspace] == payer
    assert said(boss.get(f"/workspaces/{workspace}/settlement").text, "settlement")[-1].text == payer
    console = users.visitor("guance.console", "owner")
    for page in ("", "settings", "billing"):
        text = console.get(f"/workspace/{workspace}/{page}").text
        payers = [one.text for one in said(text, "settlement")]
        assert payers == [payer] or (payers == [] and "is locked</h1>" in text and "for good" in state)


@pytest.mark.parametrize("state", STATES)
def test_the_overview_counts_what_the_list_shows(users: Users, state: str) -> None:
    for happen in STATES[state][0]:
        happen(users)
    overview = users.visitor("guance.billing_center", "owner").get("/").text
    counted = Counter[str]()
    for fact, payer in (("billing-center", BILLING_CENTER), ("cloud-account", HUAWEI), ("nobody", NOBODY)):
        counted[payer] = sum(int(one.text.split()[0]) for one in said(overview, f"settled-by-{fact}"))
    assert +counted == Counter(rows(users).values())


@pytest.mark.parametrize("state", [state for state, (_, payer) in STATES.items() if payer == NOBODY])
def test_the_days_of_a_lock_are_not_billed(users: Users, state: str) -> None:
    for happen in [*STATES[state][0], days(2)]:
        happen(users)
    with users.world.uow("guance") as uow:
        workspace = uow.session.get_one(Workspace, users.ids["workspace_id"])
        assert bills.of_last_days(uow, workspace, 40)[-1].day == date(2026, 3, 1)

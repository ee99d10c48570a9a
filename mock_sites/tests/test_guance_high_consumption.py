"""High Consumption Alert: one mail for a billing item that costs more in a day than its threshold."""

from email import message_from_bytes
from email.policy import SMTP

import pytest

from mock_sites.guance.domain import accounts, bills, high_consumption, locks, members, settlement, subscriptions
from mock_sites.guance.domain.jobs import HighConsumption
from mock_sites.guance.domain.sites import SITES
from mock_sites.guance.domain.states import WorkspaceState
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.bills import BUYER, DAY, workspace_of
from mock_sites.tests.support.guance_pages import owned, signed_in
from mock_sites.tests.support.reaching import reach
from mock_sites.tests.support.sending import post
from mock_sites.world import jobs
from mock_sites.world.errors import Refusal
from mock_sites.world.world import World

TO_MIDNIGHT = 15 * 3600
"""Seconds from the start of a world's time, 9:00 in Beijing, to the settlement of the day."""
OWNER = "zhao.min@northwind.example.com"


def cost(world: World, item: str = "logs") -> int:
    """The cost of an item of Zhao Min's workspace yesterday."""
    with world.uow("guance") as uow:
        bill = bills.of_yesterday(uow, workspace_of(uow))
    assert bill
    return bills.fen_of(bill, item)


def set_alert(world: World, threshold: int = 1, item: str = "logs") -> None:
    """Set an alert for Zhao Min's workspace."""
    with world.uow("guance", write=True) as uow:
        high_consumption.set_alert(uow, workspace_of(uow), item, threshold)


def alert_mails(world: World) -> list[str]:
    """The subjects of the alerts that the owner got."""
    return [mail.subject for mail in world.messages(OWNER) if "High Consumption" in mail.subject]


def days_told(world: World) -> list[str]:
    """The days and items whose mails the journal records."""
    events = world.journal(kind="guance.high-consumption.told")
    return [f"{event.details['day']} {event.details['item']}" for event in events]


def waiting(world: World) -> int:
    """How many settlements are scheduled."""
    return sum(job.kind == HighConsumption.kind for job in jobs.waiting(world))


def test_the_owner_is_mailed_when_the_day_is_settled_and_only_once(world: World) -> None:
    set_alert(world)
    jobs.advance(world, TO_MIDNIGHT - 1)
    assert alert_mails(world) == []
    jobs.advance(world, 1)
    assert alert_mails(world) == ["Guance High Consumption Alert: Logs of northwind-prod"]
    mail = message_from_bytes(world.messages(OWNER)[-1].source, policy=SMTP)
    assert f"cost {cost(world) / 100:.2f} CNY" in " ".join(mail.get_content().split())

    jobs.advance(world, 5 * DAY)
    assert days_told(world) == ["2026-03-02 logs"]
    assert waiting(world) == 0


def test_only_more_than_the_threshold_is_too_much(world: World) -> None:
    jobs.advance(world, TO_MIDNIGHT)
    yesterday = cost(world)
    with world.uow("guance", write=True) as uow:
        workspace = workspace_of(uow)
        high_consumption.set_alert(uow, workspace, "logs", yesterday)
        high_consumption.send_alerts(uow, HighConsumption())
        assert high_consumption.alerts_of(uow, workspace)["logs"].mailed_at is None
        high_consumption.set_alert(uow, workspace, "logs", yesterday - 1)
        high_consumption.send_alerts(uow, HighConsumption())
        assert high_consumption.alerts_of(uow, workspace)["logs"].mailed_at == uow.now


def test_an_alert_that_is_set_again_is_mailed_again_and_each_item_has_its_own(world: World) -> None:
    set_alert(world)
    set_alert(world, item="time-series")
    set_alert(world, high_consumption.LARGEST, "page-views")
    assert waiting(world) == 1
    jobs.advance(world, 3 * DAY)
    assert days_told(world) == ["2026-03-02 logs", "2026-03-02 time-series"]
    assert waiting(world) == 1
    set_alert(world)
    jobs.advance(world, DAY)
    assert days_told(world)[2:] == ["2026-03-05 logs"]


def test_nothing_is_mailed_about_removed_alerts_and_locked_or_dissolved_workspaces(world: World) -> None:
    with world.uow("guance", write=True) as uow:
        workspace = workspace_of(uow)
        high_consumption.remove_alert(uow, high_consumption.set_alert(uow, workspace, "page-views", 1))
        bought = subscriptions.Purchase("o1", "l1", BUYER, "OFFI", "Guance SaaS Edition")
        subscriptions.open_subscription(uow, bought, "i1")
        settlement.settle_by_huawei(uow, workspace, huawei_account_id=BUYER, instance_id="i1")
        high_consumption.set_alert(uow, workspace, "logs", 1)
        locks.cancel_subscription(uow, "i1")
    jobs.advance(world, 2 * DAY)
    assert days_told(world) == []
    assert waiting(world) == 1

    with world.uow("guance", write=True) as uow:
        locks.dissolve(uow, workspace := workspace_of(uow), workspace.owner)
    jobs.advance(world, DAY)
    assert days_told(world) == []
    assert waiting(world) == 0


def test_after_unlocking_the_alert_of_a_workspace_counts_again(world: World) -> None:
    with world.uow("guance", write=True) as uow:
        workspace = workspace_of(uow)
        high_consumption.set_alert(uow, workspace, "logs", 1)
        bought = subscriptions.Purchase("o1", "l1", BUYER, "OFFI", "Guance SaaS Edition")
        subscriptions.open_subscription(uow, bought, "i1")
        settlement.settle_by_huawei(uow, workspace, huawei_account_id=BUYER, instance_id="i1")
        locks.cancel_subscription(uow, "i1")
    jobs.advance(world, 2 * DAY)
    with world.uow("guance", write=True) as uow:
        locks.unlock(uow, workspace_of(uow))
    jobs.advance(world, DAY)
    assert days_told(world) == ["2026-03-04 logs"]


def test_nothing_can_be_set_for_what_is_locked_for_good(world: World) -> None:
    with world.uow("guance", write=True) as uow:
        workspace = workspace_of(uow)
        reach(workspace, WorkspaceState.EXPIRED)
        with pytest.raises(Refusal, match="14 days"):
            high_consumption.set_alert(uow, workspace, "logs", 1)
    assert waiting(world) == 0


@pytest.mark.parametrize(("item", "threshold"), [("nothing", 1), ("logs", 0), ("logs", high_consumption.LARGEST + 1)])
def test_an_unknown_item_and_an_amount_that_is_none_are_refused(world: World, item: str, threshold: int) -> None:
    with pytest.raises(Refusal):
        set_alert(world, threshold, item)
    assert waiting(world) == 0


def test_the_mail_is_in_the_language_of_the_workspace(world: World) -> None:
    with world.uow("guance", write=True) as uow:
        workspace_of(uow).language = "zh"
    set_alert(world)
    jobs.advance(world, DAY)
    assert world.messages(OWNER)[-1].subject == "观测云高消费预警通知：“northwind-prod”的日志"


def test_billing_sets_lists_and_removes_alerts(world: World, browse: Browse) -> None:
    client, workspace = signed_in(browse), owned(world, "zhaomin").id
    billing = f"/workspace/{workspace}/billing"
    dialog = f"{billing}/high-consumption-alert"
    for amount in ("", "0", "-1", "1.005", "much", "1e3", "1234567.00", "٣"):
        refused = post(client, dialog, item="logs", threshold=amount)
        assert refused.status_code == 422, amount
        assert amount in refused.text
    assert post(client, dialog, item="all", threshold="1").status_code == 422
    assert world.journal(kind="guance.high-consumption.alert-set") == []

    assert post(client, dialog, item="logs", threshold=" 0.5 ").headers["location"] == billing
    assert "0.50" in client.get(billing).text
    assert "Active" in client.get(billing).text
    jobs.advance(world, DAY)
    client = signed_in(browse)
    assert "Mailed on" in client.get(billing).text
    assert post(client, f"{dialog}/logs/remove").status_code == 302
    assert "Mailed on" not in client.get(billing).text
    assert post(client, f"{dialog}/logs/remove").status_code == 404


def test_administrators_get_it_too_and_other_members_do_not(world: World) -> None:
    with world.uow("guance", write=True) as uow:
        for role in (members.ADMINISTRATOR, members.STANDARD):
            email = f"{role}@example.com"
            who = {"username": role, "email": email, "password_hash": "-", "phone": "", "company": "C"}
            account = accounts.create(uow, SITES["cn4"], **who)
            members.accept(uow, members.invite(uow, workspace_of(uow), email, role), account)
    set_alert(world)
    jobs.advance(world, DAY)

    mailed = {role: [mail.subject for mail in world.messages(f"{role}@example.com")] for role in members.GIVEN}
    alerted = [role for role, subjects in mailed.items() if any("High Consumption" in each for each in subjects)]
    assert alerted == [members.ADMINISTRATOR]


def test_the_owner_gets_it_and_not_the_billing_center_account(world: World) -> None:
    with world.uow("guance", write=True) as uow:
        owner = accounts.with_email(uow, SITES["cn4"], OWNER)
        assert owner
        owner.email = "min@example.com"
    set_alert(world)
    jobs.advance(world, DAY)
    assert alert_mails(world) == []
    assert "High Consumption" in world.messages("min@example.com")[-1].subject

"""Bills, balances, prepaid cards, and what an account may change about itself (spec guance C)."""

from datetime import date

import pytest
from sqlalchemy import select

from mock_sites.guance.domain import (
    bill_notices,
    billing_accounts,
    bills,
    contacts,
    locks,
    profile,
    recovery,
    settlement,
    subscriptions,
    wallet,
)
from mock_sites.guance.domain.tables import DailyBill, MonthlyBill
from mock_sites.guance.domain.wallet import CardPurchase
from mock_sites.tests.support.bills import BUYER, DAY, account_of, workspace_of
from mock_sites.tests.support.mailbox import last_code
from mock_sites.world import jobs, sign_ins
from mock_sites.world.errors import Refusal
from mock_sites.world.passwords import WELL_KNOWN as PASSWORD
from mock_sites.world.unit_of_work import UnitOfWork
from mock_sites.world.world import World

CARD = CardPurchase("CS1", BUYER, wallet.CARD_PRODUCT, 50)


def settled(world: World) -> UnitOfWork:
    """A unit of work after all days that are over have been settled."""
    with world.uow("guance", write=True) as uow:
        wallet.settle(uow)
    return world.uow("guance")


def bills_of(world: World, username: str = "zhaomin") -> list[DailyBill]:
    """All its daily bills, oldest first."""
    with settled(world) as uow:
        mine = select(DailyBill).where(DailyBill.billing_account_id == account_of(uow, username).id)
        return list(uow.session.scalars(mine.order_by(DailyBill.day)))


def months_of(world: World) -> list[tuple[MonthlyBill, bool]]:
    """All months of Zhao Min, latest first, and whether each is final."""
    with settled(world) as uow:
        found = uow.session.scalars(bills.months_of(account_of(uow).id))
        return [(bill, bills.is_final(uow.now, bill.month)) for bill in found]


def credit(world: World, purchase: CardPurchase | None, username: str = "sunli") -> None:
    """Credit a prepaid card for order CS1."""
    with world.uow("guance", write=True) as uow:
        wallet.credit_card(uow, account_of(uow, username), purchase, huawei_account_id=BUYER, order_id="CS1")


def test_a_day_is_billed_when_it_is_over_in_beijing(world: World) -> None:
    before = bills_of(world)
    assert before
    assert before[-1].day == date(2026, 3, 1)
    jobs.advance(world, 15 * 3600 - 1)
    assert len(bills_of(world)) == len(before)
    jobs.advance(world, 1)  # 3 March, 0:00
    after = bills_of(world)
    assert len(after) == len(before) + 1
    assert after[-1].day == date(2026, 3, 2)
    assert after[-1].fen > 0


def test_each_account_has_the_bills_of_its_own_workspaces_only(world: World) -> None:
    with settled(world) as uow:
        assert {bill.workspace_id for bill in bills_of(world)} == {workspace_of(uow).id}
        owners = {bill.workspace.owner.username for bill in uow.session.scalars(select(DailyBill))}
    assert owners == {"zhaomin", "zhouhao"}
    assert not bills_of(world, "sunli")


def test_a_month_is_the_sum_of_its_days_and_final_after_the_third(world: World) -> None:
    daily, months = bills_of(world), months_of(world)
    assert [final for _, final in months] == [False, False, True]
    assert [bill.fen for bill, _ in months] == [
        sum(bill.fen for bill in daily if bill.day.month == month) for month in (3, 2, 1)
    ]
    jobs.advance(world, 2 * DAY)
    assert [final for _, final in months_of(world)] == [False, True, True]


def test_a_day_is_paid_by_the_payer_at_its_end_and_not_while_the_workspace_is_locked(world: World) -> None:
    with world.uow("guance", write=True) as uow:
        bought = subscriptions.Purchase("o1", "l1", BUYER, "OFFI", "Guance SaaS Edition")
        subscriptions.open_subscription(uow, bought, "i1")
        settlement.settle_by_huawei(uow, workspace_of(uow), huawei_account_id=BUYER, instance_id="i1")
    jobs.advance(world, 2 * DAY)
    with world.uow("guance", write=True) as uow:
        locks.cancel_subscription(uow, "i1")
    jobs.advance(world, 3 * DAY)
    with world.uow("guance", write=True) as uow:
        locks.unlock(uow, workspace_of(uow))
    jobs.advance(world, DAY)
    march = {bill.day.day: bill.cloud_account_id for bill in bills_of(world) if bill.day.month == 3}
    assert march == {1: None, 2: BUYER, 3: BUYER, 7: None}
    (latest, _), *_others = months_of(world)
    by_cloud = sum(bill.fen for bill in bills_of(world) if bill.cloud_account_id)
    assert latest.by_cloud_accounts == by_cloud > 0


def test_bills_come_off_vouchers_then_prepaid_cards_then_cash(world: World) -> None:
    spent = sum(bill.fen for bill in bills_of(world))
    with world.uow("guance") as uow:
        before = wallet.wallet_of(uow, account_of(uow).id)
    assert (before.voucher, before.cash) == (0, 110_000 - spent)
    credit(world, CARD, "zhaomin")
    jobs.advance(world, DAY)
    last = bills_of(world)[-1].fen
    with world.uow("guance") as uow:
        after = wallet.wallet_of(uow, account_of(uow).id)
    assert (after.cash, after.prepaid_card) == (before.cash, 500_000 - last)


def test_what_no_balance_covers_is_arrears_and_is_paid_by_the_next_card(world: World) -> None:
    jobs.advance(world, 400 * DAY)
    with settled(world) as uow:
        poor = wallet.wallet_of(uow, account_of(uow).id)
    assert (poor.cash, poor.voucher) == (0, 0)
    assert poor.prepaid_card == -poor.arrears < 0
    credit(world, CARD, "zhaomin")
    with world.uow("guance") as uow:
        assert wallet.wallet_of(uow, account_of(uow).id).prepaid_card == 500_000 - poor.arrears


def test_a_prepaid_card_is_credited_once_only(world: World) -> None:
    credit(world, CARD)
    for username in ("sunli", "zhaomin"):
        with pytest.raises(Refusal, match="already") as refusal:
            credit(world, CARD, username)
        assert refusal.value.field == "order_number"
    with world.uow("guance") as uow:
        assert wallet.wallet_of(uow, account_of(uow, "sunli").id).prepaid_card == 500_000
    assert world.messages("sun.li@lakeside.example.com", "Prepaid card of 5,000.00 CNY credited")


@pytest.mark.parametrize(
    "purchase",
    [
        None,
        CardPurchase("CS2", BUYER, wallet.CARD_PRODUCT, 50),
        CardPurchase("CS1", "f" * 32, wallet.CARD_PRODUCT, 50),
        CardPurchase("CS1", BUYER, "OFFI845592654693900288", 50),
        CardPurchase("CS1", BUYER, wallet.CARD_PRODUCT, 0),
    ],
    ids=["unknown or unpaid", "another order", "somebody else's", "another product", "nothing"],
)
def test_what_is_no_paid_card_of_that_account_is_refused(world: World, purchase: CardPurchase | None) -> None:
    with pytest.raises(Refusal, match="no paid order") as refusal:
        credit(world, purchase)
    assert refusal.value.field == "order_number"
    with world.uow("guance") as uow:
        assert wallet.wallet_of(uow, account_of(uow, "sunli").id).prepaid_card == 0


def test_a_prepaid_card_needs_a_workspace_that_is_settled_by_the_billing_center(world: World) -> None:
    with world.uow("guance", write=True) as uow:
        payer = billing_accounts.link_cloud_account(uow, account_of(uow), BUYER)
        settlement.attach_cloud_account(uow, workspace_of(uow), payer)
    with pytest.raises(Refusal, match="settled by a cloud account"):
        credit(world, CARD, "zhaomin")


def test_the_bill_of_a_month_is_mailed_on_the_fourth_in_the_persons_language(world: World) -> None:
    with world.uow("guance", write=True) as uow:
        account = account_of(uow)
        account.language = "zh"
        bill_notices.begin(uow, account)
        bill_notices.begin(uow, account)
    jobs.advance(world, 1.9 * DAY)
    assert not world.messages("zhao.min@northwind.example.com")
    jobs.advance(world, 0.1 * DAY)
    assert [mail.subject for mail in world.messages("zhao.min@northwind.example.com")] == [
        "账单生成通知：2026-02 账单 172.34 元"
    ]
    jobs.advance(world, 31 * DAY)
    assert len(world.messages("zhao.min@northwind.example.com")) == 2


def test_changing_the_password_needs_the_current_one_and_ends_the_sign_ins(world: World) -> None:
    with world.uow("guance", write=True) as uow:
        token = sign_ins.begin(uow, profile.REALM, account_of(uow).id).token
    for current, new, field in [
        ("wrong", "Another-2026", "current"),
        (PASSWORD, PASSWORD, "password"),
        (PASSWORD, "short", "password"),
    ]:
        with world.uow("guance", write=True) as uow, pytest.raises(Refusal) as refusal:
            profile.change_password(uow, account_of(uow), current, new)
        assert refusal.value.field == field
    with world.uow("guance", write=True) as uow:
        profile.change_password(uow, account_of(uow), PASSWORD, "Another-2026")
    with world.uow("guance", write=True) as uow:
        assert sign_ins.find(uow, profile.REALM, token) is None
        assert billing_accounts.check_password(uow, "zhaomin", "Another-2026")


@pytest.mark.parametrize("name", ["zhaomin", "ZhaoMin", "zhao.min@northwind.example.com"])
def test_a_forgotten_password_is_replaced_with_the_mailed_code_once(world: World, name: str) -> None:
    with world.uow("guance", write=True) as uow:
        recovery.ask(uow, name, "en")
    code = last_code(world, "zhao.min@northwind.example.com")
    with world.uow("guance", write=True) as uow:
        recovery.reset(uow, name, code, "Another-2026")
    with world.uow("guance", write=True) as uow:
        assert billing_accounts.check_password(uow, "zhaomin", "Another-2026")
    with world.uow("guance", write=True) as uow, pytest.raises(Refusal):
        recovery.reset(uow, name, code, "Third-2026")


def test_forgot_password_reveals_nothing_to_an_outsider(world: World) -> None:
    def shown(name: str) -> list[str]:
        texts: list[str] = []
        for _time in range(2):
            with world.uow("guance", write=True) as uow:
                try:
                    recovery.ask(uow, name, "en")
                    texts.append("sent")
                except Refusal as refusal:
                    texts.append(str(refusal))
        for code in ("000000", "", "12345678", "000000", "000000", "000000"):
            with world.uow("guance", write=True) as uow, pytest.raises(Refusal) as refused:
                recovery.reset(uow, name, code, "Another-2026")
            texts.append(str(refused.value))
        return texts

    assert shown("nobody") == shown("zhaomin") == shown("nobody@example.com")
    assert not world.messages("nobody@example.com")


def test_an_email_is_changed_by_a_code_to_the_old_one_and_one_to_the_new(world: World) -> None:
    new = "min@northwind.example.com"
    with world.uow("guance", write=True) as uow:
        contacts.send_to_current(uow, account_of(uow), "email", "en")
    with world.uow("guance", write=True) as uow:
        contacts.prove_current(uow, account_of(uow), "email", last_code(world, "zhao.min@northwind.example.com"))
        contacts.send_to_new(uow, account_of(uow), "email", new, "en")
    with world.uow("guance", write=True) as uow, pytest.raises(Refusal) as refusal:
        contacts.change(uow, account_of(uow), "email", new, "000000")
    assert refusal.value.field == "code"
    with world.uow("guance", write=True) as uow:
        contacts.change(uow, account_of(uow), "email", new, last_code(world, new))
    with world.uow("guance") as uow:
        assert account_of(uow).email == new
    assert world.messages("zhao.min@northwind.example.com", "email was changed")


def test_the_code_for_one_address_changes_no_other(world: World) -> None:
    with world.uow("guance", write=True) as uow:
        contacts.send_to_new(uow, account_of(uow), "email", "mine@example.com", "en")
        contacts.send_to_new(uow, account_of(uow, "sunli"), "email", "hers@example.com", "en")
    code = last_code(world, "mine@example.com")
    for username, new in (("zhaomin", "hers@example.com"), ("sunli", "mine@example.com")):
        with world.uow("guance", write=True) as uow, pytest.raises(Refusal):
            contacts.change(uow, account_of(uow, username), "email", new, code)


def test_a_phone_gets_its_code_at_its_own_address_in_the_mailbox(world: World) -> None:
    with world.uow("guance", write=True) as uow:
        assert contacts.current(account_of(uow), "phone") == "zhao.min@northwind.example.com"
        contacts.send_to_new(uow, account_of(uow), "phone", "+86 138-0000-0000", "en")
    code = last_code(world, "8613800000000@sms.localhost")
    with world.uow("guance", write=True) as uow:
        contacts.change(uow, account_of(uow), "phone", "+86 138-0000-0000", code)
        assert contacts.current(account_of(uow), "phone") == "+86 138-0000-0000"
        with pytest.raises(Refusal, match="the one you have"):
            contacts.send_to_new(uow, account_of(uow), "phone", "+8613800000000", "en")
    assert world.messages("zhao.min@northwind.example.com", "A phone number was bound")


def test_a_second_phone_changes_the_first(world: World) -> None:
    with world.uow("guance", write=True) as uow:
        account_of(uow).phone = "13800000001"
        contacts.send_to_new(uow, account_of(uow), "phone", "13800000002", "en")
    code = last_code(world, "13800000002@sms.localhost")
    with world.uow("guance", write=True) as uow:
        contacts.change(uow, account_of(uow), "phone", "13800000002", code)
    assert world.messages("zhao.min@northwind.example.com", "phone number was changed")


def test_an_enterprise_is_certified_once(world: World) -> None:
    with world.uow("guance", write=True) as uow:
        with pytest.raises(Refusal) as refusal:
            profile.certify(uow, account_of(uow), "Northwind", "12")
        assert refusal.value.field == "taxpayer_number"
        profile.certify(uow, account_of(uow), "Northwind", "91440300ma5daaaa1x")
        assert account_of(uow).taxpayer_number == "91440300MA5DAAAA1X"
        with pytest.raises(Refusal, match="certified already"):
            profile.certify(uow, account_of(uow), "Southwind", "91440300MA5DBBBB1X")

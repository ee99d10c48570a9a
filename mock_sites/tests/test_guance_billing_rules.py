"""Bills, balances, prepaid cards, and what an account may change about itself (spec guance C)."""

import re
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
    workspaces,
)
from mock_sites.guance.domain.bill_tables import DailyBill, MonthlyBill
from mock_sites.guance.domain.tables import BillingAccount, Workspace
from mock_sites.guance.domain.wallet import Purchase
from mock_sites.world import jobs, sign_ins
from mock_sites.world.book import Book
from mock_sites.world.errors import Refusal
from mock_sites.world.passwords import WELL_KNOWN as PASSWORD
from mock_sites.world.world import World

BUYER = "0123456789abcdef0123456789abcdef"
DAY = 86400
CARD = Purchase("CS1", BUYER, wallet.CARD_PRODUCT, 50)


def account_of(book: Book, username: str = "zhaomin") -> BillingAccount:
    """The billing center account called so."""
    return book.session.scalars(select(BillingAccount).where(BillingAccount.username == username)).one()


def workspace_of(book: Book, username: str = "zhaomin") -> Workspace:
    """Its workspace."""
    return book.session.scalars(workspaces.of_billing_account(account_of(book, username).id)).all()[0]


def settled(world: World) -> Book:
    """A unit of work after all days that are over have been settled."""
    with world.book("guance", write=True) as book:
        wallet.settle(book)
    return world.book("guance")


def bills_of(world: World, username: str = "zhaomin") -> list[DailyBill]:
    """All its daily bills, oldest first."""
    with settled(world) as book:
        mine = select(DailyBill).where(DailyBill.billing_account_id == account_of(book, username).id)
        return list(book.session.scalars(mine.order_by(DailyBill.day)))


def months_of(world: World) -> list[tuple[MonthlyBill, bool]]:
    """All months of Zhao Min, latest first, and whether each is final."""
    with settled(world) as book:
        found = book.session.scalars(bills.months_of(account_of(book).id))
        return [(bill, bills.is_final(book.now, bill.month)) for bill in found]


def credit(world: World, purchase: Purchase | None, username: str = "sunli") -> None:
    """Credit a prepaid card for order CS1."""
    with world.book("guance", write=True) as book:
        wallet.credit_card(book, account_of(book, username), purchase, huawei_account_id=BUYER, order_id="CS1")


def last_code(world: World, recipient: str) -> str:
    """The code in the latest mail to somebody."""
    found = re.search(r"^([0-9]{6})\r?$", world.messages(recipient)[-1].source.decode(), re.MULTILINE)
    assert found
    return found[1]


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
    with settled(world) as book:
        assert {bill.workspace_id for bill in bills_of(world)} == {workspace_of(book).id}
        owners = {bill.workspace.owner.username for bill in book.session.scalars(select(DailyBill))}
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


def test_a_day_is_paid_by_who_settled_the_workspace_at_its_end_and_by_nobody_while_it_is_locked(world: World) -> None:
    with world.book("guance", write=True) as book:
        bought = subscriptions.Purchase("o1", "l1", BUYER, "OFFI", "Guance SaaS Edition")
        subscriptions.open_subscription(book, bought, "i1")
        settlement.settle_by_huawei(book, workspace_of(book), huawei_account_id=BUYER, instance_id="i1")
    jobs.advance(world, 2 * DAY)
    with world.book("guance", write=True) as book:
        locks.cancel_subscription(book, "i1")
    jobs.advance(world, 3 * DAY)
    with world.book("guance", write=True) as book:
        locks.unlock(book, workspace_of(book))
    jobs.advance(world, DAY)
    march = {bill.day.day: bill.cloud_account_id for bill in bills_of(world) if bill.day.month == 3}
    assert march == {1: None, 2: BUYER, 3: BUYER, 7: None}
    (latest, _), *_others = months_of(world)
    by_cloud = sum(bill.fen for bill in bills_of(world) if bill.cloud_account_id)
    assert latest.by_cloud_accounts == by_cloud > 0


def test_bills_come_off_vouchers_then_prepaid_cards_then_cash(world: World) -> None:
    spent = sum(bill.fen for bill in bills_of(world))
    with world.book("guance") as book:
        before = wallet.wallet_of(book, account_of(book).id)
    assert (before.voucher, before.cash) == (0, 110_000 - spent)
    credit(world, CARD, "zhaomin")
    jobs.advance(world, DAY)
    last = bills_of(world)[-1].fen
    with world.book("guance") as book:
        after = wallet.wallet_of(book, account_of(book).id)
    assert (after.cash, after.prepaid_card) == (before.cash, 500_000 - last)


def test_what_no_balance_covers_is_arrears_and_is_paid_by_the_next_card(world: World) -> None:
    jobs.advance(world, 400 * DAY)
    with settled(world) as book:
        poor = wallet.wallet_of(book, account_of(book).id)
    assert (poor.cash, poor.voucher) == (0, 0)
    assert poor.prepaid_card == -poor.arrears < 0
    credit(world, CARD, "zhaomin")
    with world.book("guance") as book:
        assert wallet.wallet_of(book, account_of(book).id).prepaid_card == 500_000 - poor.arrears


def test_a_prepaid_card_is_credited_once_only(world: World) -> None:
    credit(world, CARD)
    for username in ("sunli", "zhaomin"):
        with pytest.raises(Refusal, match="already") as refusal:
            credit(world, CARD, username)
        assert refusal.value.field == "order_number"
    with world.book("guance") as book:
        assert wallet.wallet_of(book, account_of(book, "sunli").id).prepaid_card == 500_000
    assert world.messages("sun.li@example.com", "Prepaid card of 5,000.00 CNY credited")


@pytest.mark.parametrize(
    "purchase",
    [
        None,
        Purchase("CS2", BUYER, wallet.CARD_PRODUCT, 50),
        Purchase("CS1", "f" * 32, wallet.CARD_PRODUCT, 50),
        Purchase("CS1", BUYER, "OFFI845592654693900288", 50),
        Purchase("CS1", BUYER, wallet.CARD_PRODUCT, 0),
    ],
    ids=["unknown or unpaid", "another order", "somebody else's", "another product", "nothing"],
)
def test_what_is_no_paid_card_of_that_account_is_refused(world: World, purchase: Purchase | None) -> None:
    with pytest.raises(Refusal, match="no paid order") as refusal:
        credit(world, purchase)
    assert refusal.value.field == "order_number"
    with world.book("guance") as book:
        assert wallet.wallet_of(book, account_of(book, "sunli").id).prepaid_card == 0


def test_a_prepaid_card_needs_a_workspace_that_is_settled_by_the_billing_center(world: World) -> None:
    with world.book("guance", write=True) as book:
        payer = billing_accounts.link_cloud_account(book, account_of(book), BUYER)
        settlement.attach_cloud_account(book, workspace_of(book), payer)
    with pytest.raises(Refusal, match="settled by a cloud account"):
        credit(world, CARD, "zhaomin")


def test_the_bill_of_a_month_is_told_by_mail_on_the_fourth_in_the_persons_language(world: World) -> None:
    with world.book("guance", write=True) as book:
        account = account_of(book)
        account.language = "zh"
        bill_notices.begin(book, account)
        bill_notices.begin(book, account)
    jobs.advance(world, 1.9 * DAY)
    assert not world.messages("zhao.min@example.com")
    jobs.advance(world, 0.1 * DAY)
    assert [mail.subject for mail in world.messages("zhao.min@example.com")] == ["账单生成通知：2026-02 账单 149.57 元"]
    jobs.advance(world, 31 * DAY)
    assert len(world.messages("zhao.min@example.com")) == 2


def test_changing_the_password_needs_the_current_one_and_ends_the_sign_ins(world: World) -> None:
    with world.book("guance", write=True) as book:
        token = sign_ins.begin(book, profile.REALM, account_of(book).id).token
    for current, new, field in [
        ("wrong", "Another-2026", "current"),
        (PASSWORD, PASSWORD, "password"),
        (PASSWORD, "short", "password"),
    ]:
        with world.book("guance", write=True) as book, pytest.raises(Refusal) as refusal:
            profile.change_password(book, account_of(book), current, new)
        assert refusal.value.field == field
    with world.book("guance", write=True) as book:
        profile.change_password(book, account_of(book), PASSWORD, "Another-2026")
    with world.book("guance", write=True) as book:
        assert sign_ins.find(book, profile.REALM, token) is None
        assert billing_accounts.check_password(book, "zhaomin", "Another-2026")


@pytest.mark.parametrize("name", ["zhaomin", "ZhaoMin", "zhao.min@example.com"])
def test_a_forgotten_password_is_set_anew_with_the_mailed_code_once(world: World, name: str) -> None:
    with world.book("guance", write=True) as book:
        recovery.ask(book, name, "en")
    code = last_code(world, "zhao.min@example.com")
    with world.book("guance", write=True) as book:
        recovery.reset(book, name, code, "Another-2026")
    with world.book("guance", write=True) as book:
        assert billing_accounts.check_password(book, "zhaomin", "Another-2026")
    with world.book("guance", write=True) as book, pytest.raises(Refusal):
        recovery.reset(book, name, code, "Third-2026")


def test_forgot_password_tells_an_outsider_nothing(world: World) -> None:
    def told(name: str) -> list[str]:
        texts: list[str] = []
        for _time in range(2):
            with world.book("guance", write=True) as book:
                try:
                    recovery.ask(book, name, "en")
                    texts.append("sent")
                except Refusal as refusal:
                    texts.append(str(refusal))
        for code in ("000000", "", "12345678", "000000", "000000", "000000"):
            with world.book("guance", write=True) as book, pytest.raises(Refusal) as refused:
                recovery.reset(book, name, code, "Another-2026")
            texts.append(str(refused.value))
        return texts

    assert told("nobody") == told("zhaomin") == told("nobody@example.com")
    assert not world.messages("nobody@example.com")


def test_an_email_is_changed_by_a_code_to_the_old_one_and_one_to_the_new(world: World) -> None:
    new = "min@northwind.example.com"
    with world.book("guance", write=True) as book:
        contacts.send_to_current(book, account_of(book), "email", "en")
    with world.book("guance", write=True) as book:
        contacts.prove_current(book, account_of(book), "email", last_code(world, "zhao.min@example.com"))
        contacts.send_to_new(book, account_of(book), "email", new, "en")
    with world.book("guance", write=True) as book, pytest.raises(Refusal) as refusal:
        contacts.change(book, account_of(book), "email", new, "000000")
    assert refusal.value.field == "code"
    with world.book("guance", write=True) as book:
        contacts.change(book, account_of(book), "email", new, last_code(world, new))
    with world.book("guance") as book:
        assert account_of(book).email == new
    assert world.messages("zhao.min@example.com", "email was changed")


def test_the_code_for_one_address_changes_no_other(world: World) -> None:
    with world.book("guance", write=True) as book:
        contacts.send_to_new(book, account_of(book), "email", "mine@example.com", "en")
        contacts.send_to_new(book, account_of(book, "sunli"), "email", "hers@example.com", "en")
    code = last_code(world, "mine@example.com")
    for username, new in (("zhaomin", "hers@example.com"), ("sunli", "mine@example.com")):
        with world.book("guance", write=True) as book, pytest.raises(Refusal):
            contacts.change(book, account_of(book, username), "email", new, code)


def test_a_phone_gets_its_code_at_its_own_address_in_the_mailbox(world: World) -> None:
    with world.book("guance", write=True) as book:
        assert contacts.current(account_of(book), "phone") == "zhao.min@example.com"
        contacts.send_to_new(book, account_of(book), "phone", "+86 138-0000-0000", "en")
    code = last_code(world, "8613800000000@sms.localhost")
    with world.book("guance", write=True) as book:
        contacts.change(book, account_of(book), "phone", "+86 138-0000-0000", code)
        assert contacts.current(account_of(book), "phone") == "+86 138-0000-0000"
        with pytest.raises(Refusal, match="the one you have"):
            contacts.send_to_new(book, account_of(book), "phone", "+8613800000000", "en")


def test_an_enterprise_is_certified_once(world: World) -> None:
    with world.book("guance", write=True) as book:
        with pytest.raises(Refusal) as refusal:
            profile.certify(book, account_of(book), "Northwind", "12")
        assert refusal.value.field == "taxpayer_number"
        profile.certify(book, account_of(book), "Northwind", "91440300ma5daaaa1x")
        assert account_of(book).taxpayer_number == "91440300MA5DAAAA1X"
        with pytest.raises(Refusal, match="certified already"):
            profile.certify(book, account_of(book), "Southwind", "91440300MA5DBBBB1X")

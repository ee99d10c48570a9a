"""Money is put directly on the Huawei Cloud account, which then settles (S2, opening sentence)."""

from decimal import Decimal

import pytest
from playwright.sync_api import expect

from e2e.pages.huawei_account import TopUp
from e2e.scenario.actor import Actor


@pytest.mark.clause("settle-7")
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_balance_of_the_account_goes_up_by_what_is_put_on_it(buyer: Actor) -> None:
    page = TopUp(buyer).open()
    before = _yuan(page.balance.inner_text())

    page.amount.fill("250")
    page.submit.click()

    expect(page.balance).to_have_text(f"¥{before + 250:,.2f}")


def _yuan(text: str) -> Decimal:
    return Decimal(text.removeprefix("¥").replace(",", ""))

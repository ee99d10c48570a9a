"""Finds orders of a buyer in My Orders: by number, product, time and state (spec huawei 1.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Select

from mock_sites.huawei.domain.orders import orders_of
from mock_sites.huawei.domain.states import OrderState
from mock_sites.huawei.domain.tables import Account, Order
from mock_sites.world.clock import BEIJING
from mock_sites.world.rows import have_text
from mock_sites.world.typed_time import day_of


@dataclass(frozen=True, kw_only=True)
class OrdersWanted:
    """What a buyer looks for. Empty values ask for nothing. ``since`` and ``until`` are days in Beijing, as typed."""

    number: str = ""
    product: str = ""
    since: str = ""
    until: str = ""
    state: str = ""

    @classmethod
    def asked(cls, values: Mapping[str, str]) -> "OrdersWanted":
        """What an address asks for. States that do not exist are left out."""
        state = values.get("state", "")
        return cls(
            number=values.get("number", "").strip().upper()[:32],
            product=values.get("product", ""),
            since=values.get("since", "").strip()[:32],
            until=values.get("until", "").strip()[:32],
            state=state if state in set(OrderState) else "",
        )

    @property
    def refused(self) -> set[str]:
        """The names of what is no day. Orders are not filtered by it."""
        return {name for name in ("since", "until") if (text := vars(self)[name]) and day_of(text) is None}

    def values(self) -> dict[str, str]:
        """The values of an address that asks for this."""
        return {name: value for name, value in vars(self).items() if value}

    def of(self, account: Account) -> Select[Order]:
        """The account's orders that are wanted, newest first."""
        found = orders_of(account, OrderState(self.state) if self.state else None)
        if self.number:
            found = found.where(have_text(self.number, Order.id))
        if self.product:
            found = found.where(Order.content_id == self.product)
        if day := day_of(self.since):
            found = found.where(Order.created_at >= _begin(day))
        if day := day_of(self.until):
            found = found.where(Order.created_at < _begin(day) + timedelta(days=1))
        return found


def _begin(day: date) -> datetime:
    """The beginning of a day in Beijing."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC) - BEIJING

"""The bills of a workspace by period: items, bars and days add up to the same sum, to the last digit."""

import re
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Final

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_sites.guance.domain import bill_periods, bills, usage_items, wallet
from mock_sites.guance.domain.bill_periods import PERIODS, period_of
from mock_sites.guance.domain.money import money
from mock_sites.guance.domain.storage import PRICES
from mock_sites.guance.domain.telemetry import hosts
from mock_sites.guance.domain.usage import Usage
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support import billing_pages
from mock_sites.tests.support.bills import workspace_of
from mock_sites.tests.support.guance_pages import owned, signed_in
from mock_sites.tests.support.joining import joined
from mock_sites.world import jobs
from mock_sites.world.world import World

REALISM: Final = Path(__file__).parents[2] / "docs" / "realism.md"
NAMES: Final = {
    "Network (hosts)": "network",
    "Task calls": "tasks",
    "SMS": "SMS",
    "Central Pipeline traffic": "pipelines",
}
"""What the documentation calls items that it does not name as the page does."""

number = st.integers(0, 10**7)


retentions = st.fixed_dictionaries({item: st.sampled_from(list(prices)) for item, prices in PRICES.items()})


@given(st.tuples(number, number, number, number), retentions)
def test_the_costs_of_the_items_add_up_to_the_cost_of_the_day(
    used: tuple[int, int, int, int], retention: dict[str, int]
) -> None:
    exact = {
        item: Fraction(number * PRICES[item][retention[item]].fen, PRICES[item][retention[item]].units)
        for item, number in zip(PRICES, used, strict=True)
    }
    costs = bills.costs_of(Usage(*used), retention)
    assert abs(sum(costs.values()) - sum(exact.values())) < 1
    assert all(abs(costs[item] - exact[item]) < 1 for item in PRICES)


@pytest.mark.parametrize(
    ("key", "first", "last"),
    [
        ("today", date(2026, 3, 1), date(2026, 3, 1)),
        ("yesterday", date(2026, 2, 28), date(2026, 2, 28)),
        ("this-week", date(2026, 2, 23), date(2026, 2, 28)),
        ("last-week", date(2026, 2, 16), date(2026, 2, 22)),
        ("this-month", date(2026, 3, 1), date(2026, 2, 28)),
        ("last-month", date(2026, 2, 1), date(2026, 2, 28)),
        ("this-year", date(2026, 1, 1), date(2026, 2, 28)),
    ],
)
def test_a_period_has_its_days(key: str, first: date, last: date) -> None:
    period = period_of(key, date(2026, 3, 1))
    assert (period.key, period.first, period.last) == (key, first, last)


def test_what_is_no_period_is_this_month() -> None:
    assert period_of("no-such", date(2026, 3, 1)).key == "this-month"


@pytest.mark.parametrize("key", list(PERIODS))
def test_items_bars_and_days_have_the_same_sum(world: World, key: str) -> None:
    jobs.advance(world, 10 * 86400)
    with world.uow("guance", write=True) as uow:
        wallet.settle(uow)
        workspace = workspace_of(uow)
        period = period_of(key, date(2026, 3, 12))
        summary = bill_periods.summary_of(uow, workspace, period)
        stored = list(uow.session.scalars(bill_periods.bills_of(workspace, period)))
    assert summary.fen == sum(item.fen for item in summary.items) > 0
    assert summary.fen == sum(sum(costs.values()) for costs in summary.parts.values())
    if key != "today":
        assert summary.fen == sum(bill.fen for bill in stored)
        assert summary.items[1].used == sum(bill.logs for bill in stored)
    assert len(summary.parts) == (3 if key == "this-year" else 1 if key == "today" else len(stored))


def total(page: str) -> str:
    return re.findall(r'data-fact="total">([0-9.,]+)<', page)[0]


def test_the_page_shows_the_chosen_period(world: World, browse: Browse) -> None:
    client: httpx.Client = signed_in(browse)
    address = f"/workspace/{owned(world, 'zhaomin').id}/billing"
    pages = {key: client.get(address, params={"period": key}).text for key in PERIODS}
    for key, page in pages.items():
        assert page.count('aria-current="page"') == 2
        assert f">{PERIODS[key]}</a>" in re.findall(r'<a [^>]*aria-current="page"[^>]*>[^<]*</a>', page)[-1]
    assert total(pages["last-month"]) != total(pages["this-year"]) != total(pages["yesterday"])
    assert pages["last-month"].count(' class="day">') == 28
    assert pages["this-year"].count("<rect ") == 3
    assert ' class="day">' not in pages["today"]


def test_every_period_says_the_same_of_today(world: World, browse: Browse) -> None:
    client: httpx.Client = signed_in(browse)
    address = f"/workspace/{owned(world, 'zhaomin').id}/billing"
    pages = {key: client.get(address, params={"period": key}).text for key in PERIODS}
    fen = {key: re.findall(r'(?:"unbilled">|not billed yet: )([0-9.,]+)', page) for key, page in pages.items()}
    today = fen["today"]
    assert len(today) == 1
    assert all(found == (today if period_of(key, date(2026, 3, 2)).goes_on else []) for key, found in fen.items())
    assert 'data-fact="total"' not in pages["today"]
    assert re.findall(r'data-fact="period">([^<]*)<', joined(pages["this-month"])) == ["2026-03-01"]
    with world.uow("guance") as uow:
        period = period_of("today", date(2026, 3, 2))
        assert money(bill_periods.summary_of(uow, workspace_of(uow), period).fen) == today[0]


def test_every_usage_item_is_listed_and_those_that_are_not_used_say_so(world: World, browse: Browse) -> None:
    jobs.advance(world, 3600)
    with world.uow("guance") as uow:
        workspace = workspace_of(uow)
        items = {item.title: item for item in usage_items.items_of(uow, workspace)}
        today, yesterday = bills.reported(uow, workspace), bills.of_yesterday(uow, workspace)
    assert today
    assert yesterday
    assert (items["Logs"].now, items["Logs"].yesterday) == (today.usage.logs, yesterday.logs)
    assert items["Traces"].price == PRICES["traces"][3]
    assert (items["DataKit"].now, items["DataKit"].yesterday, items["DataKit"].price) == (4, 4, None)
    page = signed_in(browse).get(f"/workspace/{owned(world, 'zhaomin').id}/billing").text
    rows = re.findall(r'<th role="rowheader"[^>]*scope="row"[^>]*>([^<]+)</th>', page)
    assert rows == list(items)
    assert page.count("Not used</td>") == len(usage_items.UNUSED) == 7
    assert page.count("Not charged</td>") == 1


CHARGED: Final = {"Time series", "Logs", "Traces", "Page views"}
"""The usage items that cost something here. The others of Guance's price list are in ``docs/realism.md``."""


def test_what_is_listed_is_what_is_charged_and_what_the_documentation_says(world: World, browse: Browse) -> None:
    workspace = owned(world, "zhaomin").id
    day = world.clock.now().date() - timedelta(days=1)
    listed = rows_of(signed_in(browse).get(f"/workspace/{workspace}/billing").text, "Usage by item")
    billed = rows_of(billing_pages.signed_in(browse, "zhaomin").get(f"/bills/{workspace}/{day}").text, "Billing items")
    said = next(line for line in REALISM.read_text().splitlines() if line.startswith("| Workspace billing |"))

    assert len(listed) == 12
    assert set(billed) == CHARGED | {"Total"}
    for title, (_now, yesterday, price) in listed.items():
        if title in CHARGED:
            assert (yesterday, price) == tuple(billed[title][:2])
        else:
            assert price == ("Not charged" if title == "DataKit" else "Not used")
            assert title == "DataKit" or NAMES.get(title, title.lower()) in said


def rows_of(page: str, name: str) -> dict[str, list[str]]:
    """The rows of a table of a page: their cells, by their headers."""
    table = page.partition(f'aria-label="{name}"')[2].partition("</table>")[0]
    rows = re.findall(r'<th role="rowheader"[^>]*>([^<]+)</th>(.*?)</tr>', table, flags=re.DOTALL)
    return {title: re.findall(r"<td[^>]*>([^<]*)<", cells) for title, cells in rows}


def test_a_datakit_is_counted_when_it_has_lived_for_twelve_hours(world: World) -> None:
    def counted() -> int | None:
        with world.uow("guance") as uow:
            return usage_items.items_of(uow, workspace_of(uow))[0].now

    with world.uow("guance", write=True) as uow:
        hosts.report(uow, workspace_of(uow).token, "new-01", "linux")
    assert counted() == 4
    jobs.advance(world, 12 * 3600)
    assert counted() == 5
    with world.uow("guance", write=True) as uow:
        hosts.stop(uow, workspace_of(uow).token, "new-01")
    jobs.advance(world, 600)
    assert counted() == 4

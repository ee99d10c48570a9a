"""The data of a workspace: the parts of a day add up to its bill, and a long window costs no more than 30 days."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mock_sites.guance.domain import bills, curve, locks, settlement, storage, subscriptions, usage
from mock_sites.guance.domain.states import SuspendedFor
from mock_sites.guance.domain.subscriptions import Purchase
from mock_sites.guance.domain.tables import Subscription, Workspace
from mock_sites.guance.domain.telemetry.log_pattern import STATUSES, pattern
from mock_sites.guance.domain.telemetry.logs import FACETS, Logs, Query
from mock_sites.guance.domain.telemetry.source import Source, source_of
from mock_sites.guance.domain.telemetry.tables import Host
from mock_sites.tests.support.bills import BUYER, workspace_of
from mock_sites.web.paging import SIZE
from mock_sites.world import jobs
from mock_sites.world.seed import Seed
from mock_sites.world.shared_tables import EPOCH
from mock_sites.world.world import World

DAY = timedelta(days=1)
KEPT = max(storage.PRICES["logs"])
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=EPOCH.tzinfo)
SINCE = NOW - 5 * DAY
SOURCE = Source(Seed("7"), "w", SINCE, NOW, SINCE)
HOSTS = [
    Host(workspace_id="w", name=name, system="linux", since=since, stopped_at=stopped)
    for name, since, stopped in (
        ("a", SINCE, None),
        ("b", SINCE + DAY, NOW - timedelta(hours=3)),
        ("c", NOW - timedelta(minutes=20), None),
    )
]

moments = st.timedeltas(timedelta(), 5 * DAY).map(lambda passed: NOW - passed)


def logs(begin: datetime, end: datetime, query: Query | None = None) -> Logs:
    return Logs(SOURCE, HOSTS, begin, end, query)


def test_no_page_of_the_logs_of_a_service_repeats_itself() -> None:
    assert min(Counter(entry.service for entry in pattern()).values()) >= SIZE


@given(st.integers(1, 5_000_000), st.lists(st.integers(0, curve.DAY), min_size=2, max_size=2).map(sorted))
def test_a_curve_rises_to_its_total(total: int, times: Sequence[int]) -> None:
    seed = Seed("7")
    assert curve.reached(seed, "x", total, 0) == 0
    assert curve.reached(seed, "x", total, curve.DAY) == total
    assert curve.reached(seed, "x", total, times[0]) <= curve.reached(seed, "x", total, times[1])


@given(st.integers(1, 5_000_000), st.data())
def test_an_item_comes_at_the_first_time_by_which_so_many_have_come(total: int, data: st.DataObject) -> None:
    seed, number = Seed("7"), data.draw(st.integers(1, total))
    at = curve.time_of(seed, "x", total, number)
    assert curve.reached(seed, "x", total, at) >= number > curve.reached(seed, "x", total, at - 1)


@pytest.mark.parametrize("total", [3_000, 30_000, 2_500_000], ids=["page views", "many page views", "lines"])
def test_items_come_at_irregular_intervals(total: int) -> None:
    noon = curve.reached(Seed("s"), "x", total, curve.DAY // 2)
    times = [curve.time_of(Seed("s"), "x", total, number) for number in range(noon, noon + 20)]
    gaps = [later - earlier for earlier, later in pairwise(times)]
    assert min(gaps) > 0
    assert len(set(gaps)) == len(gaps)
    assert max(gaps) > 2 * min(gaps)


@given(st.lists(moments, min_size=3, max_size=3).map(sorted))
def test_the_parts_of_a_window_add_up_to_the_window(edges: list[datetime]) -> None:
    begin, middle, end = edges
    for item in ("logs", "traces", "page-views"):
        assert SOURCE.count(item, begin, middle) + SOURCE.count(item, middle, end) == SOURCE.count(item, begin, end)
    assert logs(begin, end).total == SOURCE.count("logs", begin, end)


@settings(max_examples=30)
@given(st.lists(moments, min_size=4, max_size=4).map(sorted))
def test_the_bars_of_a_histogram_add_up_to_all_lines_and_so_do_the_values_of_a_facet(edges: list[datetime]) -> None:
    found = logs(edges[0], edges[-1])
    bars = sum((Counter(bar) for bar in found.by_status(edges)), Counter[str]())
    assert sum(bars.values()) == found.total
    for status in STATUSES:
        wanted = Query(values=(("status", status),))
        assert logs(edges[0], edges[-1], wanted).total == bars[status]
    for facet in FACETS:
        for value, number in found.commonest()[facet]:
            assert logs(edges[0], edges[-1], Query(values=((facet, value),))).total == number


@settings(deadline=None)
@given(
    moments, st.timedeltas(timedelta(seconds=1), timedelta(seconds=40)), st.sampled_from(["", "job", "502", "no such"])
)
def test_what_is_counted_is_what_is_listed(begin: datetime, length: timedelta, text: str) -> None:
    query = Query(text, (("host", "a"),))
    everything, wanted = logs(begin, begin + length), logs(begin, begin + length, query)
    listed = everything.latest(0, everything.total)
    assert len({line.id for line in listed}) == everything.total
    assert all(begin < line.at <= begin + length for line in listed)
    assert [line.at for line in listed] == sorted((line.at for line in listed), reverse=True)
    fits = [line for line in listed if text in line.entry.text.casefold() and line.host == "a"]
    assert wanted.latest(0, 10_000) == fits
    assert wanted.latest(3, 5) == fits[3:8]
    assert wanted.total == len(fits)


def test_hosts_send_from_their_first_report_until_they_stop() -> None:
    def senders(at: datetime) -> set[str]:
        return {line.host for line in logs(at, at + timedelta(minutes=5)).latest(0, 200)}

    assert senders(SINCE) == {"a"}
    assert senders(SINCE + 2 * DAY) == {"a", "b"}
    assert senders(NOW - timedelta(hours=2)) == {"a"}
    assert senders(NOW - timedelta(minutes=10)) == {"a", "c"}


@given(st.integers(0, 10_000))
def test_a_line_is_found_again_by_its_id(skip: int) -> None:
    found = logs(SINCE, NOW)
    (line,) = found.latest(skip, 1)
    assert found.find(line.id) == line
    assert line in found.around(line, 3)


@pytest.mark.parametrize(
    "name", ["", "x", "20260302", "20260302-", "20260302-0", "20260302-99999999", "20990101-1", "²-²"]
)
def test_what_is_no_id_of_a_line_finds_none(name: str) -> None:
    assert logs(SINCE, NOW).find(name) is None


def test_the_data_of_a_day_are_those_of_its_bill(world: World) -> None:
    jobs.advance(world, 2 * 86400)
    with world.uow("guance") as uow:
        workspace = workspace_of(uow)
        for item, days in storage.DEFAULTS.items():
            source = source_of(uow, workspace, item)
            assert source
            for bill in bills.of_last_days(uow, workspace, days - 1):
                end = usage.end_of(bill.day)
                assert item == "time-series" or source.count(item, end - DAY, end) == bill.used.by_item[item]
        source = source_of(uow, workspace, "logs")
        assert source
        for bill in bills.of_last_days(uow, workspace, storage.DEFAULTS["logs"] - 1):
            end = usage.end_of(bill.day)
            assert sum(Logs(source, [], end - DAY, end).by_status([end - DAY, end])[0].values()) == bill.logs


@pytest.fixture
def draws(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    pattern()  # is drawn once
    names: list[str] = []
    drawn = Seed.random_bytes

    def draw(self: Seed, name: str, length: int) -> bytes:
        names.append(name)
        return drawn(self, name, length)

    monkeypatch.setattr(Seed, "random_bytes", draw)
    return names


@pytest.mark.parametrize("years", [1, 20])
def test_no_window_costs_more_than_the_days_that_are_kept(draws: list[str], years: int) -> None:
    source = Source(Seed("9"), "w", NOW - 365 * years * DAY, NOW, NOW - KEPT * DAY)
    query = Query("job", (("status", "error"),))
    found = Logs(source, HOSTS[:1], EPOCH, NOW + 365 * years * DAY, query)
    assert found.total > 100_000
    before = len(draws)
    assert before < 5 * KEPT
    assert len(found.latest(100_000, 50)) == 50
    assert len(draws) - before < 20 * 50


def test_days_that_nobody_pays_have_no_data(world: World) -> None:
    with world.uow("guance", write=True) as uow:
        subscription = subscriptions.open_subscription(uow, Purchase("o", "l", BUYER, "OFFI", "Guance"), "i")
        settlement.settle_by_huawei(uow, workspace_of(uow), huawei_account_id=BUYER, instance_id="i")
        locks.suspend_subscription(uow, subscription, SuspendedFor.FROZEN)
    jobs.advance(world, 3 * 86400)
    with world.uow("guance", write=True) as uow:
        locks.resume_subscription(uow, uow.session.get_one(Subscription, "i"))
    jobs.advance(world, 2 * 86400)
    with world.uow("guance") as uow:
        source, now = source_of(uow, workspace_of(uow), "logs"), uow.now
        billed = bills.billed_days(uow, workspace_of(uow), 6)
    assert source
    ends = [usage.end_of(usage.day_of(now) - number * DAY) for number in range(1, 7)]
    counts = {usage.day_of(end - DAY): source.count("logs", end - DAY, end) for end in ends}
    assert sorted(day for day, number in counts.items() if number) == billed
    assert list(counts.values()).count(0) == 3
    for end in ends:
        assert Logs(source, [], end - DAY, end).total == counts[usage.day_of(end - DAY)]
        assert source.covers(end - DAY / 2) == (usage.day_of(end - DAY) in billed)


def test_there_are_no_data_before_the_first_host_reported(world: World) -> None:
    assert SOURCE.count("logs", EPOCH, SINCE) == 0
    assert logs(EPOCH, SINCE).latest(0, 50) == []
    with world.uow("guance") as uow:
        assert source_of(uow, Workspace(id="w", reporting_since=None), "logs") is None


def test_lines_fit_their_service_and_differ() -> None:
    errors: dict[str, set[str]] = {}
    for entry in pattern():
        if entry.status == "error":
            errors.setdefault(entry.service, set()).add(entry.text)
    assert min(map(len, errors.values())) >= 5
    assert {entry.service for entry in pattern() if entry.text.startswith("Payment")} == {"payment"}

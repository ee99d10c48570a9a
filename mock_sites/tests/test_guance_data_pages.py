"""Traces, page views, errors, metrics and dashboards: made from the series that are billed, whatever the window."""

import re
from collections import Counter
from datetime import datetime, timedelta

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mock_sites.guance.domain.telemetry.issues import FAILED, issues_of
from mock_sites.guance.domain.telemetry.logs import Logs, Query
from mock_sites.guance.domain.telemetry.records import LENGTH, TRACES, VIEWS, Entry, Records, pattern
from mock_sites.guance.domain.telemetry.source import Source, source_of
from mock_sites.guance.domain.telemetry.windows import window_of
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.bills import workspace_of
from mock_sites.tests.support.guance_pages import in_workspace, owned, signed_in
from mock_sites.world.seed import Seed
from mock_sites.world.shared_tables import EPOCH
from mock_sites.world.world import World

DAY = timedelta(days=1)
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=EPOCH.tzinfo)
SOURCE = Source(Seed("7"), "w", NOW - 5 * DAY, NOW, NOW - 5 * DAY)

items = st.sampled_from([TRACES, VIEWS])
moments = st.timedeltas(timedelta(), 5 * DAY).map(lambda passed: NOW - passed)


def by_name(entry: Entry) -> str:
    return entry.name


def by_detail(entry: Entry) -> str:
    return entry.details[0]


@settings(deadline=None)
@given(items, st.lists(moments, min_size=2, max_size=2).map(sorted))
def test_groups_add_up_to_what_came(item: str, edges: list[datetime]) -> None:
    found = Records(SOURCE, item, *edges)
    assert found.total == SOURCE.count(item, *edges)
    for key in (by_name, by_detail):
        groups = found.groups(key)
        assert sum(group.number for group in groups) == found.total
        assert all(group.failed <= group.number and group.average > 0 for group in groups)


@settings(deadline=None, max_examples=30)
@given(items, moments, st.integers(0, 120))
def test_what_is_counted_is_what_is_listed(item: str, begin: datetime, skip: int) -> None:
    found = Records(SOURCE, item, begin, begin + timedelta(minutes=3))
    listed = found.latest(0, found.total)
    assert len(listed) == found.total
    assert [one.at for one in listed] == sorted((one.at for one in listed), reverse=True)
    assert found.latest(skip, 50) == listed[skip : skip + 50]
    assert {group.name: group.number for group in found.groups(by_name)} == Counter(one.entry.name for one in listed)


def test_the_slowest_twentieth_is_above_the_percentile() -> None:
    found = Records(SOURCE, TRACES, NOW - DAY, NOW)
    everything, *rest = found.groups(lambda _entry: "")
    assert not rest
    times = sorted((entry.milliseconds for entry in pattern(TRACES)), reverse=True)
    assert times[LENGTH // 20 + 2] <= everything.slow <= times[LENGTH // 20 - 2]


def test_issues_are_the_errors_of_the_logs(world: World) -> None:
    with world.uow("guance") as uow:
        source = source_of(uow, workspace_of(uow), "logs")
    assert source
    begin = source.until - DAY
    failed = sum(Logs(source, [], begin, source.until, Query(values=(("status", status),))).total for status in FAILED)
    issues = issues_of(Logs(source, [], begin, source.until))
    assert sum(issue.number for issue in issues) == failed > 0
    assert not any(re.search(r"\d", issue.text) for issue in issues)


@pytest.fixture
def client(world: World, browse: Browse) -> httpx.Client:
    """Zhao Min, at her workspace."""
    return in_workspace(world, browse)


def test_the_number_of_errors_of_a_day_is_that_of_the_page_behind_it(client: httpx.Client) -> None:
    found = re.search(r'href="([^"]*)">(?:(?!</a>).)*Error logs</span><strong>([\d,]+)', client.get("").text, re.DOTALL)
    assert found
    address, number = found.groups()
    assert f"Errors <span>{number}</span>" in re.sub(
        r"<span [^>]*>", "<span>", client.get(client.base_url.join(address)).text
    )


@pytest.mark.parametrize(("language", "word"), [("en", "Normal"), ("zh", "正常")])
def test_filters_of_logs_have_the_words_of_the_page_and_the_keys_of_the_search(
    client: httpx.Client, language: str, word: str
) -> None:
    client.headers["Accept-Language"] = language
    everything = client.get("logs?window=1d").text
    assert re.search(rf'<a href="[^"]*status=ok[^"]*">{word}</a>', everything)
    chosen = client.get("logs?window=1d&status=ok&service=ok").text
    assert f"status: {word} ×" in chosen
    assert "service: ok ×" in chosen
    assert "status: no-such ×" in client.get("logs?window=1d&status=no-such").text


def test_an_end_that_has_not_come_is_the_latest_moment() -> None:
    later, earlier = "2026-03-02T09:09", "2026-03-02T08:59"
    assert [window_of("15m", "1h", until, NOW).typed for until in (later, earlier)] == ["", earlier]
    assert window_of("15m", "1h", later, NOW).end == NOW


def test_a_dashboard_has_its_host_in_the_address(client: httpx.Client) -> None:
    everything = client.get("dashboards/hosts").text
    assert everything.count('<svg class="chart"') == 6
    assert client.get("dashboards/hosts?host=no-such").text.count("<option selected") == 0
    one = client.get("dashboards/hosts?host=web-01").text
    assert "<option selected>web-01</option>" in one
    assert re.findall(r"<title>.*</title>", one) != re.findall(r"<title>.*</title>", everything)
    assert client.get("dashboards/no-such").status_code == client.get("feature/no-such").status_code == 404


def test_a_metric_has_a_line_for_each_host(client: httpx.Client) -> None:
    page = client.get("metrics?metric=traffic&line=sent").text
    assert page.count('class="curve c') == 5
    assert re.findall(r'<a [^>]*aria-current="page">sent</a>', page)
    assert "CPU usage</h2>" not in page
    assert "CPU usage <span" in client.get("metrics?metric=x&line=x").text


def test_regions_and_columns_are_in_the_language_of_the_page(client: httpx.Client) -> None:
    client.headers["Accept-Language"] = "zh"
    page = client.get("rum").text
    assert "广东" in page
    assert "Guangdong" not in page
    assert "P95（毫秒）" in page


@pytest.mark.parametrize(
    "page", ["metrics", "apm", "rum", "error-tracking", "dashboards/hosts", "dashboards/applications"]
)
def test_a_page_without_data_says_how_to_begin(world: World, browse: Browse, page: str) -> None:
    with world.uow("guance", write=True) as uow:
        workspace_of(uow).reporting_since = None
    client = signed_in(browse)
    text = client.get(f"/workspace/{owned(world, 'zhaomin').id}/{page}").text
    assert " yet</h2>" in text
    assert "Start Installing DataKit" in text

"""A trace and its spans: they add up, lead to the logs of their host, and are the same however they are reached."""

import html
import re
from datetime import date, datetime, timedelta

import httpx
import pytest

from mock_sites.guance.domain.telemetry import hosts
from mock_sites.guance.domain.telemetry.records import LENGTH, TRACES, VIEWS, Records, pattern
from mock_sites.guance.domain.telemetry.source import Source, source_of
from mock_sites.guance.domain.telemetry.spans import CALLS, STORES, attributes_of, spans_of
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.bills import workspace_of
from mock_sites.tests.support.guance_pages import in_workspace
from mock_sites.world.seed import Seed
from mock_sites.world.shared_tables import EPOCH
from mock_sites.world.world import World

PLACES = range(LENGTH)


@pytest.mark.parametrize("place", PLACES)
def test_the_spans_of_a_trace_lie_in_each_other_and_take_its_time(place: int) -> None:
    spans, entry = spans_of(place), pattern(TRACES)[place]
    root = spans[0]
    assert (root.service, root.resource) == (entry.name, entry.details[0])
    assert (root.start, root.duration, root.failed) == (0, entry.milliseconds * 1000, entry.failed)
    assert sum(span.own for span in spans) == root.duration
    assert [span.number for span in spans] == list(range(len(spans)))
    assert [span.start for span in spans] == sorted(span.start for span in spans)
    for span in spans[1:]:
        assert span.parent is not None
        caller = spans[span.parent]
        assert (span.service, span.resource) in CALLS[caller.service, caller.resource]
        assert span.depth == caller.depth + 1
        assert caller.start <= span.start < span.start + span.duration <= caller.start + caller.duration
        assert not span.failed or caller.failed
    for span in spans:
        below = [one for one in spans if one.parent == span.number]
        assert span.own == span.duration - sum(one.duration for one in below) > 0
        assert len({one.start for one in below}) == len(below)
    assert sum(bool(span.message) for span in spans) == int(root.failed)


def test_every_resource_of_a_service_is_known() -> None:
    resources = {(entry.name, entry.details[0]) for entry in pattern(TRACES)}
    called = {call for calls in CALLS.values() for call in calls}
    assert CALLS.keys() <= resources | called
    assert {what for what in resources | called if what not in CALLS and what[0] not in STORES} == {
        ("search", "GET /_search")
    }


@pytest.mark.parametrize("item", [TRACES, VIEWS])
def test_a_record_is_found_by_its_name(world: World, item: str) -> None:
    with world.uow("guance") as uow:
        source = source_of(uow, workspace_of(uow), item)
    assert source
    found = Records(source, item, source.oldest, source.until)
    for record in found.latest(0, 1) + found.latest(found.total - 1, 1):
        assert Records(source, item, source.until, source.until).find(record.id) == record
    newest = found.latest(0, 1)[0]
    wrong = [f"{newest.id}0", f"{newest.day:%Y%m%d}-0", "20260231-1", "99991231-1", "00010101-1", "x", "1-1-1", ""]
    assert [found.find(name) for name in [*wrong, f"{newest.day:%Y%m%d}-{newest.number + 1}"]] == [None] * 9


@pytest.mark.parametrize("item", [TRACES, VIEWS])
def test_a_record_of_a_day_without_data_is_not_found(item: str) -> None:
    now = datetime(2026, 3, 2, 1, 0, tzinfo=EPOCH.tzinfo)
    since = now - timedelta(days=3)
    source = Source(Seed("7"), "w", since, now, since, frozenset({date(2026, 3, 1)}))
    found = [Records(source, item, now, now).find(f"{day}-1") for day in ("20260301", "20260302")]
    assert [one is None for one in found] == [True, False]


def test_the_attributes_of_a_span_name_its_caller_and_its_host(world: World) -> None:
    with world.uow("guance") as uow:
        source = source_of(uow, workspace_of(uow), TRACES)
    assert source
    traces = Records(source, TRACES, source.oldest, source.until).latest(0, LENGTH)
    failed = next(trace for trace in traces if trace.entry.failed and len(spans_of(trace.place)) > 1)
    spans = spans_of(failed.place)
    said = [attributes_of(source, failed, span, "web-01") for span in spans]
    assert len({one["span_id"] for one in said}) == len(spans)
    assert len({one["trace_id"] for one in said}) == 1
    assert said[0]["parent_id"] == "0"
    assert said[1]["parent_id"] == said[0]["span_id"]
    assert [one["status"] for one in said] == ["error" if span.failed else "ok" for span in spans]
    assert {one["host"] for one in said} == {"web-01"}


@pytest.fixture
def client(world: World, browse: Browse) -> httpx.Client:
    """Zhao Min, at her workspace."""
    return in_workspace(world, browse)


def traces_in(page: str) -> list[str]:
    """The addresses of the traces of a page."""
    return re.findall(r'href="([^"]*[?&;]trace=[^"]*)"', page)


def follow(client: httpx.Client, address: str) -> str:
    """The page that a link leads to."""
    return client.get(str(client.base_url.join(html.unescape(address)))).text


def test_a_trace_opens_with_its_waterfall_attributes_and_logs(client: httpx.Client) -> None:
    addresses = traces_in(client.get("apm?window=1h").text)
    assert len(addresses) == 50
    page = follow(client, addresses[0])
    drawer = page[page.index("<dialog") :]
    spans = traces_in(drawer)
    assert drawer.count('<svg class="chart course"') == len(spans) >= 1
    assert set(re.findall(r'data-fact="trace-id">([0-9a-f]{16})<', drawer)) < set(re.findall(r">([0-9a-f]{16})<", page))
    last = follow(client, spans[-1])
    chosen = re.search(r'data-fact="span">([^<]+)<', last)
    assert chosen
    assert f'aria-current="true">{chosen[1]}</a>' in last
    logs = re.findall(r'<li class="mono"><a href="([^"]+)"', drawer)
    assert 0 < len(logs) <= 5
    for log in logs:
        line = follow(client, log)
        host = re.search(r"host=([\w-]+)", log)
        assert host
        assert f">{host[1]}</a>" in line[line.index("<dialog") :]


@pytest.mark.parametrize("asked", ["trace=x", "trace=20260302-99999999999", "trace=20260302-1&span=99"])
def test_a_trace_or_span_that_is_none_is_not_found(client: httpx.Client, asked: str) -> None:
    assert client.get(f"apm?{asked}").status_code == 404


@pytest.mark.parametrize("line", ["99991231-1", "00010101-1"])
def test_a_line_of_a_day_that_no_clock_reaches_is_not_found(client: httpx.Client, line: str) -> None:
    assert client.get(f"logs?line={line}").status_code == 404


def test_page_views_have_no_spans(client: httpx.Client) -> None:
    assert "<dialog" not in client.get("rum?trace=20260302-1").text


def test_a_trace_without_hosts_has_no_logs(world: World, client: httpx.Client) -> None:
    address = traces_in(client.get("apm").text)[0]
    with world.uow("guance", write=True) as uow:
        for host in hosts.sending(uow, workspace_of(uow)):
            host.stopped_at = host.since
    page = follow(client, address)
    assert "No log of the host came in" in page
    assert "Host view</a>" not in page[page.index("<dialog") :]

"""The pages of a workspace: both ends of each window, any search, and what a locked workspace shows."""

import html
import re

import httpx
import pytest

from mock_sites.guance.console import statuses
from mock_sites.guance.console.features import FEATURES
from mock_sites.guance.domain.telemetry import metrics
from mock_sites.guance.domain.telemetry.events import MONITORS, MOST_ERRORS, events_of
from mock_sites.guance.domain.telemetry.hosts import sending
from mock_sites.guance.domain.telemetry.logs import Logs, Query
from mock_sites.guance.domain.telemetry.source import source_of
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.bills import workspace_of
from mock_sites.tests.support.guance_pages import in_workspace
from mock_sites.tests.support.joining import joined
from mock_sites.tests.support.locking import lock
from mock_sites.tests.support.sources import PACKAGE, sources
from mock_sites.web.markup import elements
from mock_sites.web.packing import SMALLEST
from mock_sites.world import jobs
from mock_sites.world.world import World

PAGES = (
    "",
    "dashboards",
    "monitors",
    "events",
    "infrastructure",
    "host",
    "logs",
    "datakit",
    "settings",
    "billing",
    "settings/members",
    "settings/token",
    "settings/access",
    "settings/storage",
    "settings/deletions",
    "dashboards/hosts",
    "dashboards/applications",
    "metrics",
    "apm",
    "rum",
    "error-tracking",
    *(f"feature/{feature}" for feature in FEATURES),
)


@pytest.fixture
def client(world: World, browse: Browse) -> httpx.Client:
    """Zhao Min, at her workspace."""
    return at_workspace(world, browse)


def at_workspace(world: World, browse: Browse) -> httpx.Client:
    """A client that is signed in, whose addresses begin at the workspace."""
    return in_workspace(world, browse)


def total(page: str) -> int:
    """How many logs the page says there are."""
    return int(re.findall(r"([0-9,]+) logs from", page)[0].replace(",", ""))


def rows(page: str) -> int:
    """How many logs the page lists."""
    return len(re.findall(r'<tr\b[^>]*class="l-', page))


def readable(page: str) -> set[str]:
    """What the states and the keys of charts on a page say."""
    return {
        one.text
        for one in elements(page)
        if "state" in one.attributes.get("class", "").split()
        or (one.tag == "span" and one.parent and one.parent.attributes.get("class") == "key")
    }


@pytest.mark.parametrize("page", ["", "logs", "logs?LINE", "apm", "apm?TRACE", "error-tracking", "events?scope=all"])
def test_statuses_are_in_the_language_of_the_page(client: httpx.Client, page: str) -> None:
    client.headers["Accept-Language"] = "zh"
    path, _mark, wanted = page.partition("?")
    if wanted.isupper():
        page = html.unescape(
            re.findall(rf'href="[^"]*/{path}(\?[^"]*{wanted.lower()}=[^"]*)"', client.get(path).text)[0]
        )
        page = path + page
    found = readable(client.get(page).text)
    assert found & {"信息", "正常", "错误"}
    assert not found & statuses.NAMES.keys()


def test_what_shows_nothing_has_no_legend_and_no_filters(client: httpx.Client) -> None:
    for page in (
        "logs?search=no-such-text",
        "metrics?until=2026-01-01T00:00",
        "host?host=web-01&until=2026-01-01T00:00",
    ):
        shown = elements(client.get(page).text)
        classes = {name for one in shown for name in one.attributes.get("class", "").split()}
        assert classes & {"no-data", "empty"}
        assert not classes & {"key", "legend", "facets"}


def test_a_window_says_what_the_storage_policy_has_deleted(client: httpx.Client) -> None:
    said = "The storage policy has deleted the data from before 2026-02-27 09:00:"
    assert said in joined(client.get("metrics?window=30d").text)
    assert said in joined(client.get("apm?window=30d").text)
    assert "The storage policy has deleted" not in client.get("metrics?window=2d").text


@pytest.mark.parametrize("page", PAGES)
def test_every_page_leads_to_every_other_and_fits_into_the_size(client: httpx.Client, page: str) -> None:
    answer = client.get(page, headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    for icon_of in ("infrastructure", "logs", "events", "monitors", "datakit", "billing"):
        assert re.search(rf'href="[^"]*/{icon_of}"[^>]*><svg class="icon"', answer.text)
    assert "obody" not in re.sub(r"(?s)<aside.*?</aside>|<footer.*?</footer>", "", answer.text)
    assert ("content-encoding" in answer.headers) == (len(answer.content) >= SMALLEST)
    assert answer.num_bytes_downloaded < 16 * 1024


@pytest.mark.parametrize(
    "query",
    [
        "until=1999-01-01T00:00",
        "until=2026-01-01T00:00&window=30d",
        "until=9999-12-31T23:59",
        "until=x&window=no-such",
        "until=2026-03-01T10:00%2B08:00",
        "search=%00%25_%27%3Cscript%3E",
        f"search={'x' * 3000}",
        "status=no-such&host=%27",
        "page=99999999999999999999",
        "page=-1&window=30d",
        "host=web-01&service=gateway&status=info&source=nginx&window=7d",
    ],
)
def test_any_window_and_any_search_is_answered(client: httpx.Client, query: str) -> None:
    page = client.get("logs", params=httpx.QueryParams(query))
    assert page.status_code == 200
    assert "<script>" not in page.text.replace('<script src="', "")
    assert rows(page.text) == min(50, total(page.text)) or "page=" in query
    assert ("No log fits." in page.text) == (total(page.text) == 0)
    assert client.get("host", params={"until": "1999-01-01T00:00", "window": "30d"}).status_code == 200
    for other in ("metrics", "apm", "rum", "error-tracking", "dashboards/hosts", "dashboards/applications"):
        assert client.get(other, params=httpx.QueryParams(query)).status_code == 200


def test_a_search_and_a_filter_narrow_what_is_listed_and_counted(client: httpx.Client) -> None:
    everything, wanted = client.get("logs").text, client.get("logs?status=error&search=FAILED").text
    assert 0 < total(wanted) < total(everything)
    assert rows(wanted) == len(re.findall(r'<tr\b[^>]*class="l-error"', wanted)) == wanted.count(" failed: ")
    status = re.findall(r"status=error[^>]*>Error</a> <span[^>]*>([0-9,]+)", everything)[0]
    assert total(client.get("logs?status=error").text) == int(status.replace(",", ""))


def test_two_million_lines_are_listed_page_by_page_to_the_last(client: httpx.Client) -> None:
    first = client.get("logs?window=2d").text
    last = client.get("logs?window=2d&page=999999999").text
    assert total(first) > 1_000_000
    assert rows(first) == 50
    assert f"of {total(last):,}</p>" in last
    assert 0 < rows(last) <= 50


def test_a_line_has_a_drawer_with_its_attributes_and_its_neighbours(client: httpx.Client) -> None:
    page = client.get("logs").text
    address = html.unescape(re.findall(r'href="([^"]*line=[^"]*)"', page)[0])
    drawer = client.get(str(client.base_url.join(address))).text
    assert "<dialog open" in drawer
    assert drawer.count('<li class="mono') == 4  # the latest line has no later ones
    related = re.findall(r'href="([^"]*window=15m&amp;until=2026-03-02T09:04)"', drawer)
    assert len(related) == 4
    assert {client.get(str(client.base_url.join(html.unescape(one)))).status_code for one in related} == {200}
    assert client.get("logs?line=20260302-0").status_code == 404


def test_a_host_has_nine_charts_whose_every_column_can_be_read(client: httpx.Client) -> None:
    page = client.get("host?host=web-01").text
    assert page.count('<svg class="chart"') == 9
    assert page.count("<title>") == 1 + 9 * 25
    assert re.search(r"<title>03-02 09:00 usage [0-9.]+\xa0%</title>", page)
    assert client.get("host?host=no-such").status_code == 404


def test_a_host_has_no_values_before_its_first_report_and_after_it_stopped(client: httpx.Client) -> None:
    before = client.get("host?host=web-01&until=2026-01-16T08:00").text
    assert "The host reported nothing in this time range." in before
    silent = client.get("host?host=build-01").text
    assert "<p>Its last report came at 2026-03-01" in joined(silent)
    assert "<svg" not in before.partition('class="panel empty"')[2] + silent.partition('class="panel empty"')[2]


def test_events_are_what_the_series_show(world: World) -> None:
    jobs.advance(world, 20 * 86400)
    with world.uow("guance") as uow:
        source, hosts = source_of(uow, workspace_of(uow), "logs"), sending(uow, workspace_of(uow))
    assert source
    found = events_of(source, hosts)
    busy = [event for event in found if event.monitor is MONITORS[0]]
    assert busy
    for event in busy:
        host = next(host for host in hosts if host.name == event.subject)
        assert metrics.measure(source.seed, host, event.at)["cpu"][0] >= metrics.ALERT_AT
    quiet = [source.until - number * metrics.STEP for number in range(24 * 12)]
    for host in hosts:
        alerts = [(event.at, event.recovered_at or source.until) for event in busy if event.subject == host.name]
        for at in quiet:
            high = metrics.measure(source.seed, host, at)["cpu"][0] >= metrics.ALERT_AT
            assert not high or any(begin <= at <= end for begin, end in alerts) or not metrics.is_measured(host, at)
    for event in (event for event in found if event.monitor is MONITORS[1]):
        begin = event.at.replace(minute=0, second=0, microsecond=0) - 12 * metrics.STEP
        counted = sum(
            Logs(source, hosts, begin, event.at, Query(values=(("status", status),))).total
            for status in ("critical", "error")
        )
        assert f"{counted:,}" == event.value
        assert counted > MOST_ERRORS


@pytest.mark.parametrize("page", ["events?scope=all", "monitors"])
def test_states_are_words_of_the_language_of_the_page(client: httpx.Client, page: str) -> None:
    client.headers["Accept-Language"] = "zh"
    client.cookies.set("lang", "zh")

    states = re.findall(r'<span class="state[^"]*">([^<]*)</span>', client.get(page).text)

    assert states
    assert [state for state in states if state.isascii()] == []


def test_a_locked_workspace_shows_its_history_and_no_more(world: World, browse: Browse, client: httpx.Client) -> None:
    lock(world)
    before = client.get("logs?window=2d").text
    jobs.advance(world, 3 * 86400)
    client = at_workspace(world, browse)
    for page in PAGES:
        assert "This workspace is locked." in client.get(page).text
    after = client.get("logs?window=2d").text
    assert total(after) == total(before) > 0
    assert "to 2026-03-02 00:00:00" in joined(after)


def test_no_page_of_guance_speaks_about_the_mock() -> None:
    """The ribbon and the footer do; they are in the skeleton of all sites."""
    said = re.compile(r"_\(\s*'(?:[^'\\]|\\.)*'|_\(\s*\"(?:[^\"\\]|\\.)*\"")
    texts = [
        (path.name, text)
        for path in sources(".html")
        if path.relative_to(PACKAGE).parts[0] == "guance"
        for text in said.findall(path.read_text("utf-8"))
    ]
    assert len(texts) > 200
    assert [found for found in texts if re.search(r"\bmock\b|[Nn]obody (?:sends|answers)", found[1])] == []


def test_a_chosen_theme_stays_and_its_style_sheets_ask_no_browser(client: httpx.Client) -> None:
    def sheets() -> list[str]:
        found = re.findall(r'<link rel="stylesheet" href="([^"]+)"', client.get("").text)
        return [client.get(str(client.base_url.join(address))).text for address in found]

    assert any("(prefers-color-scheme: dark)" in sheet for sheet in sheets())
    address = re.findall(r'href="(/theme/dark\?back=[^"]+)"', client.get("logs?search=x").text)[0]
    answer = client.get(str(client.base_url.join(html.unescape(address))))
    assert answer.headers["location"].endswith("/logs?search=x")
    assert '<meta name="color-scheme" content="dark">' in client.get("").text
    dark = sheets()
    assert not any("prefers-color-scheme" in sheet for sheet in dark)
    assert any("@media all {" in sheet for sheet in dark)
    client.get(str(client.base_url.join("/theme/light")))
    assert any("@media not all {" in sheet for sheet in sheets())
    client.get(str(client.base_url.join("/theme/no-such")))
    assert 'content="light">' in client.get("").text
    client.get(str(client.base_url.join("/theme/automatic")))
    assert 'content="light dark">' in client.get("").text

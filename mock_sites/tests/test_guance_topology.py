"""Hosts as a picture: every host of the list is in it, in its group, with a colour for what it measured."""

import html
import re

import httpx
import pytest

from mock_sites.guance.console import topology
from mock_sites.guance.console.host_rows import Row, row_of
from mock_sites.guance.console.topology import FILLS, GROUPS, LEVELS, Fill, topology_of
from mock_sites.guance.domain.telemetry import hosts
from mock_sites.guance.domain.telemetry.source import source_of
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.bills import workspace_of
from mock_sites.tests.support.guance_pages import in_workspace
from mock_sites.world.world import World

HOSTS = ["build-01", "db-01", "web-01", "web-02", "worker-01"]


@pytest.fixture
def rows(world: World) -> list[Row]:
    """The hosts of Zhao Min's workspace. One of them is offline."""
    with world.uow("guance") as uow:
        workspace = workspace_of(uow)
        source = source_of(uow, workspace, "time-series")
        assert source
        return [row_of(source, host) for host in uow.session.scalars(hosts.hosts_of(workspace))]


@pytest.mark.parametrize("by", GROUPS)
@pytest.mark.parametrize("fill", FILLS)
def test_every_host_is_in_one_group_and_has_the_colour_of_its_value(rows: list[Row], by: str, fill: str) -> None:
    picture = topology_of(rows, by, fill)
    cells = [cell for group in picture.groups.values() for cell in group]
    assert sorted(cell.row.host.name for cell in cells) == HOSTS
    assert [cell.row.host.name for cell in cells if not cell.level] == ["build-01"]
    for cell in cells:
        if cell.level:
            part = FILLS[fill].top / LEVELS
            assert part * (cell.level - 1) < FILLS[fill].value(cell.row) or cell.level == 1
            assert FILLS[fill].value(cell.row) <= part * cell.level or cell.level == LEVELS
            assert cell.value
    assert len(picture.ends) == LEVELS


def test_what_is_no_group_and_no_fill_is_the_first(rows: list[Row]) -> None:
    assert topology_of(rows, "x", "y") == topology_of(rows, "system", "cpu")


@pytest.fixture
def client(world: World, browse: Browse) -> httpx.Client:
    """Zhao Min, at her workspace."""
    return in_workspace(world, browse)


def names(page: str) -> list[str]:
    """The hosts of the picture."""
    return sorted(re.findall(r'<span class="host">([^<]+)</span>', page))


def test_the_picture_has_the_hosts_of_the_list_with_the_same_filters(client: httpx.Client) -> None:
    page = client.get("infrastructure?view=topology").text
    assert names(page) == HOSTS
    assert re.findall(r'<section class="panel" aria-label="(Linux|Windows)"', page) == ["Linux", "Windows"]
    online = client.get("infrastructure?view=topology&by=state&online=yes").text
    assert names(online) == HOSTS[1:]
    assert names(client.get("infrastructure?view=topology&search=web").text) == ["web-01", "web-02"]
    assert "No host fits." in client.get("infrastructure?view=topology&search=x").text
    assert names(client.get("infrastructure").text) == []


def test_a_host_of_the_picture_opens_its_drawer_and_closing_it_leads_back(client: httpx.Client) -> None:
    page = client.get("infrastructure?view=topology&by=version&fill=memory").text
    found = re.search(r'<li><a href="([^"]+)" title="', page)
    assert found
    opened = client.get(str(client.base_url.join(html.unescape(found[1])))).text
    assert "<dialog open" in opened
    assert names(opened) == HOSTS
    closed = re.search(r'data-leave="([^"]+)"', opened)
    assert closed
    assert "view=topology" in closed[1]
    assert "by=version" in closed[1]


def test_groups_are_in_the_order_of_their_names_on_the_page(rows: list[Row]) -> None:
    names = {"Online": "2", "Offline": "3"}

    assert list(topology_of(rows, "state", "cpu", lambda name: names[name]).groups) == ["Online", "Offline"]


def test_a_value_at_the_end_of_a_colour_has_that_colour(rows: list[Row], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(topology.FILLS, "cpu", Fill("CPU", 100, "%", lambda _row: 20.0))

    picture = topology_of(rows, "state", "cpu")
    assert {cell.level for cell in picture.groups["Online"]} == {1}

"""The pages and the bills of a workspace are made from the same usage."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_sites.guance.domain import bills, locks, usage
from mock_sites.guance.domain.tables import Workspace
from mock_sites.serving.dispatch import Dispatcher
from mock_sites.tests.support.citizens import Crowd, gather
from mock_sites.tests.support.markup import elements
from mock_sites.world import jobs
from mock_sites.world.seed import Seed
from mock_sites.world.shared_tables import EPOCH

HOUR = 3600
FIGURES = ("time-series", "logs", "page-views")


@pytest.fixture
def crowd(dispatcher: Dispatcher) -> Iterator[Crowd]:
    crowd = gather(dispatcher)
    yield crowd
    dispatcher.worlds.drop(crowd.world.name)


def figures(crowd: Crowd, page: str, workspace: str) -> list[int]:
    """The numbers on a page of a workspace."""
    text = crowd.visitor("guance.console", "owner").get(f"/workspace/{workspace}/{page}").text
    told = {one.attributes.get("data-fact"): one.text for one in elements(text)}
    return [int(told[figure].replace(",", "")) for figure in FIGURES if figure in told]


def listed(crowd: Crowd, workspace: str) -> tuple[int, int, int]:
    """On the page of logs: how many are listed, how many it says it shows, and the total."""
    text = crowd.visitor("guance.console", "owner").get(f"/workspace/{workspace}/logs").text
    found = elements(text)
    rows = sum(1 for one in found if one.tag == "tr") - 1
    sentence = next((one.text for one in found if one.tag == "p" and one.text.startswith("The latest ")), "0 0 0 0 0")
    words = sentence.replace(",", "").split()
    return rows, int(words[2]), int(words[4])


@pytest.mark.parametrize("hours", [1, 9, 14])
def test_all_pages_of_a_workspace_show_the_same_figures(crowd: Crowd, hours: int) -> None:
    jobs.advance(crowd.world, hours * HOUR)
    workspace = crowd.ids["workspace_id"]
    shown = figures(crowd, "", workspace)
    assert shown == figures(crowd, "dashboards", workspace) == figures(crowd, "billing", workspace)
    assert all(shown)
    assert listed(crowd, workspace) == (20, 20, shown[1])


def test_what_a_day_shows_at_its_end_is_what_is_billed(crowd: Crowd) -> None:
    workspace_id, before = crowd.ids["workspace_id"], [0, 0, 0]
    end = bills.next_settlement(crowd.world.clock.now())
    for at in (end - timedelta(hours=10), end - timedelta(hours=1), end - timedelta(seconds=1), end):
        jobs.advance(crowd.world, (at - crowd.world.clock.now()).total_seconds())
        shown = figures(crowd, "", workspace_id)
        assert all(more >= less for more, less in zip(shown, before, strict=True))
        before = shown
    with crowd.world.uow("guance") as uow:
        bill = bills.of_yesterday(uow, uow.session.get_one(Workspace, workspace_id))
        assert bill
        assert [bill.time_series, bill.logs, bill.page_views] == before
    assert f'<td class="number">{before[1]:,}</td>' in (
        crowd.visitor("guance.console", "owner").get(f"/workspace/{workspace_id}/billing").text
    )


def test_a_workspace_that_was_just_opened_has_reported_nothing_and_begins_with_the_next_moment(crowd: Crowd) -> None:
    free = crowd.ids["free"]
    for page in ("", "logs", "dashboards"):
        text = crowd.visitor("guance.console", "owner").get(f"/workspace/{free}/{page}").text
        assert "yet</h2>" in text
    assert figures(crowd, "", free) == figures(crowd, "billing", free) == []
    jobs.advance(crowd.world, 1)
    assert figures(crowd, "", free)[1] == listed(crowd, free)[2] > 0


def test_a_locked_workspace_shows_the_last_day_that_was_billed(crowd: Crowd) -> None:
    workspace_id = crowd.ids["workspace_id"]
    jobs.advance(crowd.world, 30 * HOUR)
    with crowd.world.uow("guance", write=True) as uow:
        locks.cancel_subscription(uow, crowd.ids["instance_id"])
    jobs.advance(crowd.world, 100 * HOUR)
    with crowd.world.uow("guance") as uow:
        last = bills.of_this_month(uow, uow.session.get_one(Workspace, workspace_id))[-1]
    assert figures(crowd, "", workspace_id) == [last.time_series, last.logs, last.page_views]
    assert listed(crowd, workspace_id)[2] == last.logs
    assert figures(crowd, "billing", workspace_id) == []


@given(st.integers(0, 86400 * 10**6), st.integers(1, 50))
def test_logs_lie_in_the_day_and_before_now(passed: int, most: int) -> None:
    workspace = Workspace(id="w", created_at=EPOCH)
    day = datetime(2026, 3, 2).date()  # noqa: DTZ001 - a day in Beijing
    now = usage.end_of(day) - timedelta(days=1) + timedelta(microseconds=passed)
    lines = usage.last_logs(Seed("7"), workspace, day, now, most)
    assert len(lines) == min(most, usage.so_far(Seed("7"), workspace, day, now).logs)
    assert [line.at for line in lines] == sorted((line.at for line in lines), reverse=True)
    assert all(usage.day_of(line.at - timedelta(microseconds=1)) == day and line.at <= now for line in lines)

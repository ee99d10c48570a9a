"""The pages and the bills of a workspace are made from the same usage."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_sites.guance.domain import bills, locks, usage
from mock_sites.guance.domain.tables import Workspace
from mock_sites.serving.dispatch import Dispatcher
from mock_sites.tests.support.markup import elements
from mock_sites.tests.support.users import Users, populate
from mock_sites.world import jobs
from mock_sites.world.seed import Seed
from mock_sites.world.shared_tables import EPOCH

HOUR = 3600
FIGURES = ("time-series", "logs", "page-views")


@pytest.fixture
def users(dispatcher: Dispatcher) -> Iterator[Users]:
    users = populate(dispatcher)
    yield users
    dispatcher.worlds.drop(users.world.name)


def figures(users: Users, page: str, workspace: str) -> list[int]:
    """The numbers on a page of a workspace."""
    text = users.visitor("guance.console", "owner").get(f"/workspace/{workspace}/{page}").text
    figures = {one.attributes.get("data-fact"): one.text for one in elements(text)}
    return [int(figures[figure].replace(",", "")) for figure in FIGURES if figure in figures]


def listed(users: Users, workspace: str) -> tuple[int, int, int]:
    """On the page of logs: how many are listed, how many it says it shows, and the total."""
    text = users.visitor("guance.console", "owner").get(f"/workspace/{workspace}/logs").text
    found = elements(text)
    rows = sum(1 for one in found if one.tag == "tr") - 1
    sentence = next((one.text for one in found if one.tag == "p" and one.text.startswith("The latest ")), "0 0 0 0 0")
    words = sentence.replace(",", "").split()
    return rows, int(words[2]), int(words[4])


@pytest.mark.parametrize("hours", [1, 9, 14])
def test_all_pages_of_a_workspace_show_the_same_figures(users: Users, hours: int) -> None:
    jobs.advance(users.world, hours * HOUR)
    workspace = users.ids["workspace_id"]
    shown = figures(users, "", workspace)
    assert shown == figures(users, "dashboards", workspace) == figures(users, "billing", workspace)
    assert all(shown)
    assert listed(users, workspace) == (20, 20, shown[1])


def test_what_a_day_shows_at_its_end_is_what_is_billed(users: Users) -> None:
    workspace_id, before = users.ids["workspace_id"], [0, 0, 0]
    end = bills.next_settlement(users.world.clock.now())
    for at in (end - timedelta(hours=10), end - timedelta(hours=1), end - timedelta(seconds=1), end):
        jobs.advance(users.world, (at - users.world.clock.now()).total_seconds())
        shown = figures(users, "", workspace_id)
        assert all(more >= less for more, less in zip(shown, before, strict=True))
        before = shown
    with users.world.uow("guance") as uow:
        bill = bills.of_yesterday(uow, uow.session.get_one(Workspace, workspace_id))
        assert bill
        assert [bill.time_series, bill.logs, bill.page_views] == before
    assert f'<td class="number">{before[1]:,}</td>' in (
        users.visitor("guance.console", "owner").get(f"/workspace/{workspace_id}/billing").text
    )


def test_a_workspace_that_was_just_opened_has_reported_nothing_and_begins_with_the_next_moment(
    users: Users,
) -> None:
    free = users.ids["free"]
    for page in ("", "logs", "dashboards"):
        text = users.visitor("guance.console", "owner").get(f"/workspace/{free}/{page}").text
        assert "yet</h2>" in text
    assert figures(users, "", free) == figures(users, "billing", free) == []
    jobs.advance(users.world, 1)
    assert figures(users, "", free)[1] == listed(users, free)[2] > 0


def test_a_locked_workspace_shows_the_last_day_that_was_billed(users: Users) -> None:
    workspace_id = users.ids["workspace_id"]
    jobs.advance(users.world, 30 * HOUR)
    with users.world.uow("guance", write=True) as uow:
        locks.cancel_subscription(uow, users.ids["instance_id"])
    jobs.advance(users.world, 100 * HOUR)
    with users.world.uow("guance") as uow:
        last = bills.of_this_month(uow, uow.session.get_one(Workspace, workspace_id))[-1]
    assert figures(users, "", workspace_id) == [last.time_series, last.logs, last.page_views]
    assert listed(users, workspace_id)[2] == last.logs
    assert figures(users, "billing", workspace_id) == []


@given(st.integers(0, 86400 * 10**6), st.integers(1, 50))
def test_logs_are_of_the_day_and_before_now(passed: int, most: int) -> None:
    workspace = Workspace(id="w", created_at=EPOCH)
    day = datetime(2026, 3, 2).date()  # noqa: DTZ001 - a day in Beijing
    now = usage.end_of(day) - timedelta(days=1) + timedelta(microseconds=passed)
    lines = usage.last_logs(Seed("7"), workspace, day, now, most)
    assert len(lines) == min(most, usage.so_far(Seed("7"), workspace, day, now).logs)
    assert [line.at for line in lines] == sorted((line.at for line in lines), reverse=True)
    assert all(usage.day_of(line.at - timedelta(microseconds=1)) == day and line.at <= now for line in lines)

"""The pages and the bills of a workspace are made from the same usage."""

from datetime import date, timedelta

import pytest

from mock_sites.guance.domain import bills, locks, usage
from mock_sites.guance.domain.tables import Workspace
from mock_sites.guance.domain.telemetry import hosts
from mock_sites.guance.domain.telemetry.logs import Logs
from mock_sites.guance.domain.telemetry.source import source_of
from mock_sites.tests.support.users import Users
from mock_sites.web.markup import elements
from mock_sites.world import jobs

HOUR = 3600
FIGURES = ("time-series", "logs", "traces", "page-views")


def figures(users: Users, page: str, workspace: str) -> list[int]:
    """The numbers on a page of a workspace."""
    text = users.visitor("guance.console", "owner").get(f"/workspace/{workspace}/{page}").text
    figures = {one.attributes.get("data-fact"): one.text for one in elements(text)}
    return [int(figures[figure].replace(",", "")) for figure in FIGURES if figure in figures]


def counted(users: Users, workspace: str, day: date) -> int:
    """The logs of a day by the log explorer, whose window ends with the day or now."""
    end = usage.end_of(day)
    with users.world.uow("guance") as uow:
        source = source_of(uow, uow.session.get_one(Workspace, workspace), "logs")
    assert source
    return Logs(source, [], end - timedelta(days=1), end).total


@pytest.mark.parametrize("hours", [1, 9, 14])
def test_all_pages_of_a_workspace_show_the_same_figures(users: Users, hours: int) -> None:
    jobs.advance(users.world, hours * HOUR)
    workspace = users.ids["workspace_id"]
    shown = figures(users, "", workspace)
    assert shown == figures(users, "dashboards", workspace) == figures(users, "billing", workspace)
    assert all(shown)
    assert counted(users, workspace, usage.day_of(users.world.clock.now())) == shown[1]


def test_what_a_day_shows_at_its_end_is_what_is_billed(users: Users) -> None:
    workspace_id, before = users.ids["workspace_id"], [0, 0, 0, 0]
    end = bills.next_settlement(users.world.clock.now())
    for at in (end - timedelta(hours=10), end - timedelta(hours=1), end - timedelta(seconds=1), end):
        jobs.advance(users.world, (at - users.world.clock.now()).total_seconds())
        shown = figures(users, "", workspace_id)
        assert all(more >= less for more, less in zip(shown, before, strict=True))
        before = shown
    with users.world.uow("guance") as uow:
        bill = bills.of_yesterday(uow, uow.session.get_one(Workspace, workspace_id))
        assert bill
        assert list(bill.used.by_item.values()) == before
    assert f' class="number">{before[1]:,}</td>' in (
        users.visitor("guance.console", "owner").get(f"/workspace/{workspace_id}/billing").text
    )


def test_a_workspace_has_no_data_and_no_bills_until_its_first_host_reports(users: Users) -> None:
    free = users.ids["free"]
    jobs.advance(users.world, 50 * HOUR)
    for page in ("", "logs", "dashboards", "infrastructure", "events", "billing"):
        assert "yet</h2>" in users.visitor("guance.console", "owner").get(f"/workspace/{free}/{page}").text
    assert figures(users, "", free) == figures(users, "billing", free) == []
    with users.world.uow("guance", write=True) as uow:
        workspace = uow.session.get_one(Workspace, free)
        assert bills.of_last_days(uow, workspace, 10) == []
        hosts.report(uow, workspace.token, "web", "linux")
    jobs.advance(users.world, 60)
    today = usage.day_of(users.world.clock.now())
    assert figures(users, "", free)[1] == counted(users, free, today) > 0
    jobs.advance(users.world, 24 * HOUR)
    with users.world.uow("guance") as uow:
        assert [bill.day for bill in bills.of_last_days(uow, uow.session.get_one(Workspace, free), 10)] == [today]


def test_a_locked_workspace_shows_the_last_day_that_was_billed(users: Users) -> None:
    workspace_id = users.ids["workspace_id"]
    jobs.advance(users.world, 30 * HOUR)
    with users.world.uow("guance", write=True) as uow:
        locks.cancel_subscription(uow, users.ids["instance_id"])
    jobs.advance(users.world, 100 * HOUR)
    with users.world.uow("guance") as uow:
        last = bills.of_last_days(uow, uow.session.get_one(Workspace, workspace_id), 10)[-1]
    assert figures(users, "", workspace_id) == list(last.used.by_item.values())
    assert counted(users, workspace_id, last.day) == last.logs
    assert figures(users, "billing", workspace_id) == []

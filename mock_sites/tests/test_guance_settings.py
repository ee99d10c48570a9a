"""The settings of a workspace: what they change, what they refuse, and that a locked workspace takes nothing."""

import json
from datetime import datetime, timedelta

import httpx
import pytest

from mock_sites.guance.domain import settings
from mock_sites.guance.domain.telemetry import hosts
from mock_sites.serving.dispatch import Dispatcher
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.bills import workspace_of
from mock_sites.tests.support.guance_pages import in_workspace, owned
from mock_sites.tests.support.joining import joined
from mock_sites.tests.support.locking import lock
from mock_sites.tests.support.sending import post, without_tags
from mock_sites.tests.support.visitors import methods, rules
from mock_sites.world import jobs
from mock_sites.world.errors import Refusal
from mock_sites.world.world import World

NAME = "northwind-prod"
HERE = "../settings"


@pytest.fixture
def client(world: World, browse: Browse) -> httpx.Client:
    """Zhao Min, at the settings of her workspace."""
    return in_workspace(world, browse, "settings/")


def test_language_remark_and_description_can_be_changed_later(world: World, client: httpx.Client) -> None:
    assert post(client, HERE, language="zh", remark="Shop", description="Two\nlines").status_code == 302
    page = client.get(HERE).text
    assert 'data-fact="language"><span lang="zh">中文<' in page
    assert 'data-fact="remark">Shop<' in page
    assert post(client, HERE, language="fr", remark="Other", description="").status_code == 422
    assert owned(world, "zhaomin").remark == "Shop"


def reports(world: World, token: str) -> bool:
    """Whether DataKit can send data with a token."""
    try:
        with world.uow("guance", write=True) as uow:
            hosts.report(uow, token, "web-01", "linux")
    except Refusal:
        return False
    return True


def test_a_token_works_on_for_the_time_of_grace(world: World, client: httpx.Client) -> None:
    before = owned(world, "zhaomin").token
    assert "This is not the name" in post(client, "token", grace="6h", name="x").text
    assert owned(world, "zhaomin").token == before
    assert post(client, "token", grace="6h", name=NAME).status_code == 302
    after = owned(world, "zhaomin").token
    page = joined(client.get("token").text)
    assert after in page
    assert f"{before}</span><br>valid until 2026-03-02 15:00:00" in page
    assert reports(world, before)
    assert reports(world, after)
    jobs.advance(world, 6 * 3600)
    assert not reports(world, before)
    assert reports(world, after)
    assert after in client.get("../datakit").text


def test_at_once_the_token_before_sends_nothing_any_more(world: World) -> None:
    with world.uow("guance", write=True) as uow:
        workspace = workspace_of(uow)
        before = workspace.token
        settings.change_token(uow, workspace, "0", NAME)
    assert not reports(world, before)


@pytest.mark.parametrize(
    ("addresses", "said"),
    [
        ("203.0.113.7", "You would lock yourself out."),
        ("127.0.0.1\nnonsense", "This is no IP address or network: nonsense"),
        ("\n".join(["::1"] * 51), "At most 50 addresses."),
    ],
)
def test_an_ip_list_that_is_none_or_shuts_out_its_author_is_refused(
    world: World, client: httpx.Client, addresses: str, said: str
) -> None:
    answer = post(client, "access", addresses=addresses)
    assert answer.status_code == 422
    assert said in without_tags(answer.text)
    assert not owned(world, "zhaomin").allowed_addresses


def test_a_workspace_opens_from_the_addresses_in_its_list_only(world: World, client: httpx.Client) -> None:
    assert post(client, "access", addresses="127.0.0.0/8\n::1").status_code == 302
    assert client.get(HERE).status_code == 200
    with world.uow("guance", write=True) as uow:
        workspace_of(uow).allowed_addresses = "203.0.113.0/24"
    assert client.get(HERE).status_code == 403


def test_deleting_needs_the_name_and_something_that_can_be_deleted(client: httpx.Client) -> None:
    def delete(kind: str, target: str, name: str = NAME) -> httpx.Response:
        return post(client, "deletions", kind=kind, target=target, name=name)

    assert "This host is online." in delete("host", "web-01").text
    assert "There is no such host" in delete("host", "no-such").text
    assert "There is no such metric" in delete("measurement", "no-such").text
    assert "This is not the name" in delete("host", "build-01", "x").text
    assert delete("host", "build-01").status_code == 302
    assert "Host build-01 was deleted." in client.get("deletions").text
    assert "There is no such host" in delete("host", "build-01").text
    assert "build-01" not in client.get("../infrastructure").text
    assert "No data from" not in client.get("../host?host=web-01").text
    assert delete("measurement", "cpu").status_code == 302
    assert "Metric cpu was deleted." in client.get("deletions").text
    charts = client.get("../host?host=web-01").text
    assert "03-02 09:00 used_percent" in charts
    assert "No data from" in charts


def test_a_deleted_host_is_listed_again_when_it_reports(world: World, client: httpx.Client) -> None:
    post(client, "deletions", kind="host", target="build-01", name=NAME)
    with world.uow("guance", write=True) as uow:
        hosts.report(uow, workspace_of(uow).token, "build-01", "windows")
    assert "build-01" in client.get("../infrastructure").text


def test_the_export_has_the_settings_and_no_secret(world: World, client: httpx.Client) -> None:
    answer = client.get("export")
    assert "attachment" in answer.headers["Content-Disposition"]
    found = json.loads(answer.text)
    assert found["workspace"]["name"] == NAME
    assert found["storage_days"] == {"time-series": 3, "logs": 7, "traces": 3, "page-views": 3}
    assert owned(world, "zhaomin").token not in answer.text
    assert datetime.fromisoformat(found["exported_at"]) - world.clock.now() == timedelta(0)


CHANGES = {
    HERE: {"language": "zh", "remark": "R", "description": "D"},
    "token": {"grace": "0", "name": NAME},
    "access": {"addresses": ""},
    "import": {"taken": "skip", "name": NAME},
    "members": {"email": "x@example.com", "role": "standard"},
    "storage": {"time_series": "7", "logs": "7", "traces": "3", "page_views": "3", "name": NAME},
    "deletions": {"kind": "host", "target": "build-01", "name": NAME},
}


def test_every_form_of_the_settings_is_tried_on_a_locked_workspace(dispatcher: Dispatcher) -> None:
    under = "/workspace/<workspace_id>/settings"
    there_are = {
        rule.rule.removeprefix(under).strip("/") or HERE
        for app, rule in rules(dispatcher)
        if app == "guance.console" and rule.rule.startswith(under) and {"GET", "POST"} <= {*methods(rule)}
    }
    assert there_are == CHANGES.keys()


@pytest.mark.parametrize("page", CHANGES)
def test_a_locked_workspace_accepts_nothing(world: World, client: httpx.Client, page: str) -> None:
    lock(world)
    shown = client.get(page)
    assert shown.status_code == 200
    assert "Its history can be viewed, and nothing can be changed." in shown.text
    events = len(world.journal())
    answer = post(client, page, **CHANGES[page])
    assert answer.status_code == 422
    assert "nothing can be changed." in answer.text
    assert len(world.journal()) == events

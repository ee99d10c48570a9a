"""DataKit: the command on the page really runs, and the host is in the list at once."""

import html
import re
import shlex
from collections.abc import Iterator

import httpx
import pytest
from click.testing import CliRunner, Result

from mock_sites import Server
from mock_sites.cli import main
from mock_sites.guance.console import integrations
from mock_sites.guance.domain import locks, settlement
from mock_sites.guance.domain.tables import Workspace
from mock_sites.guance.domain.telemetry import hosts
from mock_sites.guance.domain.telemetry.tables import Host
from mock_sites.http.loopback import loopback_client
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.bills import workspace_of
from mock_sites.tests.support.guance_pages import owned, signed_in
from mock_sites.tests.support.sending import post
from mock_sites.tests.support.subscribing import account_of as buyer_of
from mock_sites.tests.support.subscribing import buy
from mock_sites.world.errors import Refusal
from mock_sites.world.passwords import WELL_KNOWN as PASSWORD
from mock_sites.world.world import World


@pytest.fixture
def served(server: Server) -> Iterator[World]:
    """A world of a running server."""
    world = server.worlds.make(running=False)
    yield world
    server.worlds.drop(world.name)


def run(command: str) -> Result:
    """Run a command as a shell does."""
    program, *words = shlex.split(command)
    assert program == "mock-sites"
    return CliRunner().invoke(main, words)


@pytest.fixture
def client(served: World) -> Iterator[httpx.Client]:
    """Zhao Min, signed in to the console of a running server."""
    with loopback_client() as client:
        client.base_url = served.local("https://cn4-auth.guance.com")
        assert post(client, "/login/pwd", username="zhaomin", password=PASSWORD).status_code == 302
        client.base_url = served.local("https://cn4-console.guance.com")
        yield client


def test_the_commands_on_the_page_report_their_hosts(client: httpx.Client) -> None:
    made = post(client, "/workspaces/new", workspace_name="Fresh", language="en")
    workspace = made.headers["location"].rstrip("/")
    page = html.unescape(client.get(f"{workspace}/datakit").text)
    commands = re.findall(r"<code>(mock-sites .*?)</code>", page)
    for number, command in enumerate(commands):
        done = run(f"{command} --name fresh-{number}")
        assert (done.exit_code, done.output[:8]) == (0, f"fresh-{number} "), done.output
    listed = client.get(f"{workspace}/infrastructure").text
    for number, system in enumerate(hosts.SYSTEMS.values()):
        assert f">fresh-{number}</a>" in listed
        assert f'<span class="state">{system}</span>' in listed
    assert run(f"{commands[0]} --name fresh-0 --stop").exit_code == 0


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("tkn_none", "No workspace has this token. Copy the command from Integrations > DataKit."),
        ("{token} --name ''", "A host name has 1 to 63 letters, digits, dots, hyphens and underscores."),
        ("{token} --name 'a b'", "A host name has 1 to 63 letters, digits, dots, hyphens and underscores."),
        ("{token} --name no-such --stop", "The host has not reported to this workspace."),
    ],
)
def test_what_cannot_report_is_told_in_one_line(served: World, server: Server, words: str, line: str) -> None:
    token = owned(served, "zhaomin").token
    done = run(f"mock-sites datakit {words.format(token=token)} --world {served.name} --server {server.url}")
    assert (done.exit_code, done.output.count("\n")) == (2, 1)
    assert line in done.output


def test_a_locked_workspace_takes_in_no_data(world: World) -> None:
    instance = buy(world)
    with world.uow("huawei") as uow:
        payer = buyer_of(uow).id
    with world.uow("guance", write=True) as uow:
        workspace = workspace_of(uow)
        settlement.settle_by_huawei(uow, workspace, huawei_account_id=payer, instance_id=instance)
        locks.cancel_subscription(uow, instance)
        for change in (
            lambda: hosts.report(uow, workspace.token, "late", "linux"),
            lambda: hosts.stop(uow, workspace.token, "web-01"),
        ):
            with pytest.raises(Refusal, match="locked"):
                change()
        assert uow.session.get(Host, (workspace.id, "late")) is None


def test_a_host_that_reports_again_is_online_again_and_keeps_its_first_report(world: World) -> None:
    with world.uow("guance", write=True) as uow:
        workspace = workspace_of(uow)
        first = uow.session.get_one(Host, (workspace.id, "build-01"))
        assert not hosts.is_online(first, uow.now)
        since = first.since
        again = hosts.report(uow, workspace.token, "build-01", "linux")
        assert (again.since, again.system, again.stopped_at) == (since, "windows", None)
        assert uow.session.get_one(Workspace, workspace.id).reporting_since == since


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("online=yes", ["db-01", "web-01", "web-02", "worker-01"]),
        ("search=build", ["build-01"]),
        ("search=%25", []),
        ("search=build&online=yes", []),
    ],
)
def test_the_list_of_hosts_can_be_narrowed(world: World, browse: Browse, query: str, names: list[str]) -> None:
    page = signed_in(browse).get(f"/workspace/{owned(world, 'zhaomin').id}/infrastructure?{query}").text
    assert re.findall(r'[?;]host=[^"]*">([a-z0-9-]+)</a>', page) == names
    assert ("No host fits." in page) == (not names)


def test_the_command_names_only_what_the_defaults_do_not(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(integrations, "world", lambda: world)
    assert integrations.command("tkn_1", "linux") == f"mock-sites datakit tkn_1 --world {world.name}"

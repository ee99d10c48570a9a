"""A configuration is imported again as it was exported, and a file that is not one changes nothing."""

import json
import re
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from mock_sites.guance.domain import high_consumption, members, storage, workspace_import
from mock_sites.guance.domain.tables import Account, Member
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.bills import workspace_of
from mock_sites.tests.support.guance_pages import in_workspace
from mock_sites.tests.support.sending import token, without_tags
from mock_sites.world.world import World

NAME = "northwind-prod"


@pytest.fixture
def client(world: World, browse: Browse) -> httpx.Client:
    """Zhao Min, at the settings of her workspace."""
    return in_workspace(world, browse, "settings/")


def exported(client: httpx.Client) -> dict[str, Any]:
    """The configuration now."""
    return client.get("export").json()


def send(client: httpx.Client, file: bytes | dict[str, Any], **fields: str) -> httpx.Response:
    """Import a file."""
    content = json.dumps(file).encode() if isinstance(file, dict) else file
    form = {"csrf_token": token(client.get("import")), "taken": "cancel", "name": NAME, **fields}
    return client.post("import", data=form, files={"file": ("configuration.json", content)})


def changed(file: dict[str, Any]) -> dict[str, Any]:
    """Another configuration."""
    return file | {
        "workspace": file["workspace"] | {"language": "zh", "remark": "R", "description": "Two\nlines"},
        "allowed_addresses": ["127.0.0.0/8", "::1"],
        "storage_days": file["storage_days"] | {"logs": 30},
        "high_consumption_alerts": {"logs": 500, "traces": 200},
    }


def without_time(file: dict[str, Any]) -> dict[str, Any]:
    """A file without the moment of its export."""
    return {key: value for key, value in file.items() if key != "exported_at"}


def test_what_was_exported_is_imported_again(client: httpx.Client) -> None:
    before = exported(client)
    other = changed(before)
    assert send(client, other).status_code == 302
    assert without_time(exported(client)) == without_time(other)
    again = send(client, before | {"high_consumption_alerts": other["high_consumption_alerts"]})
    assert again.status_code == 302
    assert exported(client)["storage_days"] == before["storage_days"]
    assert exported(client)["allowed_addresses"] == []


def test_alerts_that_are_there_already_are_skipped_or_replaced(world: World, client: httpx.Client) -> None:
    with world.uow("guance", write=True) as uow:
        high_consumption.set_alert(uow, workspace_of(uow), "logs", 100)
    file = exported(client) | {"high_consumption_alerts": {"logs": 500, "traces": 200}}
    refused = send(client, file)
    assert refused.status_code == 422
    assert "These alerts are there already: Logs." in refused.text
    assert exported(client)["high_consumption_alerts"] == {"logs": 100}
    assert send(client, file, taken="skip").status_code == 302
    assert exported(client)["high_consumption_alerts"] == {"logs": 100, "traces": 200}
    assert send(client, file, taken="replace").status_code == 302
    assert exported(client)["high_consumption_alerts"] == {"logs": 500, "traces": 200}


CANNOT_BE_SHOWN = '{"kind": "guance-workspace-configuration", "version": 1, "\\ud800": 1}'
NOT_JSON = "This file is not JSON."
OTHER = "This is no configuration of a workspace."
WRONG: dict[str, tuple[bytes | dict[str, Any], str]] = {
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\r", NOT_JSON),
    "nothing": (b"", NOT_JSON),
    "deep": (b"[" * 100_000, NOT_JSON),
    "what no page can show": (CANNOT_BE_SHOWN.encode(), "The text at \\ud800 has half a character (\\ud800)."),
    "half a character": (
        b'{"workspace": {"name": "a\\ud83d"}}',
        "The text at workspace.name has half a character (\\ud83d). Write the whole character.",
    ),
    "a list": (b"[]", OTHER),
    "other JSON": (b'{"name": "x"}', OTHER),
    "another kind": ({"kind": "dashboard"}, OTHER),
    "another version": ({"version": 2}, "The file is of version 2. Version 1 can be imported."),
    "a version that is a text": ({"version": "1"}, "The file is of version &#39;1&#39;. Version 1 can be imported."),
    "no version": ({"version": None}, "The file is of version None."),
    "a missing entry": ({"monitors": None}, "Monitors: the file has no valid entry monitors."),
    "an entry too many": ({"token": "x"}, "The file has no valid entry token."),
    "another monitor": ({"monitors": []}, "Monitors: the file has no valid entry monitors."),
    "an item that is not kept": (
        {"storage_days": {"logs": 7}},
        "Data Storage Policy: the file has no valid entry storage_days.",
    ),
    "days that are not offered": (
        {"storage_days": {"time-series": 3, "logs": 8, "traces": 3, "page-views": 3}},
        "Data Storage Policy, Logs: the file has no valid entry storage_days.logs.",
    ),
    "an address that is none": ({"allowed_addresses": ["x"]}, "IP addresses: This is no IP address or network: x"),
    "addresses of others": (
        {"allowed_addresses": ["203.0.113.7"]},
        "IP addresses: Your own address 127.0.0.1 is not in the list.",
    ),
    "an alert of nothing": (
        {"high_consumption_alerts": {"x": 1}},
        "High Consumption Alert: the file has no valid entry high_consumption_alerts.x.",
    ),
    "an alert at nothing": (
        {"high_consumption_alerts": {"logs": 0}},
        "High Consumption Alert, Logs: the file has no valid entry high_consumption_alerts.logs.",
    ),
    "a threshold of text": (
        {"high_consumption_alerts": {"logs": "1"}},
        "High Consumption Alert, Logs: the file has no valid entry high_consumption_alerts.logs.",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_file_that_is_no_such_configuration_is_refused_beside_its_field(client: httpx.Client, case: str) -> None:
    before, (file, said) = exported(client), WRONG[case]
    answer = send(client, file if isinstance(file, bytes) else changed(before) | file)
    assert answer.status_code == 422
    assert without_tags(answer.text.partition('id="file-error">')[2]).startswith(without_tags(said))
    assert exported(client) == before


@pytest.mark.parametrize(("entry", "value"), [("remark", "x" * 300), ("description", "a\u0007"), ("language", "fr")])
def test_what_the_form_of_the_settings_refuses_a_file_cannot_bring_in(
    client: httpx.Client, entry: str, value: str
) -> None:
    before = exported(client)
    answer = send(client, before | {"workspace": before["workspace"] | {entry: value}})
    assert answer.status_code == 422
    assert 'id="file-error">' in answer.text
    assert exported(client) == before


def test_the_name_of_the_workspace_confirms_it(client: httpx.Client) -> None:
    before = exported(client)
    answer = send(client, changed(before), name="x")
    assert answer.status_code == 422
    assert "This is not the name of the workspace." in answer.text
    assert exported(client) == before


def test_only_the_owner_imports_another_storage_policy(world: World, client: httpx.Client) -> None:
    with world.uow("guance", write=True) as uow:
        workspace = workspace_of(uow)
        me, workspace.owner = workspace.owner, uow.session.scalars(select(Account).where(Account.site == "cn1")).one()
        row = Member(workspace_id=workspace.id, account_id=me.id, role=members.ADMINISTRATOR, joined_at=uow.now)
        uow.session.add(row)
    before = exported(client)
    refused = send(client, changed(before))
    assert refused.status_code == 422
    assert "which only the owner can change" in refused.text
    assert exported(client) == before
    assert send(client, changed(before) | {"storage_days": before["storage_days"]}).status_code == 302
    with world.uow("guance") as uow:
        assert storage.policy_of(uow, workspace_of(uow)) == before["storage_days"]


def test_refusals_speak_the_language_of_the_page(world: World, client: httpx.Client) -> None:
    with world.uow("guance", write=True) as uow:
        for item in ("logs", "time-series"):
            high_consumption.set_alert(uow, workspace_of(uow), item, 100)
    before = exported(client)
    client.headers["Accept-Language"] = "zh"
    for change, said in (
        ({"high_consumption_alerts": {"time-series": 5, "logs": 5}}, "时间线、日志"),
        ({"storage_days": {"time-series": 3, "logs": 8, "traces": 3, "page-views": 3}}, "数据存储策略、日志："),
        ({"allowed_addresses": ["x"]}, "："),
    ):
        answer = send(client, before | change)
        assert answer.status_code == 422
        assert said in "".join(re.findall(r'-error">([^<]*)', answer.text))


def test_every_entry_of_a_file_has_a_label_of_the_pages() -> None:
    about = {"id", "name", "site", "created_at"}  # where the file comes from: they are not imported
    named = {*workspace_import.Configuration.model_fields, *workspace_import.Described.model_fields} - about
    assert named - {"kind", "version", "workspace", "exported_at"} <= set(workspace_import.LABELS)
    assert set(storage.ITEMS) <= set(workspace_import.LABELS)

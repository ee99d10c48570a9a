"""The guards of all tests, each provoked."""

import pytest
from playwright.sync_api import Error, expect

from e2e.pages.huawei_account import Portal
from e2e.scenario.actor import Actor
from fixtures.guards import Guards


@pytest.fixture
def page_owner(visitor: Actor) -> Actor:
    """Somebody who looks at a page."""
    expect(Portal(visitor).open().sign_in).to_be_visible()
    return visitor


@pytest.mark.usefixtures("page_owner")
def test_an_uneventful_test_passes(guards: Guards) -> None:
    assert guards.take() == []


def test_a_console_error_is_noticed(page_owner: Actor, guards: Guards) -> None:
    with page_owner.page.expect_console_message():
        page_owner.page.evaluate("console.error('out of paper')")

    assert guards.take() == ["console error: out of paper"]


def test_a_warning_on_the_console_is_not_an_error(page_owner: Actor, guards: Guards) -> None:
    with page_owner.page.expect_console_message():
        page_owner.page.evaluate("console.warn('low on paper')")

    assert guards.take() == []


def test_an_error_of_a_script_is_noticed(page_owner: Actor, guards: Guards) -> None:
    with page_owner.context.expect_event("weberror"):
        page_owner.page.evaluate("setTimeout(() => { throw new Error('jammed') })")

    (found,) = guards.take()
    assert "jammed" in found


def test_a_request_to_another_machine_is_noticed_and_gets_nowhere(page_owner: Actor, guards: Guards) -> None:
    with pytest.raises(Error, match="ERR_"):
        page_owner.page.goto("http://www.example.com/")

    assert guards.take() == ["request to another machine: http://www.example.com/"]


def test_a_missing_part_of_a_page_is_noticed(page_owner: Actor, guards: Guards) -> None:
    with page_owner.page.expect_event("requestfinished"):
        page_owner.page.evaluate("document.body.append(Object.assign(new Image(), {src: '/missing.png'}))")

    (found,) = guards.take()
    assert found.startswith("404 for GET")


def test_a_defect_of_the_server_is_noticed(page_owner: Actor, guards: Guards) -> None:
    page_owner.page.route("**/broken", lambda route: route.fulfill(status=500, body="broken"))

    page_owner.page.goto(page_owner.world.local(f"{Portal.URL}/broken"))

    (found,) = guards.take()
    assert found.startswith("500 for GET")


def test_a_failed_job_is_noticed(page_owner: Actor, guards: Guards, monkeypatch: pytest.MonkeyPatch) -> None:
    failed = page_owner.world.journal()[0]
    monkeypatch.setattr(
        page_owner.world,
        "journal",
        lambda: [type(failed)(number=1, at="", kind="huawei.job.failed", details={"job": "x"})],
    )

    (found,) = guards.take()

    monkeypatch.undo()
    assert found.startswith(f"failed job in world {page_owner.world.name}")

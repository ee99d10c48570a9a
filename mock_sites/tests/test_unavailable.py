"""A full disk and a locked database get their own messages, on pages and in the APIs. No job is lost."""

import errno
import os
import resource
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DatabaseError

from mock_sites.huawei.domain.jobs import ApproveAuthentication
from mock_sites.huawei.domain.tables import Account
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.sending import token
from mock_sites.tests.support.visitors import is_designed
from mock_sites.world import database, jobs, usage
from mock_sites.world.errors import NoSpaceError
from mock_sites.world.passwords import WELL_KNOWN as PASSWORD
from mock_sites.world.store import Worlds
from mock_sites.world.unavailable import why_unavailable
from mock_sites.world.unit_of_work import UnitOfWork
from mock_sites.world.world import World

SHOP = "https://marketplace.huaweicloud.com/"
CONTROL = "http://localhost:8700"


@pytest.fixture
def no_space(monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full: nothing is copied, and nothing is committed."""

    def copy(_world: World, _folder: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def commit(uow: UnitOfWork) -> None:
        if uow.writes:
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise error

    monkeypatch.setattr(World, "copy_to", copy)
    monkeypatch.setattr(UnitOfWork, "commit", commit)


@pytest.fixture
def due_job(world: World) -> None:
    """A job that is due immediately."""
    _schedule(world)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waiting for a world times out immediately."""
    monkeypatch.setattr(database, "PATIENCE", 0.01)
    monkeypatch.setattr(usage, "ENTRY_PATIENCE", 0.01)


@pytest.fixture
def control(browse: Browse) -> httpx.Client:
    """A client for the start page."""
    client = browse(SHOP)
    client.base_url = CONTROL
    return client


@pytest.mark.usefixtures("world", "no_space")
def test_no_space_left_is_a_page_and_a_message_with_status_507(control: httpx.Client, world: World) -> None:
    page = control.post(
        f"/worlds/{world.name}/fork", data={"fork-csrf_token": _token(control, f"/worlds/{world.name}")}
    )
    assert page.status_code == 507
    assert "There is no space left on the disk that keeps the worlds. Free some, then do this again." in page.text
    assert is_designed(page.text)
    for method, path in (("POST", f"{world.name}/fork"), ("PUT", f"{world.name}/snapshots/full")):
        answer = control.request(method, f"/api/worlds/{path}", json={} if method == "POST" else None)
        assert answer.status_code == 507
        assert answer.json()["message"].startswith("There is no space left on the disk")


def test_what_cannot_be_committed_is_reported_on_a_page(
    browse: Browse, request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> None:
    client = browse("https://auth.huaweicloud.com")
    form = {"csrf_token": token(client.get("/authui/login")), "name": "hw_liwei", "password": PASSWORD}
    request.getfixturevalue("no_space")
    page = client.post("/authui/login", data=form)
    assert page.status_code == 507
    assert "There is no space left" in page.text
    assert "Content-Security-Policy" in page.headers
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_full_disk_a_quota_and_a_limit_of_the_size_of_files_are_no_defects(code: int) -> None:
    assert isinstance(why_unavailable(OSError(code, os.strerror(code))), NoSpaceError)


def test_a_file_that_may_not_grow_is_no_defect_of_a_database(world: World) -> None:
    """What SQLite says where a file has reached the size that a process may write."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    with world.uow("huawei", write=True) as uow:
        resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024, before[1]))
        try:
            with pytest.raises(DatabaseError) as failed:
                uow.session.execute(update(Account).values(real_name="x" * 900_000))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
            signal.signal(signal.SIGXFSZ, handler)

    assert isinstance(why_unavailable(failed.value), NoSpaceError)


@pytest.mark.usefixtures("due_job", "no_space")
def test_a_job_that_finds_no_space_is_done_later(
    control: httpx.Client, browse: Browse, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = control.post(f"/api/worlds/{world.name}/clock/advance", json={"seconds": 60})
    assert answer.status_code == 507
    assert browse(SHOP).get("/").status_code == 507

    monkeypatch.undo()
    assert browse(SHOP).get("/").status_code == 200
    assert world.journal(kind="huawei.job.failed") == []
    assert len(world.journal(kind="huawei.real-name.approved")) == 1


@pytest.mark.usefixtures("impatient")
def test_a_locked_database_is_a_page_and_a_message_with_status_503(
    control: httpx.Client, worlds: Worlds, browse: Browse
) -> None:
    world = worlds.make(running=False)
    _schedule(world)
    with closing(_locked(world)):
        for client, path in ((browse(SHOP), world.local(SHOP)), (control, f"/worlds/{world.name}")):
            page = client.get(path)
            assert page.status_code == 503
            assert page.headers["Retry-After"] == "5"
            assert "This world is busy" in page.text
            assert is_designed(page.text)
        answer = control.post(f"/api/worlds/{world.name}/clock/advance", json={"seconds": 60})
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "5"
        assert answer.json()["message"] == "Others are writing in this world. Do this again in a few seconds."

    assert jobs.run_due(world) == 1
    assert world.journal(kind="huawei.job.failed") == []
    assert len(world.journal(kind="huawei.real-name.approved")) == 1
    worlds.drop(world.name)


@pytest.mark.usefixtures("impatient")
def test_a_world_that_is_being_copied_for_long_is_busy(browse: Browse, world: World) -> None:
    with world.usage.at_rest():
        page = browse(SHOP).get("/")
    assert page.status_code == 503
    assert "is being copied, put back or removed" in page.text
    assert browse(SHOP).get("/").status_code == 200


def test_endless_jobs_are_reported_on_a_page(browse: Browse, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "MOST_AT_ONCE", 0)
    world.agenda.outdated()
    page = browse(SHOP).get("/")
    assert page.status_code == 409
    assert "jobs in a row and there are still more" in page.text
    assert is_designed(page.text)


def test_a_defect_outside_of_the_pages_is_reported_on_a_page(
    browse: Browse, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_world: World) -> int:
        raise RuntimeError("a defect")

    monkeypatch.setattr(jobs, "run_due", fail)
    page = browse(SHOP).get("/")
    assert page.status_code == 500
    assert is_designed(page.text)
    assert "a defect" in caplog.text


def _token(client: httpx.Client, path: str) -> str:
    found = client.get(path).text.partition('name="fork-csrf_token" type="hidden" value="')[2]
    return found.partition('"')[0]


def _schedule(world: World) -> None:
    with world.uow("huawei", write=True) as uow:
        uow.schedule(ApproveAuthentication(uow.session.scalars(select(Account.id).limit(1)).one()))


def _locked(world: World) -> sqlite3.Connection:
    """The world's database while another process writes to it."""
    connection = sqlite3.connect(world.file("huawei"))
    connection.execute("BEGIN IMMEDIATE")
    return connection

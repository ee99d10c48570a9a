"""A world's clock, and the jobs that are done when they are due."""

import errno
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from mock_sites.huawei.domain.jobs import ApproveAuthentication
from mock_sites.huawei.domain.states import AuthenticationState
from mock_sites.huawei.domain.tables import Account
from mock_sites.tests.support.faults import SHOP, Errand
from mock_sites.world import jobs
from mock_sites.world.clock import START, Clock
from mock_sites.world.errors import WorldError
from mock_sites.world.job import CallHandler, Handler, Jobs
from mock_sites.world.shared_tables import JobState, ScheduledJob
from mock_sites.world.store import Worlds
from mock_sites.world.transport import Call, CallResult
from mock_sites.world.unit_of_work import UnitOfWork
from mock_sites.world.world import World


def test_a_new_world_begins_at_the_fixed_moment(world: World) -> None:
    assert world.clock.now() == START
    assert world.clock.frozen


def test_a_running_clock_moves_and_a_frozen_one_does_not() -> None:
    clock = Clock()
    clock.run()
    first = clock.now()
    assert clock.now() >= first
    clock.freeze()
    assert clock.now() == clock.now()


@pytest.mark.parametrize("seconds", [-1, 11 * 366 * 86400])
def test_a_clock_refuses_to_go_back_or_too_far(world: World, seconds: float) -> None:
    with pytest.raises(WorldError, match="forward only"):
        jobs.advance(world, seconds)
    assert world.clock.now() == START


def test_jobs_are_done_in_the_order_in_which_they_are_due_each_at_its_own_time(world: World) -> None:
    account = _account_ids(world)
    with world.uow("huawei", write=True) as uow:
        uow.schedule(ApproveAuthentication(account[1]), after=50)
        uow.schedule(ApproveAuthentication(account[0]), after=20)

    assert jobs.advance(world, 30) == 1
    assert [
        (event.details["account"], event.at - START) for event in world.journal(kind="huawei.real-name.approved")
    ] == [("hw_chenjing", timedelta(seconds=20))]
    assert [(job.kind, job.due - START) for job in jobs.waiting(world)] == [
        ("approve-authentication", timedelta(seconds=50))
    ]
    assert jobs.advance(world, 30) == 1
    assert jobs.waiting(world) == []


def test_a_failing_job_is_journalled_and_holds_up_no_other(world: World, caplog: pytest.LogCaptureFixture) -> None:
    account = _account_ids(world)[0]
    with world.uow("huawei", write=True) as uow:
        uow.schedule(ApproveAuthentication("nobody"))
        uow.schedule(ApproveAuthentication(account))

    assert jobs.run_due(world) == 2
    assert [event.details["job"] for event in world.journal(kind="huawei.job.failed")] == ["approve-authentication"]
    assert len(world.journal(kind="huawei.real-name.approved")) == 1
    assert "approve-authentication" in caplog.text


def test_a_job_that_meets_a_full_disk_is_done_again(tmp_path: Path) -> None:
    done: list[str] = []

    def work(name: str) -> None:
        done.append(name)
        if done.count(name) == 1:
            raise OSError(errno.ENOSPC, "No space left on device")

    def send(_uow: UnitOfWork, _job: Errand) -> Call:
        return Call("GET", "https://nowhere.example/")

    def answered(_uow: UnitOfWork, _job: Errand, _call_result: CallResult) -> None:
        work("call")

    handlers = (Handler(Errand, lambda _uow, _job: work("task")), CallHandler(Errand, send, answered))
    for number, handler in enumerate(handlers):
        worlds = Worlds(tmp_path / str(number), [replace(SHOP, jobs=Jobs(Errand, handler))])
        world = worlds.make("w", running=False)
        with world.uow("shop", write=True) as uow:
            uow.schedule(Errand())
        with pytest.raises(OSError, match="No space left"):
            jobs.run_due(world)
        assert jobs.run_due(worlds.get("w")) == 1
        assert world.journal(kind="shop.job.failed") == []
        worlds.close()
    assert done == ["task", "task", "call", "call"]


def test_a_job_that_a_dying_process_left_half_done_is_done_after_all(world: World) -> None:
    account = _account_ids(world)[0]
    with world.uow("huawei", write=True) as uow:
        uow.schedule(ApproveAuthentication(account))
    with world.uow("huawei", write=True) as uow:
        uow.session.execute(update(ScheduledJob).values(state=JobState.RUNNING))

    assert jobs.run_due(world) == 0
    world.recovered = False
    jobs.recover(world)
    assert jobs.run_due(world) == 1


def _account_ids(world: World) -> list[str]:
    """The accounts by their names. The authentication of the first one is under review."""
    with world.uow("huawei", write=True) as uow:
        accounts = uow.session.scalars(select(Account).order_by(Account.name)).all()
        accounts[0].authentication = AuthenticationState.REVIEWING
        return [account.id for account in accounts]

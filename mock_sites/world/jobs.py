"""Runs scheduled work when a world is next used, in the order in which it was due.

A job is claimed, run and marked as done. A call is claimed and prepared in one transaction and sent outside of
transactions; a second transaction stores its result and marks it as done. If the process is killed while a job runs,
the job is ``running`` when the world is opened, and is run again. So the receiver of a call must accept that it is
repeated (spec huawei 2.1).
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from sqlalchemy import bindparam, func, select

from mock_sites.world.clock import not_too_late
from mock_sites.world.errors import N_, WorldError
from mock_sites.world.job import CallHandler, from_json
from mock_sites.world.shared_tables import Event, JobState, JsonObject, ScheduledJob
from mock_sites.world.sightings import JOB
from mock_sites.world.unavailable import why_unavailable
from mock_sites.world.world import World

MOST_AT_ONCE = 20_000
"""The most jobs that one use of a world may run: a limit against jobs that schedule each other without end."""

Found = TypeVar("Found")

log = logging.getLogger("mock_sites.jobs")

_COUNT = select(func.count()).where(ScheduledJob.state == JobState.WAITING).scalar_subquery()
_WAITING = (
    select(ScheduledJob.due, ScheduledJob.id, ScheduledJob.kind, ScheduledJob.payload, _COUNT)
    .where(ScheduledJob.state == JobState.WAITING)
    .order_by(ScheduledJob.due, ScheduledJob.id)
    .limit(bindparam("most"))
)
"""The jobs of a company that wait, each with their number. Many pages run this query, so it is built once."""
_ALL = -1
"""No limit, for SQLite (https://www.sqlite.org/lang_select.html#limitoffset)."""


@dataclass(frozen=True, order=True)
class Due:
    """Waiting jobs by the time when they are due, then in the order in which they were scheduled."""

    due: datetime
    company: str
    id: int
    kind: str
    payload: JsonObject = field(compare=False)


def run_due(world: World) -> int:
    """Run all jobs that are due now. Return how many were run here.

    If another thread runs jobs, wait for it, unless it waits for an answer itself: this request may come from its call.
    """
    if world.agenda.nothing_before(world.clock.now()):
        return 0
    with world.jobs_turn.if_free() as free:
        return _run_until(world, world.clock.now()) if free else 0


def advance(world: World, seconds: float) -> int:
    """Move the clock forward. Stop at each job on the way and run it at its time. Return how many were run.

    Raises:
        WorldError: the step is longer than a clock may make, or leads beyond its end.
    """
    return _advance(world, lambda: world.clock.target(seconds))


def advance_to(world: World, moment: datetime) -> int:
    """Move the clock forward to ``moment``, as ``advance`` does.

    Raises:
        WorldError: it is in the past, further than a clock may step, or beyond its end.
    """
    return _advance(world, lambda: world.clock.ahead(moment))


def advance_to_next(world: World) -> int:
    """Move the clock to the time of the next job, and run all that is due then. Return how many were run.

    Raises:
        WorldError: no job waits, or the next one is due after the clock's end.
    """

    def due() -> datetime:
        job = next_job(world)
        if job is None:
            raise WorldError(N_("Nothing waits for its time."))
        return max(not_too_late(job.due), world.clock.now())

    return _advance(world, due)


def advance_until(world: World, is_reached: Callable[[], bool], most: float) -> None:
    """Move the clock from job to job and do each, until ``is_reached``, or no job is left within ``most`` seconds.

    The clock stops at the last job that was done.

    Raises:
        WorldError: ``most`` is longer than a clock may step, or leads beyond its end.
    """
    with world.jobs_turn.waited_for():
        _run_until(world, world.clock.target(most), is_reached)
    _moved(world)


def waiting(world: World, most: int | None = None) -> list[Due]:
    """The jobs that wait for their time, at most ``most``, earliest first."""
    return waiting_of_all(world, most)[0]


def waiting_of_all(world: World, most: int | None) -> tuple[list[Due], int]:
    """As ``waiting``, and how many there are in all."""
    found: list[Due] = []
    total = 0
    for company in world.companies:
        with world.uow(company) as uow:
            rows = uow.session.execute(_WAITING, {"most": _ALL if most is None else most}).all()
            found += [Due(due, company, number, kind, payload) for due, number, kind, payload, _count in rows]
            total += rows[0][4] if rows else 0
    return sorted(found)[:most], total


def wait_for(world: World, look: Callable[[], Found | None], seconds: float) -> Found | None:
    """Call ``look`` after each change, as ``World.wait_for`` does. Meanwhile, do the world's jobs when they are due.

    Raises:
        ConflictError: the world was restored or dropped in the meantime.
    """
    limit = time.monotonic() + seconds
    while True:
        left = max(0.0, limit - time.monotonic())
        found = world.wait_for(look, min(left, _until_next_job(world)))
        if found is not None or time.monotonic() >= limit:
            return found
        run_due(world)


def _until_next_job(world: World) -> float:
    """Seconds of real time until the next job is due."""
    if world.clock.frozen or not (job := next_job(world)):
        return math.inf
    return max(0.01, (job.due - world.clock.now()).total_seconds())


def next_job(world: World) -> Due | None:
    """The job that is due first."""
    return next(iter(waiting(world, 1)), None)


def recover(world: World) -> None:
    """Clean up after a process that was killed: running jobs wait again, and the clock is not before the last event."""
    with world.jobs_turn.waited_for():
        if world.recovered:
            return
        world.remove_remains()
        for company in world.companies:
            with world.uow(company) as uow:
                half_done = uow.session.scalar(
                    select(ScheduledJob.id).where(ScheduledJob.state == JobState.RUNNING).limit(1)
                )
                latest = uow.session.scalar(select(func.max(Event.at)))
            if latest:
                world.clock.move_to(latest)
            if half_done:
                _let_wait_again(world, company)
        world.recovered = True


def _advance(world: World, find_target: Callable[[], datetime]) -> int:
    with world.jobs_turn.waited_for():
        target = find_target()
        done = _run_until(world, target)
        world.clock.move_to(target)
    _moved(world)
    return done


def _moved(world: World) -> None:
    """The clock has been moved."""
    world.save()
    if world.recording:
        world.recording.act(world.clock.now())
    world.changed()


def _run_until(world: World, limit: datetime, is_reached: Callable[[], bool] = lambda: False) -> int:
    for done in range(MOST_AT_ONCE):
        if is_reached():
            return done
        version = world.agenda.version
        job = next_job(world)
        if job is None or job.due > limit:
            world.agenda.note(version, job.due if job else None)
            return done
        world.clock.move_to(job.due)
        try:
            _run(world, job)
            world.see(JOB, job.kind, company=job.company)
        except Exception as error:
            if why_unavailable(error):  # not the job's fault: it is run again when the cause is gone
                world.recovered = False
                world.agenda.outdated()
                raise
            log.exception("job %s of %s in world %s failed", job.kind, job.company, world.name)
            with world.uow(job.company, write=True) as uow:
                uow.session.get_one(ScheduledJob, job.id).state = JobState.FAILED
                uow.record("job.failed", job=job.kind, error=f"{type(error).__name__}: {error}")
    raise WorldError(
        N_("World {name} did {number} jobs in a row and there are still more."), name=world.name, number=MOST_AT_ONCE
    )


def _let_wait_again(world: World, company: str) -> None:
    with world.uow(company, write=True) as uow:
        for row in uow.session.scalars(select(ScheduledJob).where(ScheduledJob.state == JobState.RUNNING)):
            row.state = JobState.WAITING
    world.agenda.outdated()


def _run(world: World, due: Due) -> None:
    handler = world.companies[due.company].jobs[due.kind]
    if isinstance(handler, CallHandler):
        with world.uow(due.company, write=True, now=due.due) as uow:
            row = uow.session.get_one(ScheduledJob, due.id)
            row.state = JobState.RUNNING
            job = from_json(handler.job, row.payload)
            request = handler.prepare(uow, job)
            if request is None:
                row.state = JobState.DONE
                return
        with world.jobs_turn.calling():
            result = world.send(request)
        with world.uow(due.company, write=True, now=due.due) as uow:
            uow.record(
                "call",
                job=due.kind,
                method=request.method,
                path=result.path,
                status=result.status,
                fault=result.fault,
            )
            handler.answered(uow, job, result)
            uow.session.get_one(ScheduledJob, due.id).state = JobState.DONE
        return
    with world.uow(due.company, write=True, now=due.due) as uow:
        row = uow.session.get_one(ScheduledJob, due.id)
        row.state = JobState.DONE
        handler.work(uow, from_json(handler.job, row.payload))

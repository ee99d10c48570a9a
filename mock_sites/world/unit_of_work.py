"""One unit of work of one company in one world. Every domain rule gets one."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from mock_sites.world.job import Job, as_json
from mock_sites.world.seed import HEX
from mock_sites.world.shared_tables import Counter, Event, JobState, ScheduledJob, StoredMail

if TYPE_CHECKING:
    from mock_sites.world.world import World

_RECORDS = "records"
"""The key of a session's events and mails. They get their numbers when they are committed."""

_WORK = "work"
"""Marks a session that has scheduled a job."""


class UnitOfWork:
    """A company's rows, and the world's clock, ids, journal, jobs and mail, as one transaction sees them.

    ``session`` reads and writes the rows. ``source`` is the IP address of the request, empty for jobs. ``subject`` is
    who is signed in at the site of the request, empty for jobs and visitors. ``now`` does not change during the unit of
    work. Nothing is stored before ``commit``. Leaving the ``with`` block commits;
    leaving it by an exception rolls back.
    """

    def __init__(self, world: World, company: str, session: Session, now: datetime, *, writes: bool) -> None:
        """Made by ``World.uow``. ``writes``: whether its transactions take the write lock."""
        self.world = world
        self.company = company
        self.session = session
        self.now = now
        self.writes = writes
        self.source = ""
        self.subject = ""

    def __enter__(self) -> Self:
        """The unit of work itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Commit, or roll back if an exception leaves the block."""
        try:
            if kind is None:
                self.commit()
        finally:
            self.session.close()

    def commit(self) -> None:
        """Store what was done so far, and notify those who wait for news in this world."""
        records = self.session.info.pop(_RECORDS, [])
        if records:
            self.world.commit_in_order(self.session, records)
        else:
            self.session.commit()
        if self.session.info.pop(_WORK, False):
            self.world.agenda.outdated()
        if records:
            self.world.changed()

    def rollback(self) -> None:
        """Forget what was done since the last commit."""
        self.session.rollback()
        self.session.info.clear()

    def only_read(self) -> None:
        """Give back the write lock after the last commit or rollback, so that others can write."""
        self.writes = False
        self.session.bind = self.world.engine(self.company, write=False)

    @contextmanager
    def aside(self) -> Generator[None]:
        """Release the database for slow work, so that others can write. Rows that were read are read again afterwards.

        Raises:
            RuntimeError: something was changed already, which would be lost.
        """
        session = self.session
        if session.new or session.dirty or session.deleted or {_RECORDS, _WORK} & session.info.keys():
            raise RuntimeError("Do slow work before anything is changed: here it would be done in a transaction.")
        session.rollback()
        yield

    def number(self, kind: str, *, least: int = 1) -> int:
        """The next whole number of a kind, from ``least``."""
        counter = self.session.get(Counter, kind)
        if counter is None:
            counter = Counter(kind=kind, used=0)
            self.session.add(counter)
        counter.used = max(counter.used + 1, least)
        return counter.used

    def random_text(self, kind: str, length: int, alphabet: str = HEX) -> str:
        """A new random-looking value of a kind, repeatable from the world's seed."""
        return self.world.seed.random_text(f"{self.company}/{kind}/{self.number(kind)}", length, alphabet)

    def random_bytes(self, kind: str, length: int) -> bytes:
        """New random-looking bytes of a kind, repeatable from the world's seed."""
        return self.world.seed.random_bytes(f"{self.company}/{kind}/{self.number(kind)}", length)

    def random_int(self, kind: str, low: int, high: int) -> int:
        """A new random-looking whole number of a kind, both ends included, repeatable from the world's seed."""
        return self.world.seed.random_int(f"{self.company}/{kind}/{self.number(kind)}", low, high)

    def later(self, seconds: float) -> datetime:
        """The moment ``seconds`` from now."""
        return self.now + timedelta(seconds=seconds)

    def mail_language(self, *chosen: str | None) -> str:
        """The language of a mail: the first of those that were ``chosen``, else the world's."""
        return next(filter(None, chosen), self.world.language)

    def record(self, kind: str, **details: Any) -> None:
        """Append an event to the journal. ``details`` hold no secrets."""
        self._add_event(f"{self.company}.{kind}", **details)

    def schedule(self, job: Job, *, after: float = 0) -> None:
        """Schedule a job of the company, due in ``after`` seconds.

        Raises:
            TypeError: the company has no handler for it.
        """
        self.world.companies[self.company].jobs.check(job)
        self.session.add(ScheduledJob(kind=job.kind, due=self.later(after), payload=as_json(job)))
        self.session.info[_WORK] = True

    def unschedule(self, *jobs: Job) -> None:
        """Drop the waiting jobs that are equal to one of ``jobs``, because the reason for them is gone."""
        for kind in {job.kind for job in jobs}:
            alike = ScheduledJob.payload.in_([as_json(job) for job in jobs if job.kind == kind])
            waiting = ScheduledJob.state == JobState.WAITING, ScheduledJob.kind == kind
            self.session.execute(delete(ScheduledJob).where(*waiting, alike))
        self.session.info[_WORK] = True

    def is_waiting(self, job: type[Job]) -> bool:
        """Whether a job of this kind waits for its time."""
        wanted = select(ScheduledJob.id).where(ScheduledJob.kind == job.kind, ScheduledJob.state == JobState.WAITING)
        return self.session.scalar(wanted.limit(1)) is not None

    def send_mail(self, *, sender: str, to: str, subject: str, text: str) -> None:
        """Put a plain-text mail into the mailbox of ``to`` when this unit of work is committed."""
        mail = EmailMessage(policy=SMTP)
        mail["From"] = sender
        mail["To"] = to
        mail["Subject"] = subject
        mail["Date"] = format_datetime(self.now)
        domain = sender.rpartition("@")[2].rstrip(">")
        mail["Message-ID"] = f"<{self.random_text('message', 24)}@{domain}>"
        mail.set_content(text)
        self._add(
            StoredMail(sent_at=self.now, recipient=to.lower(), sender=sender, subject=subject, source=bytes(mail))
        )
        self._add_event("mail.sent", to=to, subject=subject)

    def _add_event(self, kind: str, /, **details: Any) -> None:
        self._add(Event(at=self.now, kind=kind, details=details))

    def _add(self, record: Event | StoredMail) -> None:
        self.session.info.setdefault(_RECORDS, []).append(record)

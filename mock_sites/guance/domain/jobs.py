"""Guance's scheduled jobs. ``company.py`` names the handlers. ``workspace`` and ``billing_account`` are ids of rows."""

from dataclasses import dataclass

from mock_sites.world.job import Job


class GuanceJob(Job):
    """The base class of Guance's jobs."""


@dataclass(frozen=True)
class CloseLock(GuanceJob, kind="close-lock"):
    """The end of the 14 days in which a locked workspace can be unlocked."""

    workspace: str


@dataclass(frozen=True)
class RemindOfLock(GuanceJob, kind="remind-of-lock"):
    """Three days before the end of a lock."""

    workspace: str


@dataclass(frozen=True)
class BillNotice(GuanceJob, kind="bill-notice"):
    """The day on which the bill of last month is mailed."""

    billing_account: str


@dataclass(frozen=True)
class AnswerTicket(GuanceJob, kind="answer-ticket"):
    """The time when the support center answers a ticket."""

    ticket: str


@dataclass(frozen=True)
class UnbindMfa(GuanceJob, kind="unbind-mfa"):
    """The time when customer service unbinds the MFA of a console account. The mail about it is in ``language``.

    ``begun_at`` is when the binding of the app began (ISO 8601): only this app is unbound.
    """

    account: str
    language: str
    begun_at: str


@dataclass(frozen=True)
class PushUsage(GuanceJob, kind="push-usage"):
    """The time when the usage of the day that ended is reported to Huawei Cloud: of all its accounts, or of one."""

    account: str = ""


@dataclass(frozen=True)
class HighConsumption(GuanceJob, kind="high-consumption"):
    """The end of a day, when its costs are compared with the thresholds."""

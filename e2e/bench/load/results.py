"""What load runs have measured, as a table, JSON and curves."""

import json
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Final, Self

from e2e.bench.charts import curves, stacked
from e2e.bench.load.plan import WorldsUsed

TITLES: Final[dict[WorldsUsed, str]] = {"many": "Many worlds", "one": "One world"}


@dataclass(frozen=True)
class Request:
    """One request: how many milliseconds its answer took, and why it is an error (empty: it is none)."""

    took: float
    error: str = ""


@dataclass(frozen=True, kw_only=True)
class StepResult:
    """A step of a run. Response times are in milliseconds."""

    users: int
    requests: int
    errors: int
    seconds: float
    """How long was measured."""
    p50: float
    p95: float
    p99: float
    processor: float
    """The server's processor time, in milliseconds a request."""
    generator: float
    """The share of one processor that the program which makes the load has used."""
    load_average: float
    """Of the machine, at the end of the step."""

    @property
    def throughput(self) -> float:
        """Requests a second."""
        return self.requests / self.seconds


@dataclass(frozen=True)
class Run:
    """All steps of a run, and how often each error occurred."""

    worlds: WorldsUsed
    steps: list[StepResult]
    errors: dict[str, int] = field(default_factory=dict[str, int])

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The run that ``json.dumps(asdict(run))`` has written."""
        read = json.loads(text)
        return cls(read["worlds"], [StepResult(**step) for step in read["steps"]], read["errors"])

    @property
    def service_time(self) -> float:
        """Milliseconds that the server needs for a request when it is never idle: those of its best step."""
        return 1000 / max((step.throughput for step in self.steps), default=1)

    def queue_time(self, step: StepResult) -> float:
        """Milliseconds that a request takes if all users wait in one fair queue."""
        return step.users * self.service_time

    @property
    def kept_throughput(self) -> float:
        """The lowest throughput after the best step, as a share of the best."""
        rates = [step.throughput for step in self.steps]
        best = max(range(len(rates)), key=rates.__getitem__)
        return min(rates[best:]) / rates[best]


@dataclass(frozen=True)
class LoadResults:
    """All runs on a machine."""

    processors: int
    python: str
    runs: list[Run]

    def as_json(self) -> str:
        """Everything, for programs."""
        return json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n"

    def as_markdown(self) -> str:
        """Tables for people."""
        return "\n".join([*(line for run in self.runs for line in _table(run)), self._about()]) + "\n"

    def as_svg(self) -> str:
        """Response times and throughput over the number of users."""
        across = [step.users for step in self.runs[0].steps]
        times = [
            curves(
                f"{TITLES[run.worlds]}: response times",
                [step.users for step in run.steps],
                {
                    "p50": [step.p50 for step in run.steps],
                    "p95": [step.p95 for step in run.steps],
                    "p99": [step.p99 for step in run.steps],
                    "queue alone": [run.queue_time(step) for step in run.steps],
                },
                ("users at once", "milliseconds"),
            )
            for run in self.runs
        ]
        rates = {TITLES[run.worlds]: [step.throughput for step in run.steps] for run in self.runs}
        return stacked([*times, curves("Throughput", across, rates, ("users at once", "requests a second"))])

    def _about(self) -> str:
        return (
            f"{self.processors} processors, Python {self.python}; the load comes from the same machine. "
            "Queue: users times the service time, which is the time a request takes in the step with the best "
            "throughput. Processor: the server's processor time a request."
        )


def summarized(
    times: Sequence[float],
    *,
    users: int,
    errors: int,
    seconds: float,
    server: float,
    generator: float,
    load_average: float,
) -> StepResult:
    """The result of a step from its response times. ``server`` and ``generator`` are processor seconds."""
    ordered = sorted(times)
    return StepResult(
        users=users,
        requests=len(times),
        errors=errors,
        seconds=round(seconds, 2),
        p50=round(percentile(ordered, 50), 1),
        p95=round(percentile(ordered, 95), 1),
        p99=round(percentile(ordered, 99), 1),
        processor=round(1000 * server / max(1, len(times)), 2),
        generator=round(generator / seconds, 2),
        load_average=round(load_average, 1),
    )


def percentile(times: Sequence[float], percent: float) -> float:
    """The least of the sorted ``times`` that ``percent`` of them do not exceed; 0 if there are none."""
    return times[max(0, math.ceil(len(times) * percent / 100) - 1)] if times else 0


def counted(errors: Iterable[str]) -> list[tuple[str, int]]:
    """How often each error occurred, the most frequent first."""
    return Counter(errors).most_common()


def _table(run: Run) -> list[str]:
    lines = [
        f"### {TITLES[run.worlds]}",
        "",
        "| Users | Requests/s | p50, ms | p95, ms | p99, ms | p99 / queue | Errors | Processor, ms | Machine's load |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for step in run.steps:
        share = step.p99 / run.queue_time(step)
        lines.append(
            f"| {step.users} | {step.throughput:.0f} | {step.p50:.0f} | {step.p95:.0f} | {step.p99:.0f} | "
            f"{share:.2f} | {step.errors} of {step.requests} | {step.processor:.1f} | {step.load_average:.1f} |"
        )
    lines += ["", f"After the best step the throughput stays at {run.kept_throughput:.2f} of it or more."]
    lines += [f"- {count} times: {error}" for error, count in run.errors.items()]
    return [*lines, ""]

"""``journeys approve --decisions``: changes baselines by the accepted findings, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from e2e.review.baseline import approve, refuse_failed
from e2e.review.compare import compare
from e2e.review.decisions import NOT_KEPT, check, digest, read_decisions
from e2e.review.findings import Finding
from e2e.review.merge import merge
from e2e.review.review import Compared, review


@dataclass(frozen=True)
class TakenOver:
    """The result of ``take_over``.

    Attributes:
        files: the baselines that were written.
        taken: the findings that were taken over.
        bound: those that were accepted, but cannot be separated from one that was not.
        left: those that were rejected or not decided on; the baselines have them as before.
        passed_over: the recordings that the decisions are not about.
    """

    files: Sequence[Path]
    taken: Sequence[Finding]
    bound: Sequence[Finding]
    left: Sequence[Finding]
    passed_over: Sequence[str]


def take_over(run: Path, decisions_file: Path, folder: Path) -> TakenOver:
    """Change the baselines in ``folder`` by what was accepted of the recordings in ``run``: all of them, or none.

    Raises:
        ReviewError: the decisions are not about these recordings and baselines, or a recording ends with an error.
    """
    decisions = read_decisions(decisions_file)
    reviewed = review(run, folder)
    check(decisions, reviewed, decisions_file)
    accepted = decisions.accepted
    decided = [pair for pair in reviewed.compared if pair.after.name in decisions.recordings]
    refuse_failed([pair.after for pair in decided])
    baselines = [merge(pair.before, pair.after, lambda change: change.cause in accepted) for pair in decided]
    still = {
        change.cause
        for pair, baseline in zip(decided, baselines, strict=True)
        for _step, change in compare(baseline, pair.after)
    }
    findings = [finding for finding in reviewed.findings if finding.kind not in NOT_KEPT and _is_of(finding, decided)]
    changed = [
        baseline for pair, baseline in zip(decided, baselines, strict=True) if digest(baseline) != digest(pair.before)
    ]
    return TakenOver(
        files=approve(changed, folder),
        taken=[finding for finding in findings if finding.cause in accepted - still],
        bound=[finding for finding in findings if finding.cause in accepted & still],
        left=[finding for finding in findings if finding.cause not in accepted],
        passed_over=[pair.after.name for pair in reviewed.compared if pair not in decided],
    )


def _is_of(finding: Finding, decided: Sequence[Compared]) -> bool:
    return any(place.journey == pair.after.name for place in finding.places for pair in decided)

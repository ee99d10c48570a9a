"""``journeys approve --decisions``: changes baselines by the accepted findings, and nothing else."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from mock_sites.review.approving.baseline import approve, refuse_failed
from mock_sites.review.approving.decisions import check, digest, kept, read_decisions
from mock_sites.review.approving.merge import merge
from mock_sites.review.changes import Change
from mock_sites.review.comparing.compare import compare
from mock_sites.review.errors import ReviewError
from mock_sites.review.findings import Finding, Place, Seen
from mock_sites.review.recording import Recording
from mock_sites.review.review import Compared, review
from mock_sites.review.runs import find_recordings


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


def take_over(run: Path, decisions_file: Path, folder: Path, rules: Path | None = None) -> TakenOver:
    """Change the baselines in ``folder`` by what was accepted of the recordings in ``run``: all of them, or none.

    ``rules``: those of the review, or the default ones.

    Raises:
        ReviewError: there are no recordings, the decisions are about others or other baselines, or a recording ends
            with an error.
    """
    if any(recorded.is_trace for recorded in find_recordings(run)):
        raise ReviewError(
            f"{run}: decisions are on recordings of journeys. Approve a trace as a whole: leave out --decisions"
        )
    decisions = read_decisions(decisions_file)
    reviewed = review(run, folder, rules=rules)
    check(decisions, reviewed, decisions_file)
    causes = decisions.accepted
    accepted = {seen for finding in reviewed.findings if finding.cause in causes for seen in finding.seen}
    decided = [pair for pair in reviewed.compared if pair.after.name in decisions.recordings]
    refuse_failed([pair.after for pair in decided])
    baselines = [_merge(pair, accepted) for pair in decided]
    still = {
        (Place.name(pair.after.name, step.id), change)
        for pair, baseline in zip(decided, baselines, strict=True)
        for step, change in compare(baseline, pair.after)
    }
    findings = [finding for finding in reviewed.findings if kept(finding) and _is_of(finding, decided)]
    taken = [finding for finding in findings if finding.cause in causes]
    changed = [
        baseline for pair, baseline in zip(decided, baselines, strict=True) if digest(baseline) != digest(pair.before)
    ]
    return TakenOver(
        files=approve(changed, folder),
        taken=[finding for finding in taken if not kept(finding) & still],
        bound=[finding for finding in taken if kept(finding) & still],
        left=[finding for finding in findings if finding.cause not in causes],
        passed_over=[pair.after.name for pair in reviewed.compared if pair not in decided],
    )


def _merge(pair: Compared, accepted: Collection[Seen]) -> Recording:
    """The baseline with the accepted changes."""

    def accepts(step: str, change: Change) -> bool:
        return (Place.name(pair.after.name, step), change) in accepted

    return merge(pair.before, pair.after, accepts)


def _is_of(finding: Finding, decided: Sequence[Compared]) -> bool:
    return any(place.journey == pair.after.name for place in finding.places for pair in decided)

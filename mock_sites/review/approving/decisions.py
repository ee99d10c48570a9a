"""The decisions on the findings of a review, as a file that ``journeys approve`` reads."""

import json
from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from mock_sites.process.whole_files import write_whole
from mock_sites.review.approving.baseline import describe
from mock_sites.review.changes import Cause, Kind
from mock_sites.review.errors import ReviewError
from mock_sites.review.findings import Finding, Seen
from mock_sites.review.recording import Recording
from mock_sites.review.review import Compared, Reviewed

FORMAT: Final = 1

Verdict = Literal["accepted", "rejected"]

NOT_KEPT: Final[Collection[Kind]] = {Kind.LAYOUT, Kind.PIXELS, Kind.TIME}
"""Kinds that are not in a baseline: a decision on one changes no baseline."""


class DecisionPart(BaseModel):
    """A part of the file. Unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Decided(DecisionPart):
    """The decision on a finding."""

    kind: Kind
    what: str
    verdict: Verdict


class Sides(DecisionPart):
    """What was compared, by the digests of both."""

    baseline: str
    recording: str


class Decisions(DecisionPart):
    """The content of the file.

    Attributes:
        recordings: what was compared, by its name.
    """

    format: Literal[1] = FORMAT
    recordings: Mapping[str, Sides]
    decisions: Sequence[Decided]

    @property
    def accepted(self) -> set[Cause]:
        """The causes of the findings that were accepted."""
        return {(decided.kind, decided.what) for decided in self.decisions if decided.verdict == "accepted"}


def decidable(reviewed: Reviewed) -> list[Finding]:
    """The findings on which a decision changes a baseline. Traces of other programs have none."""
    if not any(pair.after.seed for pair in reviewed.compared):
        return []
    return [finding for finding in reviewed.findings if not finding.advice and kept(finding)]


def kept(finding: Finding) -> set[Seen]:
    """The changes of a finding that a baseline can have, each with its place."""
    return {seen for seen in finding.seen if seen[1].kind not in NOT_KEPT}


def read_decisions(file: Path) -> Decisions:
    """The decisions in ``file``.

    Raises:
        ReviewError: it is not there, or does not hold decisions.
    """
    try:
        return Decisions.model_validate_json(file.read_bytes())
    except OSError as error:
        raise ReviewError(f"{file}: {error.strerror or 'cannot be read'}") from error
    except ValidationError as error:
        fault = error.errors()[0]
        where = ".".join(map(str, fault["loc"]))
        raise ReviewError(f"{file}: holds no decisions of a review: {where or 'JSON'}: {fault['msg']}") from error


def write_decisions(reviewed: Reviewed, verdicts: Sequence[tuple[Finding, Verdict]], file: Path) -> None:
    """Write what was decided on findings of a review to ``file``."""
    decided = [Decided(kind=finding.kind, what=finding.what, verdict=verdict) for finding, verdict in verdicts]
    decisions = Decisions(recordings=compared_sides(reviewed.compared), decisions=decided)
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(file, json.dumps(decisions.model_dump(), ensure_ascii=False, indent=2) + "\n")


def compared_sides(compared: Sequence[Compared]) -> dict[str, Sides]:
    """What was compared, so that decisions can be matched with it."""
    return {pair.after.name: Sides(baseline=digest(pair.before), recording=digest(pair.after)) for pair in compared}


def digest(recording: Recording) -> str:
    """A digest: the same for a recording and its baseline, and different for others."""
    return sha256(describe(recording).encode()).hexdigest()


def check(decisions: Decisions, reviewed: Reviewed, file: Path) -> None:
    """Check that the decisions are about the current review.

    Raises:
        ReviewError: they are about another recording, another baseline or other findings.
    """
    sides = compared_sides(reviewed.compared)
    for name, then in decisions.recordings.items():
        now = sides.get(name)
        if now is None:
            faults = [fault for fault in reviewed.faults if name in fault]
            raise ReviewError(f"{file}: is about {name}, which {_why(faults)}")
        if then.recording != now.recording:
            raise ReviewError(f"{file}: is about another recording of {name}; review this one, and decide again")
        if then.baseline != now.baseline:
            raise ReviewError(f"{file}: is about another baseline of {name}; review against this one, and decide again")
    known = {finding.cause for finding in reviewed.findings}
    for decided in decisions.decisions:
        if decided.kind not in NOT_KEPT and (decided.kind, decided.what) not in known:
            raise ReviewError(f"{file}: decides on a finding that this review does not have: {decided.what}")


def _why(faults: Sequence[str]) -> str:
    return f"cannot be compared now: {faults[0]}" if faults else "is not among these recordings"

"""What a report shows for each journey and each of its steps."""

import os
import shlex
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby
from pathlib import Path
from typing import Final
from urllib.parse import quote

from rapidfuzz.distance import LCSseq

from mock_sites.review.changes import Area, Change, Kind
from mock_sites.review.comparing.align import Aligned, align
from mock_sites.review.findings import Finding, Place
from mock_sites.review.recording import RecordedStep, Recording
from mock_sites.review.report.marks import SIZE, Mark, marked, marks, sketch
from mock_sites.review.report.pictures import ReportPicture, ReportPictures
from mock_sites.review.report.timeline import TimelineStep, moment
from mock_sites.review.review import Compared

CONTEXT: Final = 3
"""Lines of an accessibility tree that are shown around one that changed."""
SHAPE: Final = 150
"""Characters that a box of a sketch takes in a report, about."""

Found = Sequence[tuple[Finding, Place]]
"""The findings of a step, each with its place in it."""


@dataclass(frozen=True)
class Side:
    """A page in one of the two recordings: its picture or a sketch of it, and the marks on it."""

    picture: ReportPicture | None
    sketch: Sequence[tuple[Area, str]]
    marks: Sequence[Mark]


@dataclass(frozen=True)
class TraceLink:
    """Where a step is in a trace of Playwright.

    Attributes:
        href: from the report to the trace.
        command: the command that shows it.
        group: the name of the step in it.
    """

    whose: str
    href: str
    command: str
    group: str


@dataclass(frozen=True)
class StepRow:
    """A step in the report.

    Attributes:
        id: where it is in the file.
        thumbnail: a small picture of it; empty if there is none.
        moment: its events; None if they are shown with the step that was split or joined with it.
        size: of its pictures, in pixels.
        before: its page in the baseline; None if nothing differs, or if it is left out.
        after: its page now, likewise.
        left_out: the pages are left out, as the report would become too large.
        tree: the lines of its accessibility tree that differ, with those around them.
    """

    id: str
    aligned: Aligned
    step: RecordedStep
    found: Found
    thumbnail: str
    moment: TimelineStep | None
    traces: Sequence[TraceLink]
    size: tuple[int, int] = SIZE
    before: Side | None = None
    after: Side | None = None
    left_out: bool = False
    tree: Sequence[str] = ()

    @property
    def gone(self) -> bool:
        """Whether it is only in the baseline."""
        return not self.aligned.after


@dataclass(frozen=True)
class ReportedJourney:
    """A recording in the report: its steps before and after, and how many findings of each kind it has."""

    recording: Recording
    rows: Sequence[StepRow]
    kinds: Mapping[Kind, int]

    @property
    def seconds(self) -> float:
        """How long it took, as far as known."""
        return max((row.moment.end for row in self.rows if row.moment), default=0)


def index(findings: Sequence[Finding]) -> dict[str, list[tuple[Finding, Place]]]:
    """The findings of each step, by the step's place in the file."""
    found: dict[str, list[tuple[Finding, Place]]] = {}
    for finding in findings:
        for place in finding.places:
            found.setdefault(place.id, []).append((finding, place))
    return found


def fitting(compared: Sequence[Compared], findings: Sequence[Finding], pictures: ReportPictures) -> set[str]:
    """The steps whose pages are shown: the first place of each finding, then the second ones, as long as they fit."""
    steps = {
        Place.name(pair.after.name, (aligned.after or aligned.before)[-1].id): (
            *aligned.before[-1:],
            *aligned.after[-1:],
        )
        for pair in compared
        for aligned in align(pair.before.steps, pair.after.steps)
    }
    ranked = [(rank, place.id) for found in findings if not found.advice for rank, place in enumerate(found.places)]
    shown: set[str] = set()
    for _rank, place in sorted(ranked, key=lambda item: item[0]):
        if pictures.left <= 0:
            break
        if place in steps and place not in shown:
            shown.add(place)
            for step in steps[place]:
                if step.image:
                    pictures.take(step.image)
                else:
                    pictures.left -= SHAPE * len(step.boxes or ())
    return shown


def journey(
    compared: Compared, found: Mapping[str, Found], shown: set[str], pictures: ReportPictures, folder: Path
) -> ReportedJourney:
    """A journey; ``folder`` is where the report is written."""
    rows = list(_rows(compared, found, shown, pictures, folder))
    findings = {finding.cause: finding for row in rows for finding, _place in row.found}
    kinds = Counter(sorted((finding.kind for finding in findings.values()), key=lambda kind: kind.weight))
    return ReportedJourney(compared.after, rows, kinds)


def _rows(
    compared: Compared, found: Mapping[str, Found], shown: set[str], pictures: ReportPictures, folder: Path
) -> Iterator[StepRow]:
    for aligned in align(compared.before.steps, compared.after.steps):
        for step in aligned.after or aligned.before:
            place = Place.name(compared.after.name, step.id)
            mine = found.get(place, ())
            traces = [
                *_traces(compared.after, aligned.after, "now", folder),
                *_traces(compared.before, aligned.before, "in the baseline", folder),
            ]
            is_last = step is (aligned.after or aligned.before)[-1]
            row = StepRow(
                id=place,
                aligned=aligned,
                step=step,
                found=mine,
                thumbnail=pictures.thumbnail(step.image),
                moment=moment(aligned) if is_last else None,
                traces=traces,
            )
            differs = is_last and any(not finding.advice for finding, _place in mine)
            yield _with_pages(row, pictures, shown=place in shown) if differs else row


def _with_pages(row: StepRow, pictures: ReportPictures, *, shown: bool) -> StepRow:
    """The row with its pages, before and after, if there are any and they are shown."""
    old = row.aligned.before[-1] if row.aligned.before else None
    new = row.aligned.after[-1] if row.aligned.after else None
    tree = _differing(old.tree, new.tree) if old and new else []
    if not shown:
        return replace(row, left_out=True, tree=tree)
    files = [step.image for step in (new, old) if step and step.image]
    size = (pictures.take(files[0]).width, pictures.take(files[0]).height) if files else SIZE
    changes = [change for finding, place in row.found for change in marked(finding, place)]
    before = _side(old, changes, size, pictures, later=False) if old else None
    after = _side(new, changes, size, pictures, later=True) if new else None
    return replace(row, size=size, before=before, after=after, tree=tree)


def _side(
    step: RecordedStep, changes: Sequence[Change], size: tuple[int, int], pictures: ReportPictures, *, later: bool
) -> Side:
    picture = pictures.take(step.image) if step.image else None
    drawn = [] if picture else list(sketch(step.boxes or (), size))
    return Side(picture, drawn, marks(changes, step, size, later=later))


def _traces(recording: Recording, steps: Sequence[RecordedStep], whose: str, folder: Path) -> Iterator[TraceLink]:
    """The trace of the actor of a step, if there is one."""
    if recording.folder and steps and steps[-1].actor in recording.actors:
        step = steps[-1]
        file = recording.folder / recording.actors[step.actor]
        href = quote(Path(os.path.relpath(file, folder)).as_posix())
        clauses = f" ({', '.join(step.clauses)})" if step.clauses else ""
        title = step.title.zh if recording.language == "zh" else step.title.en
        # With a port, any browser shows it; without one, only Playwright's own.
        command = shlex.join([".venv/bin/playwright", "show-trace", str(file), "--port", "0"])
        yield TraceLink(f"{step.actor} {whose}", href, command, title + clauses)


def _differing(before: str, after: str) -> list[str]:
    """The lines that differ, each with a sign before it, and those around them; "…" where lines are left out."""
    old, new = before.splitlines(), after.splitlines()
    lines: list[str] = []
    i = j = 0
    for block in LCSseq.opcodes(old, new).as_matching_blocks():
        lines += [f"-{line}" for line in old[i : block.a]] + [f"+{line}" for line in new[j : block.b]]
        i, j = block.a + block.size, block.b + block.size
        lines += [f" {line}" for line in new[block.b : j]]
    changed = [place for place, line in enumerate(lines) if not line.startswith(" ")]
    near = {place + step for place in changed for step in range(-CONTEXT, CONTEXT + 1)}
    hunks = groupby(enumerate(lines), key=lambda item: item[0] in near)
    shown = [[line for _place, line in hunk] if is_near else ["…"] for is_near, hunk in hunks]
    return [*chain.from_iterable(shown)] if changed else []

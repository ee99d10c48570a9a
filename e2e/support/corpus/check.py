"""Records a visit of a site, and checks what a review finds."""

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser

from e2e.support.corpus.alterations import ALTERED
from e2e.support.corpus.serving import serve
from e2e.support.corpus.site import SingleChange, Site
from mock_sites.review.changes import Kind
from mock_sites.review.findings import Finding, Place
from mock_sites.review.review import review

PATIENCE: Final = 20_000
"""How long an action of a visit may take, in milliseconds: a visit must succeed on a loaded machine too."""


class CorpusError(Exception):
    """A site cannot be visited as it should; the text says why."""


@dataclass(frozen=True)
class Found:
    """A finding, as the corpus looks at it."""

    kind: Kind
    steps: tuple[str, ...]
    what: str
    advice: bool

    def __str__(self) -> str:
        """The finding in one line."""
        return f"{self.kind}{' (advice)' if self.advice else ''} in {', '.join(self.steps)}: {self.what}"


def record(browser: Browser, site: Site, file: Path, change: SingleChange | None = None, *, film: bool = True) -> Path:
    """Write the trace of a visit to ``file``, of the site as it is or with a change.

    Most traces have a ``film``.

    Raises:
        CorpusError: the change was never made.
    """
    app = site.app()
    if change:
        change.alter(app)
    context = browser.new_context(locale="en-US", timezone_id="UTC", reduced_motion="reduce")
    try:
        with serve(app) as address:
            context.tracing.start(
                snapshots=True, screenshots=film and not site.pictures, screen_snapshots=site.pictures
            )
            page = context.new_page()
            page.set_default_timeout(PATIENCE)
            site.visit(page, address)
            context.tracing.stop(path=file)
    finally:
        context.close()
    if change and ALTERED not in app.extensions:
        raise CorpusError(f"{site.name}, {change.name}: the visit never meets what is changed")
    return file


def find(before: Path, after: Path, scratch: Path) -> list[Found]:
    """What ``journeys review BEFORE.zip AFTER.zip`` finds.

    Raises:
        CorpusError: the traces could not be compared.
    """
    reviewed = review(after, before, scratch)
    if reviewed.faults:
        raise CorpusError("; ".join(reviewed.faults))
    return [_found(finding) for finding in reviewed.findings]


def meets(change: SingleChange | None, found: Sequence[Found]) -> bool:
    """Whether the change was found and nothing else; without a change, nothing.

    What is only advice, such as that a loaded machine was slower, counts only where it is expected.
    """
    counted = [
        finding for finding in found if not finding.advice or (change and change.advice and finding.kind == change.kind)
    ]
    if change is None or len(counted) != 1:
        return change is None and not counted
    [finding] = counted
    first, *others = finding.steps
    in_place = fnmatchcase(first, change.step) and all(
        any(fnmatchcase(other, also) for also in change.also) for other in others
    )
    as_it_is = (finding.kind, finding.advice) == (change.kind, change.advice) and change.words in finding.what
    return in_place and as_it_is


def _found(finding: Finding) -> Found:
    return Found(finding.kind, tuple(map(_name, finding.places)), finding.what, finding.advice)


def _name(place: Place) -> str:
    step = place.step
    return step.title.en if step.visit == 1 else f"{step.title.en} {step.visit}"

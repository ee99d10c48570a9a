"""Two recordings of a journey compared, step by step."""

import re
from collections.abc import Iterator
from typing import Final

from mock_sites.review.changes import Change, Kind, Topic, Value
from mock_sites.review.comparing.actions import compare_actions
from mock_sites.review.comparing.align import Aligned, How, align, as_one
from mock_sites.review.comparing.checkpoints import States, Visit, pages_left, returning
from mock_sites.review.comparing.cut_off import as_cut_off, ends_before, tell_cut_off, until_end
from mock_sites.review.comparing.late import without_late
from mock_sites.review.comparing.looks import compare_looks
from mock_sites.review.comparing.page import OTHER_PAGE, compare_pages
from mock_sites.review.comparing.selectors import in_words
from mock_sites.review.comparing.states import compare_states
from mock_sites.review.comparing.step_consequences import FAILS, LACKS
from mock_sites.review.comparing.step_parts import STEP_PARTS
from mock_sites.review.comparing.topics import addresses
from mock_sites.review.errors import ReviewError
from mock_sites.review.recording import RecordedStep, Recording

MAY_BE_UNKNOWN: Final = {"document_title", "document_language"}
"""Fields that earlier recordings do not have, and traces without snapshots neither: then they are not compared."""

END: Final = "tree", "boxes", "image", "document_title", "document_language", "sheets", "looks"
"""Fields with what a page is at the end of a step."""

_AWAITED: Final = re.compile(r"^\s*- waiting for (.+)$", re.MULTILINE)
"""What Playwright waited for in vain, in the error of an expectation or an action."""

NOISE: Final = 2.0, 1.0
"""A step is slower if it takes so many times as long as before, and so many seconds longer."""
SHOWN: Final = {"page", "looks"}
"""The groups of kinds of what a page shows."""
VALUES: Final = {"url", "document_title"}
"""Fields whose texts may be seen elsewhere too, and change there for the same cause."""


def compare(before: Recording, after: Recording) -> Iterator[tuple[RecordedStep, Change]]:
    """The changes, each with its step of the later recording, or of the earlier one if the step is gone.

    Raises:
        ReviewError: they are of different journeys, languages or seeds, or a page or a picture cannot be read.
    """
    for what in ("journey", "language", "seed"):
        old, new = getattr(before, what), getattr(after, what)
        if old != new:
            raise ReviewError(f"{after.name}: its {what} is {new!r}, that of the baseline {old!r}")
    returns = returning(before.steps), returning(after.steps)
    lefts = pages_left(before.steps), pages_left(after.steps)
    for aligned in align(before.steps, after.steps):
        place = (aligned.after or aligned.before)[0]
        yield from ((place, change) for change in compare_flow(aligned))
        if aligned.before and aligned.after:
            old, new = _as_pair(aligned)
            later = returns[0].get(old.number, ()), returns[1].get(new.number, ())
            pair = Visit(old, lefts[0].get(old.number)), Visit(new, lefts[1].get(new.number))
            is_end = aligned.before[-1] is before.steps[-1] and aligned.after[-1] is after.steps[-1]
            try:
                yield from ((new, change) for change in _compare_aligned(aligned.how, *pair, later, is_end=is_end))
            except ReviewError as error:
                raise ReviewError(f"{after.name}: step {new.number}, {new.name}: {error}") from error


def _compare_aligned(
    how: How, before: Visit, after: Visit, later: tuple[States, States], *, is_end: bool
) -> Iterator[Change]:
    """What changed in steps that belong together. ``is_end``: whether both recordings end with them."""
    old, new = before.step, after.step
    if how is How.KEPT and is_end and ends_before(after, before):
        yield tell_cut_off(old, "the end of ")
        new, old = until_end(new, old)
    elif how is How.KEPT and is_end and ends_before(before, after):
        yield tell_cut_off(new, "the end of ")
        old, new = until_end(old, new)
    stays = [*_compare_pages_left(before, after)] if old.whole and new.whole else []
    changes = [*stays, *compare_steps(old, new, later)]
    is_other = how in {How.SPLIT, How.JOINED} or any(OTHER_PAGE in change.topics for change in changes)
    for change in changes:
        shows = not change.advice and change.kind.group in SHOWN
        yield change.with_topics(OTHER_PAGE) if is_other and shows else change


def _compare_pages_left(before: Visit, after: Visit) -> Iterator[Change]:
    """Whether only one of two steps shows the page of the step before it."""
    still = after.still_shows_left(before)
    if still or before.still_shows_left(after):
        how = "still shows" if still else "no longer shows"
        what = f"step “{after.step.title.en}” {how} the page of the step before"
        yield Change(Kind.FLOW, what, topics=(OTHER_PAGE,))


def _as_pair(aligned: Aligned) -> tuple[RecordedStep, RecordedStep]:
    if aligned.how is not How.CUT_OFF:
        return as_one(aligned.before), as_one(aligned.after)
    if len(aligned.before) > len(aligned.after):
        return as_cut_off(aligned.before, aligned.after[0])
    after, before = as_cut_off(aligned.after, aligned.before[0])
    return before, after


def compare_flow(aligned: Aligned) -> Iterator[Change]:
    """What happened to a step as a whole."""
    before, after = _names(aligned.before), _names(aligned.after)
    texts = {
        How.ADDED: f"step {after} is new",
        How.REMOVED: f"step {before} is gone",
        How.MOVED: f"step {after} comes elsewhere",
        How.RENAMED: f"step {before} is now {after}",
        How.SPLIT: f"step {before} was split into {after}",
        How.JOINED: f"steps {before} were joined into {after}",
    }
    if aligned.how is How.CUT_OFF:
        yield tell_cut_off(max(aligned.before, aligned.after, key=len)[-1])
    if aligned.how in texts:
        more = {How.ADDED: 1, How.REMOVED: -1}.get(aligned.how, 0)
        value = Value(aligned.before[0].title.en, aligned.after[0].title.en) if aligned.how is How.RENAMED else None
        topics = (LACKS,) if more else (OTHER_PAGE,) if aligned.how in {How.SPLIT, How.JOINED} else ()
        yield Change(Kind.FLOW, texts[aligned.how], value=value, more=more, topics=topics)


def _with_short_error(step: RecordedStep) -> RecordedStep:
    """The step with its error in one line: the first one, and what Playwright waited for.

    The other lines have how often it looked, and the page, which is compared anyway.
    """
    if step.error is None or "\n" not in step.error:
        return step
    first, _, more = step.error.partition("\n")
    awaited = _AWAITED.search(more)
    return step.model_copy(update={"error": f"{first}: {awaited[1]}" if awaited else first})


def compare_fields(before: RecordedStep, after: RecordedStep) -> Iterator[tuple[Change, str]]:
    """The changes of a step's single fields, each with the name of its field."""
    title, language = after.document_title or "", after.document_language or "none"
    before, after = _with_short_error(before), _with_short_error(after)
    texts = {
        "error": (Kind.FLOW, in_words(f"fails: {after.error}" if after.error else f"no longer fails: {before.error}")),
        "actor": (Kind.FLOW, f"is done by {after.actor} instead of {before.actor}"),
        "clauses": (Kind.FLOW, f"shows {_listed(after.clauses)} instead of {_listed(before.clauses)}"),
        "url": (Kind.FLOW, f"ends on {after.url} instead of {before.url}"),
        "document_title": (Kind.TEXT, f"the page's title is “{title}” instead of “{before.document_title}”"),
        "document_language": (
            Kind.STRUCTURE,
            f"the page's language (lang) is {language} instead of {before.document_language or 'none'}",
        ),
    }
    for name, (kind, what) in texts.items():
        old, new = getattr(before, name), getattr(after, name)
        if old != new and not (name in MAY_BE_UNKNOWN and None in (old, new)):
            value = Value(old, new) if name in VALUES and old and new else None
            topics = (FAILS,) if name == "error" and not (old and new) else ()
            yield Change(kind, what, value=value, topics=topics), name


def follows_from_url(before: RecordedStep, after: RecordedStep) -> Change:
    """The change of the last request, if the step ends elsewhere."""
    return Change(Kind.REQUESTS, f"GET goes to {after.url} instead of {before.url}")


def compare_steps(
    before: RecordedStep, after: RecordedStep, later: tuple[States, States] = ((), ())
) -> Iterator[Change]:
    """What changed in a step. ``later`` are the states of both pages when they are turned to again."""
    if not (before.whole and after.whole) and (before.states or after.states):
        after = after.model_copy(update={name: getattr(before, name) for name in END})
    before, after = without_late(before, after)
    yield from (change for change, _name in compare_fields(before, after))
    yield from compare_actions(before.actions, after.actions)
    shown = list(compare_states(before, after, later))
    yield from shown
    page = list(compare_pages(before.tree, after.tree))
    expected = follows_from_url(before, after)
    happened = [
        change
        for name, part in STEP_PARTS.items()
        for change in part.compare(getattr(before, name), getattr(after, name))
        if change != expected
    ]
    if {change.cause for change in page} <= {change.cause for change in shown}:
        lost = _loaded(before) ^ _loaded(after)
        styles = [change for change in happened if change.kind is Kind.STYLE or not lost.isdisjoint(change.topics)]
        yield from compare_looks(before, after, page, styles)
    yield from happened
    yield from _compare_time(before.seconds, after.seconds)


def _loaded(step: RecordedStep) -> set[Topic]:
    """The addresses of the style sheets and pictures that its page has."""
    return {topic for each in (*step.sheets, *step.pictures) for topic in addresses(each.url)}


def _compare_time(before: float | None, after: float | None) -> Iterator[Change]:
    """Whether a step became much slower. That depends on the machine too, so it is only information."""
    times, seconds = NOISE
    if before is not None and after is not None and after > times * before and after > before + seconds:
        yield Change(Kind.TIME, f"takes {after:.1f} instead of {before:.1f} seconds", advice=True)


def _names(steps: tuple[RecordedStep, ...]) -> str:
    return " and ".join(f"“{step.title.en}”" for step in steps)


def _listed(clauses: tuple[str, ...]) -> str:
    return " ".join(clauses) or "no clause"

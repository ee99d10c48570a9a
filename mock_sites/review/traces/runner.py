"""What Playwright Test writes of a test: its steps, attachments and errors."""

from collections.abc import Iterator, Sequence
from math import inf, nextafter
from typing import Final

import click

from mock_sites.review.recording import TEST_ENDS
from mock_sites.review.traces.browser import GROUP
from mock_sites.review.traces.events import After, Before, Failure, Line, TestError

_OWN: Final = {"error-context", "screenshot", "trace", "video"}
"""Attachments that the test runner makes."""


class Runner:
    """The steps of a test. Steps that the test names are groups of actions; hooks and fixtures are left out."""

    def __init__(self, lines: Sequence[Line]) -> None:
        """Take what ``lines`` of the test runner tell."""
        steps = [line for line in lines if isinstance(line, Before)]
        self._by_call = {step.call_id: step for step in steps}
        self._by_step = {step.step_id or step.call_id: step for step in steps}
        self._ends = {line.call_id: line for line in lines if isinstance(line, After)}
        # A step may fail in a test that passes: the test tries again, or an earlier test did what failed.
        self._errors = [line.message for line in lines if isinstance(line, TestError)]

    def add_to(self, browsers: Sequence[Sequence[Line]]) -> list[list[Line]]:
        """The lines of the browsers of the test, with its steps. What belongs to no browser is told of the first."""
        first, *others = ([*self._grouped(lines)] for lines in browsers)
        first += self._attachments(first)
        failed = any(isinstance(line, After) and line.error for lines in (first, *others) for line in lines)
        return [first if failed else [*first, *self._failure(first)], *others]

    def _grouped(self, lines: Sequence[Line]) -> Iterator[Line]:
        groups: dict[str, Before] = {}
        for line in lines:
            if not isinstance(line, Before) or not (
                group := self._group(self._by_step.get(line.step_id or line.call_id))
            ):
                yield line
                continue
            yield line.model_copy(update={"parent_id": line.parent_id or group.call_id})
            while group:
                groups[group.call_id] = group
                group = self._group(self._by_call.get(group.parent_id or ""))
        for group in groups.values():
            around = self._group(self._by_call.get(group.parent_id or ""))
            changed = {"class_name": "Tracing", "method": GROUP, "parent_id": around and around.call_id}
            yield group.model_copy(update=changed)
            if end := self._ends.get(group.call_id):
                yield end

    def _group(self, step: Before | None) -> Before | None:
        """The step, or the nearest one around it, that the test names."""
        while step and step.method != "test.step" and not step.call_id.startswith("test.step@"):
            step = self._by_call.get(step.parent_id or "")
        return step

    def _attachments(self, lines: Sequence[Line]) -> Iterator[Line]:
        for call, end in self._ends.items():
            step = self._by_call.get(call)
            for attachment in end.attachments if step else ():
                if step and attachment.name not in _OWN:
                    title = f"attach “{attachment.name}” ({attachment.content_type})"
                    yield step.model_copy(update={"title": title, "parent_id": _group_before(lines, step.start_time)})
                    yield end

    def _failure(self, lines: Sequence[Line]) -> Iterator[Line]:
        """The failure of a test of which no action failed."""
        if self._errors:
            ends = (line.end_time for line in lines if isinstance(line, After))
            begins = (line.start_time for line in lines if isinstance(line, Before))
            ended = nextafter(max([*ends, *begins], default=0), inf)
            about = {"callId": "test", "startTime": ended, "class": "Test", "title": TEST_ENDS}
            yield Before.model_validate({"type": "before", "parentId": _group_before(lines, ended), **about})
            error = Failure(message=click.unstyle(self._errors[0]))
            yield After(type="after", call_id="test", end_time=ended, error=error)


def _group_before(lines: Sequence[Line], time: float) -> str | None:
    """The last group that began before a time: what comes after it is seen on its page."""
    groups = (line for line in lines if isinstance(line, Before) and line.method == GROUP and line.start_time <= time)
    last = max(groups, key=lambda group: group.start_time, default=None)
    return last and last.call_id

"""Gives the later of two recordings the values of the earlier one wherever they only vary from run to run.

Lines at the same place are found by their skeletons, step by step and field by field. Then each pair of parts is judged
by its kind. What is not explained stays as it is, and so is found by the comparison.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from mock_sites.review.recording import RecordedStep, Recording, Request
from mock_sites.review.varying.borders import settle_borders
from mock_sites.review.varying.kinds import Kind, Line, Part, look_random, read_line
from mock_sites.review.varying.lines import Lines, read_lines, write_lines
from mock_sites.review.varying.numbers import Numbers, Seen, explained
from mock_sites.review.varying.places import Places, same_lines, same_steps
from mock_sites.review.varying.requests import (
    settle_answered_ahead,
    settle_requests,
    settle_sockets,
    settle_speculative,
)
from mock_sites.review.varying.states import states_that_meet
from mock_sites.review.varying.times import Run, same_age, same_time
from mock_sites.review.varying.values import Correspondence, complete

UNORDERED: Final = "requests"
"""The field whose order is partly accidental. Its values are paired after those of all others."""

STATES: Final = "states"
"""The field whose states are compared in pairs. Their lines are paired before those of all states together."""

_NUMBERED_PORT: Final = re.compile(r"«port-\d+»")
_PIECE: Final = re.compile(r"[0-9A-Za-z_-]{4,}")
_WORD: Final = re.compile(r"[0-9A-Za-z_-]+")

_SAME_TIME: Final[Mapping[Kind, Callable[[str, str, Run, Run], bool]]] = {Kind.TIME: same_time, Kind.AGE: same_age}


def align_values(before: Recording, after: Recording) -> Recording:
    """``after`` with the values of ``before`` for those that only vary. Recordings with a seed are left as they are."""
    return after if before.seed or after.seed else _Alignment(before, after).result()


@dataclass
class _Alignment:
    """Two recordings, and what is known of their values.

    Attributes:
        times: the times and ages of the earlier recording that stand for those of the later, by their place: the step,
            the field, the line, and the beginning of the part.
        numbers: pairs of numbers at the same places, each after its label.
        ahead: what steps of the later recording asked for ahead of need, by their places.
    """

    before: Recording
    after: Recording
    times: dict[tuple[int, str, int, int], str] = field(default_factory=dict[tuple[int, str, int, int], str])
    numbers: list[tuple[str, str, str]] = field(default_factory=list[tuple[str, str, str]])
    ahead: dict[int, Sequence[Request]] = field(default_factory=dict[int, Sequence[Request]])

    def __post_init__(self) -> None:
        """Find the places, and judge what stands there."""
        self.steps: list[Places] = same_steps(self.before.steps, self.after.steps)
        self.values = Correspondence(self._occurs_in_both)
        changed = [
            (places, name) for places in self.steps for name in self._lines[1][places[1]] if self._differs(places, name)
        ]
        for (i, j), name in sorted(changed, key=lambda found: found[1] == UNORDERED):
            known = self.values.earlier if name == UNORDERED else {}
            blocks = states_that_meet(self.before.steps[i], self.after.steps[j]) if name == STATES else ()
            pair = self._lines[0][i].get(name, ()), self._lines[1][j][name]
            for (_old, place), old, new in same_lines(*pair, known, blocks):
                for was, now in zip(old.parts, new.parts, strict=True):
                    self._judge(was, now, (j, name, place, now.start))

    def result(self) -> Recording:
        """The later recording with the values of the earlier one."""
        partners = {j: i for i, j in self.steps}
        steps = [
            self._settle(step, place, self.before.steps[partners[place]] if place in partners else None)
            for place, step in enumerate(self.after.steps)
        ]
        settled = settle_borders(self.before.steps, steps, self.steps)
        settled = settle_answered_ahead(self.before.steps, settled, self.steps, self.ahead)
        return self.after.model_copy(update={"steps": tuple(_numbered(settled))})

    def _judge(self, was: Part, now: Part, place: tuple[int, str, int, int]) -> None:
        """Note what a pair of parts at the same place tells."""
        if now.kind is Kind.NUMBER:
            if was.label == now.label:
                self.numbers.append((now.label, was.text, now.text))
        elif same := _SAME_TIME.get(now.kind):
            if was.text == now.text or (self._runs and same(was.text, now.text, *self._runs)):
                self.times.setdefault(place, was.text)
        elif now.kind is Kind.VALUE or was.text == now.text or look_random(was.text, now.text):
            self.values.propose(was.text, now.text)

    def _settle(self, step: RecordedStep, place: int, partner: RecordedStep | None) -> RecordedStep:
        """A step with the values of the earlier recording."""
        fields = {
            name: lines
            for name, lines in self._lines[1][place].items()
            if partner is None or self._mapped_numbers or getattr(step, name) != getattr(partner, name)
        }
        new = {
            name: [self._rewrite(read_line(text), (place, name, number)) for number, text in enumerate(lines)]
            for name, lines in fields.items()
        }
        changed = {name: lines for name, lines in new.items() if lines != fields[name]}
        settled = step.model_copy(update=write_lines(step, changed))
        if partner is None:
            return settled
        requests = settle_requests(partner.requests, settled.requests, step.requests)
        self.ahead[place] = [settled.requests[number] for number in step.speculative]
        requests = settle_speculative(partner, requests, self.ahead[place])
        same = (partner.url, partner.title) == (settled.url, settled.title)
        return settled.model_copy(
            update={
                "requests": tuple(requests),
                "sockets": settle_sockets(settled.sockets, step.sockets),
                "name": partner.name if same else settled.name,
                "varying": (*settled.varying, *_where_named_otherwise(step, settled)),
            }
        )

    def _rewrite(self, line: Line, place: tuple[int, str, int]) -> str:
        """A line with the values of the earlier recording."""
        written: list[str] = []
        end = 0
        for part in line.parts:
            written += [self._words(line.text[end : part.start]), self._earlier(part, place)]
            end = part.end
        return "".join([*written, self._words(line.text[end:])])

    def _earlier(self, part: Part, place: tuple[int, str, int]) -> str:
        if part.kind is Kind.NUMBER:
            return self._mapped_numbers.get((part.label, part.text), part.text)
        if part.kind in _SAME_TIME:
            return self.times.get((*place, part.start), part.text)
        return self._mapped_values.get(part.text, part.text)

    def _words(self, text: str) -> str:
        """A text between parts, with the values of the earlier recording."""
        known = self._mapped_values
        return _WORD.sub(lambda word: known.get(word[0], word[0]), text) if known else text

    def _differs(self, places: Places, name: str) -> bool:
        """Whether a field differs in two steps."""
        before, after = self.before.steps[places[0]], self.after.steps[places[1]]
        return bool(getattr(before, name) != getattr(after, name))

    def _occurs_in_both(self, value: str) -> bool:
        """Whether all pieces of a value are written in both recordings. Ports have numbers in the order of each one."""
        pieces = [] if _NUMBERED_PORT.fullmatch(value) else _PIECE.findall(value)
        return bool(pieces) and self._common.issuperset(pieces)

    @cached_property
    def _lines(self) -> tuple[list[Lines], list[Lines]]:
        before, after = ([read_lines(step) for step in recording.steps] for recording in (self.before, self.after))
        return before, after

    @cached_property
    def _common(self) -> frozenset[str]:
        """The words of both recordings."""
        old, new = (
            {piece for step in steps for lines in step.values() for line in lines for piece in _PIECE.findall(line)}
            for steps in self._lines
        )
        return frozenset(old & new)

    @cached_property
    def _runs(self) -> tuple[Run, Run] | None:
        """When both were recorded, if that is known."""
        first, second = _run(self.before), _run(self.after)
        return (first, second) if first and second else None

    @cached_property
    def _mapped_numbers(self) -> Numbers:
        if all(old == new for _label, old, new in self.numbers):
            return {}
        return explained(self.numbers, *map(Seen.of, self._lines))

    @cached_property
    def _mapped_values(self) -> Mapping[str, str]:
        if all(old == new for new, old in self.values.earlier.items()):
            return {}
        shown = (
            part.text
            for step in self._lines[1]
            for lines in step.values()
            for line in lines
            for part in read_line(line).parts
            if part.kind in {Kind.VALUE, Kind.WORD}
        )
        return {new: old for new, old in complete(self.values.earlier, shown).items() if new != old}


def _run(recording: Recording) -> Run | None:
    if recording.recorded is None:
        return None
    return Run(recording.recorded, sum(step.seconds or 0 for step in recording.steps))


def _where_named_otherwise(step: RecordedStep, settled: RecordedStep) -> Iterator[tuple[float, float, float, float]]:
    """Where the picture of a step shows elements that have another name now that it is settled."""
    boxes = zip((*(step.boxes or ()), *step.texts), (*(settled.boxes or ()), *settled.texts), strict=True)
    return ((now.x, now.y, now.width, now.height) for was, now in boxes if was.name != now.name)


def _numbered(steps: Sequence[RecordedStep]) -> Iterator[RecordedStep]:
    """The steps with the number of the visit among those of the same name."""
    seen: Counter[str] = Counter()
    for step in steps:
        seen[step.name] += 1
        yield step if step.visit == seen[step.name] else step.model_copy(update={"visit": seen[step.name]})

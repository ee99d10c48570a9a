"""Applies a user's rules to recordings, only to compare them: baselines and reports keep what was recorded."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final, TypeGuard, TypeVar, cast

from mock_sites.review.changes import Change
from mock_sites.review.comparing.compare import compare
from mock_sites.review.recording import Box, RecordedState, RecordedStep, Recording
from mock_sites.review.traces.selected import ElementRule
from mock_sites.review.tree import read_tree, write_tree
from mock_sites.review.varying.elements import SAME, clean_nodes, same_value
from mock_sites.review.varying.lines import lines_of, read_lines, write_lines
from mock_sites.review.varying.rules import Ignore, Mask, Normalise, Rule, Rules, TextRule

NO_ENTRIES: Final = {
    "actions",
    "boxes",
    "clauses",
    "forms",
    "inputs",
    "requests",
    "states",
    "storage",
    "texts",
    "varying",
}
"""Fields of which a regular expression leaves nothing out: they are addresses, or other fields depend on them."""

NO_ELEMENTS: Final = "cannot apply to recordings of journeys and to baselines, which have no elements"
"""Why a rule by selector has not applied, if no traces were compared."""

PAGE: Final = "tree", "boxes", "texts"
"""The fields of a step that its last state has too."""

Page = TypeVar("Page", RecordedStep, RecordedState)


@dataclass(frozen=True)
class RuleUse:
    """A rule, and how often it applied in both recordings of each comparison together.

    Attributes:
        note: why it cannot have applied; empty if it can.
    """

    rule: Rule
    count: int
    note: str = ""

    @property
    def text(self) -> str:
        """The rule in one line, and why it cannot have applied, if that is so."""
        return f"{self.rule.text} ({self.note})" if self.note else self.rule.text


@dataclass
class RulesAtWork:
    """Applies rules, and counts how often each does something.

    Attributes:
        with_elements: whether traces are compared with traces: only these have the elements that selectors name.
    """

    rules: Rules
    with_elements: bool = False
    _counts: Counter[int] = field(default_factory=Counter[int])

    @property
    def uses(self) -> list[RuleUse]:
        """Each rule with its count."""
        return [RuleUse(rule, self._counts[id(rule)], self._note(rule)) for rule in self.rules.all]

    def on_elements(self) -> list[ElementRule]:
        """The rules by selector, which apply when traces are read that are compared with each other."""
        self.with_elements = True
        return [
            ElementRule(
                rule.compiled_selector,
                SAME if isinstance(rule, Normalise) else None,
                rule.is_about_any,
                partial(self._count, rule),
            )
            for rule in self.rules.all
            if _is_by_selector(rule)
        ]

    def _note(self, rule: Rule) -> str:
        return NO_ELEMENTS if _is_by_selector(rule) and not self.with_elements else ""

    def compare(self, before: Recording, after: Recording) -> Iterator[tuple[RecordedStep, Change]]:
        """The changes that count, each with its step as it was recorded.

        Raises:
            ReviewError: as those of a comparison.
        """
        if not self.rules.all:
            yield from compare(before, after)
            return
        old, new = self._clean(before), self._clean(after)
        gone = {id(clean): step for clean, step in zip(old.steps, before.steps, strict=True)}
        recorded = {step.number: step for step in after.steps}
        for step, change in compare(old, new):
            yield gone.get(id(step)) or recorded[step.number], change

    def _clean(self, recording: Recording) -> Recording:
        """The recording without what does not count."""
        return recording.model_copy(update={"steps": tuple(map(self._step, recording.steps))})

    def _step(self, step: RecordedStep) -> RecordedStep:
        rules = [rule for rule in self.rules.all if rule.is_about(step) and not _is_by_selector(rule)]
        areas = [(box.x, box.y, box.width, box.height) for box in self._left_out(step, rules)]
        for rule in rules:
            if isinstance(rule, Mask) and step.image:
                self._count(rule, 1)
                areas.append(rule.area)
        states = tuple(self._page(state, rules) for state in step.states)
        if states:  # The last of them is the page at the end of the step: it counts once.
            page = {name: getattr(states[-1], name) for name in PAGE}
            step = step.model_copy(update={**page, "states": states})
        else:
            step = self._page(step, rules)
        step = step.model_copy(update={"varying": (*step.varying, *areas)})
        for rule in rules:
            if isinstance(rule, TextRule) and not rule.names_elements:
                step = self._without(step, rule) if isinstance(rule, Ignore) else step
                step = self._normal(step, rule) if isinstance(rule, Normalise) or rule.field else step
        return step

    def _page(self, page: Page, rules: Sequence[Rule]) -> Page:
        """A page without the elements that do not count, or with the same value for them."""
        known = [rule for rule in rules if isinstance(rule, TextRule) and _is_about_elements(rule)]
        if not known:
            return page
        before = read_tree(page.tree)
        nodes, _written = clean_nodes(before, known, self._count)
        left = set(self._left_out(page, rules))
        update = {
            "tree": page.tree if tuple(nodes) == before else write_tree(nodes),
            "boxes": page.boxes and tuple(box for box in page.boxes if box not in left),
            "texts": tuple(box for box in page.texts if box not in left),
        }
        return page.model_copy(update=update)

    def _left_out(self, page: RecordedStep | RecordedState, rules: Sequence[Rule]) -> list[Box]:
        """The boxes of elements of which something does not count."""
        known = [rule for rule in rules if isinstance(rule, TextRule) and rule.names_elements]
        boxes = (*(page.boxes or ()), *page.texts) if known else ()
        return [box for box in boxes if any(rule.is_of(box.role, box.name) for rule in known)]

    def _without(self, step: RecordedStep, rule: Ignore) -> RecordedStep:
        """A step without the entries that a rule is about."""
        update: dict[str, Any] = {}
        for name, entries in step:
            # A named tuple is one value, and no list of entries.
            if type(entries) is tuple and name != "states":
                found = cast("tuple[object, ...]", entries)
                kept = tuple(entry for entry in found if not _is_about(rule, name, entry))
                self._count(rule, len(found) - len(kept))
                update[name] = kept
        return step.model_copy(update=update)

    def _normal(self, step: RecordedStep, rule: TextRule) -> RecordedStep:
        """A step with the same value for all that a rule finds."""
        new: dict[str, list[str]] = {}
        for name, lines in read_lines(step).items():
            found = [same_value(rule.expression, line) for line in lines]
            if count := sum(count for _line, count in found):
                self._count(rule, count)
                new[name] = [line for line, _count in found]
        settled = step.model_copy(update=write_lines(step, new))
        # The name is made of the title, without its punctuation.
        return settled.model_copy(update={"name": settled.title.en}) if "title" in new else settled

    def _count(self, rule: Rule, count: int) -> None:
        self._counts[id(rule)] += count


def _is_by_selector(rule: Rule) -> TypeGuard[TextRule]:
    return isinstance(rule, TextRule) and bool(rule.selector)


def _is_about_elements(rule: TextRule) -> bool:
    return rule.names_elements or (isinstance(rule, Ignore) and bool(rule.pattern))


def _is_about(rule: Ignore, name: str, entry: object) -> bool:
    """Whether an entry of a field is what a rule leaves out."""
    if rule.url:
        return rule.expression.is_in(str(getattr(entry, "url", "")))
    if rule.field:
        return name == "storage" and getattr(entry, "name", "") == rule.field
    return name not in NO_ENTRIES and any(rule.expression.is_in(line) for line in lines_of(entry))

"""Proposes rules from two recordings of the same, unchanged thing: ``journeys review --learn``."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from glob import escape
from typing import Final

from mock_sites.review.changes import Change
from mock_sites.review.findings import Finding, Place
from mock_sites.review.varying.candidates import candidates
from mock_sites.review.varying.rules import Rule, Rules

ROUNDS: Final = 8
"""How often rules are proposed for what those proposed before leave."""
LONGEST: Final = 80
"""The most characters of a value in a comment."""

Trial = Callable[[Rules], Sequence[Finding]]
"""Reviews with some rules."""

Found = tuple[Place, Change]
"""A difference, and where it is."""


@dataclass(frozen=True)
class Proposal:
    """A rule, and what differed."""

    rule: Rule
    why: str


def learn(review: Trial, known: Rules) -> tuple[list[Proposal], Sequence[Finding]]:
    """Rules with which a review finds nothing, each of which is needed, and the findings that none can cover.

    ``known``: rules that there are already.
    """
    proposals: dict[Rule, Proposal] = {}
    left = review(known)
    for _round in range(ROUNDS):
        new = _next_rules(left, proposals)
        if not new:
            break
        proposals |= new
        left = review(known.with_more(proposals))
    needed = _needed(review, known, proposals, len([*_differences(left)]))
    return [proposals[rule] for rule in needed], [finding for finding in left if not finding.advice]


def write_rules(proposals: Sequence[Proposal], left: Sequence[Finding]) -> str:
    """Proposals as the content of a file, each with a comment."""
    tables = [f"# {proposal.why}\n{_table(proposal.rule)}" for proposal in proposals]
    tables += [f"# No rule covers this: {finding.what}\n" for finding in left]
    return "\n".join(tables) or "# Nothing differs.\n"


def _next_rules(findings: Sequence[Finding], tried: Collection[Rule]) -> dict[Rule, Proposal]:
    """For each difference the narrowest rule that was not tried yet."""
    new: dict[Rule, Proposal] = {}
    for place, change in _differences(findings):
        rules = candidates(change, (escape(place.step.title.en),))
        if rule := next((rule for rule in rules if rule not in tried), None):
            new.setdefault(rule, Proposal(rule, _why(place, change)))
    return new


def _needed(review: Trial, known: Rules, rules: Iterable[Rule], left: int) -> list[Rule]:
    """The rules without those whose absence shows nothing more than what is ``left`` anyway."""
    needed = [*rules]
    for rule in reversed([*needed]):
        others = [other for other in needed if other is not rule]
        if len([*_differences(review(known.with_more(others)))]) <= left:
            needed = others
    return needed


def _differences(findings: Sequence[Finding]) -> Iterator[Found]:
    for finding in findings:
        if not finding.advice:
            for place in finding.places:
                yield from ((place, change) for change in place.changes if not change.advice)


def _why(place: Place, change: Change) -> str:
    return f"{change.kind} in step {place.step.title.en}: {_told(change)}"


def _told(change: Change) -> str:
    value = change.value
    return f"{_short(value.before)} and {_short(value.after)}" if value else _short(change.what)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _table(rule: Rule) -> str:
    lines = [f"{key} = {_toml(value)}" for key, value in rule.model_dump(exclude_defaults=True).items()]
    return "\n".join([f"[[{rule.verb}]]", *lines, ""])


def _toml(value: object) -> str:
    if isinstance(value, str) and "\\" in value and "'" not in value and value.isprintable():
        return f"'{value}'"
    return json.dumps(value, ensure_ascii=False)

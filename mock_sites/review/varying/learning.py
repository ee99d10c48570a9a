"""Proposes rules from two recordings of the same, unchanged thing: ``journeys review --learn``."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from glob import escape
from typing import Final
from urllib.parse import urlsplit

from mock_sites.review.changes import Change, Kind, Value
from mock_sites.review.findings import Finding
from mock_sites.review.recording import RecordedStep
from mock_sites.review.varying.rules import Ignore, Mask, Normalise, Rule, Rules

ROUNDS: Final = 5
"""How often rules are proposed for what those proposed before leave."""
MARGIN: Final = 2
"""Pixels around an area that differs."""
LONGEST: Final = 80
"""The most characters of a value in a comment."""

_SHAPES: Final = (r"\d+", "[0-9a-f]+", r"\w+")
_ADDRESS: Final = re.compile(r"\bhttps?://[^\s”]+")
_QUOTED: Final = re.compile("“(.*)”", re.DOTALL)
_MARKS: Final = re.compile(r"([/?&#=;])")


@dataclass(frozen=True)
class Proposal:
    """A rule, and what differed."""

    rule: Rule
    why: str


def learn(review: Callable[[Rules], Sequence[Finding]], known: Rules) -> tuple[list[Proposal], Sequence[Finding]]:
    """Rules with which a review finds nothing, and the findings that none can cover.

    Args:
        review: the findings with some rules.
        known: rules that there are already.
    """
    proposals: dict[Rule, Proposal] = {}
    left = _differences(review(known))
    for _round in range(ROUNDS):
        new = [proposal for finding in left for proposal in _proposals(finding) if proposal.rule not in proposals]
        if not new:
            break
        proposals |= {proposal.rule: proposal for proposal in new}
        left = _differences(review(known.with_more(proposals)))
    return list(proposals.values()), left


def write_rules(proposals: Sequence[Proposal], left: Sequence[Finding]) -> str:
    """Proposals as the content of a file, each with a comment."""
    tables = [f"# {proposal.why}\n{_table(proposal.rule)}" for proposal in proposals]
    tables += [f"# No rule covers this: {finding.what}\n" for finding in left]
    return "\n".join(tables) or "# Nothing differs.\n"


def _differences(findings: Sequence[Finding]) -> list[Finding]:
    return [finding for finding in findings if not finding.advice]


def _proposals(finding: Finding) -> Iterator[Proposal]:
    for place in finding.places:
        for change in place.changes:
            rule = None if change.advice else _rule(change, (escape(place.step.title.en),))
            if rule:
                yield Proposal(rule, _why(change, place.step))


def _rule(change: Change, steps: tuple[str, ...]) -> Rule | None:
    """The narrowest rule that covers a change, if there is one."""
    if change.area:
        x, y, width, height = change.area
        area = max(x - MARGIN, 0), max(y - MARGIN, 0), width + 2 * MARGIN, height + 2 * MARGIN
        return Mask(steps=steps, area=area)
    roles = {spot.role for spot in (*change.before, *change.after)}
    if change.value and all(change.value):
        if address := _address(change.value):
            return Normalise(steps=steps, url=address)
        role = next(iter(roles)) if len(roles) == 1 else ""
        return Normalise(steps=steps, role=role, pattern=_pattern(change.value))
    if roles:
        [spot, *_others] = (*change.before, *change.after)
        return Ignore(steps=steps, role=spot.role, name=escape(spot.name))
    return _without_value(change, steps)


def _without_value(change: Change, steps: tuple[str, ...]) -> Rule | None:
    """A rule for something that only one of the recordings has."""
    if change.kind in {Kind.REQUESTS, Kind.SOCKETS} and (address := _ADDRESS.search(change.what)):
        return Ignore(steps=steps, url=urlsplit(address[0]).path)
    if change.kind is not Kind.FLOW and (text := _QUOTED.search(change.what)):
        return Ignore(steps=steps, pattern=_escaped(text[1]))
    return None


def _address(value: Value) -> str:
    """The common part of two addresses, with a star for each part that differs; empty if they are not so alike."""
    if not all(_ADDRESS.fullmatch(text) for text in value):
        return ""
    old, new = ([*_MARKS.split(_path(text))] for text in value)
    if len(old) != len(new) or old[1::2] != new[1::2] or old == new:
        return ""
    parts = [was if was == now else "*" for was, now in zip(old, new, strict=True)]
    last = max(place for place, part in enumerate(parts) if part == "*")
    return "".join(parts[: last + 1]) if all(old[i] and new[i] for i, part in enumerate(parts) if part == "*") else ""


def _path(address: str) -> str:
    parts = urlsplit(address)
    return address.removeprefix(f"{parts.scheme}://{parts.netloc}")


def _pattern(value: Value) -> str:
    """An expression for both texts, with a group for each part that differs."""
    old, new = (re.findall(r"\w+|\W", text) for text in value)
    pieces: list[str] = []
    for tag, i, end, j, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        was, now = "".join(old[i:end]), "".join(new[j:stop])
        pieces.append(_escaped(was) if tag == "equal" else f"({_shape(was, now)})")
    return f"^{''.join(pieces)}$"


def _shape(*texts: str) -> str:
    return next((shape for shape in _SHAPES if all(re.fullmatch(shape, text) for text in texts)), ".*")


def _escaped(text: str) -> str:
    return re.escape(text).replace(r"\ ", " ").replace(r"\-", "-")


def _why(change: Change, step: RecordedStep) -> str:
    values = f"{_short(change.value.before)} and {_short(change.value.after)}" if change.value else _short(change.what)
    return f"{change.kind} in step {step.title.en}: {values}"


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

"""What a test has done in its browsers, and which clauses that proves, in which languages.

Marks and steps name the clauses they are about. That alone does not count: the test or the step must also have met the
proof that ``clauses.toml`` requires for the clause.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from fnmatch import fnmatchcase
from typing import Final
from urllib.parse import urlsplit

from e2e.clauses import Clause, all_clauses
from e2e.journeys import Journey, Step
from e2e.scenario.labels import LANGUAGES, Language

CLAIM: Final = "clause"
"""The name of a claim among the properties of a test's report."""
PART: Final = "part"
"""The name of the part of a run among them, such as "1 of 3"."""
READ: Final = "words read"
PLAYED: Final = "step played"
"""The proof of a claim that needs no answer."""

_DOCUMENTED: Final = re.compile(r"((?:[a-z0-9-]+\.)+?com|mail)\.")
"""The documented name at the beginning of a host name; the world and the domain follow it."""


@dataclass(frozen=True)
class Claim:
    """A test proves a clause in one language, itself or by a journey that it plays.

    ``proof`` is what was met: an entry of the clause's ``proof``, ``READ`` or ``PLAYED``; empty if the test was only
    collected.
    """

    clause: str
    language: Language
    test: str
    journey: str | None
    proof: str = ""


def stored(claim: Claim) -> str:
    """The claim as a property of a test's report, which JUnit files have as text."""
    return json.dumps(astuple(claim))


def read(text: str) -> Claim:
    """The claim of a property."""
    return Claim(*json.loads(text))


@dataclass(frozen=True)
class Answer:
    """An answer to a browser, such as "GET www.huaweicloud.com/ 200", and the language of the page."""

    text: str
    language: Language


@dataclass(frozen=True)
class ReadNote:
    """A person has read the text of a note."""

    clause: str
    language: Language


@dataclass(frozen=True)
class Seen:
    """What was met while a test or a step ran."""

    answers: Sequence[Answer] = ()
    readings: Sequence[ReadNote] = ()


@dataclass(frozen=True)
class PlayedStep:
    """A step that was played to its end, its language, and what was met within it."""

    journey: Journey
    step: Step
    language: Language
    seen: Seen


def answer_of(method: str, url: str, status: int, language: str | None) -> Answer | None:
    """An answer to a browser, with the documented host. None if it has no language, such as a picture."""
    known: Language | None = next((each for each in LANGUAGES if each == language), None)
    address = urlsplit(url)
    found = _DOCUMENTED.match(address.hostname or "")
    host = found[1] if found else address.hostname
    return Answer(f"{method} {host}{address.path} {status}", known) if known else None


def parts(clause: Clause) -> list[str]:
    """All parts of a clause's proof."""
    return [*clause.proof, READ] if clause.reads else [*clause.proof]


def proofs(clause: Clause, seen: Seen) -> list[tuple[Language, str]]:
    """The parts of a clause's proof that were met, each with its language."""
    return [
        (language, part) for language in LANGUAGES for part in parts(clause) if _is_met(clause, language, part, seen)
    ]


def claims_of_marks(test: str, marked: Iterable[str], seen: Seen) -> list[Claim]:
    """What a test shows of the clauses it is marked with."""
    known = [all_clauses()[clause] for clause in marked if clause in all_clauses()]
    return [
        Claim(clause.id, language, test, None, proof) for clause in known for language, proof in proofs(clause, seen)
    ]


def claims_of_step(test: str, played: PlayedStep) -> list[Claim]:
    """What a step proves: a flow, by its end; a rule or a note, by what was met within the step."""
    claims: list[Claim] = []
    for clause in (all_clauses()[clause] for clause in played.step.clauses):
        in_step = proofs(clause, played.seen)
        found: list[tuple[Language, str]] = [(played.language, PLAYED)] if clause.kind == "flow" else in_step
        claims += [Claim(clause.id, language, test, played.journey.name, proof) for language, proof in found]
    return claims


def unfulfilled(
    claims: Sequence[Claim],
    marked: Iterable[str],
    plays: Iterable[tuple[Journey, Sequence[Step]]],
    played: Sequence[PlayedStep],
) -> list[str]:
    """Claims of a test, or of a step that it played, whose proof was not met."""
    own = {claim.clause for claim in claims if claim.journey is None}
    found = [_not_met(f"The test is marked with {clause}", clause) for clause in marked if clause not in own]
    for journey, steps in plays:
        done = {each.step.name for each in played if each.journey is journey}
        missing = [step.name for step in steps if step.name not in done]
        if missing:
            found.append(
                f"The test is marked to play {journey.name}, but did not play {len(missing)} of {len(steps)} steps, "
                f"{missing[0]} first. Play them, or remove the mark."
            )
    for each in played:
        shown = {claim.clause for claim in claims_of_step("", each)}
        found += [
            _not_met(f"The step {each.step.name} of {each.journey.name} names {clause}", clause)
            for clause in each.step.clauses
            if clause not in shown
        ]
    return found


def _is_met(clause: Clause, language: Language, part: str, seen: Seen) -> bool:
    if part == READ:
        return ReadNote(clause.id, language) in seen.readings
    return any(answer.language == language and fnmatchcase(answer.text, part) for answer in seen.answers)


def _not_met(who: str, name: str) -> str:
    if name not in all_clauses():
        return f"{who}, which is no clause of e2e/clauses.toml."
    clause = all_clauses()[name]
    return f"{who}, but met none of this there: {'; '.join(parts(clause))}. Do one of it, or remove the id."

"""Which tests, and which journeys in tests, prove which clauses, and in which languages.

The marks of tests are listed without running them. In a run, only what the tests did counts.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, cast

import pytest
from babel import Locale

from e2e.clauses import Clause, all_clauses
from e2e.journeys import JOURNEYS, Journey, Step
from e2e.proof import Claim, parts
from e2e.scenario.labels import LANGUAGES, Language
from mock_sites import temporary_folder

ROOT: Final = Path(__file__).parents[1]


def claims_of(test: pytest.Item) -> Iterator[Claim]:
    """The marks of a collected test."""
    name = test_name(test)
    language: Language = cast("Language", _parameter(test, "language") or LANGUAGES[0])
    for clause in marked_clauses(test):
        yield Claim(clause, language, name, None)
    for journey, steps in marked_plays(test):
        for clause in dict.fromkeys(clause for step in steps for clause in step.clauses):
            yield Claim(clause, language, name, journey.name)


def test_name(test: pytest.Item) -> str:
    """The test without its parameters."""
    return test.nodeid.partition("[")[0]


def marked_clauses(test: pytest.Item) -> list[str]:
    """The clauses that a test is marked with."""
    return [str(clause) for marker in test.iter_markers("clause") for clause in marker.args]


def marked_plays(test: pytest.Item) -> list[tuple[Journey, list[Step]]]:
    """The journeys that a test is marked to play, and which of their steps."""
    return [_steps_played(*marker.args, **marker.kwargs) for marker in test.iter_markers("plays")]


def collect_claims() -> list[Claim]:
    """What all tests claim, without running them.

    Raises:
        RuntimeError: pytest could not collect them.
    """
    with temporary_folder() as folder:
        written = folder / "claims.json"
        found = subprocess.run(
            [sys.executable, "-m", "pytest", "--collect-only", "-qq", f"--claims-to={written}", "e2e"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        if found.returncode:
            raise RuntimeError(found.stdout + found.stderr)
        return [Claim(*claim) for claim in json.loads(written.read_text(encoding="utf-8"))]


def unclaimed(claims: Sequence[Claim]) -> list[str]:
    """Clauses that no mark names, and marks of clauses that do not exist.

    Each clause needs a test of its own, and in each language a test or a journey.
    """
    known = all_clauses()
    own = {claim.clause for claim in claims if claim.journey is None}
    found = [f"{claim.test} names {claim.clause}, which is no clause" for claim in claims if claim.clause not in known]
    found += [f"{clause}: no test of its own passed" for clause in known if clause not in own]
    for language in LANGUAGES:
        shown = {claim.clause for claim in claims if claim.language == language}
        found += [f"{clause}: nothing passed in {language!r}" for clause in known if clause not in shown]
    return list(dict.fromkeys(found))


def unproven(claims: Sequence[Claim]) -> list[str]:
    """What is wrong with the claims of tests that passed.

    Besides what is unclaimed: a rule or a note needs, in each language, tests of its own that have met each part of its
    proof.
    """
    found = unclaimed(claims)
    own = {(claim.clause, claim.language, claim.proof) for claim in claims if claim.journey is None}
    found += [
        f"{clause.id}: no test of its own met in {language!r}: {part}"
        for clause in all_clauses().values()
        if clause.kind != "flow"
        for language in LANGUAGES
        for part in parts(clause)
        if (clause.id, language, part) not in own
    ]
    return found


def describe(claims: Sequence[Claim]) -> str:
    """All clauses with the tests and journeys that show them, as Markdown; the same claims give the same text."""
    lines = [
        "# The clauses, and what shows that they hold",
        "",
        "Written by `journeys clauses`: each sentence of `e2e/clauses.toml` with what proves it, the tests that are",
        "marked with it, the journeys that play it, and the languages in which they do. A test fails that is marked",
        "with a clause, or to play a journey, and does not do it; so does a step that names a rule without trying it.",
        "",
        summary(claims),
    ]
    for clause in all_clauses().values():
        proof = ", ".join(f"`{part}`" for part in parts(clause))
        lines += ["", f"## {clause.id}", "", f"{clause.says}.", "", f"{clause.source}; {clause.kind}. Proof: {proof}."]
        lines.append("")
        lines += [f"- {line}" for line in shown_by(clause, claims)]
    return "\n".join(lines) + "\n"


def summary(claims: Sequence[Claim]) -> str:
    """How many clauses are shown, in each language."""
    whole = len(all_clauses())
    counts: list[str] = []
    for language in LANGUAGES:
        shown = {claim.clause for claim in claims if claim.language == language} & all_clauses().keys()
        counts.append(f"in {Locale(language).english_name}: {len(shown)} of {whole}")
    return f"Shown {'; '.join(counts)}."


def shown_by(clause: Clause, claims: Sequence[Claim]) -> list[str]:
    """The tests of a clause, then its journeys, each with its languages."""
    mine = [claim for claim in claims if claim.clause == clause.id]
    tests = sorted({claim.test for claim in mine if claim.journey is None})
    journeys = [name for name in JOURNEYS if any(claim.journey == name for claim in mine)]
    return [f"`{test}` {_languages(claim for claim in mine if claim.test == test)}" for test in tests] + [
        f"journey `{name}` {_languages(claim for claim in mine if claim.journey == name)}" for name in journeys
    ]


def _steps_played(journey: Journey, after: Step | None = None) -> tuple[Journey, list[Step]]:
    return journey, journey.steps_after(after)


def _languages(claims: Iterator[Claim]) -> str:
    found = {claim.language for claim in claims}
    return ", ".join(language for language in LANGUAGES if language in found)


def _parameter(test: pytest.Item, name: str) -> object:
    """What a parametrized test gets for ``name``."""
    return test.callspec.params.get(name) if isinstance(test, pytest.Function) and hasattr(test, "callspec") else None

"""The coverage of the clauses: what is claimed, what is written down, and when a run fails."""

from pathlib import Path
from typing import Final

import pytest

from e2e.clauses import all_clauses
from e2e.coverage import ROOT, Claim, collect_claims, describe, faults
from e2e.listing import print_clauses

pytest_plugins = ["pytester"]

FIRST, *OTHERS = all_clauses()

TESTS: Final = """
import pytest

@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.clause({first!r})
def test_first(language):
    pass

@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.clause(*{others!r})
def test_others(language):
    pass
"""


@pytest.fixture
def elsewhere(pytester: pytest.Pytester) -> pytest.Pytester:
    """A folder with tests of its own that are counted like ours."""
    pytester.makeconftest('pytest_plugins = ["fixtures.clauses"]')
    pytester.makeini("[pytest]\nmarkers =\n    clause\n    plays")
    pytester.syspathinsert(ROOT)
    return pytester


def run(elsewhere: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    """Run them in this process, with the plugins that they need."""
    unused = [part for name in ("randomly", "playwright", "hypothesispytest") for part in ("-p", f"no:{name}")]
    return elsewhere.runpytest_inprocess(*unused, "--clause-coverage", *arguments)


def test_a_run_that_shows_every_clause_in_several_workers_passes(elsewhere: pytest.Pytester) -> None:
    elsewhere.makepyfile(TESTS.format(first=FIRST, others=OTHERS))

    result = run(elsewhere, "-n", "2")

    assert result.ret == pytest.ExitCode.OK
    result.stdout.fnmatch_lines([f"All {len(all_clauses())} are shown to hold, in both languages."])


def test_a_run_without_one_of_the_tests_fails(elsewhere: pytest.Pytester) -> None:
    elsewhere.makepyfile(TESTS.format(first=FIRST, others=OTHERS))

    result = run(elsewhere, "-k", "not test_first")

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines([f"{FIRST}: no test of its own passed"])


def test_a_test_that_names_an_unknown_clause_fails_the_run(elsewhere: pytest.Pytester) -> None:
    elsewhere.makepyfile(TESTS.format(first=FIRST, others=[*OTHERS, "moon-1"]))

    result = run(elsewhere)

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["*names moon-1, which is no clause"])


def test_a_test_that_fails_shows_nothing() -> None:
    claims = [Claim(clause, language, "test", None) for clause in OTHERS for language in ("en", "zh")]

    assert faults(claims) == [
        f"{FIRST}: no test of its own passed",
        f"{FIRST}: nothing passed in 'en'",
        f"{FIRST}: nothing passed in 'zh'",
    ]


def test_a_journey_shows_its_clauses_in_its_languages_beside_a_test_of_their_own() -> None:
    claims = [Claim(clause, "en", "test", None) for clause in all_clauses()]
    assert faults(claims) == [f"{clause}: nothing passed in 'zh'" for clause in all_clauses()]

    claims += [Claim(clause, "zh", "test", "whole-life") for clause in all_clauses()]

    assert faults(claims) == []


def test_every_clause_is_claimed_in_both_languages_and_that_is_written_down(tmp_path: Path) -> None:
    claims = collect_claims()

    print_clauses(claims, tmp_path / "clauses.md")

    written = (ROOT / "docs" / "clauses.md").read_text(encoding="utf-8")
    assert written == (tmp_path / "clauses.md").read_text(encoding="utf-8"), "run: journeys clauses"
    assert faults(claims) == []
    assert describe(claims) == describe(claims[::-1]), "the order in which tests are collected shows"

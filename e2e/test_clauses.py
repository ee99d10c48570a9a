"""The coverage of the clauses: what is claimed, what is written down, and when a run fails."""

from pathlib import Path
from typing import Final

import pytest

from e2e.clauses import all_clauses
from e2e.coverage import ROOT, Claim, collect_claims, describe, faults
from e2e.listing import print_clauses

pytest_plugins = ["pytester"]

PLUGINS: Final = 'pytest_plugins = ["fixtures.clauses"]'


def marked(*clauses: str) -> str:
    """Tests, each marked with a clause, in both languages."""
    tests = (
        f"""
@pytest.mark.clause("{clause}")
@pytest.mark.parametrize("language", ["en", "zh"])
def test_{number}(language):
    pass
"""
        for number, clause in enumerate(clauses)
    )
    return "import pytest\n" + "\n".join(tests)


@pytest.fixture
def elsewhere(pytester: pytest.Pytester) -> pytest.Pytester:
    """A folder with tests of its own that are counted like ours."""
    pytester.makeconftest(PLUGINS)
    pytester.makeini("[pytest]\nmarkers =\n    clause\n    plays")
    return pytester


def run(elsewhere: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    """Run them in a process of its own, which knows our modules."""
    elsewhere.syspathinsert(ROOT)
    return elsewhere.runpytest_subprocess("-p", "no:randomly", "--clause-coverage", *arguments)


def test_a_run_that_shows_every_clause_in_several_workers_passes(elsewhere: pytest.Pytester) -> None:
    elsewhere.makepyfile(marked(*all_clauses()))

    result = run(elsewhere, "-n", "2")

    assert result.ret == pytest.ExitCode.OK
    result.stdout.fnmatch_lines([f"All {len(all_clauses())} are shown to hold, in both languages."])


def test_a_run_without_one_of_the_tests_fails(elsewhere: pytest.Pytester) -> None:
    elsewhere.makepyfile(marked(*all_clauses()))

    result = run(elsewhere, "-k", "not test_0")

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines([f"{next(iter(all_clauses()))}: no test of its own passed"])


def test_a_test_that_names_an_unknown_clause_fails_the_run(elsewhere: pytest.Pytester) -> None:
    elsewhere.makepyfile(marked(*all_clauses(), "moon-1"))

    result = run(elsewhere)

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["*names moon-1, which is no clause"])


def test_a_test_that_fails_shows_nothing() -> None:
    first, *others = all_clauses()
    claims = [Claim(clause, language, "test", None) for clause in others for language in ("en", "zh")]

    assert faults(claims) == [
        f"{first}: no test of its own passed",
        f"{first}: nothing passed in 'en'",
        f"{first}: nothing passed in 'zh'",
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

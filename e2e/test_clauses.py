"""The coverage of the clauses: what counts, what a test must have done, what is written down, and when a run fails."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

import pytest

from e2e.clauses import all_clauses
from e2e.coverage import ROOT, collect_claims, describe, unclaimed, unproven
from e2e.journeys import Journey, Step, Text, purchase_to_login
from e2e.listing import print_clauses
from e2e.proof import (
    CLAIM,
    Answer,
    Claim,
    PlayedStep,
    ReadNote,
    Seen,
    answer_of,
    claims_of_marks,
    claims_of_step,
    parts,
    stored,
    unfulfilled,
)
from e2e.scenario.labels import LANGUAGES, Language
from fixtures.clauses import ClauseCoverage
from fixtures.inner_runs import run_pytest

ADDRESS: Final = "marketplace.huaweicloud.com/contents/8990a122-f456-43a4-892c-a458be31e336/subscribe"
TERMS_REFUSED: Final = f"POST {ADDRESS} 422"
"""What proves the rule buy-3."""

TESTS: Final = """
from types import SimpleNamespace

import pytest

from e2e.clauses import all_clauses
from e2e.journeys import purchase_to_login
from e2e.proof import Answer

@pytest.mark.clause(*all_clauses())
@pytest.mark.parametrize("language", ["en", "zh"])
def test_all(language, shown):
    parts = [part for clause in all_clauses().values() for part in clause.proof]
    shown.answers += [Answer(part.replace("*", "x"), language) for part in parts]
    reader = SimpleNamespace(language=language, has_read=list(all_clauses()))
    shown.watch_scenario(SimpleNamespace(actors=[reader]))

@pytest.mark.clause("buy-3")
def test_marked_but_empty():
    pass

@pytest.mark.plays(purchase_to_login)
@pytest.mark.parametrize("language", ["zh"])
def test_marked_but_plays_nothing(language):
    assert language == "zh"
"""


def step(*clauses: str) -> Step:
    """A step that names clauses."""
    return Step("does", Text("Do", "做"), Text("", ""), "buyer", clauses, lambda _actor, _scenario: None)


def played(named: Step, *answers: str, language: Language = "zh", journey: Journey = purchase_to_login) -> PlayedStep:
    """A step that was played to its end, within which a browser got ``answers``."""
    return PlayedStep(journey, named, language, Seen([Answer(answer, language) for answer in answers]))


def everything() -> list[Claim]:
    """What tests claim that have met all parts of all clauses, in both languages."""
    return [
        Claim(clause.id, language, "test", None, part)
        for clause in all_clauses().values()
        for language in LANGUAGES
        for part in parts(clause)
    ]


@pytest.mark.parametrize("suffix", ["w-1.localhost:8700", "localhost:8700", "w-1.market.example.com:80", "com.test"])
def test_an_answer_is_named_by_its_documented_address_and_its_language(suffix: str) -> None:
    local = f"http://www.huaweicloud.com.{suffix}/a?next=1#top"

    assert answer_of("GET", local, 200, "zh") == Answer("GET www.huaweicloud.com/a 200", "zh")
    assert answer_of("GET", local, 200, None) is None


def test_a_mark_counts_where_its_proof_was_met_and_in_that_language_only() -> None:
    for answers in ([], [f"GET {ADDRESS} 200"], [f"POST {ADDRESS} 302"]):
        assert claims_of_marks("test", ["buy-3"], Seen([Answer(answer, "zh") for answer in answers])) == []

    met = Seen([Answer(TERMS_REFUSED, "zh")])
    assert claims_of_marks("test", ["buy-3"], met) == [Claim("buy-3", "zh", "test", None, TERMS_REFUSED)]


def test_a_mark_for_a_note_counts_where_its_words_were_read() -> None:
    assert claims_of_marks("test", ["start-3"], Seen([Answer("GET auth.guance.com/huaweicloud/start 200", "en")])) == []

    read = Seen(readings=[ReadNote("start-3", "en"), ReadNote("bind-12", "zh")])
    assert claims_of_marks("test", ["start-3"], read) == [Claim("start-3", "en", "test", None, "words read")]


def test_a_step_counts_for_a_flow_and_for_a_rule_only_if_that_was_tried_within_it() -> None:
    assert [claim.clause for claim in claims_of_step("test", played(step("buy-2", "buy-3")))] == ["buy-2"]

    tried = played(step("buy-2", "buy-3"), TERMS_REFUSED)
    assert [claim.clause for claim in claims_of_step("test", tried)] == ["buy-2", "buy-3"]


def test_what_a_mark_or_a_step_names_without_doing_it_is_a_fault() -> None:
    (empty,) = unfulfilled([], ["buy-3"], [], [])
    (unknown,) = unfulfilled([], ["moon-1"], [], [])
    (not_tried,) = unfulfilled([], [], [], [played(step("buy-3"))])

    assert empty == (
        f"The test is marked with buy-3, but met none of this there: {TERMS_REFUSED}. Do one of it, or remove the id."
    )
    assert unknown == "The test is marked with moon-1, which is no clause of e2e/clauses.toml."
    assert not_tried.startswith("The step does of purchase-to-login names buy-3, but met none of this there: ")


def test_a_journey_that_stops_early_is_a_fault() -> None:
    first, second, *_ = steps = purchase_to_login.steps
    (stopped,) = unfulfilled([], [], [(purchase_to_login, steps)], [played(first)])

    assert stopped.startswith(
        f"The test is marked to play purchase-to-login, but did not play {len(steps) - 1} of {len(steps)} steps, "
        f"{second.name} first."
    )
    assert unfulfilled([], [], [(purchase_to_login, [first])], [played(first)]) == []


def test_only_what_passed_counts_and_a_run_that_lacks_something_fails() -> None:
    for outcome, expected in (("passed", pytest.ExitCode.OK), ("failed", pytest.ExitCode.TESTS_FAILED)):
        coverage, session = ClauseCoverage(), SimpleNamespace(exitstatus=pytest.ExitCode.OK)
        for claim in everything():
            properties = [(CLAIM, stored(claim))]
            report: Any = SimpleNamespace(when="call", passed=outcome == "passed", user_properties=properties)
            coverage.pytest_runtest_logreport(report)

        coverage.pytest_sessionfinish(session)  # pyright: ignore[reportArgumentType] - all that it looks at

        assert session.exitstatus == expected


def test_a_clause_that_nothing_shows_is_missing_in_both_languages() -> None:
    claims = [claim for claim in everything() if claim.clause != "buy-2"]

    assert unproven(claims) == [
        "buy-2: no test of its own passed",
        "buy-2: nothing passed in 'en'",
        "buy-2: nothing passed in 'zh'",
    ]


def test_a_rule_needs_a_test_of_its_own_in_each_language_whatever_a_journey_plays() -> None:
    claims = [claim for claim in everything() if (claim.clause, claim.language) != ("buy-3", "zh")]
    claims.append(Claim("buy-3", "zh", "test", "whole-life", TERMS_REFUSED))

    assert unproven(claims) == [f"buy-3: no test of its own met in 'zh': {TERMS_REFUSED}"]


def test_a_flow_may_be_shown_in_a_language_by_a_journey_alone() -> None:
    claims = [claim for claim in everything() if (claim.clause, claim.language) != ("buy-2", "zh")]
    assert unproven(claims) == ["buy-2: nothing passed in 'zh'"]

    claims.append(Claim("buy-2", "zh", "test", "whole-life", "step played"))

    assert unproven(claims) == []


def test_every_clause_says_what_proves_it() -> None:
    for clause in all_clauses().values():
        assert parts(clause), clause.id
        assert all(clause.reads[language] for language in LANGUAGES) if clause.reads else clause.kind != "note"
        assert len(set(clause.proof)) == len(clause.proof), clause.id


def test_in_a_run_with_several_workers_what_was_done_counts_and_what_is_only_marked_fails(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(TESTS, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers =\n    clause\n    plays\n", encoding="utf-8")
    plugins = [part for name in ("xdist", "fixtures.shown", "fixtures.clauses") for part in ("-p", name)]

    code, output = run_pytest(
        tmp_path, *plugins, "--clause-coverage", "-n", "2", environment={"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    )

    assert code == pytest.ExitCode.TESTS_FAILED
    assert "2 failed, 2 passed" in output
    assert f"\nAll {len(all_clauses())} are shown to hold, in both languages.\n" in output
    assert "The test is marked with buy-3, but met none of this there: " in output
    whole = len(purchase_to_login.steps)
    assert f"The test is marked to play purchase-to-login, but did not play {whole} of {whole} steps, " in output


def test_every_clause_is_claimed_in_both_languages_and_that_is_written_down(tmp_path: Path) -> None:
    claims = collect_claims()

    print_clauses(claims, tmp_path / "clauses.md")

    written = (ROOT / "docs" / "clauses.md").read_text(encoding="utf-8")
    assert written == (tmp_path / "clauses.md").read_text(encoding="utf-8"), "run: journeys clauses"
    assert unclaimed(claims) == []
    assert describe(claims) == describe(claims[::-1]), "the order in which tests are collected shows"

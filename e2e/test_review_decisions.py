"""Findings are accepted or rejected; approving takes over what was accepted, and leaves the rest as it was."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

import pytest
from click.testing import CliRunner, Result

from e2e.cli import main
from e2e.support.deliberate import Change, Deliberate
from e2e.support.deliberate_changes import CATALOGUE
from e2e.support.sample import make_sample, write_sample
from mock_sites import temporary_folder
from mock_sites.review.approving.baseline import approve, describe
from mock_sites.review.approving.decisions import NOT_KEPT, Verdict, read_decisions, write_decisions
from mock_sites.review.approving.merge import merge
from mock_sites.review.findings import Finding
from mock_sites.review.load import read_recording
from mock_sites.review.recording import Recording
from mock_sites.review.review import review

NAME: Final = "purchase-en"


@pytest.fixture(scope="module")
def unchanged() -> Recording:
    """The sample, in memory."""
    return recording()


@pytest.fixture
def baselines(tmp_path: Path) -> Path:
    """A folder with the baseline of the sample."""
    approve([read_recording(write_sample(make_sample(), tmp_path / "before" / NAME))], tmp_path / "baselines")
    return tmp_path / "baselines"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where decisions are written."""
    return tmp_path / "decisions.json"


def record(folder: Path, *names: str) -> Path:
    """A run with the sample after deliberate changes of these names."""
    steps = make_sample()
    for name in names:
        _change(name)(steps)
    write_sample(steps, folder / NAME)
    return folder


def _change(name: str) -> Change:
    return next(deliberate.change for deliberate in CATALOGUE if deliberate.name == name)


def recording(*changes: Change) -> Recording:
    """The sample after deliberate changes, in memory."""
    steps = make_sample()
    for change in changes:
        change(steps)
    with temporary_folder() as folder:
        return read_recording(write_sample(steps, folder / NAME))


def decide(run: Path, baselines: Path, file: Path, verdict: Callable[[int, Finding], Verdict | None]) -> list[Finding]:
    """Decide on all findings, and return those that were accepted."""
    reviewed = review(run, baselines)
    verdicts: list[tuple[Finding, Verdict]] = [
        (finding, decision)
        for number, finding in enumerate(reviewed.findings)
        if (decision := verdict(number, finding))
    ]
    write_decisions(reviewed, verdicts, file)
    return [finding for finding, decision in verdicts if decision == "accepted"]


def journeys(*words: str | Path, answers: str = "") -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], input=answers, env={"COLUMNS": "200"})


def _every_second(parity: int, number: int, _finding: Finding) -> Verdict:
    return "accepted" if number % 2 == parity else "rejected"


def texts_of(findings: Sequence[Finding]) -> set[str]:
    return {finding.what for finding in findings if finding.kind not in NOT_KEPT}


def test_of_many_changes_in_the_same_steps_those_that_were_accepted_are_taken_over_and_no_others(
    tmp_path: Path, baselines: Path, file: Path
) -> None:
    several = ["a heading reworded", "a note lost", "a box unticked", "a link to elsewhere", "another status"]
    several += ["a button renamed on two pages", "a text more", "a request less", "events in another order"]
    several += ["a list item more", "another status in a table", "a table lost", "a mail twice", "a step more"]
    run = record(tmp_path / "run", *several)
    found = review(run, baselines).findings

    for parity in (0, 1):
        folder = tmp_path / str(parity)
        approve([read_recording(tmp_path / "before" / NAME)], folder)
        accepted = decide(run, folder, file, partial(_every_second, parity))
        answer = journeys("approve", run, "--decisions", file, "--output", folder)

        assert (answer.exit_code, answer.stderr) == (0, "")
        assert f"Taken over: {len(accepted)}, not taken over: 0" in answer.stdout
        assert texts_of(review(run, folder).findings) == texts_of(found) - texts_of(accepted)
        assert texts_of(review(tmp_path / "before", folder).findings)


@pytest.mark.parametrize(
    "deliberate", [each for each in CATALOGUE if each.name != "a step that fails"], ids=lambda each: each.name
)
def test_a_change_of_any_kind_is_left_if_rejected_and_taken_over_if_accepted(
    deliberate: Deliberate, unchanged: Recording
) -> None:
    changed = recording(deliberate.change)

    assert describe(merge(unchanged, changed, lambda _step, _change: False)) == describe(unchanged)
    assert describe(merge(unchanged, changed, lambda _step, _change: True)) == describe(changed)


def test_rejecting_everything_leaves_the_file_untouched(tmp_path: Path, baselines: Path, file: Path) -> None:
    run = record(tmp_path / "run", "a note lost")
    before = (baselines / f"{NAME}.yaml").read_bytes()
    decide(run, baselines, file, lambda _number, _finding: "rejected")

    result = journeys("approve", run, "--decisions", file, "--output", baselines)

    assert (result.exit_code, result.stdout) == (0, "Taken over: 0, not taken over: 0, left as they were: 1\n")
    assert (baselines / f"{NAME}.yaml").read_bytes() == before


def test_what_cannot_be_separated_is_left_and_reported(tmp_path: Path, baselines: Path, file: Path) -> None:
    run = record(tmp_path / "run", "a step split")
    for part in (run / NAME).glob("steps/04-*.yaml"):
        part.write_text(part.read_text("utf-8").replace("Order submitted", "Submitted"), encoding="utf-8")
    decide(run, baselines, file, lambda _number, finding: None if finding.kind == "text" else "accepted")

    result = journeys("approve", run, "--decisions", file, "--output", baselines)

    assert "was split into “Agree to the terms” and “Agree to the terms and subscribe”: goes together" in result.stdout
    assert result.stdout.endswith("Taken over: 0, not taken over: 1, left as they were: 1\n")


class Scene(NamedTuple):
    """What is approved, what that changes, and by which decisions."""

    run: Path
    baselines: Path
    file: Path


def other_recording(scene: Scene) -> None:
    page = scene.run / NAME / "steps" / "02-opens_the_product.yaml"
    page.write_text(page.read_text("utf-8").replace("Pay per use", "Pay"), encoding="utf-8")


def other_baseline(scene: Scene) -> None:
    approve([read_recording(scene.run / NAME)], scene.baselines)


def no_baseline(scene: Scene) -> None:
    (scene.baselines / f"{NAME}.yaml").unlink()


def other_run(scene: Scene) -> None:
    scene.file.write_text(scene.file.read_text("utf-8").replace(NAME, "cancellation-en"), encoding="utf-8")


def other_finding(scene: Scene) -> None:
    scene.file.write_text(scene.file.read_text("utf-8").replace("is gone", "is blue"), encoding="utf-8")


def other_verdict(scene: Scene) -> None:
    scene.file.write_text(scene.file.read_text("utf-8").replace("accepted", "perhaps"), encoding="utf-8")


def cut_off(scene: Scene) -> None:
    scene.file.write_bytes(scene.file.read_bytes()[:-9])


def gone(scene: Scene) -> None:
    scene.file.unlink()


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (other_recording, "is about another recording of purchase-en; review this one, and decide again"),
        (other_baseline, "is about another baseline of purchase-en; review against this one, and decide again"),
        (no_baseline, "is about purchase-en, which cannot be compared now: purchase-en: has no baseline"),
        (other_run, "is about cancellation-en, which is not among these recordings"),
        (other_finding, "decides on a finding that this review does not have: note “The seller"),
        (other_verdict, "holds no decisions of a review: decisions.0.verdict: Input should be"),
        (cut_off, "holds no decisions of a review: JSON: Invalid JSON"),
        (gone, "is not there. `journeys review"),
    ],
)
def test_decisions_about_something_else_are_refused_and_change_nothing(
    spoil: Callable[[Scene], None], reason: str, tmp_path: Path, baselines: Path, file: Path
) -> None:
    run = record(tmp_path / "run", "a note lost")
    decide(run, baselines, file, lambda _number, _finding: "accepted")
    spoil(Scene(run, baselines, file))
    before = {path: path.read_bytes() for path in baselines.iterdir()}

    result = journeys("approve", run, "--decisions", file, "--output", baselines)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"journeys: {file}: ")
    assert reason in result.stderr
    assert {path: path.read_bytes() for path in baselines.iterdir()} == before


def test_a_recording_that_failed_is_not_taken_over_whatever_was_accepted(
    tmp_path: Path, baselines: Path, file: Path
) -> None:
    run = record(tmp_path / "run", "a step that fails")
    decide(run, baselines, file, lambda _number, _finding: "accepted")

    result = journeys("approve", run, "--decisions", file, "--output", baselines)

    assert (result.exit_code, result.stderr) == (
        2,
        "journeys: purchase-en: step 5, adds_a_member, failed; nothing was approved\n",
    )


def test_findings_are_decided_on_the_terminal(tmp_path: Path, baselines: Path, file: Path) -> None:
    run = record(tmp_path / "run", "a heading reworded", "a note lost", "a text more", "a box unticked")

    result = journeys("review", run, "--against", baselines, "--decide", file, answers="a\nx\nr\n\ne\n")

    assert result.exit_code == 1
    assert "2 of 4, text: heading “Order submitted” is now “Submitted”\n  in purchase-en 3\n" in result.stdout
    verdicts = [(decided.what, decided.verdict) for decided in read_decisions(file).decisions]
    assert verdicts == [
        ("text “Beta” is new", "accepted"),
        ("heading “Order submitted” is now “Submitted”", "rejected"),
    ]

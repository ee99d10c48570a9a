"""Recordings are approved as baselines and compared with them; what cannot be compared is refused in one line."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner, Result

from e2e.cli import main
from e2e.support.sample import SampleElement, make_sample, write_sample
from mock_sites.review.approving.baseline import approve, describe
from mock_sites.review.changes import Spot
from mock_sites.review.load import read_baseline, read_recording
from mock_sites.review.review import review

NAME: Final = "purchase-en"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample recording."""
    return write_sample(make_sample(), tmp_path_factory.mktemp("run") / NAME).parent


@pytest.fixture
def run(sample: Path, tmp_path: Path) -> Path:
    """A folder with a copy of it."""
    return shutil.copytree(sample, tmp_path / "run")


@pytest.fixture
def baselines(sample: Path, tmp_path: Path) -> Path:
    """A folder with its baseline."""
    approve([read_recording(sample / NAME)], tmp_path / "baselines")
    return tmp_path / "baselines"


def journeys(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], env={"COLUMNS": "200"})


def edit(file: Path, change: Callable[[str], str]) -> None:
    file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8")


def test_a_recording_is_the_same_as_itself_and_as_its_baseline(sample: Path, baselines: Path) -> None:
    for against in (sample, sample / NAME, baselines, baselines / f"{NAME}.yaml"):
        result = journeys("review", sample, "--against", against)

        assert (result.exit_code, result.stdout) == (0, "Compared: 1, differences: 0, advice: 0, not compared: 0\n")


def test_a_baseline_is_small_the_same_each_time_and_holds_all_that_is_compared(sample: Path, baselines: Path) -> None:
    recording = read_recording(sample / NAME)
    file = baselines / f"{NAME}.yaml"
    first = file.read_bytes()
    approve([recording], baselines)

    assert file.read_bytes() == first == describe(recording).encode()
    assert len(first) < 5_000
    for text in ('    - heading "Order submitted" [level=1]\n', "      Dear Li Wei,\n"):
        assert text.encode() in first
    seen = recording.model_copy(
        update={"steps": tuple(step.model_copy(update={"boxes": None}) for step in recording.steps)}
    )
    assert read_baseline(file).model_dump() == seen.model_dump()


def test_a_difference_is_reported_with_its_kind_page_step_and_clauses(run: Path, baselines: Path) -> None:
    edit(run / NAME / "steps" / "03-subscribes.yaml", lambda text: text.replace("Order submitted", "Submitted"))

    result = journeys("review", run, "--against", baselines)

    assert result.exit_code == 1
    words = " ".join(result.stdout.split())
    for text in (
        "heading “Order submitted” is now “Submitted”",
        "3. Agree to the terms and",
        "buy-3 buy-4",
        "differences: 1",
    ):
        assert text in words


def test_a_slower_step_is_advice_and_no_difference(tmp_path: Path, sample: Path) -> None:
    steps = make_sample()
    steps[1].seconds = 9
    write_sample(steps, tmp_path / NAME)

    result = journeys("review", tmp_path, "--against", sample)

    assert result.exit_code == 0
    assert result.stdout.endswith("Compared: 1, differences: 0, advice: 1, not compared: 0\n")


def test_one_cause_in_two_journeys_is_one_finding_with_both_places(tmp_path: Path, baselines: Path) -> None:
    steps = make_sample()
    steps[1].elements[3].name = steps[4].elements[4].name = "Activate"
    for journey in ("one", "two"):
        (baselines / f"{journey}-en.yaml").write_text(
            (baselines / f"{NAME}.yaml").read_text().replace("journey: purchase", f"journey: {journey}")
        )
        folder = write_sample(steps, tmp_path / "both" / f"{journey}-en")
        edit(folder / "manifest.json", lambda text, name=journey: text.replace('"purchase"', f'"{name}"'))

    [finding] = review(tmp_path / "both", baselines).findings

    places = [(place.journey, place.step.number) for place in finding.places]
    assert places == [("one-en", 2), ("one-en", 5), ("two-en", 2), ("two-en", 5)]
    assert finding.clauses == ("buy-1", "bind-11")


def test_what_happened_before_the_first_step_belongs_to_it(run: Path) -> None:
    file = run / NAME / "journal.json"
    file.write_text(json.dumps([{"kind": "world made", "facts": {}, "step": None}]), encoding="utf-8")

    assert [event.kind for event in read_recording(run / NAME).steps[0].events] == ["world made"]


def test_what_moved_below_something_new_is_no_finding_of_its_own_but_what_moved_elsewhere_is(
    tmp_path: Path, sample: Path
) -> None:
    steps = make_sample()
    steps[3].elements.insert(1, SampleElement("link", "Help"))
    steps[3].elements[-1].right = 30
    write_sample(steps, tmp_path / NAME)

    findings = review(tmp_path, sample).findings

    assert [finding.what for finding in findings] == [
        "link “Help” is new",
        "button “Start Usage” moved 30 pixels to the right and 30 pixels down",
    ]


def test_what_moved_alone_is_reported_although_something_is_new(tmp_path: Path, sample: Path) -> None:
    steps = make_sample()
    steps[3].elements.append(SampleElement("link", "Help"))
    steps[3].elements[1].down = 5
    write_sample(steps, tmp_path / NAME)

    findings = review(tmp_path, sample).findings

    assert [finding.what for finding in findings] == [
        "link “Help” is new",
        "heading “Purchased Services” moved 5 pixels down",
    ]


def test_what_differs_in_a_picture_around_a_change_is_not_explained_by_it(tmp_path: Path, sample: Path) -> None:
    steps = make_sample()
    _banner, heading, _note, field, box, link = steps[2].elements
    field.name = "Reword"
    heading.colour = box.colour = "crimson"
    write_sample(steps, tmp_path / "around" / NAME)
    heading.colour = box.colour = "steelblue"
    link.url, link.colour = "/all-orders", "crimson"
    write_sample(steps, tmp_path / "unseen" / NAME)

    around, unseen = (review(tmp_path / run, sample).findings for run in ("around", "unseen"))

    assert [(finding.kind, finding.folded) for finding in around] == [("text", ()), ("pixels", ())]
    assert [[change.kind for change in finding.changes] for finding in unseen] == [["text"], ["structure", "pixels"]]


def test_a_text_that_has_no_box_explains_all_that_differs_in_the_picture(tmp_path: Path, sample: Path) -> None:
    steps = make_sample()
    steps[2].elements[2].text = "Please wait."
    steps[2].elements[3].colour = "crimson"
    write_sample(steps, tmp_path / NAME)
    reworded = "note “The seller is asked to open the service.” is now “Please wait.”"

    text, colour = review(tmp_path, sample).findings
    for run in (sample, tmp_path):
        edit(
            shutil.copytree(run / NAME, tmp_path / "plain" / run.name) / "steps" / "03-subscribes.boxes.json",
            lambda boxes: json.dumps([box for box in json.loads(boxes) if "text" not in box]),
        )
    [finding] = review(tmp_path / "plain" / tmp_path.name, tmp_path / "plain" / sample.name).findings

    assert (text.what, text.folded) == (reworded, ())
    assert (colour.kind, colour.lead.after) == ("pixels", (Spot("textbox", "Remark"),))
    assert (finding.what, [change.kind for change in finding.folded]) == (reworded, ["pixels"])


def spoil_version(folder: Path) -> None:
    edit(folder / "manifest.json", lambda text: text.replace('"format": 1', '"format": 2'))


def cut_off(folder: Path) -> None:
    edit(folder / "mails.json", lambda text: text[: len(text) // 2])


def cut_tree(folder: Path) -> None:
    edit(folder / "steps" / "02-opens_the_product.yaml", lambda text: text[:-5])


def nest_deeply(folder: Path) -> None:
    (folder / "calls.json").write_text("[" * 100_000, encoding="utf-8")


def lead_outside(folder: Path) -> None:
    edit(folder / "manifest.json", lambda text: text.replace("steps/02-opens", "../../../steps/02-opens"))


def lose_a_page(folder: Path) -> None:
    (folder / "steps" / "02-opens_the_product.yaml").unlink()


def lose_a_picture(folder: Path) -> None:
    (folder / "images" / "02-opens_the_product.png").unlink()


def spoil_a_picture(folder: Path) -> None:
    (folder / "images" / "02-opens_the_product.png").write_bytes(b"\x89PNG\r\n\x1a\n")


def repeat_aliases(folder: Path) -> None:
    (folder / "steps" / "02-opens_the_product.yaml").write_text("- &a [x, x]\n- *a\n", encoding="utf-8")


def grow(folder: Path) -> None:
    with (folder / "journal.json").open("ab") as file:
        file.truncate(20_000_001)


def change_seed(folder: Path) -> None:
    edit(folder / "manifest.json", lambda text: text.replace('"sample"', '"another"'))


def lose_a_field(folder: Path) -> None:
    edit(folder / "manifest.json", lambda text: text.replace('"actor"', '"player"'))


def number_twice(folder: Path) -> None:
    edit(folder / "manifest.json", lambda text: text.replace('"number": 2', '"number": 1'))


def name_no_step(folder: Path) -> None:
    edit(folder / "mails.json", lambda text: text.replace('"step": 4', '"step": 40'))


def no_utf8(folder: Path) -> None:
    (folder / "mails.json").write_bytes(b"\xff")


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (spoil_version, "of format 2; only 1 is known"),
        (cut_off, "mails.json: truncated, or no JSON"),
        (cut_tree, "step 2, opens_the_product: an accessibility tree"),
        (nest_deeply, "calls.json: truncated, or no JSON"),
        (lead_outside, "which is outside"),
        (lose_a_page, "No such file or directory"),
        (lose_a_picture, "02-opens_the_product.png: is missing"),
        (spoil_a_picture, "no picture that can be read"),
        (repeat_aliases, "has aliases"),
        (grow, "larger than 20 MB"),
        (change_seed, "its seed is 'another', that of the baseline 'sample'"),
        (lose_a_field, "steps.0.actor: Field required"),
        (number_twice, "two steps have the same number"),
        (name_no_step, "names step 40, which is not there"),
        (no_utf8, "not UTF-8"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_one_line(
    spoil: Callable[[Path], None], reason: str, run: Path, sample: Path
) -> None:
    spoil(run / NAME)

    result = journeys("review", run, "--against", sample)

    assert result.exit_code == 2
    [refusal, summary] = result.stdout.splitlines()
    assert refusal.startswith("Not compared: ")
    assert reason in refusal
    assert summary == "Compared: 0, differences: 0, advice: 0, not compared: 1"


def test_a_journey_without_baseline_and_a_run_without_recordings_are_refused(sample: Path, tmp_path: Path) -> None:
    result = journeys("review", sample, "--against", tmp_path)
    assert result.exit_code == 2
    assert f"{NAME}: has no baseline in {tmp_path}" in result.stdout

    for command in ("review", "approve"):
        result = journeys(command, tmp_path)
        assert result.exit_code == 2
        assert result.stderr.startswith(f"journeys: {tmp_path}: no recording and no trace is there. `journeys record`")


@pytest.mark.parametrize("content", ["format: 3", "format: [1", "- 1", "a: &a [x]\nb: *a", "format: 1"])
def test_a_broken_baseline_is_refused(content: str, sample: Path, tmp_path: Path) -> None:
    (tmp_path / f"{NAME}.yaml").write_text(content, encoding="utf-8")

    assert journeys("review", sample, "--against", tmp_path).exit_code == 2


def test_a_recording_that_failed_is_not_approved_and_neither_are_the_others(run: Path, tmp_path: Path) -> None:
    steps = make_sample()
    steps[2].error = "no button"
    write_sample(steps, run / "failed-en")

    result = journeys("approve", run, "--output", tmp_path / "approved")

    assert (result.exit_code, result.stderr) == (
        2,
        "journeys: purchase-en: step 3, subscribes, failed; nothing was approved\n",
    )
    assert not (tmp_path / "approved").exists()


def test_approve_says_what_it_wrote(sample: Path, tmp_path: Path) -> None:
    result = journeys("approve", sample, "--output", tmp_path)

    assert result.exit_code == 0
    assert f"{NAME}.yaml, 3." in result.stdout

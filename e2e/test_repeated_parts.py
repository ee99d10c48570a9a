"""A baseline has what several pages show, such as a menu, only once."""

from pathlib import Path
from typing import Final

import pytest

from mock_sites.review import repeated_parts
from mock_sites.review.approving.baseline import approve
from mock_sites.review.errors import ReviewError
from mock_sites.review.load import read_baseline
from mock_sites.review.recording import RecordedState, RecordedStep, Recording, Title

MENU: Final = '- navigation "Menu":\n' + "".join(f'  - link "Entry {number}"\n' for number in range(10))
SAME: Final = '- same as in step 1: - navigation "Menu":\n'


def recorded(*trees: str, states: tuple[str, ...] = ()) -> Recording:
    steps = tuple(
        RecordedStep(
            number=number,
            name=f"step{number}",
            title=Title(en="", zh=""),
            actor="buyer",
            url="https://shop.example/",
            tree=tree,
            states=tuple(RecordedState(inputs=0, url="https://shop.example/", tree=state) for state in states),
        )
        for number, tree in enumerate(trees, 1)
    )
    return Recording(journey="j", title=Title(en="", zh=""), language="en", seed="any", steps=steps)


def written(recording: Recording, folder: Path) -> Path:
    [file] = approve([recording], folder)
    return file


@pytest.mark.parametrize(
    "trees",
    [
        (MENU + "- heading", MENU + "- heading", "- main\n" + MENU, ""),
        (MENU.removesuffix("\n"), MENU, MENU.removesuffix("\n")),
        (MENU + MENU, MENU),
        (MENU + MENU.replace("Entry", "Other"), MENU, MENU.replace("Entry", "Other")),
        ("- heading", MENU.replace("Entry", "Other") + "- heading", MENU, MENU.replace("Entry", "Other")),
    ],
)
def test_the_pages_of_a_baseline_are_those_of_the_recording(trees: tuple[str, ...], tmp_path: Path) -> None:
    recording = recorded(*trees, states=(*trees, MENU))

    assert read_baseline(written(recording, tmp_path)).steps == recording.steps


def test_a_menu_is_written_once_and_a_change_of_it_changes_one_place(tmp_path: Path) -> None:
    file = written(recorded(MENU + "- heading", MENU + "- main", states=(MENU,)), tmp_path)
    before = file.read_text().splitlines()
    longer = MENU + '  - link "One more"\n'
    after = written(recorded(longer + "- heading", longer + "- main", states=(longer,)), tmp_path).read_text()

    assert sum('link "Entry 3"' in line for line in before) == 1
    assert sum(SAME.strip() in line for line in before) == 3
    assert [line.strip() for line in after.splitlines() if line not in before] == ['- link "One more"']


def test_a_baseline_of_the_version_before_is_read(tmp_path: Path) -> None:
    recording = recorded("- heading", "- main")
    file = written(recording, tmp_path)
    file.write_text(file.read_text().replace("format: 2", "format: 1"))

    assert read_baseline(file) == recording


@pytest.mark.parametrize("first", ["- heading\n", SAME])
def test_a_part_that_no_step_before_has_is_refused(first: str, tmp_path: Path) -> None:
    file = written(recorded(first, SAME), tmp_path)

    with pytest.raises(ReviewError, match=r"j-en.yaml: step \d: step 1 before it has no part “- navigation \"Menu\":”"):
        read_baseline(file)


def test_pages_that_are_too_large_in_full_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = written(recorded(*[MENU] * 10), tmp_path)
    monkeypatch.setattr(repeated_parts, "LARGEST", 10 * len(MENU))
    assert len(read_baseline(file).steps) == 10
    monkeypatch.setattr(repeated_parts, "LARGEST", 10 * len(MENU) - 1)

    with pytest.raises(ReviewError, match="its pages have more than 0 million characters"):
        read_baseline(file)
